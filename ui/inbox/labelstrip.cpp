// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/inbox/labelstrip.h"

#include "ui/theme/tag.h"
#include "ui/theme/themedlabel.h"
#include "ui/theme/themeprovider.h"
#include "ui/thread/displaytext.h"

#include <QFontMetrics>
#include <QPainter>
#include <QStyle>

namespace Pagedesk::Ui {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int Gap = 4;
constexpr int LongestLabel = 120; // px at a text scale of 1

QString shownName(const Theme &theme, const Label &label)
{
    return QFontMetrics(theme.fonts.chip)
        .elidedText(displayLine(label.name, 80), Qt::ElideRight, theme.px(LongestLabel));
}

} // namespace

LabelStrip::LabelStrip(const ThemeProvider &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
{
    setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    connect(&theme, &ThemeProvider::changed, this, &QWidget::updateGeometry);
    connect(&theme, &ThemeProvider::changed, this, qOverload<>(&QWidget::update));
    setVisible(false);
}

void LabelStrip::setLabels(const QList<Label> &labels)
{
    if (labels == m_labels)
        return;
    m_labels = labels;
    QStringList names;
    for (const Label &label : labels)
        names.append(displayLine(label.name, 80));
    setAccessibleName(tr("Labels: %1").arg(names.join(u", "_s)));
    setToolTip(plainToolTip(names.join(u", "_s)));
    setVisible(!labels.isEmpty());
    updateGeometry();
    update();
}

QSize LabelStrip::sizeHint() const
{
    const Theme &theme = m_theme.theme();
    QSize size(0, labelSize(theme, {}).height());
    for (const Label &label : m_labels)
        size.rwidth() += labelSize(theme, shownName(theme, label)).width() + Gap;
    return size;
}

QSize LabelStrip::minimumSizeHint() const
{
    return {
        m_labels.isEmpty() ? 0 : labelSize(m_theme.theme(), u"…"_s).width(), sizeHint().height()};
}

void LabelStrip::paintEvent(QPaintEvent *)
{
    const Theme &theme = m_theme.theme();
    QPainter painter(this);
    const int more = tagSize(theme, u"+9"_s).width();
    int x = 0;
    for (qsizetype i = 0; i < m_labels.size(); ++i) {
        const QString name = shownName(theme, m_labels.at(i));
        const QSize size = labelSize(theme, name);
        const bool isLast = i + 1 == m_labels.size();
        if (x + size.width() + (isLast ? 0 : Gap + more) > width()) {
            const QString rest = u"+%1"_s.arg(m_labels.size() - i);
            const QRect place(QPoint(x, 0), tagSize(theme, rest));
            paintTag(painter, QStyle::visualRect(layoutDirection(), rect(), place), theme,
                TagKind::Plain, rest);
            return;
        }
        const QRect place(QPoint(x, 0), size);
        paintLabel(painter, QStyle::visualRect(layoutDirection(), rect(), place), theme,
            QColor(m_labels.at(i).colour), name);
        x += size.width() + Gap;
    }
}

} // namespace Pagedesk::Ui
