// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/admin/invitecard.h"

#include "models/base/clock.h"
#include "ui/admin/qrcode.h"
#include "ui/theme/themedlabel.h"
#include "ui/thread/displaytext.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QUrl>
#include <QUrlQuery>
#include <QVBoxLayout>

#include <algorithm>

namespace Pagedesk::Ui {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int LongestName = 60;
constexpr int SecondsInMinute = 60;

// Whether the link leads to a relay that no other computer can reach.
bool staysHere(const QString &link)
{
    const QString relay = QUrlQuery(QUrl(link)).queryItemValue(u"relay"_s, QUrl::FullyDecoded);
    const QString host = QUrl(relay).host();
    return host == "localhost"_L1 || host == "::1"_L1 || host.startsWith("127."_L1);
}

} // namespace

InviteCard::InviteCard(const ThemeProvider &theme, const Clock &clock, QWidget *parent)
    : QWidget(parent)
    , m_clock(clock)
    , m_title(new ThemedLabel(theme, &Fonts::heading, &Theme::text, this))
    , m_link(new QLineEdit(this))
    , m_copy(new QPushButton(tr("Copy link"), this))
    , m_code(new QrCode(this))
    , m_time(new ThemedLabel(theme, &Fonts::secondary, &Theme::muted, this))
    , m_reach(new ThemedLabel(theme, &Fonts::secondary, &Theme::warn, this))
{
    auto *hint = new ThemedLabel(theme, &Fonts::secondary, &Theme::muted, this);
    hint->setText(tr("Send the link over a channel you trust, or let it be photographed. It works "
                     "once, on one computer, and is given up after five wrong tries."));
    m_reach->setObjectName(u"inviteReach"_s);
    m_reach->setText(tr("The relay can be reached from this computer only. Others need its public "
                        "address: see This workspace and Facebook."));
    for (ThemedLabel *label : {m_title, hint, m_time, m_reach})
        label->setWordWrap(true);
    m_link->setObjectName(u"inviteLink"_s);
    m_link->setAccessibleName(tr("Pairing link"));
    m_link->setReadOnly(true);
    m_copy->setObjectName(u"copyInvite"_s);
    m_copy->setProperty("kind", u"primary"_s);
    m_copy->setAutoDefault(false);
    m_time->setObjectName(u"inviteTime"_s);
    auto *cancel = new QPushButton(tr("Take the invite back"), this);
    cancel->setObjectName(u"cancelInvite"_s);
    cancel->setAutoDefault(false);
    auto *done = new QPushButton(tr("Done"), this);
    done->setObjectName(u"inviteDone"_s);
    done->setAutoDefault(false);
    auto *row = new QHBoxLayout;
    row->addWidget(m_link, 1);
    row->addWidget(m_copy);
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(cancel);
    buttons->addStretch(1);
    buttons->addWidget(done);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(12);
    layout->addWidget(m_title);
    layout->addWidget(hint);
    layout->addWidget(m_reach);
    layout->addLayout(row);
    layout->addWidget(m_code, 0, Qt::AlignLeft);
    layout->addWidget(m_time);
    layout->addLayout(buttons);
    layout->addStretch(1);
    m_ticker.setInterval(1s);
    connect(&m_ticker, &QTimer::timeout, this, &InviteCard::sayTime);
    connect(m_copy, &QAbstractButton::clicked, this, &InviteCard::copy);
    connect(cancel, &QAbstractButton::clicked, this,
        [this] { Q_EMIT cancelled(m_invitation.inviteId); });
    connect(done, &QAbstractButton::clicked, this, &InviteCard::finished);
}

void InviteCard::show(const Wire::Invitation &invitation, const QString &name)
{
    m_invitation = invitation;
    m_title->setText(tr("Invite for %1").arg(displayLine(name, LongestName)));
    m_link->setText(QString::fromUtf8(invitation.link.reveal()));
    m_link->setCursorPosition(0);
    m_reach->setVisible(staysHere(m_link->text()));
    m_link->setEnabled(true);
    m_copy->setEnabled(true);
    m_copy->setText(tr("Copy link"));
    m_code->setContent(invitation.link);
    m_code->show();
    m_ticker.start();
    sayTime();
}

void InviteCard::forget()
{
    m_ticker.stop();
    m_invitation = {};
    m_link->clear();
    m_code->setContent({});
}

void InviteCard::copy()
{
    QGuiApplication::clipboard()->setText(m_link->text());
    m_copy->setText(tr("Copied"));
}

void InviteCard::sayTime()
{
    const qint64 left = std::max<qint64>(0, m_invitation.expiresAt - m_clock.now() + 999) / 1000;
    if (left > 0) {
        m_time->setText(tr("Valid for another %1:%2 minutes")
                            .arg(left / SecondsInMinute)
                            .arg(left % SecondsInMinute, 2, 10, QLatin1Char('0')));
        return;
    }
    m_ticker.stop();
    m_time->setText(tr("This invite has expired. Make a new one."));
    m_link->setEnabled(false);
    m_copy->setEnabled(false);
    m_code->hide();
}

} // namespace Pagedesk::Ui
