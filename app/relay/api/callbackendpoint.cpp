// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/api/callbackendpoint.h"

#include "app/relay/api/htmlpage.h"
#include "app/relay/ledger/audit.h"
#include "app/relay/ledger/logins.h"
#include "app/relay/ledger/pagecare.h"
#include "app/relay/ledger/pages.h"
#include "app/relay/ledger/people.h"
#include "models/base/logging.h"

#include <QDateTime>
#include <QJsonDocument>
#include <QJsonObject>

namespace Pagedesk::Relay {

namespace {

using namespace Qt::Literals::StringLiterals;
using Server::Response;

constexpr int CodeBytes = 24; // 192 bits
constexpr size_t MaxCodeCharacters = 64;
constexpr int MostUnderWay = 64;
// An older one is kept, and believed no more: somebody may have logged in since. If the token is
// dead after all, Meta says so to the next call made with it.
constexpr qint64 FreshMs = qint64(24) * 60 * 60 * 1000;

Response plain(int status, std::string text)
{
    return {.status = status, .body = std::move(text) + "\n"};
}

Response refusal(const Error &error)
{
    switch (error.kind) {
    case Error::Kind::TooLarge:
        return plain(413, "too long");
    case Error::Kind::Unauthorized:
        return plain(403, "wrong or missing signature");
    default:
        return plain(400, "signed, but cannot be read");
    }
}

// Marks a Page if it is one of ours that works.
Result<bool> markPage(Connection &connection, const PageId &id, qint64 at, Ledger::Touched &touched)
{
    const auto page = pageById(connection, id);
    if (!page)
        return failure(page.error());
    if (!*page || (*page)->state != PageState::Connected)
        return false;
    if (auto noted = noteTokenRefused(connection, id, TokenProblem::AppRemoved, at, touched);
        !noted)
        return failure(noted.error());
    return true;
}

// The Page that is named needs a new login, and so do those the person connected.
Result<CallbackState> markPages(Connection &connection, const MetaCallback &callback,
    const QString &person, Ledger::Touched &touched)
{
    const bool stale = callback.issuedAt != 0 && callback.issuedAt < callback.receivedAt - FreshMs;
    if (stale)
        return CallbackState::Recorded;
    // Meta counts in seconds: up to the end of that one.
    const qint64 at = callback.issuedAt != 0 ? callback.issuedAt + 999 : callback.receivedAt;
    auto pages = endLogin(connection, person, at);
    if (!pages)
        return failure(pages.error());
    if (!callback.pageId.isEmpty())
        pages->append(callback.pageId);
    CallbackState state = CallbackState::Recorded;
    for (const PageId &page : std::as_const(*pages)) {
        const auto marked = markPage(connection, page, callback.receivedAt, touched);
        if (!marked)
            return failure(marked.error());
        if (*marked)
            state = CallbackState::PageMarked;
    }
    return state;
}

// What a callback asks for is done in the transaction that keeps it. The person's id is not kept.
Result<CallbackState> carryOut(Connection &connection, const MetaCallback &callback,
    const QString &person, Ledger::Touched &touched)
{
    if (callback.kind == CallbackKind::Deauthorize)
        return markPages(connection, callback, person, touched);
    const auto forgotten = forgetLogin(connection, person);
    if (!forgotten)
        return failure(forgotten.error());
    return *forgotten ? CallbackState::LoginForgotten : CallbackState::NothingStored;
}

struct Kept {
    MetaCallback callback;
    bool isNew = false;
    QString address; // where this relay is reached
};

Result<Kept> keep(
    Connection &connection, MetaCallback callback, const QString &person, Ledger::Touched &touched)
{
    const auto known = callbackByRequest(connection, callback.kind, callback.requestKey);
    if (!known)
        return failure(known.error());
    const auto address = setting(connection, u"address"_s);
    if (!address)
        return failure(address.error());
    if (*known)
        return Kept{**known, false, *address};
    const auto state = carryOut(connection, callback, person, touched);
    if (!state)
        return failure(state.error());
    callback.state = *state;
    if (const auto kept = keepCallback(connection, callback); !kept)
        return failure(kept.error());
    const bool deletion = callback.kind == CallbackKind::DataDeletion;
    if (const auto noted = appendAudit(connection, callback.receivedAt,
            {u"meta"_s, deletion ? u"data_deletion"_s : u"deauthorize"_s, callback.pageId.value});
        !noted)
        return failure(noted.error());
    return Kept{callback, true, *address};
}

Response answerTo(const Kept &kept)
{
    if (kept.callback.kind == CallbackKind::Deauthorize)
        return plain(200, "ok");
    const QString base = kept.address.endsWith(u'/') ? kept.address.chopped(1) : kept.address;
    const QJsonObject answer{{u"confirmation_code"_s, kept.callback.code},
        {u"url"_s,
            base + QString::fromLatin1(CallbackEndpoint::StatusPath) + u"?id="_s
                + kept.callback.code}};
    return {.status = 200,
        .body = QJsonDocument(answer).toJson(QJsonDocument::Compact).toStdString(),
        .contentType = "application/json",
        .headers = {{"Cache-Control", "no-store"}}};
}

void log(const Kept &kept)
{
    const char *again = kept.isNew ? "" : " (seen before)";
    if (kept.callback.kind == CallbackKind::DataDeletion)
        qCInfo(logRelay, "data deletion requested%s", again);
    else if (kept.callback.state == CallbackState::PageMarked)
        qCWarning(logRelay, "deauthorized: Pages need a new login%s", again);
    else
        qCWarning(logRelay, "deauthorized by a person whose Pages are not known%s", again);
}

Response statusPage(const MetaCallback &callback)
{
    const QString date = QDateTime::fromMSecsSinceEpoch(callback.receivedAt, Qt::UTC)
                             .toString(u"yyyy-MM-dd HH:mm 'UTC'"_s);
    const QString deleted = callback.state == CallbackState::LoginForgotten
        ? u"<p>Your name and the access you gave by logging in were deleted. The id with which "
          "Facebook made this request was not kept either.</p>\n"_s
        : u"<p>No data is stored under the id with which Facebook made this request, so there was "
          "nothing to delete. The id itself was not kept either.</p>\n"_s;
    const QString words
        = u"<p>Your request was received on %1 and is done.</p>\n%2"
          "<p>Messages between you and a Page are stored under another id, which this request "
          "does not name. To have a conversation deleted, write to the Page itself.</p>"_s.arg(
              date.toHtmlEscaped(), deleted);
    return htmlPage(200, u"Deletion request: done"_s, words);
}

Response noSuchPage()
{
    return htmlPage(404, u"Deletion request: not found"_s,
        u"<p>There is no request with this code. Please check the address.</p>"_s);
}

// The code in "id=CODE"; empty unless it is made of the characters codes are made of.
QString codeFrom(std::string_view query)
{
    constexpr std::string_view Name = "id=";
    const bool named = query.starts_with(Name);
    const std::string_view code = named ? query.substr(Name.size()) : std::string_view();
    const bool sound
        = code.size() <= MaxCodeCharacters && std::all_of(code.begin(), code.end(), [](char c) {
              return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
                  || c == '-' || c == '_';
          });
    return sound ? QString::fromLatin1(code.data(), static_cast<qsizetype>(code.size()))
                 : QString();
}

} // namespace

CallbackEndpoint::CallbackEndpoint(
    const QList<Secret> &appSecrets, Ledger &ledger, const Clock &clock, Metrics &metrics)
    : m_reader(appSecrets)
    , m_ledger(ledger)
    , m_clock(clock)
    , m_metrics(metrics)
{
}

CallbackEndpoint::Place CallbackEndpoint::takePlace()
{
    const auto count = m_underWay;
    if (count->fetch_add(1) >= MostUnderWay) {
        count->fetch_sub(1);
        return nullptr;
    }
    return Place(count.get(), [count](void *) { count->fetch_sub(1); });
}

void CallbackEndpoint::receive(const Server::Request &request, const Server::Responder &responder)
{
    const auto signedRequest = m_reader.readForm(request.body);
    if (!signedRequest) {
        m_metrics.rejectedCallbacks.add(1);
        responder.send(refusal(signedRequest.error()));
        return;
    }
    const Place place = takePlace();
    if (!place) {
        responder.send(plain(503, "too many at once"));
        return;
    }
    MetaCallback callback;
    callback.requestKey = signedRequest->key;
    callback.issuedAt = signedRequest->issuedAt;
    callback.receivedAt = m_clock.now();
    if (request.path == "/meta/data-deletion") {
        callback.kind = CallbackKind::DataDeletion;
        callback.code = QString::fromLatin1(randomToken(CodeBytes));
    } else {
        callback.pageId = {signedRequest->profileId};
    }
    const auto kept = std::make_shared<Kept>();
    m_ledger.submit(
        [callback, person = signedRequest->userId, kept](
            Connection &connection, Ledger::Touched &touched) -> Result<> {
            const auto done = keep(connection, callback, person, touched);
            if (!done)
                return failure(done.error());
            *kept = *done;
            return {};
        },
        [kept, responder, place](const Result<> &done) {
            if (done)
                log(*kept);
            else
                qCCritical(logRelay) << "cannot keep a callback:" << done.error().detail;
            responder.send(done ? answerTo(*kept) : plain(503, "cannot be stored now"));
        });
}

void CallbackEndpoint::showStatus(
    const Server::Request &request, const Server::Responder &responder)
{
    const QString code = codeFrom(request.query);
    const Place place = code.isEmpty() ? nullptr : takePlace();
    if (!place) {
        responder.send(code.isEmpty() ? noSuchPage() : plain(503, "too many at once"));
        return;
    }
    m_ledger.database().submitRead([code, responder, place](Connection &connection) {
        const auto callback = callbackByCode(connection, code);
        if (!callback)
            responder.send(plain(503, "cannot be read now"));
        else
            responder.send(*callback ? statusPage(**callback) : noSuchPage());
    });
}

} // namespace Pagedesk::Relay
