// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/sandbox/sandboxprocess.h"
#include "tests/sandbox/webhookreceiver.h"

#include <QDateTime>
#include <QTest>

using namespace Qt::Literals::StringLiterals;

namespace {

const QString FirstWriter = u"24000000000000127"_s;

QStringList attachmentTypes(const WebhookReceiver &receiver)
{
    QStringList types;
    for (const QJsonObject &item : receiver.messages()) {
        for (const QJsonValue &attachment : item[u"message"_s][u"attachments"_s].toArray())
            types.append(attachment[u"type"_s].toString());
    }
    return types;
}

bool hasWritten(const WebhookReceiver &receiver, const QString &psid)
{
    const auto messages = receiver.messages();
    return std::any_of(messages.begin(), messages.end(),
        [&](const QJsonObject &item) { return item[u"sender"_s][u"id"_s].toString() == psid; });
}

QStringList midsOf(const WebhookReceiver &receiver)
{
    QStringList mids;
    for (const QJsonObject &item : receiver.messages()) {
        if (item[u"sender"_s][u"id"_s].toString() != FirstWriter)
            mids.append(item[u"message"_s][u"mid"_s].toString());
    }
    std::sort(mids.begin(), mids.end());
    return mids;
}

} // namespace

class PracticeTest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void historyThenTheFirstCustomerWrites();
    void historyIsTheSameAfterARestart();
    void customersGoOnAndReact();
    void aPageThatIsConnectedGetsACustomer();
};

void PracticeTest::historyThenTheFirstCustomerWrites()
{
    WebhookReceiver receiver;
    SandboxProcess sandbox(receiver.url(), {u"--practice"_s});
    QTRY_VERIFY(hasWritten(receiver, FirstWriter));
    QSet<QString> people;
    QSet<QString> pages;
    qint64 oldest = QDateTime::currentMSecsSinceEpoch();
    const qint64 now = oldest;
    for (const QJsonObject &item : receiver.messages()) {
        people.insert(item[u"sender"_s][u"id"_s].toString());
        pages.insert(item[u"recipient"_s][u"id"_s].toString());
        oldest = std::min(oldest, item[u"timestamp"_s].toInteger());
    }
    QVERIFY(people.size() >= 9);
    QCOMPARE(pages.size(), 2);
    QVERIFY(now - oldest > 7LL * 86'400'000);
    QCOMPARE(receiver.echoes().size(), 2);
    const QStringList types = attachmentTypes(receiver);
    for (const auto &type :
        {u"image"_s, u"file"_s, u"audio"_s, u"location"_s, u"fallback"_s, u"sticker"_s})
        QVERIFY2(types.contains(type), qPrintable(type));
    for (const QJsonObject &item : receiver.messages()) {
        const QString url
            = item[u"message"_s][u"attachments"_s][0][u"payload"_s][u"url"_s].toString();
        if (url.startsWith(sandbox.media()))
            QCOMPARE(sandbox.get(url).status, 200);
    }
}

void PracticeTest::historyIsTheSameAfterARestart()
{
    QStringList before;
    for (int start = 0; start < 2; ++start) {
        WebhookReceiver receiver;
        SandboxProcess sandbox(receiver.url(), {u"--practice"_s});
        QTRY_VERIFY(hasWritten(receiver, FirstWriter));
        QTRY_COMPARE(sandbox.state()[u"webhooks"_s][u"pending"_s].toInt(), 0);
        if (start == 0)
            before = midsOf(receiver);
        else
            QCOMPARE(midsOf(receiver), before);
    }
}

void PracticeTest::customersGoOnAndReact()
{
    WebhookReceiver receiver;
    SandboxProcess sandbox(receiver.url(), {u"--practice"_s, u"--seed"_s, u"7"_s});
    QTRY_VERIFY(hasWritten(receiver, FirstWriter));
    const qsizetype before = receiver.messages().size();
    const auto advance = [&](qint64 ms) { sandbox.control(u"clock"_s, {{u"advanceMs"_s, ms}}); };
    for (int i = 0; i < 3; ++i)
        advance(60'000);
    QTRY_COMPARE(receiver.messages().size(), before + 3);
    // Enough answers that some of them get a reaction, whatever the dice say.
    const QString path = u"/me/messages?access_token=sandbox-page-token-70055"_s;
    for (int i = 0; i < 12; ++i) {
        const QJsonObject order{{u"recipient"_s, QJsonObject{{u"id"_s, FirstWriter}}},
            {u"message"_s, QJsonObject{{u"text"_s, u"Yes, until six."_s}}}};
        QCOMPARE(sandbox.post(path, QJsonDocument(order).toJson(), "application/json").status, 200);
    }
    advance(12'000);
    QTRY_VERIFY(!receiver.items(u"read"_s).isEmpty());
    QTRY_VERIFY(receiver.messages().size() >= before + 5);
}

void PracticeTest::aPageThatIsConnectedGetsACustomer()
{
    WebhookReceiver receiver;
    SandboxProcess sandbox(receiver.url(), {u"--practice"_s});
    const auto toPage = [&] {
        const auto messages = receiver.messages();
        return std::count_if(messages.begin(), messages.end(), [](const QJsonObject &item) {
            return item[u"recipient"_s][u"id"_s].toString() == "70132"_L1;
        });
    };
    QTRY_VERIFY(hasWritten(receiver, FirstWriter));
    QCOMPARE(toPage(), 0);
    sandbox.control(u"pages"_s, {{u"pageId"_s, u"70132"_s}, {u"name"_s, u"Tidewater Ceramics"_s}});
    for (int i = 0; i < 2; ++i) {
        const HttpAnswer answer
            = sandbox.post(u"/70132/subscribed_apps?access_token=sandbox-page-token-70132"_s,
                R"({"subscribed_fields":["messages"]})", "application/json");
        QCOMPARE(answer.status, 200);
    }
    QTRY_COMPARE(toPage(), 1);
    QTRY_COMPARE(sandbox.state()[u"webhooks"_s][u"pending"_s].toInt(), 0);
    QCOMPARE(toPage(), 1); // once, however often it is subscribed
}

QTEST_GUILESS_MAIN(PracticeTest)
#include "tst_practice.moc"
