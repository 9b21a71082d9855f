// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/composer/sendbutton.h"

#include "ui/theme/keyhint.h"
#include "ui/theme/themeprovider.h"

#include <QPainter>
#include <QStyleOptionButton>

namespace Pagedesk::Ui {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int Padding = 12;
constexpr int Gap = 6;
const QString Key = u"↵"_s;

} // namespace

SendButton::SendButton(const ThemeProvider &theme, QWidget *parent)
    : QPushButton(parent)
    , m_theme(theme)
{
    setText(tr("Send"));
    setAccessibleName(tr("Send the reply"));
    setToolTip(tr("Send the reply (Enter)"));
    setProperty("kind", u"primary"_s);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    connect(&theme, &ThemeProvider::changed, this, &QWidget::updateGeometry);
}

QSize SendButton::sizeHint() const
{
    const Theme &theme = m_theme.theme();
    const int text = QFontMetrics(theme.fonts.secondaryStrong).horizontalAdvance(this->text());
    const int key = keyHintSize(theme, Key).width();
    return {text + key + Gap + 2 * Padding, theme.px(Metrics::Control)};
}

void SendButton::paintEvent(QPaintEvent *)
{
    const Theme &theme = m_theme.theme();
    QStyleOptionButton option;
    initStyleOption(&option);
    option.text.clear();
    QPainter painter(this);
    style()->drawControl(QStyle::CE_PushButton, &option, &painter, this);

    const QColor colour = isEnabled() ? theme.accentText : theme.muted;
    QColor frame = colour;
    frame.setAlphaF(0.4F);
    const QRect inside = rect().adjusted(Padding, 0, -Padding, 0);
    const QSize key = keyHintSize(theme, Key);
    const QRect keyPlace(
        inside.right() + 1 - key.width(), (height() - key.height()) / 2, key.width(), key.height());
    painter.setFont(theme.fonts.secondaryStrong);
    painter.setPen(colour);
    const QRect textPlace = inside.adjusted(0, 0, -key.width() - Gap, 0);
    painter.drawText(QStyle::visualRect(layoutDirection(), rect(), textPlace),
        static_cast<int>(Qt::AlignCenter), text());
    paintKeyHint(painter, QStyle::visualRect(layoutDirection(), rect(), keyPlace), theme, Key,
        colour, frame);
}

} // namespace Pagedesk::Ui
