// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/connect/doctorlines.h"

#include "app/relay/ledger/pages.h"
#include "app/relay/ledger/rows.h"
#include "models/messenger/webhook.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

namespace Pagedesk::Relay {

namespace {

using namespace Qt::Literals::StringLiterals;

constexpr int NewestMessages = 3;
constexpr int AskedOwners = 5; // of conversations that others seem to have
constexpr int BusyPercent = 75;
constexpr int FullPercent = 100;
constexpr qint64 SlowMs = 60'000;

// From Meta's time of a message to when it came. The quickest of the newest: what came late after
// an outage says nothing about the way now.
Result<qint64> lagOf(Connection &connection, const PageId &page)
{
    constexpr const char *Sql
        = "SELECT received_at, item FROM event WHERE page_id = ? AND kind = ? "
          "AND duplicate = 0 ORDER BY id DESC LIMIT ?";
    const auto lags = connection.all(Sql,
        {page.value, static_cast<int>(EventKind::Message), NewestMessages}, [](const Row &row) {
            const QJsonObject item = QJsonDocument::fromJson(row.bytes(1)).object();
            const auto at = static_cast<qint64>(item.value("timestamp"_L1).toDouble());
            return at > 0 ? std::max<qint64>(row.integer(0) - at, 0) : -1;
        });
    if (!lags)
        return failure(lags.error());
    QList<qint64> known;
    std::copy_if(
        lags->begin(), lags->end(), std::back_inserter(known), [](qint64 lag) { return lag >= 0; });
    if (known.isEmpty())
        return -1;
    return *std::min_element(known.begin(), known.end());
}

DiagnosisLine tokenLine(const Page &page)
{
    const PageCare &care = page.health.care;
    if (page.state != PageState::Connected)
        return {PageCheck::Token, CheckState::Bad, tokenProblemName(care.token)};
    return {
        PageCheck::Token, CheckState::Good, {}, {}, care.tokenExpiresAt, care.dataAccessExpiresAt};
}

DiagnosisLine webhookLine(const Page &page)
{
    const PageHealth &health = page.health;
    if (!page.settings.receive)
        return {PageCheck::PageWebhook, CheckState::Unknown, u"off"_s};
    if (!health.subscribed)
        return {
            PageCheck::PageWebhook, CheckState::Bad, u"not_ordered"_s, health.subscriptionProblem};
    if (!health.care.missingFields.isEmpty())
        return {PageCheck::PageWebhook, CheckState::Bad, u"fields"_s,
            health.care.missingFields.join(u", "_s)};
    return {PageCheck::PageWebhook, CheckState::Good};
}

// What an admin has said, and Meta's answers have shown.
DiagnosisLine agentLine(const Page &page)
{
    const PageCare &care = page.health.care;
    if (care.agentRefusedAt > 0) {
        return {PageCheck::HumanAgent, CheckState::Warning, u"refused"_s, care.agentProblem,
            care.agentRefusedAt};
    }
    switch (page.settings.humanAgent) {
    case HumanAgentUse::Yes:
        return {PageCheck::HumanAgent, CheckState::Good,
            care.agentConfirmedAt > 0 ? QString() : u"not_tried"_s, {}, care.agentConfirmedAt};
    case HumanAgentUse::No:
        return {PageCheck::HumanAgent, CheckState::Good, u"off"_s};
    case HumanAgentUse::NotKnown:
        break;
    }
    return {PageCheck::HumanAgent, CheckState::Unknown};
}

} // namespace

Result<LedgerFacts> ledgerFacts(Connection &connection, const PageId &id)
{
    constexpr const char *Held
        = "SELECT count(*) FROM conversation WHERE page_id = ? AND owner_app <> ''";
    constexpr const char *HeldOnes
        = "SELECT " PAGEDESK_CONVERSATION_COLUMNS " FROM conversation "
          "WHERE page_id = ? AND owner_app <> '' ORDER BY last_message_at DESC LIMIT ?";
    const auto page = pageById(connection, id);
    const auto held
        = connection.one(Held, {id.value}, [](const Row &row) { return row.number(0); });
    if (!page || !held)
        return failure(page ? held.error() : page.error());
    if (!*page)
        return failure(Error::Kind::NotFound, u"This Page is not connected."_s);
    LedgerFacts facts{**page, (*page)->health.lastEventAt, -1, held->value_or(0)};
    const auto lag = lagOf(connection, id);
    if (!lag)
        return failure(lag.error());
    facts.lag = *lag;
    const auto newest = connection.all(HeldOnes, {id.value, AskedOwners}, conversationFrom);
    if (!newest)
        return failure(newest.error());
    facts.held = *newest;
    return facts;
}

QList<DiagnosisLine> linesFromLedger(const LedgerFacts &facts, qint64 now)
{
    const PageCare &care = facts.page.health.care;
    QList<DiagnosisLine> lines{tokenLine(facts.page)};
    lines.append({PageCheck::Permissions,
        care.inspectedAt == 0                   ? CheckState::Unknown
            : care.missingPermissions.isEmpty() ? CheckState::Good
                                                : CheckState::Bad,
        care.mayMessage() ? QString() : u"messaging"_s, care.missingPermissions.join(u", "_s)});
    lines.append(webhookLine(facts.page));
    lines.append(
        {PageCheck::LastEvent, facts.lastEventAt > 0 ? CheckState::Good : CheckState::Warning, {},
            {}, facts.lastEventAt, std::max<qint64>(now - facts.lastEventAt, 0)});
    lines.append({PageCheck::Delay,
        facts.lag < 0             ? CheckState::Unknown
            : facts.lag >= SlowMs ? CheckState::Warning
                                  : CheckState::Good,
        {}, {}, std::max<qint64>(facts.lag, 0)});
    lines.append({PageCheck::AppMode, care.roleOnlyAt > 0 ? CheckState::Bad : CheckState::Good, {},
        {}, care.roleOnlyAt});
    lines.append(agentLine(facts.page));
    return lines;
}

DiagnosisLine ownerLine(int heldByOthers)
{
    return {PageCheck::ThreadOwner, heldByOthers > 0 ? CheckState::Warning : CheckState::Good, {},
        {}, heldByOthers};
}

// Idle conversations have no owner, and not everybody is told which app it is.
bool isHeldByOther(
    const QJsonObject &answer, const Conversation &conversation, const QString &ownApp)
{
    const QJsonValue data = answer.value("data"_L1);
    if (!data.isArray())
        return true; // says nothing
    const QJsonValue owner = data[0]["thread_owner"_L1];
    if (!owner.isObject())
        return false;
    const QString app = owner["app_id"_L1].toVariant().toString();
    return ownApp.isEmpty() || app != ownApp || app == conversation.ownerApp;
}

DiagnosisLine usageLine(int percent)
{
    const CheckState state = percent >= FullPercent ? CheckState::Bad
        : percent >= BusyPercent                    ? CheckState::Warning
                                                    : CheckState::Good;
    return {PageCheck::Usage, state, {}, {}, percent};
}

DiagnosisLine appWebhookLine(const QJsonObject &answer, const QUrl &webhook)
{
    const QJsonArray subscriptions = answer.value("data"_L1).toArray();
    for (const QJsonValue &each : subscriptions) {
        if (each["object"_L1].toString() != "page"_L1)
            continue;
        const QUrl url(each["callback_url"_L1].toString());
        if (url != webhook)
            return {PageCheck::AppWebhook, CheckState::Bad, u"elsewhere"_s, url.host().left(128)};
        if (!each["active"_L1].toBool(true))
            return {PageCheck::AppWebhook, CheckState::Bad, u"not_active"_s};
        return {PageCheck::AppWebhook, CheckState::Good};
    }
    return {PageCheck::AppWebhook, CheckState::Bad, u"missing"_s};
}

} // namespace Pagedesk::Relay
