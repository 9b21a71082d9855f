// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/e2e/testdesk.h"
#include "tests/e2e/world.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

#include <functional>

using namespace Pagedesk;
using namespace Pagedesk::Tests;
using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qint64 Begin = 1'790'000'000'000;
const QString Psid = u"24000000000000099"_s;
const ConversationId LongThread{u"70044-24000000000000099"_s};

QJsonObject item(int number, const QJsonObject &content)
{
    QJsonObject message = content;
    message.insert(u"mid"_s, u"m_large_%1"_s.arg(number));
    return {{u"sender"_s, QJsonObject{{u"id"_s, Psid}}},
        {u"recipient"_s, QJsonObject{{u"id"_s, QString::fromLatin1(World::PageId)}}},
        {u"timestamp"_s, Begin + number * 1000}, {u"message"_s, message}};
}

QJsonObject edit(int number, int version, const QString &text)
{
    QJsonObject edited{
        {u"mid"_s, u"m_large_%1"_s.arg(number)}, {u"text"_s, text}, {u"num_edit"_s, version}};
    return {{u"sender"_s, QJsonObject{{u"id"_s, Psid}}},
        {u"recipient"_s, QJsonObject{{u"id"_s, QString::fromLatin1(World::PageId)}}},
        {u"timestamp"_s, Begin + 5'000'000 + version}, {u"message_edit"_s, edited}};
}

QByteArray bodyOf(const QJsonArray &items)
{
    const QJsonObject entry{
        {u"id"_s, QString::fromLatin1(World::PageId)}, {u"time"_s, Begin}, {u"messaging"_s, items}};
    return QJsonDocument(QJsonObject{{u"object"_s, u"page"_s}, {u"entry"_s, QJsonArray{entry}}})
        .toJson(QJsonDocument::Compact);
}

} // namespace

// Rows that do not fit into one frame between relay and desktop, alone or together: they must not
// keep a desktop from having what comes after them.
class TestLargeRows : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_world = std::make_unique<World>();
        QVERIFY2(m_world->start(), m_world->why().constData());
        m_profile = std::make_unique<QTemporaryDir>();
        m_desk = std::make_unique<TestDesk>(m_profile->path());
        QVERIFY(m_desk->start());
    }
    void cleanup()
    {
        m_desk.reset();
        m_world.reset();
    }

    void reachDesktops_data()
    {
        QTest::addColumn<bool>("isLive");
        QTest::newRow("while it listens") << true;
        QTest::newRow("when it comes later") << false;
    }
    void reachDesktops()
    {
        QFETCH(const bool, isLive);
        if (isLive)
            join();
        deliverLongTexts();
        deliverManyAttachments();
        deliverManyVersions();
        QCOMPARE(m_world->deliver(bodyOf({item(900, {{u"text"_s, u"the last"_s}})})).status, 200);
        if (!isLive)
            join();
        QTRY_COMPARE_WITH_TIMEOUT(numberHere(), 303, 60'000);
        const auto last = m_desk->message(LongThread, idOf(900));
        QVERIFY(last);
        QCOMPARE(last->text, u"the last"_s);
        const auto edited = m_desk->message(LongThread, idOf(700));
        QVERIFY(edited);
        QVERIFY(edited->details.edits >= 50);
        QVERIFY(!edited->details.earlier.isEmpty());
        const auto manyFiles = m_desk->message(LongThread, idOf(800));
        QVERIFY(manyFiles);
        QVERIFY(!manyFiles->attachments.isEmpty());
    }

    // Several overlong texts at once, in one message and around it.
    void overlongTextsAtOnce()
    {
        join();
        deliverOverlong();
        QCOMPARE(m_world->deliver(bodyOf({item(900, {{u"text"_s, u"the last"_s}})})).status, 200);
        QTRY_VERIFY_WITH_TIMEOUT(!idOf(900).isEmpty(), 30'000);
        const auto overlong = m_desk->message(LongThread, idOf(850));
        QVERIFY(overlong);
        QVERIFY(overlong->text.startsWith(u"changed"));
        QVERIFY(overlong->text.endsWith(u'…'));
        QVERIFY(!overlong->attachments.isEmpty());
    }

private:
    void join()
    {
        QVERIFY(m_desk->pair(m_world->invite(u"Ada"_s)));
        QVERIFY(m_desk->waitFor(ConnectionState::Live));
    }
    // As long as Meta lets a text be, in a script of three bytes a letter.
    void deliverLongTexts()
    {
        for (int first = 0; first < 300; first += 100) {
            QJsonArray items;
            for (int i = first; i < first + 100; ++i)
                items.append(item(i, {{u"text"_s, QString(2000, QChar(0x0E01 + i % 40))}}));
            QCOMPARE(m_world->deliver(bodyOf(items)).status, 200);
        }
    }
    void deliverManyVersions()
    {
        QCOMPARE(m_world->deliver(bodyOf({item(700, {{u"text"_s, u"first"_s}})})).status, 200);
        for (int version = 1; version <= 400; version += 100) {
            QJsonArray items;
            for (int i = version; i < version + 100; ++i)
                items.append(edit(700, i, QString(2000, QChar(0x0E01 + i % 40))));
            QCOMPARE(m_world->deliver(bodyOf(items)).status, 200);
        }
    }
    void deliverManyAttachments()
    {
        QJsonArray attachments;
        for (int i = 0; i < 3000; ++i) {
            const QString url = u"https://scontent.example/%1/"_s.arg(i) + QString(1000, u'a');
            attachments.append(
                QJsonObject{{u"type"_s, u"file"_s}, {u"payload"_s, QJsonObject{{u"url"_s, url}}}});
        }
        QCOMPARE(
            m_world->deliver(bodyOf({item(800, {{u"attachments"_s, attachments}})})).status, 200);
    }
    void deliverOverlong()
    {
        const QString controls(65'000, QChar(1)); // six bytes each
        const QJsonObject file{{u"type"_s, u"fallback"_s}, {u"title"_s, controls},
            {u"payload"_s,
                QJsonObject{{u"title"_s, controls}, {u"url"_s, u"https://x/"_s + controls}}}};
        const QJsonObject referral{{u"source"_s, controls}, {u"type"_s, controls},
            {u"ref"_s, controls}, {u"ad_id"_s, controls}, {u"referer_uri"_s, controls}};
        const QJsonObject content{{u"text"_s, u"at first"_s + controls},
            {u"attachments"_s, QJsonArray{file, file}}, {u"referral"_s, referral},
            {u"quick_reply"_s, QJsonObject{{u"payload"_s, controls}}}};
        QJsonObject passed = item(851, {});
        passed.remove(u"message"_s);
        passed.insert(u"pass_thread_control"_s, QJsonObject{{u"new_owner_app_id"_s, controls}});
        const QJsonArray items{item(850, content), edit(850, 1, u"changed"_s + controls), passed};
        QCOMPARE(m_world->deliver(bodyOf(items)).status, 200);
    }
    int numberHere()
    {
        m_desk->replica.flush();
        return static_cast<int>(m_desk->thread(LongThread).size());
    }
    MessageId idOf(int number)
    {
        const QString mid = u"m_large_%1"_s.arg(number);
        const auto thread = m_desk->thread(LongThread);
        for (const Message &message : thread) {
            if (message.mid.value == mid)
                return message.id;
        }
        return {};
    }

    std::unique_ptr<World> m_world;
    std::unique_ptr<QTemporaryDir> m_profile;
    std::unique_ptr<TestDesk> m_desk;
};

QTEST_GUILESS_MAIN(TestLargeRows)
#include "tst_largerows.moc"
