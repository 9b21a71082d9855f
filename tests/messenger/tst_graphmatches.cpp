// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/messenger/graphmatches.h"

#include <QTest>

using namespace Pagedesk;
using namespace Qt::Literals::StringLiterals;

class TestGraphMatches : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsWhoSomebodyIs()
    {
        const auto read = readMatchedIds(
            R"({"data":[{"id":"11","page":{"id":"70044","name":"A"}},{"id":"22","page":{"id":"70055"}},
               {"id":"33"},{"page":{"id":"70066"}},{"id":44,"page":{"id":70077}},7],
               "paging":{"cursors":{"before":"a","after":"b"},"next":"somewhere"}})");
        QVERIFY(read);
        // Ids may come as numbers; what lacks one of both is nobody.
        const QList<MatchedId> ids = read->ids;
        QVERIFY(ids.contains({{u"70044"_s}, {u"11"_s}}));
        QVERIFY(ids.contains({{u"70055"_s}, {u"22"_s}}));
        QVERIFY(std::all_of(ids.begin(), ids.end(),
            [](const MatchedId &id) { return !id.page.isEmpty() && !id.psid.isEmpty(); }));
        QCOMPARE(read->after, u"b"_s);
        // The last part has a cursor too.
        const auto last = readMatchedIds(R"({"data":[],"paging":{"cursors":{"after":"b"}}})");
        QVERIFY(last && last->after.isEmpty() && last->ids.isEmpty());
    }

    void refusesWhatIsNoAnswer_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("a list") << QByteArray("[]");
        QTest::newRow("no data") << QByteArray("{}");
        QTest::newRow("data of another kind") << QByteArray(R"({"data":{"id":"1"}})");
    }
    void refusesWhatIsNoAnswer()
    {
        QFETCH(const QByteArray, body);
        const auto read = readMatchedIds(body);
        QVERIFY(!read && read.error().kind == Error::Kind::Protocol);
    }

    void tellsRefusalsApart_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<int>("code");
        QTest::addColumn<int>("subcode");
        QTest::addColumn<MatchRefusal>("refusal");
        const auto row = [](const char *title, int status, int code, int subcode, MatchRefusal is) {
            QTest::newRow(title) << status << code << subcode << is;
        };
        row("no permission", 400, 10, 0, MatchRefusal::Everybody);
        row("not for this app", 400, 3, 0, MatchRefusal::Everybody);
        row("no such edge any more", 400, 2500, 0, MatchRefusal::Everybody);
        row("no such field", 400, 100, 0, MatchRefusal::Everybody);
        row("the app's token is wrong", 400, 190, 0, MatchRefusal::Everybody);
        row("nobody with this id", 400, 100, 33, MatchRefusal::Person);
        row("no matching user", 400, 100, 2018001, MatchRefusal::Person);
        row("no such object", 404, 803, 0, MatchRefusal::Person);
        row("too often", 400, 4, 0, MatchRefusal::Passing);
        row("too often for a business", 400, 80006, 0, MatchRefusal::Passing);
        row("trouble", 500, 2, 0, MatchRefusal::Passing);
        row("trouble that names a reason", 503, 10, 0, MatchRefusal::Passing);
    }
    void tellsRefusalsApart()
    {
        QFETCH(const int, status);
        QFETCH(const int, code);
        QFETCH(const int, subcode);
        QFETCH(const MatchRefusal, refusal);
        const QByteArray body
            = u"{\"error\":{\"code\":%1,\"error_subcode\":%2,\"message\":\"no\"}}"_s.arg(code)
                  .arg(subcode)
                  .toUtf8();
        QCOMPARE(matchRefusal(status, body, {}), refusal);
    }
};

QTEST_APPLESS_MAIN(TestGraphMatches)
#include "tst_graphmatches.moc"
