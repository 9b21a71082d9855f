// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/admin/persondetail.h"

#include "models/base/clock.h"
#include "ui/admin/confirmline.h"
#include "ui/admin/peoplewords.h"
#include "ui/admin/ticklist.h"
#include "ui/inbox/timewords.h"
#include "ui/theme/themedlabel.h"
#include "ui/thread/displaytext.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace Pagedesk::Ui {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int LongestLine = 80;

ThemedLabel *words(const ThemeProvider &theme, QFont Fonts::*font, QColor Theme::*colour,
    const QString &text, QVBoxLayout &layout)
{
    auto *label = new ThemedLabel(theme, font, colour, layout.parentWidget());
    label->setText(text);
    label->setWordWrap(true);
    layout.addWidget(label);
    return label;
}

} // namespace

PersonDetail::PersonDetail(const ThemeProvider &theme, const Clock &clock, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_clock(clock)
{
    build();
}

void PersonDetail::build()
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    const auto title = [this](const QString &text, QVBoxLayout &where) {
        where.addSpacing(8);
        return words(m_theme, &Fonts::secondaryStrong, &Theme::text, text, where);
    };
    m_title = words(m_theme, &Fonts::heading, &Theme::text, {}, *layout);
    title(tr("Name"), *layout);
    m_name = new QLineEdit(this);
    m_name->setObjectName(u"personName"_s);
    m_name->setAccessibleName(tr("Name"));
    m_name->setMaxLength(int(Wire::MaxPersonName));
    layout->addWidget(m_name);
    m_rights = new QWidget(this);
    auto *rights = new QVBoxLayout(m_rights);
    rights->setContentsMargins(0, 0, 0, 0);
    rights->setSpacing(6);
    layout->addWidget(m_rights);
    title(tr("Role"), *rights);
    m_role = new QComboBox(m_rights);
    m_role->setObjectName(u"personRole"_s);
    m_role->setAccessibleName(tr("Role"));
    for (const Role role : {Role::Agent, Role::Supervisor, Role::Admin})
        m_role->addItem(roleWord(role), static_cast<int>(role));
    rights->addWidget(m_role, 0, Qt::AlignLeft);
    m_roleNote = words(m_theme, &Fonts::secondary, &Theme::muted, {}, *rights);
    title(tr("Pages"), *rights);
    m_allPages = new QCheckBox(tr("All Pages, also those that are connected later"), m_rights);
    m_allPages->setObjectName(u"allPages"_s);
    rights->addWidget(m_allPages);
    m_pages = new TickList(u"grant"_s, m_rights);
    rights->addWidget(m_pages);
    m_pagesNote = words(m_theme, &Fonts::secondary, &Theme::muted,
        tr("Pages of their teams come on top of these."), *rights);
    m_teamsTitle = title(tr("Teams"), *rights);
    m_teams = new TickList(u"team"_s, m_rights);
    rights->addWidget(m_teams);
    m_save = new QPushButton(this);
    m_save->setObjectName(u"savePerson"_s);
    m_save->setProperty("kind", u"primary"_s);
    m_save->setAutoDefault(false);
    layout->addSpacing(8);
    layout->addWidget(m_save, 0, Qt::AlignLeft);
    m_existing = new QWidget(this);
    auto *existing = new QVBoxLayout(m_existing);
    existing->setContentsMargins(0, 0, 0, 0);
    existing->setSpacing(6);
    layout->addWidget(m_existing);
    title(tr("Devices"), *existing);
    m_deviceRows = new QWidget(m_existing);
    m_deviceLayout = new QVBoxLayout(m_deviceRows);
    m_deviceLayout->setContentsMargins(0, 0, 0, 0);
    existing->addWidget(m_deviceRows);
    m_pairMore = new QPushButton(tr("Pair another device"), m_existing);
    m_pairMore->setObjectName(u"pairMore"_s);
    m_pairMore->setAutoDefault(false);
    existing->addWidget(m_pairMore, 0, Qt::AlignLeft);
    existing->addSpacing(16);
    m_revoke = new ConfirmLine(m_theme, u"revokePerson"_s, tr("Remove from the workspace"),
        tr("All their devices are out at once. What they wrote stays."), m_existing);
    existing->addWidget(m_revoke);
    layout->addStretch(1);
    connect(m_role, &QComboBox::currentIndexChanged, this, &PersonDetail::showRights);
    connect(m_allPages, &QCheckBox::toggled, this, &PersonDetail::showRights);
    connect(m_save, &QAbstractButton::clicked, this, &PersonDetail::press);
    connect(m_name, &QLineEdit::returnPressed, m_save, &QAbstractButton::click);
    connect(m_pairMore, &QAbstractButton::clicked, this,
        [this] { Q_EMIT deviceInviteWanted(m_person.person.id, m_person.person.name); });
    connect(m_revoke, &ConfirmLine::confirmed, this,
        [this] { Q_EMIT revokeWanted(m_person.person.id); });
    connect(m_name, &QLineEdit::textChanged, this,
        [this](const QString &text) { m_save->setEnabled(!text.trimmed().isEmpty()); });
}

