// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/admin/settingwords.h"

#include "ui/errortext.h"
#include "ui/thread/displaytext.h"

#include <QCoreApplication>
#include <QHash>
#include <QLocale>

#include <algorithm>

namespace Pagedesk::Ui {

using namespace Qt::Literals::StringLiterals;

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(PageSettingsWindow)
};

constexpr int LongestShown = 60;

QString quoted(const QString &text)
{
    return text.isEmpty() ? Words::tr("none")
                          : Words::tr("“%1”").arg(displayLine(text, LongestShown));
}

QString line(const QString &what, const QString &before, const QString &after)
{
    return Words::tr("%1: %2 → %3", "a setting, as it is, as it will be").arg(what, before, after);
}

QString onOff(bool on)
{
    return on ? Words::tr("on") : Words::tr("off");
}

QString teamWords(const TeamId &id, const QList<Team> &teams)
{
    if (id.isEmpty())
        return Words::tr("nobody");
    const auto found = std::find_if(
        teams.begin(), teams.end(), [&id](const Team &team) { return team.id == id; });
    return found == teams.end() ? Words::tr("a team that is gone") : quoted(found->name);
}

QStringList hoursDifferences(const BusinessHours &before, const BusinessHours &after)
{
    QStringList lines;
    if (before.isKept() != after.isKept()) {
        const QString now = after.isKept()
            ? Words::tr("%1, %2", "on, Europe/Berlin").arg(onOff(true), quoted(after.zone))
            : onOff(false);
        lines.append(line(Words::tr("Business hours"), onOff(before.isKept()), now));
    }
    if (!before.isKept() || !after.isKept())
        return lines; // the days stand in the form
    if (before.zone != after.zone)
        lines.append(line(Words::tr("Time zone"), quoted(before.zone), quoted(after.zone)));
    const auto day = [](const QList<HoursSpan> &spans) {
        return spans.isEmpty() ? Words::tr("closed") : daySpansText(spans);
    };
    for (std::size_t i = 0; i < after.week.size(); ++i) {
        if (before.week.at(i) != after.week.at(i)) {
            lines.append(line(QLocale().dayName(int(i) + 1, QLocale::LongFormat),
                day(before.week.at(i)), day(after.week.at(i))));
        }
    }
    if (before.daysOff != after.daysOff) {
        lines.append(line(Words::tr("Days off"), quoted(daysOffText(before.daysOff)),
            quoted(daysOffText(after.daysOff))));
    }
    return lines;
}

// The entry of a language in a list of them.
template <typename T> const T *entryOf(const QList<T> &entries, const QString &locale)
{
    const auto found = std::find_if(entries.cbegin(), entries.cend(),
        [&locale](const T &entry) { return entry.locale == locale; });
    return found == entries.cend() ? nullptr : &*found;
}

template <typename T> QStringList localesOf(const QList<T> &before, const QList<T> &after)
{
    QStringList locales;
    for (const QList<T> *entries : {&before, &after}) {
        for (const T &entry : *entries) {
            if (!locales.contains(entry.locale))
                locales.append(entry.locale);
        }
    }
    return locales;
}

QString named(const QString &what, const QString &locale)
{
    return locale == QLatin1StringView(DefaultLocale)
        ? what
        : Words::tr("%1 (%2)", "a setting, a language").arg(what, displayLine(locale, 20));
}

QStringList titlesOf(const LocalIceBreakers *breakers)
{
    QStringList titles;
    if (breakers) {
        for (const IceBreaker &each : breakers->questions)
            titles.append(u"%1 [%2]"_s.arg(each.question, each.payload));
    }
    return titles;
}

QStringList titlesOf(const LocalMenu *menu)
{
    QStringList titles;
    if (menu) {
        for (const MenuItem &each : menu->items)
            titles.append(
                u"%1 [%2]"_s.arg(each.title, each.url.isEmpty() ? each.payload : each.url));
    }
    return titles;
}

// What came, what went, and whether those that stay stand in another order.
QStringList listDifferences(
    const QString &what, const QStringList &before, const QStringList &after)
{
    QStringList lines;
    QStringList kept = before;
    for (const QString &each : before) {
        if (!after.contains(each)) {
            lines.append(Words::tr("%1: without %2").arg(what, quoted(each)));
            kept.removeOne(each);
        }
    }
    QStringList stay = after;
    for (const QString &each : after) {
        if (!before.contains(each)) {
            lines.append(Words::tr("%1: new %2").arg(what, quoted(each)));
            stay.removeOne(each);
        }
    }
    if (kept != stay)
        lines.append(Words::tr("%1: in another order").arg(what));
    return lines;
}

} // namespace

