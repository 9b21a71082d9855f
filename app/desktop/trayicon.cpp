// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/trayicon.h"

#include "ui/theme/icons.h"
#include "ui/theme/theme.h"

#include <QPainter>

namespace Pagedesk {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int Side = 64;
constexpr int SignSide = 44;
constexpr int MostLines = 3;

} // namespace

TrayIcon::TrayIcon(QObject *parent)
    : QObject(parent)
{
    connect(
        m_menu.addAction(tr("Show Pagedesk")), &QAction::triggered, this, &TrayIcon::showRequested);
    connect(m_menu.addAction(tr("Quit")), &QAction::triggered, this, &TrayIcon::quitRequested);
    m_icon.setContextMenu(&m_menu);
    connect(&m_icon, &QSystemTrayIcon::activated, this,
        [this](QSystemTrayIcon::ActivationReason reason) {
            if (reason == QSystemTrayIcon::Trigger || reason == QSystemTrayIcon::DoubleClick)
                Q_EMIT showRequested();
        });
    connect(&m_icon, &QSystemTrayIcon::messageClicked, this, &TrayIcon::messageClicked);
    refresh();
    if (QSystemTrayIcon::isSystemTrayAvailable())
        m_icon.show();
}

void TrayIcon::showMessage(const QString &title, const QString &text)
{
    if (showsMessages())
        m_icon.showMessage(title, text, sign(false));
}

void TrayIcon::setUnread(int conversations)
{
    m_unread = conversations;
    refresh();
}

void TrayIcon::setTrouble(const QStringList &sentences)
{
    m_trouble = sentences;
    refresh();
}

void TrayIcon::refresh()
{
    m_icon.setIcon(sign(!m_trouble.isEmpty(), m_unread > 0));
    QStringList lines{u"Pagedesk"_s};
    if (m_unread > 0)
        lines.append(tr("%n unread conversation(s)", nullptr, m_unread));
    lines += m_trouble.mid(0, MostLines);
    if (m_trouble.size() > MostLines) {
        lines.append(
            tr("And %n other Page(s).", nullptr, static_cast<int>(m_trouble.size() - MostLines)));
    }
    m_icon.setToolTip(lines.join(u'\n'));
}

QIcon TrayIcon::sign(bool inTrouble, bool hasUnread)
{
    const Ui::Theme theme = Ui::lightTheme();
    QPixmap picture(Side, Side);
    picture.fill(Qt::transparent);
    QPainter painter(&picture);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.accent);
    painter.drawRoundedRect(QRectF(2, 2, Side - 4, Side - 4), 14, 14);
    const int edge = (Side - SignSide) / 2;
    painter.drawPixmap(
        edge, edge, Ui::iconPixmap(Ui::Icon::Workspace, theme.accentText, SignSide, 1));
    if (inTrouble) {
        painter.setBrush(Qt::white);
        painter.drawEllipse(QPointF(Side - 16, 16), 16, 16);
        painter.setBrush(theme.bad);
        painter.drawEllipse(QPointF(Side - 16, 16), 13, 13);
    }
    if (hasUnread) { // beneath the other mark
        painter.setBrush(Qt::white);
        painter.drawEllipse(QPointF(Side - 16, Side - 16), 16, 16);
        painter.setBrush(theme.warn);
        painter.drawEllipse(QPointF(Side - 16, Side - 16), 13, 13);
    }
    painter.end();
    return QIcon(picture);
}

} // namespace Pagedesk
