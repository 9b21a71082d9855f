// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/wire/people.h"

#include <QTimer>
#include <QWidget>

class QLineEdit;
class QPushButton;

namespace Pagedesk {
class Clock;
}

namespace Pagedesk::Ui {

class QrCode;
class ThemedLabel;
class ThemeProvider;

// An invite that was just made: its link, the same as a QR code, and how long it can be used.
class InviteCard : public QWidget {
    Q_OBJECT

public:
    InviteCard(const ThemeProvider &theme, const Clock &clock, QWidget *parent = nullptr);

    void show(const Wire::Invitation &invitation, const QString &name);
    const QString &inviteId() const { return m_invitation.inviteId; }
    // The link is no longer needed: it is gone from the screen.
    void forget();

Q_SIGNALS:
    void cancelled(const QString &inviteId);
    void finished();

private:
    void copy();
    void sayTime();

    const Clock &m_clock;
    Wire::Invitation m_invitation;
    QTimer m_ticker;
    ThemedLabel *m_title = nullptr;
    QLineEdit *m_link = nullptr;
    QPushButton *m_copy = nullptr;
    QrCode *m_code = nullptr;
    ThemedLabel *m_time = nullptr;
    ThemedLabel *m_reach = nullptr;
};

} // namespace Pagedesk::Ui
