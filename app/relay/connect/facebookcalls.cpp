// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/connect/facebookcalls.h"

#include <QUrlQuery>

namespace Pagedesk::Relay {

namespace {

using namespace Qt::Literals::StringLiterals;

constexpr int MostParts = 40; // of a hundred Pages

// QUrlQuery leaves a "+" as it is, which servers read as a space.
QString encoded(std::initializer_list<std::pair<const char *, QByteArray>> parameters)
{
    QByteArray query;
    for (const auto &[name, value] : parameters) {
        query += query.isEmpty() ? "" : "&";
        query += QByteArray(name) + '=' + value.toPercentEncoding();
    }
    return QString::fromLatin1(query);
}

Error refused(const GraphRefusal &why)
{
    const QString detail
        = u"Meta answered with code %1, subcode %2"_s.arg(why.code).arg(why.subcode);
    switch (why.code) {
    case 102:
    case 190:
        return {Error::Kind::Unauthorized, detail};
    case 1: // also: the client secret is wrong
    case 101:
    case 191:
        return {Error::Kind::Forbidden, detail};
    case 100:
        // The address is another one than the dialog was opened with, or the code is used up.
        if (why.subcode >= 36'000 && why.subcode < 37'000)
            return {Error::Kind::Conflict, detail};
        [[fallthrough]];
    default:
        return {Error::Kind::Rejected, detail};
    }
}

// Asks and reads what came back.
template <typename T>
Task<T> ask(GraphClient &graph, const QString &path, const QString &query, const Secret &token,
    Result<T> (*read)(const QByteArray &body))
{
    auto promise = std::make_shared<Promise<T>>();
    auto task = promise->task();
    graph.get(path, query, token)
        .then(&graph.context(), [promise, read](const Result<HttpAnswer> &answer) {
            if (!answer)
                promise->finish(failure(answer.error()));
            else if (answer->status >= 200 && answer->status <= 299)
                promise->finish(read(answer->body));
            else if (answer->status >= 500)
                promise->finish(failure(Error::Kind::Timeout, u"Meta has trouble"_s));
            else
                promise->finish(failure(refused(readRefusal(answer->body))));
        });
    return task;
}

} // namespace

FacebookCalls::FacebookCalls(GraphClient &graph, AppCredentials app)
    : m_graph(graph)
    , m_app(std::move(app))
{
}

Task<GrantedToken> FacebookCalls::exchange(const Secret &code, const QUrl &returnUrl) const
{
    return ask(m_graph, u"oauth/access_token"_s,
        encoded({{"client_id", m_app.id.toUtf8()}, {"redirect_uri", returnUrl.toEncoded()},
            {"client_secret", m_app.secret.reveal()}, {"code", code.reveal()}}),
        {}, readGrantedToken);
}

Task<GrantedToken> FacebookCalls::lengthen(const Secret &token) const
{
    return ask(m_graph, u"oauth/access_token"_s,
        encoded({{"grant_type", "fb_exchange_token"}, {"client_id", m_app.id.toUtf8()},
            {"client_secret", m_app.secret.reveal()}, {"fb_exchange_token", token.reveal()}}),
        {}, readGrantedToken);
}

Task<TokenFacts> FacebookCalls::inspect(const Secret &token) const
{
    return ask(m_graph, u"debug_token"_s, encoded({{"input_token", token.reveal()}}), m_app.token(),
        readTokenFacts);
}

Task<QStringList> FacebookCalls::declined(const Secret &token) const
{
    return ask(m_graph, u"me/permissions"_s, {}, token, readDeclined);
}

Task<NamedNode> FacebookCalls::me(const Secret &token) const
{
    return ask(m_graph, u"me"_s, u"fields=id,name"_s, token, readNamedNode);
}

Task<NamedNode> FacebookCalls::page(const PageId &id, const Secret &token) const
{
    return ask(m_graph, id.value, u"fields=id,name"_s, token, readNamedNode);
}

Task<GrantedToken> FacebookCalls::pageToken(const PageId &id, const Secret &token) const
{
    return ask(m_graph, id.value, u"fields=access_token"_s, token, readGrantedToken);
}

struct FacebookCalls::Listing {
    Secret token;
    QList<SeenPage> pages;
    int parts = 0;
    Promise<QList<SeenPage>> promise;
};

Task<QList<SeenPage>> FacebookCalls::pages(const Secret &token) const
{
    const auto listing = std::make_shared<Listing>();
    listing->token = token;
    auto task = listing->promise.task();
    nextPages(listing, {});
    return task;
}

void FacebookCalls::nextPages(const std::shared_ptr<Listing> &listing, const QString &after) const
{
    QString query = u"fields=id,name,category,tasks,access_token&limit=100"_s;
    if (!after.isEmpty())
        query += u"&after="_s + QString::fromLatin1(after.toUtf8().toPercentEncoding());
    ask(m_graph, u"me/accounts"_s, query, listing->token, readSeenPages)
        .then(&m_graph.context(), [this, listing](const Result<SeenPages> &part) {
            if (!part) {
                listing->promise.finish(failure(part.error()));
                return;
            }
            listing->pages += part->pages;
            if (part->after.isEmpty() || ++listing->parts >= MostParts)
                listing->promise.finish(listing->pages);
            else
                nextPages(listing, part->after);
        });
}

} // namespace Pagedesk::Relay
