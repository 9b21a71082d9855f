// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/messenger/graphlogin.h"

#include "models/messenger/json.h"

namespace Pagedesk {

namespace {

using namespace Qt::Literals::StringLiterals;

constexpr qsizetype MaxTokenBytes = 8 * 1024;
constexpr qsizetype MaxNameCharacters = 200;

tl::unexpected<Error> unreadable(const QString &what)
{
    return failure(Error::Kind::Protocol, u"Meta's answer has no %1"_s.arg(what));
}

GraphRefusal refusalIn(const JsonValue &error)
{
    return {static_cast<int>(error["code"].toInt64().value_or(0)),
        static_cast<int>(
            error["error_subcode"].toInt64().value_or(error["subcode"].toInt64().value_or(0)))};
}

QString nameOf(const JsonValue &value)
{
    return value.text().simplified().left(MaxNameCharacters);
}

Secret tokenIn(const JsonValue &value)
{
    const QByteArray token = value.text().toUtf8();
    return token.size() <= MaxTokenBytes ? Secret(token) : Secret();
}

// Seconds of Meta's as milliseconds; 0 stays "no date".
qint64 msFrom(const JsonValue &seconds)
{
    constexpr qint64 Most = 100'000'000'000; // thousands of years
    return std::clamp<qint64>(seconds.toInt64().value_or(0), 0, Most) * 1000;
}

QStringList textsIn(const JsonValue &list)
{
    QStringList texts;
    for (const JsonValue value : list)
        texts.append(value.text().left(MaxNameCharacters));
    return texts;
}

} // namespace

GraphRefusal readRefusal(const QByteArray &body)
{
    const auto document = JsonDocument::parse(body);
    return document ? refusalIn(document->root()["error"]) : GraphRefusal();
}

Result<GrantedToken> readGrantedToken(const QByteArray &body)
{
    const auto document = JsonDocument::parse(body);
    if (!document)
        return failure(document.error());
    const JsonValue root = document->root();
    GrantedToken granted{tokenIn(root["access_token"]), 0};
    if (granted.token.isEmpty())
        return unreadable(u"token"_s);
    granted.seconds = std::max<qint64>(root["expires_in"].toInt64().value_or(0), 0);
    return granted;
}

Result<TokenFacts> readTokenFacts(const QByteArray &body)
{
    const auto document = JsonDocument::parse(body);
    if (!document)
        return failure(document.error());
    const JsonValue data = document->root()["data"];
    if (!data.isObject())
        return unreadable(u"facts about the token"_s);
    TokenFacts facts;
    facts.appId = data["app_id"].text();
    facts.type = data["type"].text();
    facts.userId = data["user_id"].text();
    facts.pageId = {data["profile_id"].text()};
    facts.valid = data["is_valid"].isTrue();
    facts.refusal = refusalIn(data["error"]);
    facts.expiresAt = msFrom(data["expires_at"]);
    facts.dataAccessExpiresAt = msFrom(data["data_access_expires_at"]);
    facts.scopes = textsIn(data["scopes"]);
    for (const JsonValue scope : data["granular_scopes"]) {
        if (scope["target_ids"].isArray())
            facts.targets.insert(scope["scope"].text(), textsIn(scope["target_ids"]));
    }
    return facts;
}

Result<SeenPages> readSeenPages(const QByteArray &body)
{
    const auto document = JsonDocument::parse(body);
    if (!document)
        return failure(document.error());
    const JsonValue root = document->root();
    if (!root["data"].isArray())
        return unreadable(u"list of Pages"_s);
    SeenPages seen;
    for (const JsonValue entry : root["data"]) {
        SeenPage page{{entry["id"].text()}, nameOf(entry["name"]), nameOf(entry["category"]),
            textsIn(entry["tasks"]), tokenIn(entry["access_token"])};
        if (!page.id.isEmpty())
            seen.pages.append(std::move(page));
    }
    // A cursor comes with the last part too; only `next` says that there is more.
    if (!root["paging"]["next"].text().isEmpty())
        seen.after = root["paging"]["cursors"]["after"].text();
    return seen;
}

bool allowMessaging(const QStringList &tasks)
{
    static const QStringList Any{
        u"MESSAGING"_s, u"PROFILE_PLUS_MESSAGING"_s, u"PROFILE_PLUS_FULL_CONTROL"_s};
    return std::any_of(
        tasks.begin(), tasks.end(), [](const QString &task) { return Any.contains(task); });
}

Result<QStringList> readDeclined(const QByteArray &body)
{
    const auto document = JsonDocument::parse(body);
    if (!document)
        return failure(document.error());
    const JsonValue data = document->root()["data"];
    if (!data.isArray())
        return unreadable(u"list of permissions"_s);
    QStringList declined;
    for (const JsonValue entry : data) {
        if (entry["status"].text() != "granted"_L1)
            declined.append(entry["permission"].text().left(MaxNameCharacters));
    }
    return declined;
}

Result<NamedNode> readNamedNode(const QByteArray &body)
{
    const auto document = JsonDocument::parse(body);
    if (!document)
        return failure(document.error());
    NamedNode node{document->root()["id"].text(), nameOf(document->root()["name"])};
    if (node.id.isEmpty())
        return unreadable(u"id"_s);
    return node;
}

} // namespace Pagedesk
