// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/connect/messengerprofiles.h"

#include "app/relay/access/pagetokens.h"
#include "app/relay/ledger/audit.h"
#include "app/relay/ledger/pages.h"
#include "models/base/logging.h"
#include "models/messenger/limits.h"
#include "models/messenger/profilerules.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace Pagedesk::Relay {

namespace {

using namespace Qt::Literals::StringLiterals;

// Codes only: Meta's texts are in a language of its choice.
Error refusalOf(const HttpAnswer &answer)
{
    const SendVerdict verdict = readSendAnswer(answer.status, answer.body, answer.usage);
    qCInfo(logGraph) << "Messenger profile: answer" << answer.status << "code" << verdict.code
                     << "subcode" << verdict.subcode << "trace" << verdict.traceId;
    if (verdict.code == 613 || verdict.code == 4 || verdict.code == 32) {
        return {Error::Kind::Timeout,
            u"Facebook takes %1 questions and changes of a Page in ten minutes. Wait ten minutes, "
            "then try again; what you have written stays here."_s.arg(Limits::ProfileCalls)};
    }
    if (verdict.failure == FailureKind::NeedsLogin) {
        return {Error::Kind::Rejected,
            u"Facebook does not accept the Page’s access any more. Connect the Page again, then "
            "apply this once more."_s};
    }
    if (verdict.failure == FailureKind::PermissionMissing) {
        return {Error::Kind::Rejected,
            u"The app lacks the permission pages_messaging for this Page. Connect the Page again "
            "and grant it."_s};
    }
    if (verdict.subcode == 2018145) {
        return {Error::Kind::Rejected,
            u"Facebook shows a menu only together with the button Get started. Switch it on."_s};
    }
    if (answer.status >= 500 || verdict.outcome == SendVerdict::Outcome::NotSent) {
        return {Error::Kind::Timeout,
            u"Facebook has trouble at the moment. Try again in a few minutes."_s};
    }
    return {Error::Kind::Rejected,
        u"Facebook does not take this (code %1, %2). Look at the texts and addresses again."_s
            .arg(verdict.code)
            .arg(verdict.subcode)};
}

Error notReached(const Error &error)
{
    return {error.kind, u"The relay could not reach Facebook. Try again in a few minutes."_s};
}

} // namespace

struct MessengerProfiles::Change {
    Device device;
    Wire::ApplyProfile order;
    Secret token;
    ProfileSteps steps;
};

MessengerProfiles::MessengerProfiles(Ledger &ledger, GraphClient &graph, HttpClient &http,
    const Vault &vault, const Clock &clock, QObject *parent)
    : QObject(parent)
    , m_ledger(ledger)
    , m_graph(graph)
    , m_http(http)
    , m_vault(vault)
    , m_clock(clock)
{
}

Task<Wire::ShownProfile> MessengerProfiles::read(const PageId &page)
{
    return tokenOf(page)
        .andThen(this, [this](const Secret &token) { return profileAt(token); })
        .andThen(this, [page](const MessengerProfile &profile) {
            return Task<Wire::ShownProfile>::finished(Wire::ShownProfile{page, profile});
        });
}

Task<Wire::ShownProfile> MessengerProfiles::apply(
    const Device &device, const Wire::ApplyProfile &order)
{
    if (const auto problems = profileProblems(order.wanted); !problems.isEmpty()) {
        return Task<Wire::ShownProfile>::finished(
            failure(Error::Kind::Rejected, problems.first().sentence));
    }
    const auto change = std::make_shared<Change>(Change{device, order, {}, {}});
    return tokenOf(order.pageId)
        .andThen(this,
            [this, change](const Secret &token) {
                change->token = token;
                return profileAt(token);
            })
        .andThen(this, [this, change](const MessengerProfile &now) {
            if (now != change->order.seen) {
                return Task<Wire::ShownProfile>::finished(failure(Error::Kind::Conflict,
                    u"Somebody else has changed this at Facebook meanwhile. Load it again, then "
                    "make your changes once more."_s));
            }
            change->steps = profileSteps(now, change->order.wanted);
            return send(change);
        });
}

