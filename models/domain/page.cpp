// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/domain/page.h"

#include "models/domain/names.h"

#include <array>

namespace Pagedesk {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr NameTable<PageState, 3> StateNames{{
    {PageState::Connected, "connected"},
    {PageState::NeedsLogin, "needs_login"},
    {PageState::Removed, "removed"},
}};

constexpr std::array Colours{"#d9480f", "#0b7285", "#862e9c", "#2b8a3e", "#c2255c", "#364fc7",
    "#5f3dc4", "#a61e4d", "#1864ab", "#846358"};

} // namespace

SendingBlock sendingBlock(const Page &page)
{
    switch (page.state) {
    case PageState::NeedsLogin:
        return SendingBlock::NeedsLogin;
    case PageState::Removed:
        return SendingBlock::Removed;
    case PageState::Connected:
        break;
    }
    return page.health.care.mayMessage() ? SendingBlock::None : SendingBlock::PermissionLost;
}

QString pageStateName(PageState state)
{
    return nameOf(StateNames, state);
}

std::optional<PageState> pageStateFromName(QStringView name)
{
    return fromName(StateNames, name);
}

std::optional<PageState> pageStateFromNumber(qint64 number)
{
    return fromNumber(StateNames, number);
}

QStringList pageColours()
{
    QStringList colours;
    for (const char *colour : Colours)
        colours.append(QString::fromLatin1(colour));
    return colours;
}

QString colourProblem(const QString &colour)
{
    if (pageColours().contains(colour))
        return {};
    return u"The colour of a Page is one of %1."_s.arg(pageColours().join(u", "_s));
}

QString pageColour(int n)
{
    return QString::fromLatin1(Colours[static_cast<size_t>(qAbs(n)) % Colours.size()]);
}

} // namespace Pagedesk
