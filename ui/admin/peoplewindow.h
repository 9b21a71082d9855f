// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/task.h"
#include "models/domain/page.h"
#include "models/wire/people.h"

#include <QDialog>

class QListWidget;
class QPushButton;
class QScrollArea;
class QStackedWidget;

namespace Pagedesk {
class Clock;
class Conversations;
class People;
class Session;
} // namespace Pagedesk

namespace Pagedesk::Ui {

class InviteCard;
class PersonDetail;
class TeamDetail;
class ThemedLabel;
class ThemeProvider;

// Who works here: people, their devices, teams and invites. Whoever is no admin sees themselves.
class PeopleWindow : public QDialog {
    Q_OBJECT

public:
    PeopleWindow(const ThemeProvider &theme, People &people, Session &session,
        Conversations &conversations, const Clock &clock, QWidget *parent = nullptr);
    ~PeopleWindow() override;

private:
    enum class View { Person, Team, Invite };

    void build();
    QWidget *buildList();
    void connectParts();
    void reload();
    void take(const Wire::Workforce &workforce);
    void takeOrSay(const Result<Wire::Workforce> &workforce);
    void fillList();
    void showChosen();
    void showView(View view);
    void showInvitation(const Result<Wire::Invitation> &made, const QString &name);
    void save(const Wire::ChangePerson &change, const QString &name);
    void saveTeam(const Wire::SaveTeam &team);
    void takeWithout(const QString &removed, const Result<Wire::Workforce> &workforce);
    void chooseSelf();
    const Wire::PersonEntry *sayGone();
    void leave();
    void say(const QString &problem);
    bool managesPeople() const;
    const Wire::PersonEntry *person(const QString &id) const;
    const Wire::TeamEntry *team(const QString &id) const;

    const ThemeProvider &m_theme;
    People &m_people;
    Session &m_session;
    Conversations &m_conversations;
    const Clock &m_clock;
    Wire::Workforce m_all;
    QList<Page> m_pages;
    QString m_chosen; // "person:ID", "team:ID"; "person:" and "team:" are new ones
    QString m_shownName; // of whoever or whatever is chosen, as it was known last

    QWidget *m_side = nullptr;
    QListWidget *m_list = nullptr;
    QScrollArea *m_scroll = nullptr;
    QStackedWidget *m_stack = nullptr;
    PersonDetail *m_person = nullptr;
    TeamDetail *m_team = nullptr;
    InviteCard *m_invite = nullptr;
    ThemedLabel *m_problem = nullptr;
};

} // namespace Pagedesk::Ui