// First what is set, so that a refusal leaves everything as it was.
Task<Wire::ShownProfile> MessengerProfiles::send(const std::shared_ptr<Change> &change)
{
    const auto made = [](const QByteArray &) { return Task<>::finished({}); };
    Task<> set = Task<>::finished({});
    if (!change->steps.set.isEmpty()) {
        const QByteArray body = QJsonDocument(change->steps.set).toJson(QJsonDocument::Compact);
        set = call(m_graph.messengerProfile("POST", change->token, body)).andThen(this, made);
    }
    return set
        .andThen(this,
            [this, change, made] {
                if (change->steps.removed.isEmpty())
                    return Task<>::finished({});
                const QJsonObject fields{
                    {u"fields"_s, QJsonArray::fromStringList(change->steps.removed)}};
                const QByteArray body = QJsonDocument(fields).toJson(QJsonDocument::Compact);
                return call(m_graph.messengerProfile("DELETE", change->token, body))
                    .andThen(this, made);
            })
        .andThen(this, [this, change] { return note(change); })
        .andThen(this, [change] {
            return Task<Wire::ShownProfile>::finished(
                Wire::ShownProfile{change->order.pageId, change->order.wanted});
        });
}

Task<> MessengerProfiles::note(const std::shared_ptr<Change> &change)
{
    if (change->steps.parts().isEmpty())
        return Task<>::finished({});
    return m_ledger.write([change, now = m_clock.now()](Connection &connection, Ledger::Touched &) {
        return appendAudit(connection, now,
            {operatorActor(change->device.owner.id), u"messenger_profile_changed"_s,
                change->order.pageId.value, change->steps.parts().join(u' ')});
    });
}

Task<Secret> MessengerProfiles::tokenOf(const PageId &page)
{
    struct Found {
        std::optional<Page> page;
        QByteArray token;
    };
    return m_ledger.database()
        .read<Found>([page](Connection &connection) -> Result<Found> {
            const auto known = pageById(connection, page);
            if (!known)
                return failure(known.error());
            if (!*known || (*known)->state == PageState::Removed)
                return failure(Error::Kind::NotFound, u"There is no such Page."_s);
            const auto token = sealedTokenOf(connection, page);
            if (!token)
                return failure(token.error());
            return Found{*known, *token};
        })
        .andThen(this, [this, page](const Found &found) {
            const auto token = PageTokens::open(m_vault, page, found.token);
            if (token)
                return Task<Secret>::finished(*token);
            return Task<Secret>::finished(failure(Error::Kind::Rejected,
                u"The Page’s access cannot be opened with this relay’s key. Connect the Page "
                "again."_s));
        });
}

// What Meta says of its limit for these calls must not slow down replies: it is another one.
Task<QByteArray> MessengerProfiles::call(const HttpCall &call)
{
    auto promise = std::make_shared<Promise<QByteArray>>();
    m_http.call(call).then(this, [promise](const Result<HttpAnswer> &answer) {
        if (!answer)
            promise->finish(failure(notReached(answer.error())));
        else if (answer->status >= 200 && answer->status <= 299)
            promise->finish(answer->body);
        else
            promise->finish(failure(refusalOf(*answer)));
    });
    return promise->task();
}

Task<MessengerProfile> MessengerProfiles::profileAt(const Secret &token)
{
    return call(m_graph.messengerProfile("GET", token)).andThen(this, [](const QByteArray &body) {
        const auto profile = readProfileParts(body);
        if (profile)
            return Task<MessengerProfile>::finished(*profile);
        return Task<MessengerProfile>::finished(failure(Error::Kind::Rejected,
            u"Facebook’s answer is not understood (%1)."_s.arg(profile.error().detail)));
    });
}

} // namespace Pagedesk::Relay
