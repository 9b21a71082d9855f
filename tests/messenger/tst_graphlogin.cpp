// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/messenger/graphlogin.h"

#include <QRandomGenerator>
#include <QTest>

using namespace Pagedesk;
using namespace Qt::Literals::StringLiterals;

// What Meta answers about logins, tokens and Pages.
class TestGraphLogin : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void tokens()
    {
        const auto granted = readGrantedToken(
            R"({"access_token":"EAAB1","token_type":"bearer","expires_in":5183944})");
        QVERIFY(granted.has_value());
        QCOMPARE(granted->token.reveal(), "EAAB1"_ba);
        QCOMPARE(granted->seconds, 5'183'944);
        QCOMPARE(readGrantedToken(R"({"access_token":"x"})")->seconds, 0);
        QCOMPARE(readGrantedToken(R"({"access_token":"x","expires_in":-3})")->seconds, 0);
        for (const char *body : {"", "[]", "{}", R"({"access_token":""})", "access_token=x"})
            QCOMPARE(readGrantedToken(body).error().kind, Error::Kind::Protocol);
        const QByteArray endless
            = QByteArray(R"({"access_token":"*"})").replace('*', QByteArray(100'000, 'x'));
        QVERIFY(!readGrantedToken(endless));
    }

    void factsOfAPagesToken()
    {
        const auto facts = readTokenFacts(
            R"({"data":{"app_id":"330011","type":"PAGE","application":"Inbox Demo",)"
            R"("profile_id":"70044","expires_at":0,"data_access_expires_at":1790000000,)"
            R"("is_valid":true,"user_id":"5511","scopes":["pages_show_list","pages_messaging"],)"
            R"("granular_scopes":[{"scope":"pages_messaging","target_ids":["70044"]},)"
            R"({"scope":"pages_show_list"}]}})");
        QVERIFY(facts.has_value());
        QCOMPARE(facts->appId, u"330011"_s);
        QCOMPARE(facts->type, u"PAGE"_s);
        QCOMPARE(facts->pageId.value, u"70044"_s);
        QCOMPARE(facts->userId, u"5511"_s);
        QVERIFY(facts->valid);
        QCOMPARE(facts->expiresAt, 0);
        QCOMPARE(facts->dataAccessExpiresAt, 1'790'000'000'000);
        QCOMPARE(facts->scopes, (QStringList{u"pages_show_list"_s, u"pages_messaging"_s}));
        QCOMPARE(facts->targets.value(u"pages_messaging"_s), QStringList{u"70044"_s});
        QVERIFY(!facts->targets.contains(u"pages_show_list"_s)); // for all Pages
    }

    void factsOfADeadToken()
    {
        const auto facts = readTokenFacts(
            R"({"data":{"app_id":"330011","is_valid":false,"scopes":[],)"
            R"("error":{"code":190,"message":"Session has expired","subcode":463}}})");
        QVERIFY(facts.has_value());
        QVERIFY(!facts->valid);
        QCOMPARE(facts->refusal.code, 190);
        QCOMPARE(facts->refusal.subcode, 463);
        QVERIFY(!readTokenFacts(R"({"data":[]})"));
    }

    void pagesAndWhatComesAfter()
    {
        const auto seen = readSeenPages(
            R"({"data":[{"id":"70044","name":"Bloom  Bakery","category":"Bakery",)"
            R"("tasks":["MODERATE","MESSAGING"],"access_token":"EAAP1"},)"
            R"({"id":"12345678901234567890123","name":"No token","tasks":["ANALYZE"]},)"
            R"({"name":"no id"}],"paging":{"cursors":{"before":"a","after":"b"},)"
            R"("next":"https:\/\/graph.facebook.com\/x"}})");
        QVERIFY(seen.has_value());
        QCOMPARE(seen->pages.size(), 2);
        QCOMPARE(seen->pages.at(0).name, u"Bloom Bakery"_s);
        QCOMPARE(seen->pages.at(0).token.reveal(), "EAAP1"_ba);
        QCOMPARE(seen->pages.at(1).id.value, u"12345678901234567890123"_s);
        QVERIFY(seen->pages.at(1).token.isEmpty());
        QCOMPARE(seen->after, u"b"_s);
        const auto last = readSeenPages(R"({"data":[],"paging":{"cursors":{"after":"b"}}})");
        QVERIFY(last && last->after.isEmpty());
        QVERIFY(!readSeenPages(R"({"data":{}})"));
    }

    void tasksThatAllowMessaging()
    {
        QVERIFY(allowMessaging({u"ANALYZE"_s, u"MESSAGING"_s}));
        QVERIFY(allowMessaging({u"PROFILE_PLUS_MESSAGING"_s}));
        QVERIFY(allowMessaging({u"PROFILE_PLUS_FULL_CONTROL"_s}));
        QVERIFY(!allowMessaging({u"ANALYZE"_s, u"ADVERTISE"_s, u"MESSAGING_X"_s}));
        QVERIFY(!allowMessaging({}));
    }

    void declinedPermissions()
    {
        const auto declined
            = readDeclined(R"({"data":[{"permission":"pages_messaging","status":"granted"},)"
                           R"({"permission":"pages_show_list","status":"declined"},)"
                           R"({"permission":"business_management","status":"expired"}]})");
        QCOMPARE(*declined, (QStringList{u"pages_show_list"_s, u"business_management"_s}));
        QVERIFY(!readDeclined(R"({"error":{}})"));
    }

    void refusals()
    {
        const auto refusal = readRefusal(
            R"({"error":{"message":"x","type":"OAuthException","code":100,"error_subcode":36009}})");
        QCOMPARE(refusal.code, 100);
        QCOMPARE(refusal.subcode, 36'009);
        QCOMPARE(readRefusal("<html>").code, 0);
    }

    // Cut and spoiled answers are refused or read, and never break anything.
    void spoiledAnswers()
    {
        const QByteArray whole
            = R"({"data":[{"id":"70044","name":"Bloom","tasks":["MESSAGING"],)"
              R"("access_token":"EAAP1","permission":"p","status":"granted"}],)"
              R"("access_token":"t","expires_in":5,"id":"1","name":"n","error":{"code":190}})";
        QRandomGenerator random(20'261'122);
        int read = 0;
        for (int i = 0; i < 4000; ++i) {
            QByteArray body = whole.left(random.bounded(1, static_cast<int>(whole.size()) + 1));
            body[random.bounded(static_cast<int>(body.size()))]
                = static_cast<char>(random.bounded(256));
            read += readSeenPages(body) ? 1 : 0;
            read += readTokenFacts(body) ? 1 : 0;
            read += readGrantedToken(body) ? 1 : 0;
            read += readDeclined(body) ? 1 : 0;
            read += readNamedNode(body) ? 1 : 0;
            readRefusal(body);
        }
        QVERIFY(read > 0);
    }
};

QTEST_GUILESS_MAIN(TestGraphLogin)
#include "tst_graphlogin.moc"