void PersonDetail::setPerson(const Wire::PersonEntry &person, const Wire::Workforce &all,
    const QList<Page> &pages, bool managing)
{
    m_managing = managing;
    show(person, all, pages);
}

void PersonDetail::setNew(const Wire::Workforce &all, const QList<Page> &pages)
{
    m_managing = true;
    const bool again = m_filled && m_person.person.id.isEmpty();
    show({}, all, pages);
    if (!again)
        m_name->setFocus();
}

void PersonDetail::show(
    const Wire::PersonEntry &person, const Wire::Workforce &all, const QList<Page> &pages)
{
    const bool again = m_filled && m_person.person.id == person.person.id;
    const Wire::PersonEntry before = std::exchange(m_person, person);
    m_filled = true;
    fill(before, all, pages, again);
}

// `again`: the same one as `before`, so that only what nobody has touched here may be set.
void PersonDetail::fill(const Wire::PersonEntry &before, const Wire::Workforce &all,
    const QList<Page> &pages, bool again)
{
    const bool isNew = m_person.person.id.isEmpty();
    m_title->setText(
        isNew ? tr("Invite somebody") : displayLine(m_person.person.name, LongestLine));
    if (!again || m_name->text().trimmed() == before.person.name)
        m_name->setText(m_person.person.name);
    if (!again || m_role->currentData().toInt() == static_cast<int>(before.person.role))
        m_role->setCurrentIndex(m_role->findData(static_cast<int>(m_person.person.role)));
    if (!again || m_allPages->isChecked() == before.grant.all)
        m_allPages->setChecked(m_person.grant.all);
    QList<TickList::Item> pageItems;
    for (const Page &page : pages) {
        if (page.state != PageState::Removed)
            pageItems.append({page.id.value, page.name});
    }
    QStringList granted;
    for (const PageId &page : m_person.grant.pages)
        granted.append(page.value);
    QList<TickList::Item> teamItems;
    QStringList teams;
    for (const Wire::TeamEntry &team : all.teams)
        teamItems.append({team.team.id.value, team.team.name});
    for (const TeamId &team : m_person.person.teams)
        teams.append(team.value);
    const auto set = again ? &TickList::refresh : &TickList::setItems;
    (m_pages->*set)(pageItems, granted);
    (m_teams->*set)(teamItems, teams);
    m_teamsTitle->setVisible(!m_teams->isEmpty());
    m_rights->setVisible(m_managing);
    m_existing->setVisible(!isNew);
    const bool isSelf = std::any_of(m_person.devices.begin(), m_person.devices.end(),
        [](const Wire::DeviceEntry &device) { return device.own; });
    m_revoke->setVisible(m_managing && !isSelf);
    if (!again)
        m_revoke->close();
    m_save->setText(isNew ? tr("Make an invite") : tr("Save"));
    m_save->setEnabled(!m_name->text().trimmed().isEmpty());
    showRights();
    showDevices(all);
}

void PersonDetail::showRights()
{
    const Role role = roleFromNumber(m_role->currentData().toInt()).value_or(Role::Agent);
    const bool isAdmin = role == Role::Admin;
    m_roleNote->setText(roleExplanation(role));
    m_allPages->setVisible(!isAdmin);
    m_pages->setVisible(!isAdmin && !m_allPages->isChecked());
    m_pagesNote->setText(isAdmin ? tr("Admins always have all Pages.")
                                 : tr("Pages of their teams come on top of these."));
    m_pagesNote->setVisible(isAdmin || !m_allPages->isChecked());
}

