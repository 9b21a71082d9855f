// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/access/gate.h"
#include "models/wire/pairing.h"
#include "tests/e2e/peopleclient.h"

#include <QTest>

using namespace Pagedesk;
using namespace Pagedesk::Tests;
using namespace Pagedesk::Relay;
using namespace Qt::Literals::StringLiterals;

namespace {

// Who asks.
enum class Caller { Nobody, Wrong, Revoked, Agent, Supervisor, Admin };
constexpr std::array Callers{Caller::Nobody, Caller::Wrong, Caller::Revoked, Caller::Agent,
    Caller::Supervisor, Caller::Admin};

// What this file says about a route, written down a second time and by hand: the gate's table must
// say the same. A route, frame or command that is new has no line here, and the test fails.
enum class Who { Everybody, Operators, Admins, NoDevice };

const QHash<QByteArray, Who> &expectedRoutes()
{
    static const QHash<QByteArray, Who> routes{
        {"GET /webhooks/messenger", Who::NoDevice},
        {"POST /webhooks/messenger", Who::NoDevice},
        {"POST /meta/deauthorize", Who::NoDevice},
        {"POST /meta/data-deletion", Who::NoDevice},
        {"GET /deletion", Who::NoDevice},
        {"GET /oauth/callback", Who::NoDevice},
        {"POST /pair", Who::NoDevice},
        {"GET /healthz", Who::Everybody},
        {"GET /readyz", Who::Everybody},
        {"GET /metrics", Who::Everybody},
        {"GET /sync", Who::Operators},
        {"GET /media/", Who::Operators},
        {"GET /uploads/", Who::Operators},
        {"PUT /uploads/", Who::Operators},
        {"POST /connect/login", Who::Admins},
        {"GET /connect/login", Who::Admins},
        {"GET /connect/logins", Who::Admins},
        {"GET /connect/pages", Who::Admins},
        {"POST /connect/pages", Who::Admins},
        {"POST /connect/manual", Who::Admins},
        {"POST /connect/check", Who::Admins},
        {"POST /connect/fields", Who::Admins},
        {"POST /connect/doctor", Who::Admins},
        {"GET /pages/profile", Who::Admins},
        {"POST /pages/profile", Who::Admins},
        {"GET /people/list", Who::Operators},
        {"POST /people/invite", Who::Admins},
        {"POST /people/invite-device", Who::Operators},
        {"POST /people/cancel-invite", Who::Operators},
        {"POST /people/change", Who::Admins},
        {"POST /people/rename", Who::Operators},
        {"POST /people/revoke", Who::Admins},
        {"POST /people/revoke-device", Who::Operators},
        {"POST /people/leave", Who::Operators},
        {"POST /people/team", Who::Admins},
        {"POST /people/remove-team", Who::Admins},
    };
    return routes;
}

bool isLetIn(Caller caller, Who who)
{
    const bool operates = caller >= Caller::Agent;
    return who == Who::Operators ? operates : who == Who::Admins && caller == Caller::Admin;
}

// One of every command, for a conversation; a new kind does not compile without a line.
QList<Wire::CommandBody> everyCommand(const ConversationId &conversation, const MessageId &message)
{
    static_assert(std::variant_size_v<Wire::CommandBody> == 14, "name it here and in the test");
    return {Wire::SendReply{{newUuid(1)}, conversation, u"hello"_s, 1}, Wire::CancelReply{message},
        Wire::MarkRead{conversation, 1},
        Wire::ChangeConversation{conversation, {.state = ConversationState::Resolved}},
        Wire::ChangeConversation{conversation, {.assignee = OperatorId()}},
        Wire::ChangeConversation{conversation, {.priority = Priority::High}},
        Wire::ChangeConversation{conversation, {.markUnread = true}},
        Wire::SaveLabel{{{newUuid(4)}, newUuid(5), {}}},
        Wire::SetPageSettings{{QString::fromLatin1(World::PageId)}, {}, {}},
        Wire::EditContact{conversation, {{ContactField::Custom, u"Phone"_s, u"1"_s}}},
        Wire::AddContactNote{conversation, u"n1"_s, u"a note"_s, 1},
        Wire::RemoveContactNote{conversation, u"n1"_s},
        Wire::MergeContacts{conversation, conversation}, Wire::UnmergeContact{conversation},
        Wire::RefreshContact{conversation}, Wire::DeclineSuggestion{conversation, u"s1"_s},
        Wire::TakeThread{conversation}};
}

// One of every request about a Page.
QList<Wire::ClientFrame> everyRequest(
    const QString &page, const ConversationId &conversation, const MessageId &message)
{
    static_assert(std::variant_size_v<Wire::ClientFrame> == 6, "name it here and in the test");
    return {Wire::HistoryRequest{1, page, 1'000'000, 10},
        Wire::ConversationsRequest{2, page, 0, {}, 10}, Wire::ThreadRequest{3, conversation},
        Wire::InspectRequest{4, message}};
}

} // namespace

