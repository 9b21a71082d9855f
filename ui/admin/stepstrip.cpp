// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/admin/stepstrip.h"

#include "ui/theme/themeprovider.h"

#include <QLocale>
#include <QPainter>

namespace Pagedesk::Ui {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int Dot = 20;
constexpr int Gap = 6; // between a dot and its name
constexpr int StepWidth = 96;

} // namespace

StepStrip::StepStrip(const ThemeProvider &theme, QStringList names, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_names(std::move(names))
{
    setObjectName(u"steps"_s);
    connect(&theme, &ThemeProvider::changed, this, [this] {
        updateGeometry();
        update();
    });
    describe();
}

void StepStrip::setStep(int step)
{
    if (step == m_step)
        return;
    m_step = step;
    describe();
    update();
}

void StepStrip::describe()
{
    const auto count = static_cast<int>(m_names.size());
    setAccessibleName(m_step < count
            ? tr("Step %1 of %2: %3").arg(m_step + 1).arg(count).arg(m_names.at(m_step))
            : tr("All %1 steps are done").arg(count));
}

QSize StepStrip::sizeHint() const
{
    const Theme &theme = m_theme.theme();
    const int line = QFontMetrics(theme.fonts.meta).height();
    return {theme.px(StepWidth) * static_cast<int>(m_names.size()), theme.px(Dot) + Gap + line * 2};
}

void StepStrip::paintEvent(QPaintEvent *)
{
    const Theme &theme = m_theme.theme();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const auto count = static_cast<int>(m_names.size());
    const int width = this->width() / std::max(1, count);
    const int dot = theme.px(Dot);
    for (int i = 0; i < count; ++i) {
        // From the reading side.
        const int place = layoutDirection() == Qt::RightToLeft ? count - 1 - i : i;
        const QRect cell(place * width, 0, width, height());
        const QRectF circle(cell.center().x() - dot / 2.0, 0.5, dot - 1, dot - 1);
        const bool isDone = i < m_step;
        const bool isHere = i == m_step;
        if (i + 1 < count) {
            const bool mirrored = layoutDirection() == Qt::RightToLeft;
            const qreal from = mirrored ? circle.left() - Gap : circle.right() + Gap;
            const qreal reach = width - dot - 2 * Gap;
            painter.setPen(QPen(isDone ? theme.accent : theme.line, 1));
            painter.drawLine(QPointF(from, dot / 2.0),
                QPointF(mirrored ? from - reach : from + reach, dot / 2.0));
        }
        painter.setPen(QPen(isDone || isHere ? theme.accent : theme.line, 1.5));
        painter.setBrush(isDone ? theme.accent : theme.surface);
        painter.drawEllipse(circle);
        painter.setFont(theme.fonts.metaStrong);
        painter.setPen(isDone ? theme.accentText : isHere ? theme.accent : theme.muted);
        painter.drawText(circle, Qt::AlignCenter, isDone ? u"✓"_s : locale().toString(i + 1));
        painter.setFont(isHere ? theme.fonts.metaStrong : theme.fonts.meta);
        painter.setPen(isHere ? theme.text : theme.muted);
        const QRect name = cell.adjusted(2, dot + Gap, -2, 0);
        painter.drawText(name, Qt::AlignHCenter | Qt::AlignTop | Qt::TextWordWrap, m_names.at(i));
    }
}

} // namespace Pagedesk::Ui