void PersonDetail::showDevices(const Wire::Workforce &all)
{
    while (QLayoutItem *item = m_deviceLayout->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    for (const Wire::DeviceEntry &device : std::as_const(m_person.devices))
        m_deviceLayout->addWidget(rowFor(device));
    for (const Wire::InviteEntry &invite : all.invites) {
        if (!m_person.person.id.isEmpty() && invite.person == m_person.person.id)
            m_deviceLayout->addWidget(rowFor(invite));
    }
    if (m_person.devices.isEmpty()) {
        words(m_theme, &Fonts::secondary, &Theme::muted,
            tr("No device yet. An invite lasts ten minutes; make a new one when it is over."),
            *m_deviceLayout);
    }
    m_pairMore->setText(
        m_person.devices.isEmpty() ? tr("Make a new invite") : tr("Pair another device"));
}

QWidget *PersonDetail::rowFor(const Wire::DeviceEntry &device)
{
    auto *row = new QWidget(m_deviceRows);
    auto *layout = new QVBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 4);
    layout->setSpacing(2);
    const QString name
        = device.name.isEmpty() ? tr("Device") : displayLine(device.name, LongestLine);
    words(m_theme, &Fonts::body, &Theme::text,
        device.own ? tr("%1 (this computer)").arg(name) : name, *layout);
    QStringList facts;
    if (!device.platform.isEmpty())
        facts.append(displayLine(device.platform, LongestLine));
    facts.append(lastSeenWords(device, m_clock.now()));
    ThemedLabel *label
        = words(m_theme, &Fonts::secondary, &Theme::muted, facts.join(u" · "_s), *layout);
    label->setObjectName(u"device-"_s + device.id.value);
    auto *end = device.own
        ? new ConfirmLine(m_theme, u"leave"_s, tr("Leave the workspace on this computer"),
            tr("This computer forgets everything of the workspace, also what was not sent yet."),
            row)
        : new ConfirmLine(m_theme, u"revoke-"_s + device.id.value, tr("Revoke"),
            tr("This device is out at once. It needs a new invite to come back."), row);
    layout->addSpacing(4);
    layout->addWidget(end);
    connect(end, &ConfirmLine::confirmed, this, [this, id = device.id, own = device.own] {
        if (own)
            Q_EMIT leaveWanted();
        else
            Q_EMIT revokeDeviceWanted(id);
    });
    return row;
}

// The link itself is not known any more: only whoever made it has seen it.
QWidget *PersonDetail::rowFor(const Wire::InviteEntry &invite)
{
    auto *row = new QWidget(m_deviceRows);
    auto *layout = new QVBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 4);
    layout->setSpacing(2);
    const qint64 left = std::max<qint64>(0, invite.expiresAt - m_clock.now());
    words(m_theme, &Fonts::body, &Theme::text, tr("An invite is open"), *layout);
    words(m_theme, &Fonts::secondary, &Theme::muted,
        tr("It can be used for another %1.").arg(shortSpan(left)), *layout);
    auto *cancel = new QPushButton(tr("Take the invite back"), row);
    cancel->setObjectName(u"cancel-"_s + invite.id);
    cancel->setAutoDefault(false);
    layout->addWidget(cancel, 0, Qt::AlignLeft);
    connect(cancel, &QAbstractButton::clicked, this,
        [this, id = invite.id] { Q_EMIT cancelInviteWanted(id); });
    return row;
}

Wire::PageGrant PersonDetail::grant() const
{
    Wire::PageGrant grant{m_allPages->isChecked()};
    if (!grant.all) {
        const QStringList ticked = m_pages->ticked();
        for (const QString &id : ticked)
            grant.pages.append({id});
    }
    return grant;
}

void PersonDetail::press()
{
    const QString name = m_name->text().trimmed();
    if (!m_managing) {
        Q_EMIT renameWanted(m_person.person.id, name);
        return;
    }
    const Role role = roleFromNumber(m_role->currentData().toInt()).value_or(Role::Agent);
    QList<TeamId> teams;
    const QStringList ticked = m_teams->ticked();
    for (const QString &id : ticked)
        teams.append({id});
    if (m_person.person.id.isEmpty())
        Q_EMIT inviteWanted({name, role, grant(), teams});
    else
        Q_EMIT saveWanted({m_person.person.id, role, grant(), teams}, name);
}

} // namespace Pagedesk::Ui
