// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/wire/frames.h"

#include <QRegularExpression>
#include <QTest>

using namespace Pagedesk;
using namespace Qt::Literals::StringLiterals;

namespace {

const QByteArray PlainMessage
    = R"("kind":"message","id":"m","conversationId":"c","pageId":"p",)"
      R"("direction":"in","author":"contact","sentAt":1,"state":"received","seq":1)";

QByteArray changesWith(const QByteArray &entity)
{
    return R"({"type":"changes","stream":"p","fromSeq":0,"toSeq":1,"entities":[{)" + entity + "}]}";
}

QByteArray replyWith(const QByteArray &from, const QByteArray &to)
{
    QByteArray frame = R"({"type":"command","id":"c","command":"send_reply","messageId":"m",)"
                       R"("conversationId":"v","text":"t","writtenAt":1})";
    return frame.replace(from, to);
}

QByteArray repeated(const QByteArray &what, int times)
{
    return what.repeated(times).chopped(1); // without the last comma
}

} // namespace

class TestRefusals : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void client_data();
    void client();
    void server_data();
    void server();
    void everyCutIsRefused();
};

void TestRefusals::client_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("problem");
    QTest::newRow("empty") << QByteArray() << u"not JSON at byte 0"_s;
    QTest::newRow("not json") << QByteArray("{oops") << u"not JSON at byte"_s;
    QTest::newRow("bad utf-8") << QByteArray("{\"type\":\"\xff\"}") << u"not JSON at byte"_s;
    QTest::newRow("a list") << QByteArray("[]") << u"not a JSON object"_s;
    QTest::newRow("over a MiB") << QByteArray(1024 * 1024 + 1, ' ') << u"larger than allowed"_s;
    QTest::newRow("no type") << QByteArray("{}") << u"frame.type is not a known word"_s;
    QTest::newRow("type of the other side")
        << QByteArray(R"({"type":"welcome"})") << u"frame.type is not a known word"_s;
    QTest::newRow("id as number") << replyWith(R"("id":"c")", R"("id":7)")
                                  << u"command.id is not text"_s;
    QTest::newRow("no id") << replyWith(R"("id":"c",)", "") << u"command.id is missing"_s;
    QTest::newRow("empty id") << replyWith(R"("id":"c")", R"("id":"")") << u"command.id is empty"_s;
    QTest::newRow("long id") << replyWith(R"("id":"c")", R"("id":")" + QByteArray(257, 'x') + '"')
                             << u"command.id is longer than an id may be"_s;
    QTest::newRow("long text") << replyWith(
        R"("text":"t")", R"("text":")" + QByteArray(65'537, 'x') + '"')
                               << u"command.text is longer than a text may be"_s;
    QTest::newRow("no text") << replyWith(R"("text":"t",)", "") << u"command.text is missing"_s;
    QTest::newRow("null text") << replyWith(R"("text":"t")", R"("text":null)")
                               << u"command.text is not text"_s;
    QTest::newRow("time with fraction") << replyWith(R"("writtenAt":1)", R"("writtenAt":1.5)")
                                        << u"command.writtenAt is not an integer"_s;
    QTest::newRow("time as text") << replyWith(R"("writtenAt":1)", R"("writtenAt":"1")")
                                  << u"command.writtenAt is not an integer"_s;
    QTest::newRow("time beyond 64 bits")
        << replyWith(R"("writtenAt":1)", R"("writtenAt":9223372036854775808)")
        << u"command.writtenAt is not an integer"_s;
    QTest::newRow("unknown command")
        << replyWith("send_reply", "send_money") << u"command.command is not a known word"_s;
    QTest::newRow("unknown state")
        << QByteArray(R"({"type":"command","id":"c","command":"set_conversation_state",)"
                      R"("conversationId":"v","state":"gone"})")
        << u"command.state is not a known word"_s;
    QTest::newRow("limit 0") << QByteArray(
        R"({"type":"history","id":1,"stream":"p","beforeSeq":1,"limit":0})")
                             << u"history.limit is out of range"_s;
    QTest::newRow("limit over lists")
        << QByteArray(R"({"type":"thread","id":1,"conversationId":"p","limit":10001})")
        << u"thread.limit is out of range"_s;
    QTest::newRow("negative seq") << QByteArray(
        R"({"type":"history","id":1,"stream":"p","beforeSeq":-1,"limit":1})")
                                  << u"history.beforeSeq is out of range"_s;
    QTest::newRow("cursors as list")
        << QByteArray(R"({"type":"hello","protocol":1,"client":"x","cursors":[]})")
        << u"hello.cursors is not an object"_s;
    QTest::newRow("cursor without head")
        << QByteArray(R"({"type":"hello","protocol":1,"client":"x","cursors":{"p":{"tail":1}}})")
        << u"hello.cursors.head is missing"_s;
    QTest::newRow("head below -1") << QByteArray(
        R"({"type":"hello","protocol":1,"client":"x","cursors":{"p":{"head":-2,"tail":0}}})")
                                   << u"hello.cursors.head is out of range"_s;
    QTest::newRow("stream without a name") << QByteArray(
        R"({"type":"hello","protocol":1,"client":"x","cursors":{"":{"head":1,"tail":0}}})")
                                           << u"hello.cursors names a stream that cannot be one"_s;
}

