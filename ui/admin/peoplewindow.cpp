// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/admin/peoplewindow.h"

#include "models/desk/conversations.h"
#include "models/desk/people.h"
#include "models/desk/session.h"
#include "models/domain/permissions.h"
#include "ui/admin/connectionresults.h"
#include "ui/admin/invitecard.h"
#include "ui/admin/peoplewords.h"
#include "ui/admin/persondetail.h"
#include "ui/admin/teamdetail.h"
#include "ui/theme/scrollarea.h"
#include "ui/theme/themedlabel.h"
#include "ui/thread/displaytext.h"

#include <QHBoxLayout>
#include <QListWidget>
#include <QPushButton>
#include <QScrollArea>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace Pagedesk::Ui {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr QSize FirstSize(860, 680);
constexpr QSize AloneSize(560, 600);
constexpr int Margin = 24;
constexpr int SideWidth = 300;
constexpr int LongestName = 60;
constexpr auto NewPerson = "person:"_L1;
constexpr auto NewTeam = "team:"_L1;

} // namespace

PeopleWindow::PeopleWindow(const ThemeProvider &theme, People &people, Session &session,
    Conversations &conversations, const Clock &clock, QWidget *parent)
    : QDialog(parent)
    , m_theme(theme)
    , m_people(people)
    , m_session(session)
    , m_conversations(conversations)
    , m_clock(clock)
{
    setObjectName(u"peopleWindow"_s);
    setAttribute(Qt::WA_DeleteOnClose);
    build();
    connectParts();
    const bool all = managesPeople();
    setWindowTitle(all ? tr("People") : tr("My devices"));
    m_side->setVisible(all);
    resize(all ? FirstSize : AloneSize);
    chooseSelf();
    reload();
}

PeopleWindow::~PeopleWindow() = default;

void PeopleWindow::build()
{
    m_stack = new QStackedWidget(this);
    m_person = new PersonDetail(m_theme, m_clock, m_stack);
    m_team = new TeamDetail(m_theme, m_stack);
    m_invite = new InviteCard(m_theme, m_clock, m_stack);
    m_stack->addWidget(m_person);
    m_stack->addWidget(m_team);
    m_stack->addWidget(m_invite);
    m_scroll = new QScrollArea(this);
    makeColumn(*m_scroll);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    m_scroll->setWidget(m_stack);
    m_scroll->hide(); // until there is something to show
    m_problem = new ThemedLabel(m_theme, &Fonts::secondary, &Theme::bad, this);
    m_problem->setObjectName(u"peopleProblem"_s);
    m_problem->setWordWrap(true);
    m_problem->hide();
    auto *close = new QPushButton(tr("Close"), this);
    close->setObjectName(u"peopleClose"_s);
    close->setAutoDefault(false);
    connect(close, &QAbstractButton::clicked, this, &QDialog::reject);
    auto *columns = new QHBoxLayout;
    columns->setSpacing(Margin);
    columns->addWidget(buildList());
    columns->addWidget(m_scroll, 1);
    auto *buttons = new QHBoxLayout;
    buttons->addStretch(1);
    buttons->addWidget(close);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(Margin, Margin, Margin, Margin);
    layout->setSpacing(12);
    layout->addLayout(columns, 1);
    layout->addWidget(m_problem);
    layout->addLayout(buttons);
}

QWidget *PeopleWindow::buildList()
{
    m_side = new QWidget(this);
    m_side->setFixedWidth(SideWidth);
    m_list = new QListWidget(m_side);
    m_list->setObjectName(u"peopleList"_s);
    m_list->setAccessibleName(tr("People and teams"));
    m_list->setWordWrap(true);
    m_list->setTextElideMode(Qt::ElideRight);
    const auto button = [this](const QString &name, const QString &text) {
        auto *made = new QPushButton(text, m_side);
        made->setObjectName(name);
        made->setAutoDefault(false);
        return made;
    };
    QPushButton *invite = button(u"invitePerson"_s, tr("Invite somebody"));
    QPushButton *team = button(u"newTeam"_s, tr("New team"));
    connect(invite, &QAbstractButton::clicked, this, [this] {
        m_chosen = NewPerson;
        fillList();
        showChosen();
    });
    connect(team, &QAbstractButton::clicked, this, [this] {
        m_chosen = NewTeam;
        fillList();
        showChosen();
    });
    connect(m_list, &QListWidget::itemActivated, this, [this] { m_scroll->setFocus(); });
    connect(m_list, &QListWidget::currentItemChanged, this, [this](QListWidgetItem *item) {
        if (item == nullptr)
            return;
        m_chosen = item->data(Qt::UserRole).toString();
        showChosen();
    });
    auto *layout = new QVBoxLayout(m_side);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(m_list, 1);
    layout->addWidget(invite);
    layout->addWidget(team);
    return m_side;
}

