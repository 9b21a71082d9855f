// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/connect/pagedoctor.h"

#include "app/relay/access/pagetokens.h"
#include "app/relay/connect/doctorlines.h"
#include "app/relay/ledger/conversations.h"
#include "app/relay/ledger/pagecare.h"
#include "app/relay/ledger/pages.h"
#include "models/base/logging.h"

#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMessageAuthenticationCode>
#include <QUrlQuery>

#include <algorithm>

namespace Pagedesk::Relay {

namespace {

using namespace Qt::Literals::StringLiterals;

constexpr int PatienceMs = 10'000;
constexpr int ChallengeBytes = 16;
const QString WebhookPath = u"/webhooks/messenger"_s;

QJsonObject objectIn(const HttpAnswer &answer)
{
    return QJsonDocument::fromJson(answer.body).object();
}

bool isFine(const Result<HttpAnswer> &answer)
{
    return answer && answer->status >= 200 && answer->status <= 299;
}

} // namespace

// One examination. It ends when nothing is left to be asked.
struct PageDoctor::Round {
    PageId page;
    Secret token;
    QString loginId;
    Wire::Diagnosis diagnosis;
    int open = 0;
    int heldByOthers = 0; // conversations
    Promise<Wire::Diagnosis> promise;

    void add(const DiagnosisLine &line) { diagnosis.lines.append(line); }
    void answered(const DiagnosisLine &line)
    {
        add(line);
        if (--open > 0)
            return;
        std::stable_sort(diagnosis.lines.begin(), diagnosis.lines.end(),
            [](const DiagnosisLine &a, const DiagnosisLine &b) { return a.check < b.check; });
        promise.finish(diagnosis);
    }
};

PageDoctor::PageDoctor(const Parts &parts, QObject *parent)
    : QObject(parent)
    , m_parts(parts)
{
}

Task<Wire::Diagnosis> PageDoctor::diagnose(const PageId &page)
{
    const auto round = std::make_shared<Round>();
    round->page = page;
    auto task = round->promise.task();
    m_parts.inspector.inspect(page).then(
        this, [this, round](const Result<Wire::PageFields> &fields) {
            if (!fields && fields.error().kind == Error::Kind::NotFound) {
                round->promise.finish(failure(fields.error()));
                return;
            }
            // Meta may be out of reach: what is known without it is said all the same.
            round->diagnosis.fields = fields.value_or(Wire::PageFields{});
            readLedger(round);
        });
    return task;
}

void PageDoctor::readLedger(const Handle &round)
{
    struct Known {
        LedgerFacts facts;
        QByteArray sealed;
        QString loginId;
    };
    m_parts.ledger.database()
        .read<Known>([id = round->page](Connection &connection) -> Result<Known> {
            const auto facts = ledgerFacts(connection, id);
            const auto sealed = sealedTokenOf(connection, id);
            const auto login = loginOf(connection, id);
            if (!facts || !sealed || !login)
                return failure(!facts ? facts.error() : !sealed ? sealed.error() : login.error());
            return Known{*facts, *sealed, *login};
        })
        .then(this, [this, round](const Result<Known> &known) {
            if (!known) {
                round->promise.finish(failure(known.error()));
                return;
            }
            round->diagnosis.lines = linesFromLedger(known->facts, m_parts.clock.now());
            round->add(usageLine(m_parts.pacing.usagePercent(round->page)));
            round->loginId = known->loginId;
            round->token
                = PageTokens::open(m_parts.vault, round->page, known->sealed).value_or(Secret());
            round->heldByOthers = known->facts.heldByOthers;
            round->open = 6;
            askAboutTask(round);
            askAboutPage(round);
            askAboutMessaging(round);
            askAboutApp(round);
            askAboutOwners(round, known->facts.held);
            askAddress(round);
        });
}

void PageDoctor::askAboutTask(const Handle &round)
{
    if (round->loginId.isEmpty()) {
        round->answered({PageCheck::Task, CheckState::Unknown, u"by_hand"_s});
        return;
    }
    m_parts.logins.tokenOf(round->loginId)
        .andThen(this, [this](const Secret &token) { return m_parts.calls.pages(token); })
        .then(this, [round](const Result<QList<SeenPage>> &pages) {
            if (!pages) {
                round->answered({PageCheck::Task, CheckState::Unknown, u"not_asked"_s});
                return;
            }
            const auto found = std::find_if(pages->begin(), pages->end(),
                [&round](const SeenPage &page) { return page.id == round->page; });
            if (found == pages->end())
                round->answered({PageCheck::Task, CheckState::Bad, u"not_listed"_s});
            else if (!allowMessaging(found->tasks))
                round->answered({PageCheck::Task, CheckState::Bad, u"no_task"_s});
            else
                round->answered({PageCheck::Task, CheckState::Good});
        });
}

void PageDoctor::askAboutPage(const Handle &round)
{
    m_parts.graph.get(round->page.value, u"fields=is_published"_s, round->token, round->page)
        .then(this, [round](const Result<HttpAnswer> &answer) {
            const QJsonValue published
                = isFine(answer) ? objectIn(*answer).value("is_published"_L1) : QJsonValue();
            if (!published.isBool())
                round->answered({PageCheck::Published, CheckState::Unknown, u"not_asked"_s});
            else
                round->answered({PageCheck::Published,
                    published.toBool() ? CheckState::Good : CheckState::Bad});
        });
}

// Whether messaging works is seen by reading: Meta has no field for it.
void PageDoctor::askAboutMessaging(const Handle &round)
{
    m_parts.graph
        .get(round->page.value + u"/conversations"_s, u"platform=messenger&limit=1&fields=id"_s,
            round->token, round->page)
        .then(this, [round](const Result<HttpAnswer> &answer) {
            if (isFine(answer)) {
                round->answered({PageCheck::Messaging, CheckState::Good});
                return;
            }
            const GraphRefusal why = answer ? readRefusal(answer->body) : GraphRefusal();
            // A dead token has a line of its own, and says nothing of messaging.
            const bool isToken = why.code == 190 || why.code == 102;
            const bool passes = !answer || answer->status >= 500 || why.code < 10 || isToken;
            round->answered({PageCheck::Messaging, passes ? CheckState::Unknown : CheckState::Bad,
                passes ? u"not_asked"_s : QString(), {}, why.code, why.subcode});
        });
}

void PageDoctor::askAboutApp(const Handle &round)
{
    const AppCredentials &app = m_parts.calls.app();
    if (app.id.isEmpty()) {
        round->answered({PageCheck::AppWebhook, CheckState::Unknown, u"no_app_id"_s});
        return;
    }
    const Secret token(app.id.toUtf8() + '|' + app.secret.reveal());
    m_parts.graph.get(app.id + u"/subscriptions"_s, {}, token)
        .then(this, [this, round](const Result<HttpAnswer> &answer) {
            if (!isFine(answer)) {
                const GraphRefusal why = answer ? readRefusal(answer->body) : GraphRefusal();
                const bool isRefused = why.code == 190 || why.code == 1 || why.code == 101;
                round->answered(
                    {PageCheck::AppWebhook, isRefused ? CheckState::Bad : CheckState::Unknown,
                        isRefused ? u"app_refused"_s : u"not_asked"_s});
                return;
            }
            round->answered(appWebhookLine(objectIn(*answer), urlOf(WebhookPath)));
        });
}

// Whether other apps still have what they had when we last heard of it, one conversation after the
// other. What has become free is noted.
void PageDoctor::askAboutOwners(const Handle &round, QList<Conversation> held)
{
    if (held.isEmpty()) {
        round->answered(ownerLine(round->heldByOthers));
        return;
    }
    const Conversation next = held.takeFirst();
    m_parts.graph
        .get(round->page.value + u"/thread_owner"_s, u"recipient="_s + next.contact.psid.value,
            round->token, round->page)
        .then(this, [this, round, held, next](const Result<HttpAnswer> &answer) {
            const bool isFree
                = isFine(answer) && !isHeldByOther(objectIn(*answer), next, m_parts.calls.app().id);
            if (isFree) {
                --round->heldByOthers;
                noteFree(next);
            }
            askAboutOwners(round, held);
        });
}

void PageDoctor::noteFree(const Conversation &conversation)
{
    m_parts.ledger
        .write([conversation](Connection &connection, Ledger::Touched &touched) {
            const PageId &page = conversation.contact.pageId;
            touched.stream(page.value);
            return setOwnerApp(connection, page, conversation.id, {});
        })
        .then(this, [](const Result<> &done) {
            if (!done)
                qCWarning(logRelay) << "cannot note who has a conversation:" << done.error().detail;
        });
}

QUrl PageDoctor::urlOf(const QString &path) const
{
    QUrl url = m_settings.address;
    QString base = url.path();
    while (base.endsWith(u'/'))
        base.chop(1);
    url.setPath(base + path);
    return url;
}

void PageDoctor::askAddress(const Handle &round)
{
    HttpCall call;
    call.url = urlOf(u"/healthz"_s);
    call.timeoutMs = PatienceMs;
    m_parts.http.call(call).then(this, [this, round](const Result<HttpAnswer> &answer) {
        const QString host = m_settings.address.host();
        if (!isFine(answer)) {
            const int status = answer ? answer->status : 0;
            round->add({PageCheck::Address, CheckState::Bad,
                answer ? u"status"_s : u"not_reached"_s, host, status});
            round->add({PageCheck::VerifyToken, CheckState::Unknown, u"not_asked"_s});
            round->answered({PageCheck::Signature, CheckState::Unknown, u"not_asked"_s});
            return;
        }
        const bool isSecure = m_settings.address.scheme() == "https"_L1;
        if (m_settings.isSimulated)
            round->add({PageCheck::Address, CheckState::Good, u"simulated"_s, host});
        else if (!m_settings.isPublic)
            round->add({PageCheck::Address, CheckState::Warning, u"local"_s, host});
        else if (!isSecure)
            round->add({PageCheck::Address, CheckState::Warning, u"not_encrypted"_s, host});
        else
            round->add({PageCheck::Address, CheckState::Good, {}, host});
        shakeHands(round);
    });
}

// As Meta does it.
void PageDoctor::shakeHands(const Handle &round)
{
    const QByteArray challenge = randomToken(ChallengeBytes);
    HttpCall call;
    call.url = urlOf(WebhookPath);
    call.url.setQuery(u"hub.mode=subscribe&hub.challenge=%1&hub.verify_token=%2"_s.arg(
        QString::fromLatin1(challenge),
        QString::fromLatin1(m_settings.verifyToken.reveal().toPercentEncoding())));
    call.timeoutMs = PatienceMs;
    m_parts.http.call(call).then(this, [this, round, challenge](const Result<HttpAnswer> &answer) {
        const bool isRight = isFine(answer) && answer->body.trimmed() == challenge;
        round->add({PageCheck::VerifyToken, isRight ? CheckState::Good : CheckState::Bad,
            isFine(answer) ? u"other_answer"_s : u"refused"_s, {}, answer ? answer->status : 0});
        sendSigned(round);
    });
}

void PageDoctor::sendSigned(const Handle &round)
{
    HttpCall call;
    call.method = "POST";
    call.url = urlOf(WebhookPath);
    call.body = R"({"object":"page","entry":[]})";
    call.headers = {"X-Hub-Signature-256: sha256="
        + QMessageAuthenticationCode::hash(
            call.body, m_settings.appSecret.reveal(), QCryptographicHash::Sha256)
              .toHex()};
    call.timeoutMs = PatienceMs;
    QElapsedTimer watch;
    watch.start();
    m_parts.http.call(call).then(this, [this, round, watch](const Result<HttpAnswer> &answer) {
        const qint64 refused = static_cast<qint64>(m_parts.metrics.rejectedSignatures.value());
        DiagnosisLine line{
            PageCheck::Signature, CheckState::Good, {}, {}, refused, watch.elapsed()};
        if (!isFine(answer)) {
            line.state = CheckState::Bad;
            line.reason = answer && answer->status == 403 ? u"refused"_s : u"not_stored"_s;
        } else if (refused > 0) {
            line.state = CheckState::Warning;
            line.reason = u"others_refused"_s;
        }
        round->answered(line);
    });
}

} // namespace Pagedesk::Relay