QStringList settingDifferences(const PageSettings &before, const PageSettings &after,
    const QString &colourBefore, const QString &colourAfter, const QList<Team> &teams)
{
    QStringList lines;
    if (before.nickname != after.nickname)
        lines.append(line(Words::tr("Nickname"), quoted(before.nickname), quoted(after.nickname)));
    if (colourBefore != colourAfter)
        lines.append(line(Words::tr("Colour"), colourName(colourBefore), colourName(colourAfter)));
    const auto flag = [&](const QString &what, bool PageSettings::*value) {
        if (before.*value != after.*value)
            lines.append(line(what, onOff(before.*value), onOff(after.*value)));
    };
    flag(Words::tr("Receive messages"), &PageSettings::receive);
    flag(Words::tr("Ask for profiles"), &PageSettings::requestProfiles);
    flag(Words::tr("Keep profiles up to date"), &PageSettings::updateProfiles);
    flag(Words::tr("Recognise people across Pages"), &PageSettings::mergePeople);
    flag(Words::tr("Ask Facebook who is the same person"), &PageSettings::matchPeople);
    flag(Words::tr("Show that somebody writes"), &PageSettings::typingIndicators);
    if (before.partPauseMs != after.partPauseMs) {
        const auto length = [](int ms) { return Words::tr("%1 ms").arg(QLocale().toString(ms)); };
        lines.append(line(Words::tr("Pause between parts"), length(before.partPauseMs),
            length(after.partPauseMs)));
    }
    if (before.humanAgent != after.humanAgent) {
        lines.append(line(Words::tr("May answer as a human agent"),
            humanAgentUseWords(before.humanAgent), humanAgentUseWords(after.humanAgent)));
    }
    if (before.defaultTeam != after.defaultTeam) {
        lines.append(line(Words::tr("Team for new conversations"),
            teamWords(before.defaultTeam, teams), teamWords(after.defaultTeam, teams)));
    }
    lines += hoursDifferences(before.hours, after.hours);
    flag(Words::tr("Answer by itself outside the hours"), &PageSettings::awayReply);
    if (before.awayText != after.awayText)
        lines.append(line(Words::tr("Away text"), quoted(before.awayText), quoted(after.awayText)));
    return lines;
}

QString humanAgentUseWords(HumanAgentUse use)
{
    switch (use) {
    case HumanAgentUse::Yes:
        return Words::tr("yes");
    case HumanAgentUse::No:
        return Words::tr("no");
    case HumanAgentUse::NotKnown:
        break;
    }
    return Words::tr("not known");
}

QStringList profileDifferences(const MessengerProfile &before, const MessengerProfile &after)
{
    QStringList lines;
    for (const QString &locale : localesOf(before.greetings, after.greetings)) {
        const auto *was = entryOf(before.greetings, locale);
        const auto *is = entryOf(after.greetings, locale);
        const QString from = was ? was->text : QString();
        const QString to = is ? is->text : QString();
        if (from != to)
            lines.append(line(named(Words::tr("Greeting"), locale), quoted(from), quoted(to)));
    }
    if (before.getStarted != after.getStarted) {
        lines.append(line(Words::tr("Button “Get started”"), quoted(before.getStarted),
            quoted(after.getStarted)));
    }
    for (const QString &locale : localesOf(before.iceBreakers, after.iceBreakers)) {
        lines += listDifferences(named(Words::tr("Questions"), locale),
            titlesOf(entryOf(before.iceBreakers, locale)),
            titlesOf(entryOf(after.iceBreakers, locale)));
    }
    for (const QString &locale : localesOf(before.menus, after.menus)) {
        lines += listDifferences(named(Words::tr("Menu"), locale),
            titlesOf(entryOf(before.menus, locale)), titlesOf(entryOf(after.menus, locale)));
    }
    if (lines.isEmpty() && before != after)
        lines.append(Words::tr("Details of the Messenger profile"));
    return lines;
}

QString colourName(const QString &colour)
{
    const QHash<QString, QString> names{{u"#d9480f"_s, Words::tr("orange")},
        {u"#0b7285"_s, Words::tr("teal")}, {u"#862e9c"_s, Words::tr("purple")},
        {u"#2b8a3e"_s, Words::tr("green")}, {u"#c2255c"_s, Words::tr("pink")},
        {u"#364fc7"_s, Words::tr("indigo")}, {u"#5f3dc4"_s, Words::tr("violet")},
        {u"#a61e4d"_s, Words::tr("crimson")}, {u"#1864ab"_s, Words::tr("blue")},
        {u"#846358"_s, Words::tr("brown")}};
    return names.value(colour, colour);
}

QString administrationErrorText(const Error &error)
{
    switch (error.kind) {
    case Error::Kind::Offline:
        return Words::tr("The relay cannot be reached, so nothing was changed. What you have "
                         "entered stays here; try again when you are connected.");
    case Error::Kind::Timeout:
        return error.detail.endsWith(u'.') ? error.detail
                                           : Words::tr("The relay did not answer. Try again.");
    case Error::Kind::Rejected:
    case Error::Kind::Conflict:
    case Error::Kind::NotFound:
        return error.detail;
    case Error::Kind::Unauthorized:
    case Error::Kind::Forbidden:
        return Words::tr("Only admins may change Pages.");
    default:
        return errorText(error);
    }
}

} // namespace Pagedesk::Ui