void PeopleWindow::connectParts()
{
    const auto taken = [this](const Result<Wire::Workforce> &now) { takeOrSay(now); };
    connect(m_person, &PersonDetail::saveWanted, this, &PeopleWindow::save);
    connect(m_person, &PersonDetail::renameWanted, this,
        [this, taken](const OperatorId &id, const QString &name) {
            m_people.rename(id, name).then(this, taken);
        });
    connect(m_person, &PersonDetail::inviteWanted, this, [this](const Wire::InvitePerson &person) {
        m_people.invite(person).then(
            this, [this, name = person.name](const Result<Wire::Invitation> &made) {
                showInvitation(made, name);
            });
    });
    connect(m_person, &PersonDetail::deviceInviteWanted, this,
        [this](const OperatorId &id, const QString &name) {
            m_people.inviteDevice(id).then(this,
                [this, name](const Result<Wire::Invitation> &made) { showInvitation(made, name); });
        });
    connect(m_person, &PersonDetail::cancelInviteWanted, this,
        [this, taken](const QString &id) { m_people.cancelInvite(id).then(this, taken); });
    connect(m_person, &PersonDetail::revokeDeviceWanted, this,
        [this, taken](const DeviceId &id) { m_people.revokeDevice(id).then(this, taken); });
    connect(m_person, &PersonDetail::revokeWanted, this, [this](const OperatorId &id) {
        m_people.revoke(id).then(this, [this, id](const Result<Wire::Workforce> &now) {
            takeWithout(NewPerson + id.value, now);
        });
    });
    connect(m_person, &PersonDetail::leaveWanted, this, &PeopleWindow::leave);
    connect(m_team, &TeamDetail::saveWanted, this, &PeopleWindow::saveTeam);
    connect(m_team, &TeamDetail::removeWanted, this, [this](const TeamId &id) {
        m_people.removeTeam(id).then(this, [this, id](const Result<Wire::Workforce> &now) {
            takeWithout(NewTeam + id.value, now);
        });
    });
    connect(m_invite, &InviteCard::cancelled, this, [this](const QString &id) {
        m_people.cancelInvite(id).then(this, [this](const Result<Wire::Workforce> &now) {
            if (now)
                m_invite->forget();
            takeOrSay(now);
        });
    });
    connect(m_invite, &InviteCard::finished, this, [this] {
        m_invite->forget();
        reload();
    });
}

void PeopleWindow::reload()
{
    m_conversations.pages().then(this, [this](const Result<QList<Page>> &pages) {
        if (pages)
            m_pages = *pages;
        m_people.list().then(this, [this](const Result<Wire::Workforce> &now) { takeOrSay(now); });
    });
}

void PeopleWindow::takeOrSay(const Result<Wire::Workforce> &workforce)
{
    if (workforce) {
        take(*workforce);
        return;
    }
    const QString words = connectingErrorText(workforce.error());
    say(words);
    if (workforce.error().kind != Error::Kind::NotFound)
        return;
    // Somebody else was faster: what is shown is out of date.
    m_people.list().then(this, [this, words](const Result<Wire::Workforce> &now) {
        if (!now)
            return;
        take(*now);
        if (m_problem->text().isEmpty())
            say(words);
    });
}

void PeopleWindow::take(const Wire::Workforce &workforce)
{
    m_all = workforce;
    fillList();
    showChosen();
}

void PeopleWindow::fillList()
{
    const QSignalBlocker quiet(m_list);
    m_list->clear();
    const auto add = [this](const QString &id, const QString &name, const QString &words) {
        auto *item
            = new QListWidgetItem(u"%1\n%2"_s.arg(displayLine(name, LongestName), words), m_list);
        item->setData(Qt::UserRole, id);
        if (id == m_chosen)
            m_list->setCurrentItem(item);
    };
    for (const Wire::PersonEntry &person : std::as_const(m_all.people))
        add(NewPerson + person.person.id.value, person.person.name,
            personWords(person, m_all, m_pages));
    for (const Wire::TeamEntry &team : std::as_const(m_all.teams))
        add(NewTeam + team.team.id.value, team.team.name, teamWords(team, m_all));
}

const Wire::PersonEntry *PeopleWindow::person(const QString &id) const
{
    for (const Wire::PersonEntry &person : m_all.people) {
        if (person.person.id.value == id)
            return &person;
    }
    return nullptr;
}