// The one gate, asked from outside by everybody for everything.
class TestGate : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY2(m_world.start(), m_world.why().constData());
        m_tokens = {{Caller::Nobody, {}}, {Caller::Wrong, QByteArray(43, 'x')}};
        m_tokens[Caller::Revoked] = m_world.deviceToken(u"Gone"_s, u"admin"_s);
        m_tokens[Caller::Agent] = m_world.deviceToken(u"Agnes"_s, u"agent"_s);
        m_tokens[Caller::Supervisor] = m_world.deviceToken(u"Sam"_s, u"supervisor"_s);
        m_tokens[Caller::Admin] = m_world.deviceToken(u"Ada"_s, u"admin"_s);
        const PeopleClient admin = client(Caller::Admin);
        const auto gone = client(Caller::Revoked).self();
        QCOMPARE(
            admin.post(u"revoke"_s, Wire::encode(Wire::PersonNamed{gone.person.id})).status, 200);
        m_world.customerWrites(u"6041"_s, u"Are you open?"_s);
        QTRY_VERIFY_WITH_TIMEOUT(findMessage(), 20'000);
        // An agent for one Page only, which is not the one that was written to.
        const Wire::InvitePerson limited{u"Lena"_s, Role::Agent, {false, {{u"70055"_s}}}, {}};
        const auto invited
            = Wire::decodeInvitation(admin.post(u"invite"_s, Wire::encode(limited)).body);
        QVERIFY(invited);
        m_limited = redeem(QString::fromUtf8(invited->link.reveal()));
        QVERIFY(!m_limited.isEmpty());
    }

    void theTableSaysWhatIsWrittenHere()
    {
        QSet<QByteArray> seen;
        for (const Gate::Route &route : Gate::routes()) {
            const QByteArray name = nameOf(route);
            QVERIFY2(expectedRoutes().contains(name), ("who may ask? " + name).constData());
            seen.insert(name);
        }
        QCOMPARE(seen.size(), expectedRoutes().size());
    }

    // Nobody but those who may gets past; bodies are empty, so that nothing is changed either.
    void everyRouteForEverybody()
    {
        for (const Gate::Route &route : Gate::routes()) {
            const Who who = expectedRoutes().value(nameOf(route));
            if (who == Who::Everybody || who == Who::NoDevice || route.path == "/people/leave")
                continue;
            for (const Caller caller : Callers) {
                const HttpResult answer = ask(route, caller);
                const QByteArray what = nameOf(route) + " for " + QByteArray::number(int(caller))
                    + ": " + QByteArray::number(answer.status) + " " + answer.body;
                const bool refused = answer.status == 401 || answer.status == 403;
                QVERIFY2(answer.status != 0, what.constData());
                QVERIFY2(refused == !isLetIn(caller, who), what.constData());
                if (caller <= Caller::Revoked)
                    QVERIFY2(answer.status == 401 || route.path == "/sync", what.constData());
            }
        }
    }

    // A token is of no use where another proof is asked for.
    void tokensDoNotReplaceOtherProofs()
    {
        for (const Gate::Route &route : Gate::routes()) {
            if (expectedRoutes().value(nameOf(route)) != Who::NoDevice)
                continue;
            for (const Caller caller : Callers) {
                const HttpResult answer = ask(route, caller);
                QVERIFY2(answer.status >= 400,
                    (nameOf(route) + QByteArray::number(answer.status)).constData());
            }
        }
    }

    void whatIsNotInTheTableIsNotThere_data()
    {
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<QString>("path");
        QTest::addColumn<int>("status");
        QTest::newRow("unknown") << QByteArray("GET") << u"/people/secrets"_s << 404;
        QTest::newRow("root") << QByteArray("GET") << u"/"_s << 404;
        QTest::newRow("below") << QByteArray("GET") << u"/people/list/x"_s << 404;
        QTest::newRow("folder") << QByteArray("GET") << u"/people/"_s << 404;
        QTest::newRow("connect") << QByteArray("GET") << u"/connect/"_s << 404;
        QTest::newRow("method") << QByteArray("GET") << u"/people/invite"_s << 405;
        QTest::newRow("delete") << QByteArray("DELETE") << u"/people/list"_s << 405;
        QTest::newRow("case") << QByteArray("GET") << u"/People/list"_s << 404;
    }
    void whatIsNotInTheTableIsNotThere()
    {
        QFETCH(QByteArray, method);
        QFETCH(QString, path);
        QFETCH(int, status);
        QCOMPARE(client(Caller::Admin).ask(method, path, "{}").status, status);
    }

    void everySocketForEverybody()
    {
        for (const Caller caller : Callers) {
            PeopleSocket socket(m_world.relayUrl(), m_tokens.value(caller));
            QCOMPARE(socket.join(), caller >= Caller::Agent);
        }
    }

    void framesBeforeTheHelloEndIt()
    {
        for (const Wire::ClientFrame &frame : everyRequest(Page, m_conversation, m_message)) {
            PeopleSocket socket(m_world.relayUrl(), m_tokens.value(Caller::Admin));
            QVERIFY(socket.openOnly());
            socket.send(frame);
            QVERIFY(socket.waitForEnd(5'000));
            for (const Wire::ServerFrame &said : std::as_const(socket.frames))
                QVERIFY(std::holds_alternative<Wire::Bye>(said));
        }
    }

    void everyRequestForEverybody()
    {
        for (const Caller caller : {Caller::Agent, Caller::Supervisor, Caller::Admin}) {
            PeopleSocket socket(m_world.relayUrl(), m_tokens.value(caller));
            QVERIFY(socket.join());
            verifyAnswers(socket, true);
        }
    }

    // A Page that was not given: no stream, no row, no message, not even whether it is there.
    void everyRequestWithoutThatPage()
    {
        PeopleSocket socket(m_world.relayUrl(), m_limited);
        QVERIFY(socket.join());
        QCOMPARE(socket.streams(), (QStringList{u"70055"_s, u"workspace"_s}));
        verifyAnswers(socket, false);
    }

    void everyCommandWithoutThatPage()
    {
        PeopleSocket socket(m_world.relayUrl(), m_limited);
        QVERIFY(socket.join());
        const QByteArray before = m_world.command({u"export"_s});
        for (const Wire::CommandBody &body : everyCommand(m_conversation, m_message)) {
            const CommandId id{newUuid(2)};
            socket.send(Wire::Command{id, body});
            const auto result = socket.wait<Wire::CommandResult>(
                [id](const Wire::CommandResult &each) { return each.id == id; });
            QVERIFY(result && result->error);
            const bool isForOthers = std::holds_alternative<Wire::SetPageSettings>(body)
                || std::holds_alternative<Wire::SaveLabel>(body);
            QCOMPARE(
                result->error->kind, isForOthers ? Error::Kind::Forbidden : Error::Kind::NotFound);
        }
        QCOMPARE(m_world.command({u"export"_s}), before);
    }

    void everyCommandForEverybody()
    {
        for (const Caller caller : {Caller::Agent, Caller::Supervisor, Caller::Admin}) {
            PeopleSocket socket(m_world.relayUrl(), m_tokens.value(caller));
            QVERIFY(socket.join());
            for (const Wire::CommandBody &body : everyCommand(m_conversation, m_message)) {
                const CommandId id{newUuid(3)};
                socket.send(Wire::Command{id, body});
                const auto result = socket.wait<Wire::CommandResult>(
                    [id](const Wire::CommandResult &each) { return each.id == id; });
                QVERIFY(result);
                // Everybody may decide about a suggestion; here is none.
                if (std::holds_alternative<Wire::DeclineSuggestion>(body)) {
                    QVERIFY(result->error && result->error->kind == Error::Kind::NotFound);
                    continue;
                }
                if ((std::holds_alternative<Wire::SetPageSettings>(body) && caller != Caller::Admin)
                    || (std::holds_alternative<Wire::SaveLabel>(body) && caller == Caller::Agent)) {
                    QVERIFY(result->error && result->error->kind == Error::Kind::Forbidden);
                    continue;
                }
                // What a customer wrote cannot be taken back, which is no question of rights.
                // Nor can somebody be merged with themselves.
                const bool cannotBe = std::holds_alternative<Wire::CancelReply>(body)
                    || std::holds_alternative<Wire::MergeContacts>(body);
                QVERIFY(!result->error || cannotBe);
                QVERIFY(!result->error || result->error->kind == Error::Kind::Conflict
                    || result->error->kind == Error::Kind::Rejected);
            }
        }
    }

private:
    static QByteArray nameOf(const Gate::Route &route)
    {
        return QByteArray(route.method.data(), qsizetype(route.method.size())) + ' '
            + QByteArray(route.path.data(), qsizetype(route.path.size()));
    }
    PeopleClient client(Caller caller) const
    {
        return {m_world.relayUrl(), m_tokens.value(caller)};
    }
    HttpResult ask(const Gate::Route &route, Caller caller) const
    {
        QString path = QString::fromLatin1(route.path.data(), qsizetype(route.path.size()));
        if (path.endsWith(u'/'))
            path += QString(64, u'a');
        QUrl url = m_world.relayUrl(path);
        if (path.startsWith(u"/uploads/"))
            url.setQuery(u"size=1&offset=0"_s);
        QList<std::pair<QByteArray, QByteArray>> headers;
        if (caller != Caller::Nobody)
            headers.append({"Authorization", "Bearer " + m_tokens.value(caller)});
        if (path == u"/sync") {
            headers.append(std::pair<QByteArray, QByteArray>("Connection", "Upgrade"));
            headers.append(std::pair<QByteArray, QByteArray>("Upgrade", "websocket"));
            headers.append(std::pair<QByteArray, QByteArray>("Sec-WebSocket-Version", "13"));
            headers.append(
                std::pair<QByteArray, QByteArray>("Sec-WebSocket-Key", "AAAAAAAAAAAAAAAAAAAAAA=="));
        }
        return http(QByteArray(route.method.data(), qsizetype(route.method.size())), url,
            route.method == "GET" ? "" : "[]", headers);
    }
    QByteArray redeem(const QString &text) const
    {
        const auto link = Wire::pairingLinkFrom(text);
        if (!link)
            return {};
        const auto answer = http("POST", m_world.relayUrl(u"/pair"_s),
            Wire::encode(Wire::PairingRequest{link->inviteId, link->secret, u"laptop"_s}));
        const auto paired = Wire::decodePairingAnswer(answer.body);
        return paired ? paired->deviceToken.reveal() : QByteArray();
    }
    bool findMessage()
    {
        for (const QJsonObject &line : m_world.lines({u"export"_s})) {
            if (line.value(u"type"_s) == u"message"_s) {
                m_message = {line.value(u"id"_s).toString()};
                m_conversation = {line.value(u"conversationId"_s).toString()};
            }
        }
        return !m_message.isEmpty();
    }
    void verifyAnswers(PeopleSocket &socket, bool allowed)
    {
        for (const Wire::ClientFrame &frame : everyRequest(Page, m_conversation, m_message))
            socket.send(frame);
        for (const qint64 id : {1, 2, 3}) {
            const auto answer = socket.wait<Wire::Answer>(
                [id](const Wire::Answer &each) { return each.requestId == id; });
            QVERIFY(answer);
            QCOMPARE(answer->error.has_value(), !allowed);
            QCOMPARE(answer->entities.isEmpty(), !allowed);
        }
        const auto inspection = socket.wait<Wire::Inspection>();
        QVERIFY(inspection);
        QCOMPARE(inspection->message.has_value(), allowed);
        QCOMPARE(inspection->events.isEmpty(), !allowed);
    }

    const QString Page = QString::fromLatin1(World::PageId);
    World m_world;
    QHash<Caller, QByteArray> m_tokens;
    QByteArray m_limited;
    ConversationId m_conversation;
    MessageId m_message;
};

QTEST_GUILESS_MAIN(TestGate)
#include "tst_gate.moc"
