// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/page.h"
#include "models/wire/people.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QLineEdit;
class QPushButton;
class QVBoxLayout;

namespace Pagedesk {
class Clock;
}

namespace Pagedesk::Ui {

class ConfirmLine;
class ThemedLabel;
class ThemeProvider;
class TickList;

// One person: name, role, Pages, teams and devices. Or somebody who is to be invited.
class PersonDetail : public QWidget {
    Q_OBJECT

public:
    PersonDetail(const ThemeProvider &theme, const Clock &clock, QWidget *parent = nullptr);

    // `managing`: whether whoever looks at it may change people. The same person again, or again a
    // form for somebody new: what was typed and ticked meanwhile stays.
    void setPerson(const Wire::PersonEntry &person, const Wire::Workforce &all,
        const QList<Page> &pages, bool managing);
    // A form for somebody new.
    void setNew(const Wire::Workforce &all, const QList<Page> &pages);
    // What was typed has been used: the next one begins anew.
    void forget() { m_filled = false; }

Q_SIGNALS:
    void renameWanted(const Pagedesk::OperatorId &person, const QString &name);
    // With the new name, which may be the old one.
    void saveWanted(const Pagedesk::Wire::ChangePerson &change, const QString &name);
    void inviteWanted(const Pagedesk::Wire::InvitePerson &person);
    void deviceInviteWanted(const Pagedesk::OperatorId &person, const QString &name);
    void cancelInviteWanted(const QString &inviteId);
    void revokeDeviceWanted(const Pagedesk::DeviceId &device);
    void revokeWanted(const Pagedesk::OperatorId &person);
    void leaveWanted();

private:
    void build();
    void show(
        const Wire::PersonEntry &person, const Wire::Workforce &all, const QList<Page> &pages);
    void fill(const Wire::PersonEntry &before, const Wire::Workforce &all, const QList<Page> &pages,
        bool again);
    void showDevices(const Wire::Workforce &all);
    QWidget *rowFor(const Wire::InviteEntry &invite);
    QWidget *rowFor(const Wire::DeviceEntry &device);
    void showRights();
    void press();
    Wire::PageGrant grant() const;

    const ThemeProvider &m_theme;
    const Clock &m_clock;
    Wire::PersonEntry m_person; // without an id: somebody new
    bool m_managing = false;
    bool m_filled = false; // with what is known of m_person
    ThemedLabel *m_title = nullptr;
    QLineEdit *m_name = nullptr;
    QComboBox *m_role = nullptr;
    ThemedLabel *m_roleNote = nullptr;
    QWidget *m_rights = nullptr;
    QCheckBox *m_allPages = nullptr;
    TickList *m_pages = nullptr;
    ThemedLabel *m_pagesNote = nullptr;
    ThemedLabel *m_teamsTitle = nullptr;
    TickList *m_teams = nullptr;
    QPushButton *m_save = nullptr;
    QWidget *m_existing = nullptr; // what only somebody who is there has
    QWidget *m_deviceRows = nullptr;
    QVBoxLayout *m_deviceLayout = nullptr;
    QPushButton *m_pairMore = nullptr;
    ConfirmLine *m_revoke = nullptr;
};

} // namespace Pagedesk::Ui
