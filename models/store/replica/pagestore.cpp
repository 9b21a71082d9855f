// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/replica/pagestore.h"

#include "models/domain/detailsjson.h"
#include "models/store/replica/steps.h"

namespace Pagedesk {

namespace {

constexpr const char *All
    = "SELECT id, name, colour, state, human_agent, seq, health, settings FROM page ORDER BY id";
constexpr const char *Find
    = "SELECT id, name, colour, state, human_agent, seq, health, settings FROM page WHERE id = ?";
constexpr const char *Upsert
    = "INSERT INTO page (id, name, colour, state, human_agent, seq, health, settings) "
      "VALUES (?, ?, ?, ?, ?, ?, ?, ?) "
      "ON CONFLICT (id) DO UPDATE SET name = excluded.name, colour = excluded.colour, "
      "state = excluded.state, human_agent = excluded.human_agent, seq = excluded.seq, "
      "health = excluded.health, settings = excluded.settings "
      "WHERE excluded.seq > page.seq";
constexpr const char *Remove = "DELETE FROM page WHERE id = ?";

Page pageFrom(const Row &row)
{
    Page page{{row.text(0)}, row.text(1), row.text(2)};
    page.state = pageStateFromNumber(row.integer(3)).value_or(PageState::Connected);
    page.humanAgent = row.flag(4);
    page.seq = row.integer(5);
    page.health = healthFromText(row.text(6));
    page.settings = settingsFromText(row.text(7));
    return page;
}

} // namespace

Result<QList<Page>> PageStore::all(Connection &connection)
{
    return connection.all(All, {}, pageFrom);
}

Result<std::optional<Page>> PageStore::find(Connection &connection, const PageId &id)
{
    return connection.one(Find, {id.value}, pageFrom);
}

Result<> PageStore::apply(ReplicaWriter &writer, const Page &page)
{
    const auto changed = writer.connection.exec(Upsert,
        {page.id.value, page.name, page.colour, static_cast<int>(page.state), int(page.humanAgent),
            page.seq, healthToText(page.health), settingsToText(page.settings)});
    if (changed && *changed > 0)
        writer.changes.pages.insert(page.id, page);
    return done(changed);
}

Result<> PageStore::remove(ReplicaWriter &writer, const PageId &id)
{
    auto page = find(writer.connection, id);
    if (!page)
        return failure(page.error());
    if (!*page)
        return {};
    (*page)->state = PageState::Removed;
    writer.changes.pages.insert(id, **page);
    return done(writer.connection.exec(Remove, {id.value}));
}

} // namespace Pagedesk
