// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/admin/pageedit.h"

#include "models/messenger/profilerules.h"
#include "ui/admin/settingwords.h"

namespace Pagedesk::Ui {

namespace {

template <typename T> void followOne(T &value, const T &base, const T &now)
{
    if (value == base)
        value = now;
}

} // namespace

PageEdit PageEdit::of(const Page &page)
{
    PageEdit edit;
    edit.base = edit.settings = page.settings;
    edit.baseColour = edit.colour = page.colour;
    return edit;
}

void PageEdit::follow(const Page &page)
{
    const PageSettings &now = page.settings;
    followOne(settings.nickname, base.nickname, now.nickname);
    followOne(settings.receive, base.receive, now.receive);
    followOne(settings.requestProfiles, base.requestProfiles, now.requestProfiles);
    followOne(settings.updateProfiles, base.updateProfiles, now.updateProfiles);
    followOne(settings.mergePeople, base.mergePeople, now.mergePeople);
    followOne(settings.matchPeople, base.matchPeople, now.matchPeople);
    followOne(settings.typingIndicators, base.typingIndicators, now.typingIndicators);
    followOne(settings.partPauseMs, base.partPauseMs, now.partPauseMs);
    followOne(settings.defaultTeam, base.defaultTeam, now.defaultTeam);
    followOne(settings.hours, base.hours, now.hours);
    followOne(settings.awayReply, base.awayReply, now.awayReply);
    followOne(settings.awayText, base.awayText, now.awayText);
    followOne(colour, baseColour, page.colour);
    base = now;
    baseColour = page.colour;
}

void PageEdit::revert()
{
    settings = base;
    colour = baseColour;
    if (seen)
        profile = *seen;
    unreadable.clear();
    problem.clear();
    said.clear();
}

QStringList PageEdit::differences(const QList<Team> &teams) const
{
    QStringList lines = settingDifferences(base, settings, baseColour, colour, teams);
    if (seen)
        lines += profileDifferences(*seen, profile);
    return lines;
}

bool PageEdit::isSound() const
{
    return obstacle().isEmpty() && (!profileDiffers() || profileProblems(profile).isEmpty());
}

QString PageEdit::obstacle() const
{
    return unreadable.isEmpty() ? settingsProblem(settings) : unreadable;
}

} // namespace Pagedesk::Ui
