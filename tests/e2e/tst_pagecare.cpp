// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/e2e/connectclient.h"
#include "tests/e2e/testdesk.h"
#include "tests/e2e/world.h"
#include "tests/support/await.h"

#include <QDateTime>
#include <QElapsedTimer>
#include <QJsonArray>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QTest>

using namespace Pagedesk;
using namespace Pagedesk::Tests;
using Pagedesk::Testing::await;
using namespace Qt::Literals::StringLiterals;

namespace {

const QString Writer = u"6041"_s;
const QString Omar = u"5511"_s; // runs the sample Pages
constexpr int SlowMs = 1000;
constexpr int AtOnceMs = 3000; // well below the pauses between looks

} // namespace

// What becomes of a Page whose token, permissions or webhooks are lost, as a desktop sees it.
class TestPageCare : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_world = std::make_unique<World>();
        ConnectClient::allowLogins(*m_world);
        QVERIFY2(m_world->start(), m_world->why().constData());
        m_admin = std::make_unique<ConnectClient>(*m_world);
        QVERIFY(m_admin->isPaired());
        m_desk = std::make_unique<TestDesk>(m_world->folder() + u"/desk"_s);
        QVERIFY(m_desk->start());
        PAGEDESK_SUCCEEDS(m_desk->pair(m_world->invite(u"Ben"_s)));
        QVERIFY(m_desk->waitFor(ConnectionState::Live));
    }
    void cleanup()
    {
        m_desk.reset();
        m_admin.reset();
        m_world.reset();
    }

    void everyReasonOfADeadTokenIsTold_data()
    {
        QTest::addColumn<int>("subcode");
        QTest::addColumn<TokenProblem>("problem");
        QTest::newRow("checkpoint") << 459 << TokenProblem::Checkpoint;
        QTest::newRow("password") << 460 << TokenProblem::PasswordChanged;
        QTest::newRow("expired") << 463 << TokenProblem::Expired;
        QTest::newRow("not confirmed") << 464 << TokenProblem::Checkpoint;
        QTest::newRow("logged out") << 467 << TokenProblem::Refused;
        QTest::newRow("no role") << 492 << TokenProblem::RoleLost;
    }
    void everyReasonOfADeadTokenIsTold()
    {
        QFETCH(const int, subcode);
        QFETCH(const TokenProblem, problem);
        kill(subcode);
        QCOMPARE(check().status, 200);
        QTRY_COMPARE_WITH_TIMEOUT(page().state, PageState::NeedsLogin, 10'000);
        QCOMPARE(page().health.care.token, problem);
        QVERIFY(page().health.care.refusedAt > 0);
        kill(0);
        QCOMPARE(check().status, 200);
        QTRY_COMPARE_WITH_TIMEOUT(page().state, PageState::Connected, 10'000);
        QCOMPARE(page().health.care.token, TokenProblem::None);
        QCOMPARE(page().health.care.refusedAt, 0);
    }

    // One that began earlier must not end later and say what is not true any more.
    void looksAtAPageFollowEachOther()
    {
        QVERIFY(m_admin->control(u"faults"_s,
            {{u"target"_s, u"graph"_s}, {u"edge"_s, u"debug_token"_s}, {u"fault"_s, u"delay"_s},
                {u"milliseconds"_s, SlowMs}, {u"count"_s, 1}}));
        QNetworkAccessManager network;
        QElapsedTimer watch;
        watch.start();
        QList<qint64> ended;
        for (int i = 0; i < 2; ++i) {
            QNetworkRequest request(m_world->relayUrl(u"/connect/check"_s));
            request.setRawHeader("Authorization", "Bearer " + m_admin->token());
            QNetworkReply *reply = network.post(request, pageChoice());
            connect(reply, &QNetworkReply::finished, this, [reply, &ended, &watch] {
                QCOMPARE(reply->error(), QNetworkReply::NoError);
                ended.append(watch.elapsed());
            });
        }
        QTRY_COMPARE_WITH_TIMEOUT(ended.size(), 2, 20'000);
        QVERIFY(ended.constFirst() >= SlowMs); // whichever of them it was that was kept waiting
    }

    // Nobody has to look: the call that fails says it, and so does the person who leaves.
    void aRefusedReplyWaitsForTheRepair()
    {
        const auto conversation = customerWrites(u"Hello"_s);
        kill(460);
        const auto first = send(conversation, u"waits"_s);
        QTRY_COMPARE_WITH_TIMEOUT(page().state, PageState::NeedsLogin, 20'000);
        QCOMPARE(page().health.care.token, TokenProblem::PasswordChanged);
        const auto second = send(conversation, u"waits too"_s);
        QTRY_COMPARE_WITH_TIMEOUT(m_desk->outbox.waiting(), 0, 20'000); // the relay has them
        QCOMPARE(m_desk->message(conversation, first)->state, DeliveryState::Queued);
        QCOMPARE(m_desk->message(conversation, second)->state, DeliveryState::Queued);
        QCOMPARE(m_world->copiesAtCustomer(Writer, u"waits"_s), 0);
        kill(0);
        QCOMPARE(check().status, 200);
        QVERIFY(reaches(conversation, first, DeliveryState::Sent, AtOnceMs));
        QVERIFY(reaches(conversation, second, DeliveryState::Sent, AtOnceMs));
        QCOMPARE(m_world->copiesAtCustomer(Writer, u"waits"_s), 1);
        QCOMPARE(m_world->copiesAtCustomer(Writer, u"waits too"_s), 1);
    }

    void aLostPermissionMakesThePageReceiveOnly()
    {
        const auto conversation = customerWrites(u"Hello"_s);
        permit(u"declined"_s);
        const auto reply = send(conversation, u"not allowed"_s);
        QTRY_VERIFY_WITH_TIMEOUT(!page().health.care.mayMessage(), 20'000);
        QCOMPARE(page().state, PageState::Connected);
        QCOMPARE(sendingBlock(page()), SendingBlock::PermissionLost);
        QTRY_COMPARE_WITH_TIMEOUT(
            m_desk->message(conversation, reply)->state, DeliveryState::Queued, 10'000);
        m_world->customerWrites(Writer, u"Are you there?"_s);
        QTRY_COMPARE_WITH_TIMEOUT(
            m_desk->conversation(conversation)->lastText, u"Are you there?"_s, 20'000);
        permit(u"granted"_s);
        QCOMPARE(check().status, 200);
        QVERIFY(reaches(conversation, reply, DeliveryState::Sent, AtOnceMs));
        QCOMPARE(m_world->copiesAtCustomer(Writer, u"not allowed"_s), 1);
        QVERIFY(page().health.care.missingPermissions.isEmpty());
    }

    void aPermissionForOtherPagesOnlyIsMissing()
    {
        permit(u"granted"_s, {u"70055"_s});
        QCOMPARE(check().status, 200);
        QTRY_COMPARE_WITH_TIMEOUT(
            page().health.care.missingPermissions, QStringList{u"pages_messaging"_s}, 10'000);
    }

    void fieldsAreOrderedAgain()
    {
        const auto before = fieldsOf(check());
        QVERIFY(before.ordered.contains(u"message_reads"_s));
        subscribeTo(u"messages"_s);
        const auto less = fieldsOf(check());
        QCOMPARE(less.ordered, QStringList{u"messages"_s});
        // Seen, it is repaired by itself.
        QTRY_VERIFY_WITH_TIMEOUT(fieldsOf(check()).ordered.contains(u"message_reads"_s), 20'000);
        QTRY_VERIFY_WITH_TIMEOUT(page().health.care.missingFields.isEmpty(), 10'000);
        subscribeTo(u"messages"_s);
        const auto repaired = fieldsOf(ask(u"fields"_s));
        QVERIFY(repaired.ordered.contains(u"messaging_policy_enforcement"_s));
        QVERIFY(repaired.askedAt > 0);
    }

    void datesAreTold()
    {
        const qint64 now = QDateTime::currentMSecsSinceEpoch();
        constexpr qint64 Day = 86'400'000;
        QVERIFY(m_admin->control(u"clock"_s, {{u"setAt"_s, now - 80 * Day}}));
        QCOMPARE(check().status, 200);
        QTRY_VERIFY_WITH_TIMEOUT(page().health.care.dataAccessExpiresAt > 0, 10'000);
        const PageCare care = page().health.care;
        QCOMPARE(deadlineOf(care.dataAccessExpiresAt, now), Deadline::TwoWeeks);
        QCOMPARE(care.tokenExpiresAt, 0);
        QCOMPARE(care.versionEndsAt, 0);
        QVERIFY(care.inspectedAt >= now);
    }

    // Only the Page's own token is dead: the login it came from gives a new one, and nobody
    // notices.
    void aDeadTokenIsRenewedFromTheLogin()
    {
        const auto conversation = customerWrites(u"Hello"_s);
        connectWithLogin();
        QVERIFY(m_admin->control(u"people/%1/tokens"_s.arg(Omar),
            {{u"subcode"_s, 460}, {u"pageId"_s, QString::fromLatin1(World::PageId)}}));
        QCOMPARE(check().status, 200);
        QTRY_COMPARE_WITH_TIMEOUT(page().state, PageState::NeedsLogin, 10'000);
        const auto waiting = send(conversation, u"waits"_s);
        QCOMPARE(m_admin->logIn().state, LoginState::Done);
        QVERIFY(!m_world->command({u"audit"_s}).contains("page_token_renewed"));
        QCOMPARE(check().status, 200);
        QVERIFY(m_world->command({u"audit"_s}).contains("page_token_renewed"));
        QVERIFY(reaches(conversation, waiting, DeliveryState::Sent, AtOnceMs));
        QTRY_COMPARE_WITH_TIMEOUT(page().state, PageState::Connected, 10'000);
        QCOMPARE(page().health.care.token, TokenProblem::None);
        // It is sealed like any other.
        QCOMPARE(m_world->relay.terminate(), 0);
        QVERIFY(m_world->startRelay());
        QVERIFY(reaches(conversation, send(conversation, u"later too"_s), DeliveryState::Sent));
    }

    void anAppThatIsNotLiveIsSaid()
    {
        const auto conversation = customerWrites(u"Hello"_s);
        const auto set = m_world->fault({{u"target"_s, u"send"_s}, {u"fault"_s, u"error"_s},
            {u"code"_s, 200}, {u"subcode"_s, 2018028}, {u"count"_s, 1}});
        QCOMPARE(set.status, 200);
        const auto refused = send(conversation, u"refused"_s);
        QVERIFY(reaches(conversation, refused, DeliveryState::Failed));
        QTRY_VERIFY_WITH_TIMEOUT(page().health.care.roleOnlyAt > 0, 10'000);
        QCOMPARE(sendingBlock(page()), SendingBlock::None);
        QVERIFY(reaches(conversation, send(conversation, u"taken"_s), DeliveryState::Sent));
        QTRY_COMPARE_WITH_TIMEOUT(page().health.care.roleOnlyAt, 0, 10'000);
    }

    void whoRemovesTheAppTurnsThePageRedAtOnce()
    {
        QVERIFY(m_admin->control(u"app"_s,
            {{u"deauthorizeUrl"_s, m_world->relayUrl(u"/meta/deauthorize"_s).toString()}}));
        connectWithLogin();
        QTRY_COMPARE_WITH_TIMEOUT(page().state, PageState::Connected, 10'000);
        kill(458);
        QTRY_COMPARE_WITH_TIMEOUT(page().state, PageState::NeedsLogin, 10'000);
        QCOMPARE(page().health.care.token, TokenProblem::AppRemoved);
        // That is not undone by looking, only by connecting.
        kill(0);
        QCOMPARE(check().status, 200);
        QCOMPARE(page().state, PageState::NeedsLogin);
        connectWithLogin();
        QTRY_COMPARE_WITH_TIMEOUT(page().state, PageState::Connected, 10'000);
        QCOMPARE(page().health.care.token, TokenProblem::None);
    }

    void onlyAdminsMayAsk()
    {
        const QByteArray agent = m_world->deviceToken(u"Ben"_s, u"agent"_s);
        for (const QString &route : {u"check"_s, u"fields"_s}) {
            QCOMPARE(m_admin->ask("POST", route, "{}", agent).status, 403);
            QCOMPARE(m_admin->ask("POST", route, "{}", "nobody").status, 401);
            QCOMPARE(m_admin->ask("POST", route, "{}").status, 400);
            QCOMPARE(m_admin->ask("POST", route, R"({"page":"9"})").status, 404);
        }
    }

private:
    static QByteArray pageChoice()
    {
        return Wire::encode(Wire::PageChoice{{QString::fromLatin1(World::PageId)}});
    }
    HttpResult ask(const QString &route) { return m_admin->ask("POST", route, pageChoice()); }
    HttpResult check() { return ask(u"check"_s); }
    static Wire::PageFields fieldsOf(const HttpResult &answer)
    {
        return Wire::decodePageFields(answer.body).value_or(Wire::PageFields{});
    }
    void connectWithLogin()
    {
        const auto login = m_admin->logIn();
        QCOMPARE(login.state, LoginState::Done);
        const auto connected
            = m_admin->connectPages({login.loginId, {{QString::fromLatin1(World::PageId)}}});
        QCOMPARE(connected.pages.size(), 1);
        QVERIFY(!connected.pages.value(0).error);
    }
    void kill(int subcode)
    {
        QVERIFY(m_admin->control(u"people/%1/tokens"_s.arg(Omar), {{u"subcode"_s, subcode}}));
    }
    void permit(const QString &status, const QStringList &pages = {})
    {
        QJsonObject body{{u"permission"_s, u"pages_messaging"_s}, {u"status"_s, status}};
        if (!pages.isEmpty())
            body[u"pageIds"_s] = QJsonArray::fromStringList(pages);
        QVERIFY(m_admin->control(u"people/%1/permissions"_s.arg(Omar), body));
    }
    void subscribeTo(const QString &fields)
    {
        const auto done = http("POST",
            m_world->sandboxUrl(u"/v26.0/70044/subscribed_apps?subscribed_fields="_s + fields), {},
            {{"Authorization", "Bearer sandbox-page-token-70044"}});
        QCOMPARE(done.status, 200);
    }
    Page page()
    {
        const auto pages = await(m_desk->conversations.pages());
        if (pages) {
            for (const Page &each : *pages) {
                if (each.id.value == QLatin1StringView(World::PageId))
                    return each;
            }
        }
        return {};
    }
    ConversationId customerWrites(const QString &text)
    {
        const ConversationId conversation{u"70044-"_s + Writer};
        const QString mid = m_world->customerWrites(Writer, text);
        [&] {
            QTRY_VERIFY_WITH_TIMEOUT(!mid.isEmpty() && m_desk->conversation(conversation)
                    && m_desk->conversation(conversation)->lastText == text,
                20'000);
        }();
        return conversation;
    }
    MessageId send(const ConversationId &conversation, const QString &text)
    {
        return await(m_desk->outbox.send(conversation, text)).value_or(MessageId());
    }
    bool reaches(const ConversationId &conversation, const MessageId &id, DeliveryState state,
        int patienceMs = 40'000)
    {
        return QTest::qWaitFor(
            [&] {
                const auto message = m_desk->message(conversation, id);
                return message
                    && (message->state == state
                        || (state == DeliveryState::Sent
                            && (message->state == DeliveryState::Delivered
                                || message->state == DeliveryState::Read)));
            },
            patienceMs);
    }

    std::unique_ptr<World> m_world;
    std::unique_ptr<TestDesk> m_desk;
    std::unique_ptr<ConnectClient> m_admin;
};

QTEST_GUILESS_MAIN(TestPageCare)
#include "tst_pagecare.moc"
