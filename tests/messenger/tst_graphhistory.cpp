// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/messenger/graphhistory.h"
#include "models/messenger/graphsubscription.h"
#include "models/messenger/webhookfields.h"

#include <QRandomGenerator>
#include <QTest>

using namespace Pagedesk;
using namespace Qt::Literals::StringLiterals;

// What the Conversations API answers, as our messages. Slashes in JSON are escaped: moc takes two
// in a raw string for a comment.
class TestGraphHistory : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void timesAreExact_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<qint64>("at");
        QTest::newRow("Meta's") << u"2026-06-20T10:02:11+0000"_s << 1'781'949'731'000LL;
        QTest::newRow("colon") << u"2026-06-20T12:02:11+02:00"_s << 1'781'949'731'000LL;
        QTest::newRow("west") << u"2026-06-20T04:32:11-0530"_s << 1'781'949'731'000LL;
        QTest::newRow("Z") << u"2026-06-20T10:02:11Z"_s << 1'781'949'731'000LL;
        QTest::newRow("leap day") << u"2024-02-29T00:00:00+0000"_s << 1'709'164'800'000LL;
        QTest::newRow("no leap day") << u"2026-02-29T00:00:00+0000"_s << 0LL;
        QTest::newRow("no offset") << u"2026-06-20T10:02:11"_s << 0LL;
        QTest::newRow("letters") << u"2026-06-2xT10:02:11+0000"_s << 0LL;
        QTest::newRow("other digits") << u"２０２６-06-20T10:02:11+0000"_s << 0LL;
        QTest::newRow("25 o'clock") << u"2026-06-20T25:02:11+0000"_s << 0LL;
        QTest::newRow("a number") << u"1781949731"_s << 0LL;
        QTest::newRow("empty") << QString() << 0LL;
        QTest::newRow("before time") << u"1969-12-31T23:59:59+0000"_s << 0LL;
    }
    void timesAreExact()
    {
        QFETCH(QString, text);
        QFETCH(qint64, at);
        QCOMPARE(readGraphTime(text), at);
    }

    // The shape of the documentation: a picture from a customer and the Page's answer.
    void aConversation()
    {
        const auto page = read(list(
            R"({"id":"t_77","updated_time":"2026-06-20T10:05:00+0000",)"
            R"("message_count":2,"participants":{"data":[)"
            R"({"name":"Bloom Bakery","email":"70044@facebook.com","id":"70044"},)"
            R"({"name":" Ana\n R. ","email":"9001@facebook.com","id":"9001"}]},)"
            R"("messages":{"data":[)"
            R"({"id":"m_A2","created_time":"2026-06-20T10:05:00+0000","message":"Thanks!",)"
            R"("from":{"name":"Bloom Bakery","id":"70044"},"reply_to":{"mid":"m_A1"}},)"
            R"({"id":"m_A1","created_time":"2026-06-20T10:02:11+0000","message":"see picture",)"
            R"("from":{"name":"Ana R.","id":"9001"},"attachments":{"data":[{"id":"31",)"
            R"("mime_type":"image/jpeg","name":"photo.jpg","size":48211,"image_data":{"width":800,)"
            R"("height":600,"url":"https:\/\/cdn/a.jpg","preview_url":"https:\/\/cdn/b.jpg",)"
            R"("render_as_sticker":false}}]}}]}})"));
        QCOMPARE(page.conversations.size(), 1);
        QCOMPARE(page.unreadable, 0);
        const HistoryConversation &c = page.conversations.first();
        QCOMPARE(c.threadId, u"t_77"_s);
        QCOMPARE(c.psid.value, u"9001"_s);
        QCOMPARE(c.name, u"Ana R."_s);
        QCOMPARE(c.messageCount, 2);
        QVERIFY(c.isWhole);
        QCOMPARE(c.messages.size(), 2);
        const Message &first = c.messages.first();
        QCOMPARE(first.id, messageIdFor({u"70044"_s}, {u"m_A1"_s}));
        QCOMPARE(first.conversationId, conversationId({u"70044"_s}, {u"9001"_s}));
        QCOMPARE(first.direction, Direction::In);
        QCOMPARE(first.author, Author::Contact);
        QCOMPARE(first.sentAt, 1'781'949'731'000LL);
        QCOMPARE(first.attachments.size(), 1);
        QCOMPARE(first.attachments.first().kind, AttachmentKind::Image);
        QCOMPARE(first.attachments.first().state, AttachmentState::Pending);
        QCOMPARE(first.attachments.first().url, u"https://cdn/a.jpg"_s);
        QCOMPARE(first.attachments.first().width, 800);
        QCOMPARE(first.attachments.first().size, 48211);
        const Message &last = c.messages.last();
        QCOMPARE(last.direction, Direction::Out);
        QCOMPARE(last.author, Author::Elsewhere);
        QCOMPARE(last.state, DeliveryState::Sent);
        QCOMPARE(last.replyTo.value, u"m_A1"_s);
    }

    void attachments_data()
    {
        QTest::addColumn<QByteArray>("message");
        QTest::addColumn<AttachmentKind>("kind");
        QTest::addColumn<QString>("url");
        QTest::addColumn<QString>("name");
        QTest::newRow("sticker alone")
            << QByteArray(R"("sticker":"https:\/\/cdn/s.png")") << AttachmentKind::Sticker
            << u"https://cdn/s.png"_s << QString();
        QTest::newRow("sticker twice") << QByteArray(
            R"("sticker":"https:\/\/cdn/s.png?sig=2","attachments":{"data":[{"mime_type":"image/png",)"
            R"("image_data":{"url":"https:\/\/cdn/s.png?sig=1","render_as_sticker":true}}]})")
                                       << AttachmentKind::Sticker << u"https://cdn/s.png?sig=1"_s
                                       << QString();
        QTest::newRow("video") << QByteArray(
            R"("attachments":{"data":[{"mime_type":"video/mp4","video_data":{"url":"https:\/\/cdn/v",)"
            R"("preview_url":"https:\/\/cdn/p"}}]})")
                               << AttachmentKind::Video << u"https://cdn/v"_s << QString();
        QTest::newRow("video without address") << QByteArray(
            R"("attachments":{"data":[{"video_data":{"preview_url":"https:\/\/cdn/p"}}]})")
                                               << AttachmentKind::Video << QString() << QString();
        QTest::newRow("audio") << QByteArray(
            R"("attachments":{"data":[{"mime_type":"audio/mp4","file_url":"https:\/\/cdn/a",)"
            R"("name":"audio.mp4"}]})")
                               << AttachmentKind::Audio << u"https://cdn/a"_s << QString();
        QTest::newRow("file with a nasty name") << QByteArray(
            R"("attachments":{"data":[{"mime_type":"application/pdf","file_url":"https:\/\/cdn/f",)"
            R"("name":"../../\u202etxt.pdf"}]})")
                                                << AttachmentKind::File << u"https://cdn/f"_s
                                                << u"....txt.pdf"_s;
        QTest::newRow("template") << QByteArray(
            R"("attachments":{"data":[{"generic_template":{"title":"Our cakes","cta":{}}}]})")
                                  << AttachmentKind::Template << QString() << u"Our cakes"_s;
        QTest::newRow("shared link")
            << QByteArray(R"("shares":{"data":[{"link":"https:\/\/example.org/","name":"Example",)"
                          R"("description":"…"}]})")
            << AttachmentKind::Link << u"https://example.org/"_s << u"Example"_s;
        QTest::newRow("shared reel") << QByteArray(
            R"("shares":{"data":[{"type":"ig_reel","url":"https:\/\/i/r","title":"Reel","id":"5"}]})")
                                     << AttachmentKind::Reel << u"https://i/r"_s << u"Reel"_s;
        QTest::newRow("of no known kind") << QByteArray(R"("attachments":{"data":[{"id":"1"}]})")
                                          << AttachmentKind::Unknown << QString() << QString();
        QTest::newRow("nothing at all")
            << QByteArray(R"("message":"")") << AttachmentKind::Unknown << QString() << QString();
    }
    void attachments()
    {
        QFETCH(QByteArray, message);
        QFETCH(AttachmentKind, kind);
        QFETCH(QString, url);
        QFETCH(QString, name);
        const auto page = read(list(conversationWith(message)));
        QCOMPARE(page.conversations.size(), 1);
        const auto &found = page.conversations.first().messages.first().attachments;
        QCOMPARE(found.size(), 1);
        QCOMPARE(found.first().kind, kind);
        QCOMPARE(found.first().url, url);
        QCOMPARE(found.first().name, name);
        QCOMPARE(found.first().state,
            hasMedia(kind) && !url.isEmpty() ? AttachmentState::Pending : AttachmentState::None);
    }

    // Meta lists older messages without saying anything about them.
    void messagesWithoutContentAreCountedOnly()
    {
        const auto page = read(list(
            R"({"id":"t_1","updated_time":"2026-06-20T10:05:00+0000","message_count":500,)"
            R"("participants":{"data":[{"id":"9001","name":"Facebook User"}]},"messages":{"data":[)"
            R"({"id":"m_2","created_time":"2026-06-20T10:05:00+0000","from":{"id":"9001"},)"
            R"("message":"new"},{"id":"m_1","created_time":"2026-06-20T10:04:00+0000"}]}})"));
        QCOMPARE(page.unreadable, 1);
        QCOMPARE(page.conversations.first().messages.size(), 1);
        QVERIFY(!page.conversations.first().isWhole);
        QCOMPARE(page.conversations.first().name, QString());
    }

    void cursors()
    {
        const QByteArray next
            = R"("paging":{"cursors":{"before":"QQ","after":"Qk"},)"
              R"("next":"https:\/\/graph.facebook.com/v26.0/7/conversations?access_token=SECRET&after=Qk"})";
        QCOMPARE(read("{\"data\":[]," + next + "}").after, u"Qk"_s);
        QCOMPARE(read(R"({"data":[],"paging":{"cursors":{"after":"Qk"}}})").after, QString());
        QCOMPARE(read(R"({"data":[]})").after, QString());
    }

    void whatIsNoAnswerIsRefused_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("no JSON") << QByteArray("<html>");
        QTest::newRow("an error") << QByteArray(R"({"error":{"code":190}})");
        QTest::newRow("data is an object") << QByteArray(R"({"data":{}})");
        QTest::newRow("a list") << QByteArray("[]");
    }
    void whatIsNoAnswerIsRefused()
    {
        QFETCH(QByteArray, body);
        QVERIFY(!readHistoryPage(body, {u"70044"_s}));
    }

    void strangeItemsDoNotSpoilTheOthers_data()
    {
        QTest::addColumn<QByteArray>("strange");
        QTest::newRow("null") << QByteArray("null");
        QTest::newRow("a number") << QByteArray("17");
        QTest::newRow("empty") << QByteArray("{}");
        QTest::newRow("no person")
            << QByteArray(R"({"id":"t_1","updated_time":"2026-06-20T10:05:00+0000",)"
                          R"("participants":{"data":[{"id":"70044"}]}})");
        QTest::newRow("no time") << QByteArray(
            R"({"id":"t_1","participants":{"data":[{"id":"5"}]}})");
        QTest::newRow("people of another type")
            << QByteArray(R"({"id":"t_1","updated_time":"2026-06-20T10:05:00+0000",)"
                          R"("participants":{"data":"9001"},"messages":{"data":{"id":"m"}}})");
        QTest::newRow("a person without end")
            << QByteArray("{\"id\":\"t_1\",\"updated_time\":\"2026-06-20T10:05:00+0000\","
                          "\"participants\":{\"data\":"
                          "[{\"id\":\""
                   + QByteArray(5000, '9') + "\"}]}}");
    }
    void strangeItemsDoNotSpoilTheOthers()
    {
        QFETCH(QByteArray, strange);
        const auto page = read(list(strange + ',' + conversationWith(R"("message":"fine")")));
        QCOMPARE(page.conversations.size(), 1);
        QCOMPARE(page.unreadable, 1);
        QCOMPARE(page.conversations.first().messages.first().text, u"fine"_s);
    }

    // Every byte of a good answer changed in turn, and answers cut short: no crash, nothing wild.
    void damagedAnswers()
    {
        const QByteArray good = list(conversationWith(
            R"("message":"fine","sticker":"https:\/\/s","shares":{"data":[{"link":"https:\/\/l"}]})"));
        QRandomGenerator random(7);
        for (qsizetype i = 0; i < good.size(); ++i) {
            QByteArray damaged = good;
            damaged[i] = static_cast<char>(random.bounded(256));
            for (const QByteArray &body : {damaged, good.first(i)}) {
                const auto page = readHistoryPage(body, {u"70044"_s});
                if (!page)
                    continue;
                for (const HistoryConversation &c : page->conversations) {
                    QVERIFY(!c.psid.isEmpty());
                    QVERIFY(c.messages.size() <= 1);
                }
            }
        }
    }

    void manyItemsAreBounded()
    {
        QByteArray items = conversationWith(R"("message":"x")");
        QByteArray all;
        for (int i = 0; i < 3000; ++i)
            all += items + ',';
        QVERIFY(read(list(all + items)).conversations.size() <= 500);
    }

    void subscription_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QStringList>("missing");
        const QStringList all = subscriptionFields(true);
        QStringList others = all;
        others.removeAll(u"messages"_s);
        const QByteArray complete = "\"" + all.join(u"\",\""_s).toUtf8() + "\"";
        QTest::newRow("nobody") << QByteArray(R"({"data":[]})") << all;
        QTest::newRow("complete") << QByteArray(R"({"data":[{"id":"330011","subscribed_fields":[)"
            + complete + "]}]}") << QStringList();
        QTest::newRow("another app")
            << QByteArray(R"({"data":[{"id":"5","subscribed_fields":[)" + complete + "]}]}") << all;
        QTest::newRow("messages only")
            << QByteArray(R"({"data":[{"id":330011,"subscribed_fields":["messages"]}]})") << others;
        QTest::newRow("fields are not told")
            << QByteArray(R"({"data":[{"id":"330011"}]})") << QStringList();
    }
    void subscription()
    {
        QFETCH(QByteArray, body);
        QFETCH(QStringList, missing);
        const auto found = orderedFields(body, u"330011"_s);
        QVERIFY(found);
        QCOMPARE(lackingFields(*found), missing);
        QVERIFY(!orderedFields("{}", QString()));
        QVERIFY(subscriptionFields(false).size() > subscriptionFields(true).size());
        QVERIFY(!subscriptionFields(false).contains(u"response_feedback"_s));
    }

private:
    static QByteArray list(const QByteArray &items) { return "{\"data\":[" + items + "]}"; }

    static QByteArray conversationWith(const QByteArray &content)
    {
        return R"({"id":"t_1","updated_time":"2026-06-20T10:05:00+0000","participants":{"data":[)"
               R"({"id":"9001","name":"Ana"},{"id":"70044","name":"Bakery"}]},"messages":{"data":[)"
               R"({"id":"m_1","created_time":"2026-06-20T10:05:00+0000","from":{"id":"9001"},)"
            + content + "}]}}";
    }

    static HistoryPage read(const QByteArray &body)
    {
        const auto page = readHistoryPage(body, {u"70044"_s});
        return page ? *page : HistoryPage{{}, u"refused"_s, -1};
    }
};

QTEST_GUILESS_MAIN(TestGraphHistory)
#include "tst_graphhistory.moc"