const Wire::TeamEntry *PeopleWindow::team(const QString &id) const
{
    for (const Wire::TeamEntry &team : m_all.teams) {
        if (team.team.id.value == id)
            return &team;
    }
    return nullptr;
}

void PeopleWindow::showChosen()
{
    say({});
    if (m_chosen == NewPerson) {
        m_person->setNew(m_all, m_pages);
        showView(View::Person);
        return;
    }
    if (m_chosen == NewTeam) {
        m_team->setTeam({}, m_all, m_pages);
        showView(View::Team);
        return;
    }
    if (m_all.people.isEmpty())
        return; // nothing is known yet
    const Wire::TeamEntry *shownTeam
        = m_chosen.startsWith(NewTeam) ? team(m_chosen.sliced(NewTeam.size())) : nullptr;
    if (shownTeam) {
        m_shownName = shownTeam->team.name;
        m_team->setTeam(*shownTeam, m_all, m_pages);
        showView(View::Team);
        return;
    }
    const Wire::PersonEntry *found
        = m_chosen.startsWith(NewPerson) ? person(m_chosen.sliced(NewPerson.size())) : nullptr;
    if (found == nullptr)
        found = sayGone();
    if (found == nullptr)
        return;
    m_shownName = found->person.name;
    m_person->setPerson(*found, m_all, m_pages, managesPeople());
    showView(View::Person);
}

// What was chosen was removed by somebody else meanwhile.
const Wire::PersonEntry *PeopleWindow::sayGone()
{
    const QString name = displayLine(m_shownName, LongestName);
    say(m_chosen.startsWith(NewTeam)
            ? tr("The team %1 was removed meanwhile. Nothing of what you changed in it was kept.")
                  .arg(name)
            : tr("%1 was removed from the workspace meanwhile. Nothing of what you changed about "
                 "them was kept.")
                  .arg(name));
    chooseSelf();
    fillList();
    return person(m_session.self().id.value);
}

void PeopleWindow::chooseSelf()
{
    m_chosen = NewPerson + m_session.self().id.value;
}

void PeopleWindow::showView(View view)
{
    if (view != View::Invite)
        m_invite->forget();
    m_stack->setCurrentIndex(static_cast<int>(view));
    m_scroll->show();
}

void PeopleWindow::showInvitation(const Result<Wire::Invitation> &made, const QString &name)
{
    if (!made) {
        takeOrSay(failure(made.error()));
        return;
    }
    say({});
    m_person->forget();
    m_chosen = NewPerson + made->person.value;
    m_shownName = name;
    m_people.list().then(this, [this](const Result<Wire::Workforce> &now) {
        if (!now)
            return;
        m_all = *now;
        fillList();
    });
    m_invite->show(*made, name);
    showView(View::Invite);
}

void PeopleWindow::save(const Wire::ChangePerson &change, const QString &name)
{
    const auto taken = [this](const Result<Wire::Workforce> &now) { takeOrSay(now); };
    const Wire::PersonEntry *before = person(change.id.value);
    if (before == nullptr || before->person.name == name) {
        m_people.change(change).then(this, taken);
        return;
    }
    m_people.rename(change.id, name)
        .andThen(this, [this, change](const Wire::Workforce &) { return m_people.change(change); })
        .then(this, taken);
}

// One that was just made is shown from then on: saving once more must not make a second one.
void PeopleWindow::saveTeam(const Wire::SaveTeam &team)
{
    m_people.saveTeam(team).then(this,
        [this, name = team.name, isNew = team.id.isEmpty()](const Result<Wire::Workforce> &now) {
            if (now && isNew && m_chosen == NewTeam) {
                for (const Wire::TeamEntry &each : now->teams) {
                    if (this->team(each.team.id.value) == nullptr && each.team.name == name)
                        m_chosen = NewTeam + each.team.id.value;
                }
            }
            takeOrSay(now);
        });
}

// Whoever has removed something need not be told that it is gone.
void PeopleWindow::takeWithout(const QString &removed, const Result<Wire::Workforce> &workforce)
{
    if (workforce && m_chosen == removed)
        chooseSelf();
    takeOrSay(workforce);
}

void PeopleWindow::leave()
{
    m_people.leave()
        .andThen(this, [this] { return m_session.forget(); })
        .then(this, [this](const Result<> &left) {
            if (left)
                close();
            else
                say(connectingErrorText(left.error()));
        });
}

void PeopleWindow::say(const QString &problem)
{
    m_problem->setText(problem);
    m_problem->setVisible(!problem.isEmpty());
}

bool PeopleWindow::managesPeople() const
{
    return isAllowed(m_session.self().role, Action::ManagePeople);
}

} // namespace Pagedesk::Ui
