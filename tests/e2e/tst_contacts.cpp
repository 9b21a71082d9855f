// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/desk/contacts.h"
#include "tests/e2e/testdesk.h"
#include "tests/e2e/world.h"
#include "tests/support/await.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QSignalSpy>
#include <QTest>

using namespace Pagedesk;
using namespace Pagedesk::Tests;
using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int Patience = 20'000;
constexpr qint64 Begin = 1'790'000'000'000;

// A desktop with its contacts.
struct Person {
    explicit Person(const QString &profile)
        : desk(profile)
        , contacts(desk.replica, desk.commands, desk.clock)
    {
    }

    ContactView view(const ConversationId &id)
    {
        return Testing::await(contacts.load(id)).value_or(ContactView());
    }

    TestDesk desk;
    Contacts contacts;
};

} // namespace

// What a team knows of the people who write: from Meta, by hand, across Pages.
class TestContacts : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_world = std::make_unique<World>();
        QVERIFY2(m_world->start(), m_world->why().constData());
        m_ada = join(u"Ada"_s, u"agent"_s);
    }
    void cleanup()
    {
        m_ada.reset();
        m_world.reset();
    }

    void metaTellsWhoSomebodyIs()
    {
        const auto id = firstMessageOf(u"24000000000000001"_s);
        QTRY_VERIFY_WITH_TIMEOUT(m_ada->view(id).card.profile.shared, Patience);
        const ContactProfile profile = m_ada->view(id).card.profile;
        QVERIFY(!profile.name.isEmpty());
        QVERIFY(!profile.locale.isEmpty());
        QVERIFY(profile.timezone.has_value());
        QVERIFY(profile.askedAt > 0);
        QTRY_COMPARE_WITH_TIMEOUT(nameOf(id), profile.name, Patience);
    }

    // A person of whom Meta tells nothing.
    void aGapStaysAGap()
    {
        const ConversationId id{u"70044-24000000000000777"_s};
        deliverText(u"24000000000000777"_s, u"m_unknown"_s);
        QTRY_VERIFY_WITH_TIMEOUT(m_ada->view(id).card.profile.askedAt > 0, Patience);
        QVERIFY(!m_ada->view(id).card.profile.shared);
        QCOMPARE(nameOf(id), QString());
        await(m_ada->contacts.edit(id, {{ContactField::Name, {}, u"The tall one"_s}}));
        QTRY_COMPARE_WITH_TIMEOUT(nameOf(id), u"The tall one"_s, Patience);
    }

    void whatIsEnteredWins()
    {
        const auto id = firstMessageOf(u"24000000000000001"_s);
        QTRY_VERIFY_WITH_TIMEOUT(!nameOf(id).isEmpty(), Patience);
        const QString fromMeta = nameOf(id);
        await(m_ada->contacts.edit(id,
            {{ContactField::Name, {}, u"  Mrs   Tree "_s}, {ContactField::Timezone, {}, u"5.5"_s},
                {ContactField::Custom, u"Phone"_s, u"+49 30 1234"_s}}));
        QCOMPARE(shownName(m_ada->view(id).card), u"Mrs Tree"_s); // at once
        QTRY_COMPARE_WITH_TIMEOUT(nameOf(id), u"Mrs Tree"_s, Patience);
        const qint64 asked = m_ada->view(id).card.profile.askedAt;
        await(m_ada->contacts.refresh(id));
        QTRY_VERIFY_WITH_TIMEOUT(m_ada->view(id).card.profile.askedAt > asked, Patience);
        QCOMPARE(nameOf(id), u"Mrs Tree"_s);
        QCOMPARE(shownTimezone(m_ada->view(id).card), std::optional(5.5));
        await(m_ada->contacts.edit(id, {{ContactField::Name, {}, {}}}));
        QTRY_COMPARE_WITH_TIMEOUT(nameOf(id), fromMeta, Patience);
        QCOMPARE(m_ada->view(id).card.fields, (QList<CustomField>{{u"Phone"_s, u"+49 30 1234"_s}}));
        QCOMPARE(*Testing::await(m_ada->contacts.fieldNames()), QStringList{u"Phone"_s});
    }

    void wrongInputIsSaidAndChangesNothing_data()
    {
        QTest::addColumn<int>("field");
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("value");
        const auto row
            = [](const char *title, ContactField field, const QString &name, const QString &value) {
                  QTest::newRow(title) << static_cast<int>(field) << name << value;
              };
        row("a long name", ContactField::Name, {}, QString(201, u'a'));
        row("no time zone", ContactField::Timezone, {}, u"Berlin"_s);
        row("a zone too far east", ContactField::Timezone, {}, u"14.5"_s);
        row("not a number", ContactField::Timezone, {}, u"nan"_s);
        row("a field without a name", ContactField::Custom, u"  "_s, u"x"_s);
        row("a long field", ContactField::Custom, u"x"_s, QString(501, u'a'));
        row("a long language", ContactField::Locale, {}, QString(33, u'a'));
    }
    void wrongInputIsSaidAndChangesNothing()
    {
        QFETCH(const int, field);
        QFETCH(const QString, name);
        QFETCH(const QString, value);
        const auto id = firstMessageOf(u"24000000000000001"_s);
        const ContactEdit wrong{static_cast<ContactField>(field), name, value};
        const auto done = Testing::await(
            m_ada->contacts.edit(id, {{ContactField::Custom, u"Good"_s, u"one"_s}, wrong}));
        QVERIFY(!done);
        QVERIFY(!done.error().detail.isEmpty());
        QVERIFY(m_ada->view(id).card.fields.isEmpty());
        QVERIFY(!m_ada->view(id).isWaiting);
    }

    void notesAreTheTeams()
    {
        const auto id = firstMessageOf(u"24000000000000001"_s);
        auto ben = join(u"Ben"_s, u"agent"_s);
        auto sue = join(u"Sue"_s, u"supervisor"_s);
        await(m_ada->contacts.addNote(id, u"Allergic to nuts 🥜"_s));
        await(m_ada->contacts.addNote(id, u"Second"_s));
        QTRY_COMPARE_WITH_TIMEOUT(ben->view(id).card.notes.size(), 2, Patience);
        const ContactNote note = ben->view(id).card.notes.first();
        QCOMPARE(note.text, u"Allergic to nuts 🥜"_s);
        QCOMPARE(note.authorName, u"Ada"_s);
        // Another agent may not take it away, and is told so; a supervisor may.
        QSignalSpy refused(&ben->contacts, &Contacts::refused);
        await(ben->contacts.removeNote(id, note.id));
        QTRY_COMPARE_WITH_TIMEOUT(refused.size(), 1, Patience);
        QCOMPARE(ben->view(id).card.notes.size(), 2);
        await(sue->contacts.removeNote(id, note.id));
        QTRY_COMPARE_WITH_TIMEOUT(m_ada->view(id).card.notes.size(), 1, Patience);
        QCOMPARE(m_ada->view(id).card.notes.first().text, u"Second"_s);
        // The customer has seen none of it.
        QVERIFY(
            !http("GET", m_world->sandboxUrl(u"/_sandbox/customers/24000000000000001/messages"_s))
                 .body.contains("nuts"));
    }

    void twoFieldsByTwoPeopleBothStay()
    {
        const auto id = firstMessageOf(u"24000000000000001"_s);
        auto ben = join(u"Ben"_s, u"agent"_s);
        QTRY_VERIFY_WITH_TIMEOUT(!ben->desk.thread(id).isEmpty(), Patience);
        await(m_ada->contacts.edit(id, {{ContactField::Custom, u"Phone"_s, u"1"_s}}));
        await(ben->contacts.edit(id, {{ContactField::Custom, u"E-mail"_s, u"a@b.c"_s}}));
        QTRY_COMPARE_WITH_TIMEOUT(m_ada->view(id).card.fields.size(), 2, Patience);
        QTRY_COMPARE_WITH_TIMEOUT(ben->view(id).card.fields.size(), 2, Patience);
    }

    void changesWaitForTheRelay()
    {
        const auto id = firstMessageOf(u"24000000000000001"_s);
        QTRY_VERIFY_WITH_TIMEOUT(m_ada->view(id).card.profile.askedAt > 0, Patience);
        m_world->relay.kill();
        QVERIFY(m_ada->desk.waitFor(ConnectionState::Offline));
        await(m_ada->contacts.addNote(id, u"written on the train"_s));
        await(m_ada->contacts.edit(id, {{ContactField::Custom, u"Seat"_s, u"41"_s}}));
        QCOMPARE(m_ada->view(id).card.notes.size(), 1);
        QVERIFY(m_ada->view(id).isWaiting);
        QVERIFY(m_world->startRelay());
        QTRY_VERIFY_WITH_TIMEOUT(!m_ada->view(id).isWaiting, Patience);
        // The relay's word that it has a change may come before the changed card.
        QTRY_COMPARE_WITH_TIMEOUT(m_ada->view(id).card.notes.size(), 1, Patience);
        QTRY_COMPARE_WITH_TIMEOUT(m_ada->view(id).card.fields.size(), 1, Patience);
        auto ben = join(u"Ben"_s, u"agent"_s);
        QTRY_COMPARE_WITH_TIMEOUT(ben->view(id).card.notes.size(), 1, Patience);
    }

    void mergingCanBeUndoneExactly()
    {
        const ConversationId here{u"70044-24000000000000901"_s};
        const ConversationId there{u"70055-24000000000000902"_s};
        deliverText(u"24000000000000901"_s, u"m_here"_s);
        deliverText(u"24000000000000902"_s, u"m_there"_s, u"70055"_s);
        QTRY_VERIFY_WITH_TIMEOUT(m_ada->view(here).card.profile.askedAt > 0, Patience);
        QTRY_VERIFY_WITH_TIMEOUT(m_ada->view(there).card.profile.askedAt > 0, Patience);
        await(m_ada->contacts.addNote(here, u"note here"_s));
        await(m_ada->contacts.edit(there, {{ContactField::Custom, u"Phone"_s, u"7"_s}}));
        QTRY_VERIFY_WITH_TIMEOUT(
            !m_ada->view(here).isWaiting && !m_ada->view(there).isWaiting, Patience);
        const ContactCard hereBefore = without(m_ada->view(here).card);
        const ContactCard thereBefore = without(m_ada->view(there).card);

        await(m_ada->contacts.merge(here, there));
        QTRY_COMPARE_WITH_TIMEOUT(m_ada->view(here).others.size(), 1, Patience);
        QCOMPARE(m_ada->view(here).others.first().fields.size(), 1);
        QCOMPARE(m_ada->view(there).others.first().id, here);
        QVERIFY(m_ada->view(here).card.personId == m_ada->view(there).card.personId);

        await(m_ada->contacts.unmerge(here));
        QTRY_VERIFY_WITH_TIMEOUT(m_ada->view(here).others.isEmpty(), Patience);
        QTRY_VERIFY_WITH_TIMEOUT(m_ada->view(there).card.personId.isEmpty(), Patience);
        QCOMPARE(without(m_ada->view(here).card), hereBefore);
        QCOMPARE(without(m_ada->view(there).card), thereBefore);
    }

    void twoOfOnePageAreTwoPeople()
    {
        const ConversationId one{u"70044-24000000000000901"_s};
        const ConversationId two{u"70044-24000000000000902"_s};
        deliverText(u"24000000000000901"_s, u"m_one"_s);
        deliverText(u"24000000000000902"_s, u"m_two"_s);
        QTRY_VERIFY_WITH_TIMEOUT(m_ada->desk.conversation(two), Patience);
        QTRY_VERIFY_WITH_TIMEOUT(m_ada->desk.conversation(one), Patience);
        QSignalSpy refused(&m_ada->contacts, &Contacts::refused);
        await(m_ada->contacts.merge(one, two));
        QTRY_COMPARE_WITH_TIMEOUT(refused.size(), 1, Patience);
        QVERIFY(refused.first().at(1).value<Error>().detail.contains(u"different people"_s));
        QVERIFY(m_ada->view(one).card.personId.isEmpty());
    }

    void itIsKnownHowAConversationBegan()
    {
        const QString psid = u"24000000000000950"_s;
        const ConversationId id{u"70044-24000000000000950"_s};
        deliver(psid, u"70044"_s,
            {{u"referral"_s,
                QJsonObject{{u"ref"_s, u"poster"_s}, {u"source"_s, u"SHORTLINK"_s},
                    {u"type"_s, u"OPEN_THREAD"_s}}}},
            Begin);
        deliverText(psid, u"m_began"_s);
        QTRY_VERIFY_WITH_TIMEOUT(m_ada->view(id).card.origin.at == Begin, Patience);
        QCOMPARE(m_ada->view(id).card.origin.referral.ref, u"poster"_s);
        // One that comes later is not how it began.
        deliver(psid, u"70044"_s,
            {{u"referral"_s,
                QJsonObject{{u"ref"_s, u"later"_s}, {u"source"_s, u"SHORTLINK"_s},
                    {u"type"_s, u"OPEN_THREAD"_s}}}},
            Begin + 100'000);
        deliverText(psid, u"m_after"_s, u"70044"_s, Begin + 200'000);
        QTRY_VERIFY_WITH_TIMEOUT(m_ada->desk.conversation(id)
                && m_ada->desk.conversation(id)->lastMessageAt == Begin + 200'000,
            Patience);
        QCOMPARE(m_ada->view(id).card.origin.referral.ref, u"poster"_s);
        const auto plain = firstMessageOf(u"24000000000000001"_s);
        QCOMPARE(m_ada->view(plain).card.origin.at, 0);
    }

    void theLedgerStaysSound()
    {
        const auto id = firstMessageOf(u"24000000000000001"_s);
        await(m_ada->contacts.addNote(id, u"canary-note"_s));
        QTRY_VERIFY_WITH_TIMEOUT(!m_ada->view(id).isWaiting, Patience);
        int code = -1;
        const QByteArray said = m_world->command({u"verify"_s}, &code);
        QVERIFY2(code == 0, said.constData());
        // Neither the log nor the audit chain says what somebody wrote.
        QVERIFY(!m_world->relay.errors().contains("canary-note"));
        QVERIFY(!m_world->command({u"audit"_s}).contains("canary-note"));
    }

private:
    static ContactCard without(ContactCard card)
    {
        card.seq = 0;
        return card;
    }

    template <typename T> void await(T &&task) { QVERIFY(Testing::await(std::forward<T>(task))); }

    std::unique_ptr<Person> join(const QString &name, const QString &role)
    {
        m_profiles.push_back(std::make_unique<QTemporaryDir>());
        auto person = std::make_unique<Person>(m_profiles.back()->path());
        const bool joined = person->desk.start() && person->desk.pair(m_world->invite(name, role))
            && person->desk.waitFor(ConnectionState::Live);
        return joined ? std::move(person) : nullptr;
    }

    ConversationId firstMessageOf(const QString &psid)
    {
        m_world->customerWrites(psid, u"Hello"_s);
        const ConversationId id{u"70044-"_s + psid};
        (void)QTest::qWaitFor([&] { return m_ada->desk.conversation(id).has_value(); }, Patience);
        return id;
    }

    QString nameOf(const ConversationId &id)
    {
        const auto conversation = m_ada->desk.conversation(id);
        return conversation ? conversation->contact.name : QString();
    }

    void deliver(const QString &psid, const QString &page, QJsonObject item, qint64 at)
    {
        item.insert(u"sender"_s, QJsonObject{{u"id"_s, psid}});
        item.insert(u"recipient"_s, QJsonObject{{u"id"_s, page}});
        item.insert(u"timestamp"_s, at);
        const QJsonObject entry{
            {u"id"_s, page}, {u"time"_s, at}, {u"messaging"_s, QJsonArray{item}}};
        const QByteArray body
            = QJsonDocument(QJsonObject{{u"object"_s, u"page"_s}, {u"entry"_s, QJsonArray{entry}}})
                  .toJson(QJsonDocument::Compact);
        QCOMPARE(m_world->deliver(body).status, 200);
    }
    void deliverText(const QString &psid, const QString &mid, const QString &page = u"70044"_s,
        qint64 at = Begin + 1000)
    {
        deliver(psid, page, {{u"message"_s, QJsonObject{{u"mid"_s, mid}, {u"text"_s, u"Hello"_s}}}},
            at);
    }

    std::vector<std::unique_ptr<QTemporaryDir>> m_profiles;
    std::unique_ptr<World> m_world;
    std::unique_ptr<Person> m_ada;
};

QTEST_GUILESS_MAIN(TestContacts)
#include "tst_contacts.moc"
