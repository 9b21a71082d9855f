// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/wire/connecting.h"

#include <QTest>

using namespace Pagedesk;
using namespace Qt::Literals::StringLiterals;

namespace {

FacebookLogin sampleLogin()
{
    return {u"5511"_s, u"Omar <b>Haddad</b> 🌿"_s, 1'790'000'000'001, 1'795'000'000'000,
        1'797'000'000'000, true, {u"business_management"_s}};
}

template <typename T> void roundTrip(const T &value, Result<T> (*decode)(const QByteArray &))
{
    const auto read = decode(Wire::encode(value));
    QVERIFY2(read, read ? "" : qPrintable(read.error().detail));
    QVERIFY(*read == value);
}

} // namespace

// How admins' desktops and the relay speak about connecting Pages.
class TestConnecting : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everythingComesBack()
    {
        roundTrip(Wire::BeginLogin{true}, Wire::decodeBeginLogin);
        roundTrip(Wire::BeginLogin{}, Wire::decodeBeginLogin);
        roundTrip(Wire::LoginBegun{u"a1"_s,
                      QUrl(u"https://www.facebook.com/v26.0/dialog/oauth?state=a%2Bb&x=1"_s),
                      QUrl(u"https://relay.example/oauth/callback"_s), 1'790'000'000'000},
            Wire::decodeLoginBegun);
        roundTrip(Wire::LoginProgress{LoginState::Waiting, LoginProblem::None, {}},
            Wire::decodeLoginProgress);
        for (int problem = 1; problem <= 7; ++problem) {
            roundTrip(
                Wire::LoginProgress{LoginState::Failed, static_cast<LoginProblem>(problem), {}},
                Wire::decodeLoginProgress);
        }
        roundTrip(Wire::Logins{{sampleLogin(), sampleLogin()}}, Wire::decodeLogins);
        Wire::PageOffer offer{sampleLogin(), {}};
        for (int obstacle = 0; obstacle <= 4; ++obstacle) {
            offer.pages.append({{u"70044"_s}, u"Bloom"_s, u"Bakery"_s, obstacle == 0,
                static_cast<PageObstacle>(obstacle), u"MESSAGING"_s});
        }
        roundTrip(offer, Wire::decodePageOffer);
        roundTrip(Wire::ConnectPages{u"5511"_s, {{u"1"_s}, {u"2"_s}}}, Wire::decodeConnectPages);
        roundTrip(Wire::PagesConnected{{{{u"1"_s}, u"Bloom"_s, std::nullopt},
                      {{u"2"_s}, u"Harbour"_s, Error{Error::Kind::Rejected, u"No."_s}}}},
            Wire::decodePagesConnected);
        const auto manual = Wire::decodeManualPage(
            Wire::encode(Wire::ManualPage{Secret("t"), u"1"_s, Secret("s")}));
        QVERIFY(manual && manual->token.reveal() == "t" && manual->appSecret.reveal() == "s");
    }

    void refusalsComeBack()
    {
        const Error error{Error::Kind::Conflict, u"Too many."_s, std::chrono::seconds(3)};
        QCOMPARE(Wire::decodeError(Wire::encodeError(error)), error);
        for (const char *body : {"", "{}", "<html>", R"({"error":7})", R"({"error":{}})"})
            QCOMPARE(Wire::decodeError(body).kind, Error::Kind::Protocol);
    }

    void whatIsWrongIsNamed_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("field");
        QTest::newRow("no url") << R"({"attemptId":"a","returnUrl":"https:\/\/x","expiresAt":1})"_ba
                                << u"url"_s;
        QTest::newRow("a script")
            << R"({"attemptId":"a","url":"javascript:x","returnUrl":"https:\/\/x","expiresAt":1})"_ba
            << u"url"_s;
        QTest::newRow("a file")
            << R"({"attemptId":"a","url":"https:\/\/x","returnUrl":"file:\/x","expiresAt":1})"_ba
            << u"returnUrl"_s;
        QTest::newRow("no attempt")
            << R"({"url":"https:\/\/x","returnUrl":"https:\/\/x","expiresAt":1})"_ba
            << u"attemptId"_s;
        QTest::newRow("a time before time")
            << R"({"attemptId":"a","url":"https:\/\/x","returnUrl":"https:\/\/x","expiresAt":-1})"_ba
            << u"expiresAt"_s;
    }
    void whatIsWrongIsNamed()
    {
        QFETCH(const QByteArray, body);
        QFETCH(const QString, field);
        const auto read = Wire::decodeLoginBegun(body);
        QVERIFY(!read);
        QCOMPARE(read.error().kind, Error::Kind::Protocol);
        QVERIFY2(read.error().detail.contains(field), qPrintable(read.error().detail));
    }

    void listsAndIdsHaveBounds()
    {
        QVERIFY(!Wire::decodeConnectPages(R"({"loginId":"1","pages":[""]})"));
        QVERIFY(!Wire::decodeConnectPages(R"({"loginId":"1","pages":[7]})"));
        const auto longId = [](QByteArray body) { return body.replace('*', QByteArray(300, 'x')); };
        QVERIFY(!Wire::decodeConnectPages(longId(R"({"loginId":"1","pages":["*"]})")));
        QVERIFY(!Wire::decodeConnectPages(longId(R"({"loginId":"*","pages":[]})")));
        QVERIFY(!Wire::decodeLoginProgress(R"({"state":"dreaming"})"));
    }
};

QTEST_GUILESS_MAIN(TestConnecting)
#include "tst_connecting.moc"