void TestRefusals::client()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, problem);
    const auto read = Wire::decodeClientFrame(bytes);
    QVERIFY(!read);
    QCOMPARE(read.error().kind, Error::Kind::Protocol);
    QVERIFY2(read.error().detail.contains(problem), qPrintable(read.error().detail));
}

void TestRefusals::server_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("problem");
    QTest::newRow("seq backwards")
        << QByteArray(R"({"type":"changes","stream":"p","fromSeq":2,"toSeq":1})")
        << u"changes.toSeq lies before fromSeq"_s;
    QTest::newRow("entity as number")
        << QByteArray(R"({"type":"changes","stream":"p","fromSeq":0,"toSeq":1,"entities":[1]})")
        << u"changes.entities holds something that is not an object"_s;
    QTest::newRow("unknown entity")
        << changesWith(R"("kind":"robot")") << u"entity.kind is not a known word"_s;
    QTest::newRow("too many entities")
        << changesWith("").replace("[{}]", '[' + repeated("{},", 10'001) + ']')
        << u"changes.entities has too many entries"_s;
    QTest::newRow("message without state")
        << changesWith(QByteArray(PlainMessage).replace(R"("state":"received",)", ""))
        << u"message.state is missing"_s;
    QTest::newRow("message without time")
        << changesWith(QByteArray(PlainMessage).replace(R"("sentAt":1,)", ""))
        << u"message.sentAt is missing"_s;
    QTest::newRow("unknown failure") << changesWith(PlainMessage + R"(,"failure":"moon")")
                                     << u"message.failure is not a known word"_s;
    QTest::newRow("attachments as text") << changesWith(PlainMessage + R"(,"attachments":"x")")
                                         << u"message.attachments is not a list"_s;
    QTest::newRow("attachment without kind")
        << changesWith(PlainMessage + R"(,"attachments":[{"state":"none"}])")
        << u"attachment.kind is missing"_s;
    QTest::newRow("attachment of negative size") << changesWith(
        PlainMessage + R"(,"attachments":[{"kind":"file","state":"none","size":-1}])")
                                                 << u"attachment.size is out of range"_s;
    QTest::newRow("width beyond int") << changesWith(
        PlainMessage + R"(,"attachments":[{"kind":"image","state":"none","width":2147483648}])")
                                      << u"attachment.width is out of range"_s;
    QTest::newRow("tombstone of a tombstone")
        << changesWith(R"("kind":"tombstone","of":"tombstone","id":"x","seq":1)")
        << u"tombstone.of is not a known word"_s;
    QTest::newRow("page with a word for a flag")
        << changesWith(R"("kind":"page","id":"p","state":"connected","seq":1,"humanAgent":"yes")")
        << u"page.humanAgent is neither true nor false"_s;
    QTest::newRow("unknown role") << changesWith(
        R"("kind":"operator","id":"o","role":"king","seq":1)")
                                  << u"operator.role is not a known word"_s;
    QTest::newRow("label that is no text")
        << changesWith(R"("kind":"conversation","id":"c","pageId":"p","psid":"s","state":"open",)"
                       R"("lastMessageAt":1,"lastDirection":"in","lastAuthor":"contact",)"
                       R"("lastState":"received","seq":1,"labels":[7])")
        << u"conversation.labels holds something that is not a label"_s;
    QTest::newRow("unknown error kind")
        << QByteArray(R"({"type":"command_result","id":"c","error":{"kind":"bored"}})")
        << u"error.kind is not a known word"_s;
    QTest::newRow("welcome without self")
        << QByteArray(R"({"type":"welcome","protocol":1,"workspace":"w","serverAt":1})")
        << u"welcome.self is missing"_s;
    QTest::newRow("answer to nothing")
        << QByteArray(R"({"type":"answer"})") << u"answer.requestId is missing"_s;
}

void TestRefusals::server()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, problem);
    const auto read = Wire::decodeServerFrame(bytes);
    QVERIFY(!read);
    QCOMPARE(read.error().kind, Error::Kind::Protocol);
    QVERIFY2(read.error().detail.contains(problem), qPrintable(read.error().detail));
}

// A frame that breaks off is refused wherever it does.
void TestRefusals::everyCutIsRefused()
{
    const QByteArray whole = changesWith(PlainMessage);
    QVERIFY(Wire::decodeServerFrame(whole));
    for (qsizetype length = 0; length < whole.size(); ++length)
        QVERIFY(!Wire::decodeServerFrame(whole.first(length)));
}

QTEST_GUILESS_MAIN(TestRefusals)
#include "tst_refusals.moc"
