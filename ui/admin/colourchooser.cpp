// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/admin/colourchooser.h"

#include "models/domain/page.h"
#include "ui/admin/settingwords.h"
#include "ui/theme/icons.h"
#include "ui/theme/themeprovider.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QPainter>
#include <QToolButton>

namespace Pagedesk::Ui {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int Swatch = 24;

// The chosen one has a tick, so that nobody has to tell colours apart.
QPixmap swatch(const QColor &colour, bool chosen, int size, qreal ratio)
{
    QPixmap pixmap(QSize(size, size) * ratio);
    pixmap.setDevicePixelRatio(ratio);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    painter.drawRoundedRect(QRectF(1, 1, size - 2, size - 2), 5, 5);
    if (chosen) {
        const int icon = size * 2 / 3;
        const int edge = (size - icon) / 2;
        painter.drawPixmap(edge, edge, iconPixmap(Icon::Check, Qt::white, icon, ratio));
    }
    return pixmap;
}

} // namespace

ColourChooser::ColourChooser(const ThemeProvider &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_group(new QButtonGroup(this))
{
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(2);
    const QStringList colours = pageColours();
    for (const QString &colour : colours) {
        auto *button = new QToolButton(this);
        button->setObjectName(u"colour-"_s + colour.sliced(1));
        button->setCheckable(true);
        button->setAutoRaise(true);
        button->setFocusPolicy(Qt::StrongFocus);
        button->setAccessibleName(tr("Colour %1").arg(colourName(colour)));
        button->setToolTip(colourName(colour));
        button->setProperty("colour", colour);
        m_group->addButton(button);
        layout->addWidget(button);
        connect(button, &QToolButton::clicked, this, [this, colour] {
            if (std::exchange(m_colour, colour) != colour)
                Q_EMIT changed();
        });
    }
    layout->addStretch(1);
    connect(&theme, &ThemeProvider::changed, this, &ColourChooser::drawSwatches);
    drawSwatches();
}

void ColourChooser::setColour(const QString &colour)
{
    m_colour = colour;
    m_group->setExclusive(false);
    const QList<QAbstractButton *> buttons = m_group->buttons();
    for (QAbstractButton *button : buttons)
        button->setChecked(button->property("colour").toString() == colour);
    m_group->setExclusive(true);
}

void ColourChooser::drawSwatches()
{
    const int size = m_theme.theme().px(Swatch);
    const QList<QAbstractButton *> buttons = m_group->buttons();
    for (QAbstractButton *button : buttons) {
        const QColor colour(button->property("colour").toString());
        QIcon icon;
        icon.addPixmap(swatch(colour, false, size, devicePixelRatioF()), QIcon::Normal, QIcon::Off);
        icon.addPixmap(swatch(colour, true, size, devicePixelRatioF()), QIcon::Normal, QIcon::On);
        button->setIconSize({size, size});
        button->setIcon(icon);
    }
}

} // namespace Pagedesk::Ui
