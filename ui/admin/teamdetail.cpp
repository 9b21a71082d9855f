// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/admin/teamdetail.h"

#include "ui/admin/confirmline.h"
#include "ui/admin/ticklist.h"
#include "ui/theme/themedlabel.h"
#include "ui/thread/displaytext.h"

#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace Pagedesk::Ui {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int LongestLine = 80;

} // namespace

TeamDetail::TeamDetail(const ThemeProvider &theme, QWidget *parent)
    : QWidget(parent)
    , m_title(new ThemedLabel(theme, &Fonts::heading, &Theme::text, this))
    , m_name(new QLineEdit(this))
    , m_members(new TickList(u"member"_s, this))
    , m_pages(new TickList(u"teampage"_s, this))
    , m_save(new QPushButton(tr("Save"), this))
    , m_remove(new ConfirmLine(theme, u"removeTeam"_s, tr("Remove the team"),
          tr("Its people stay. Pages they had only through the team are gone from their devices."),
          this))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    const auto words
        = [this, &theme, layout](QFont Fonts::*font, QColor Theme::*colour, const QString &text) {
              auto *label = new ThemedLabel(theme, font, colour, this);
              label->setText(text);
              label->setWordWrap(true);
              layout->addWidget(label);
          };
    layout->addWidget(m_title);
    words(&Fonts::secondaryStrong, &Theme::text, tr("Name"));
    m_name->setObjectName(u"teamName"_s);
    m_name->setAccessibleName(tr("Name"));
    m_name->setMaxLength(int(Wire::MaxPersonName));
    layout->addWidget(m_name);
    layout->addSpacing(8);
    words(&Fonts::secondaryStrong, &Theme::text, tr("People"));
    layout->addWidget(m_members);
    layout->addSpacing(8);
    words(&Fonts::secondaryStrong, &Theme::text, tr("Pages"));
    words(&Fonts::secondary, &Theme::muted,
        tr("People who do not have all Pages get these with the team."));
    layout->addWidget(m_pages);
    layout->addSpacing(8);
    m_save->setObjectName(u"saveTeam"_s);
    m_save->setProperty("kind", u"primary"_s);
    m_save->setAutoDefault(false);
    layout->addWidget(m_save, 0, Qt::AlignLeft);
    layout->addSpacing(16);
    layout->addWidget(m_remove);
    layout->addStretch(1);
    connect(m_name, &QLineEdit::textChanged, this,
        [this](const QString &text) { m_save->setEnabled(!text.trimmed().isEmpty()); });
    connect(m_save, &QAbstractButton::clicked, this, &TeamDetail::press);
    connect(m_remove, &ConfirmLine::confirmed, this, [this] { Q_EMIT removeWanted(m_team.id); });
}

void TeamDetail::setTeam(
    const Wire::TeamEntry &team, const Wire::Workforce &all, const QList<Page> &pages)
{
    const TeamId &id = team.team.id;
    const bool again = m_filled && m_team.id == id;
    m_title->setText(id.isEmpty() ? tr("New team") : displayLine(team.team.name, LongestLine));
    if (!again || m_name->text().trimmed() == m_team.name)
        m_name->setText(team.team.name);
    m_team = team.team;
    m_filled = true;
    QList<TickList::Item> people;
    QStringList members;
    for (const Wire::PersonEntry &person : all.people) {
        people.append({person.person.id.value, person.person.name});
        if (person.person.teams.contains(id))
            members.append(person.person.id.value);
    }
    const auto set = again ? &TickList::refresh : &TickList::setItems;
    (m_members->*set)(people, members);
    QList<TickList::Item> pageItems;
    QStringList given;
    for (const Page &page : pages) {
        if (page.state != PageState::Removed)
            pageItems.append({page.id.value, page.name});
    }
    for (const PageId &page : team.pages)
        given.append(page.value);
    (m_pages->*set)(pageItems, given);
    m_remove->setVisible(!id.isEmpty());
    m_save->setEnabled(!m_name->text().trimmed().isEmpty());
    if (again)
        return;
    m_remove->close();
    if (id.isEmpty())
        m_name->setFocus();
}

void TeamDetail::press()
{
    Wire::SaveTeam team{m_team.id, m_name->text().trimmed()};
    const QStringList members = m_members->ticked();
    for (const QString &id : members)
        team.members.append({id});
    const QStringList pages = m_pages->ticked();
    for (const QString &id : pages)
        team.pages.append({id});
    Q_EMIT saveWanted(team);
}

} // namespace Pagedesk::Ui
