// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/desk/contacts.h"
#include "models/wire/people.h"
#include "tests/e2e/peopleclient.h"
#include "tests/e2e/testdesk.h"
#include "tests/e2e/wireclient.h"
#include "tests/e2e/world.h"
#include "tests/support/await.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSignalSpy>
#include <QTest>

using namespace Pagedesk;
using namespace Pagedesk::Tests;
using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int Patience = 40'000; // ms

const PageId Bakery{u"70044"_s};
const PageId Bikes{u"70055"_s};
// The sandbox knows that both are Rosa.
const QString RosaHere = u"24000000000000089"_s;
const QString RosaThere = u"24000000000000137"_s;
const ConversationId Here{u"70044-24000000000000089"_s};
const ConversationId There{u"70055-24000000000000137"_s};

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
    qsizetype suggested(const ConversationId &id) { return view(id).suggestions.size(); }

    TestDesk desk;
    Contacts contacts;
};

// An admin who changes settings, and sees what the relay says of the Pages.
struct Admin {
    Admin(const QUrl &relay, const QByteArray &token)
        : client(relay, token)
    {
        QObject::connect(
            &client, &WireClient::changed, &client, [this](const Wire::Changes &changes) {
                for (const Wire::Entity &entity : changes.entities) {
                    if (const auto *page = std::get_if<Page>(&entity))
                        pages.insert(page->id, *page);
                }
            });
        client.want(Bakery.value);
        client.want(Bikes.value);
        client.open();
    }

    QHash<PageId, Page> pages;
    WireClient client;
};

} // namespace

// Meta is asked who is the same person on several Pages, and people decide.
class TestMatching : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_world = std::make_unique<World>();
        m_world->relay.setEnvironment(u"PAGEDESK_APP_ID"_s, u"330011"_s);
        QVERIFY2(m_world->start(), m_world->why().constData());
        m_adminToken = m_world->deviceToken(u"Root"_s, u"admin"_s);
        m_admin = std::make_unique<Admin>(m_world->relayUrl(), m_adminToken);
        m_ada = join(m_world->invite(u"Ada"_s, u"agent"_s));
        QVERIFY(m_ada);
        QTRY_COMPARE_WITH_TIMEOUT(m_admin->pages.size(), 2, Patience);
    }
    void cleanup()
    {
        m_ada.reset();
        m_admin.reset();
        m_world.reset();
        m_profiles.clear();
    }

    // The whole way: suggested to everybody at once, merged by one, parted again as it was.
    void aHumanDecides()
    {
        allow(Bakery);
        allow(Bikes);
        auto ben = join(m_world->invite(u"Ben"_s, u"agent"_s));
        rosaWritesToBoth();
        QTRY_COMPARE_WITH_TIMEOUT(m_ada->suggested(Here), 1, Patience);
        QTRY_COMPARE_WITH_TIMEOUT(m_ada->suggested(There), 1, Patience);
        QTRY_COMPARE_WITH_TIMEOUT(ben->suggested(Here), 1, Patience);
        QCOMPARE(m_ada->view(Here).suggestions.first().other.id, There);
        QCOMPARE(m_ada->view(There).suggestions.first().other.id, Here);
        waitForProfiles();
        QVERIFY(m_ada->view(Here).card.personId.isEmpty()); // nobody has said so yet
        QVERIFY(m_ada->view(Here).others.isEmpty());
        const ContactCard hereBefore = without(m_ada->view(Here).card);
        const ContactCard thereBefore = without(m_ada->view(There).card);

        await(m_ada->contacts.merge(Here, There));
        QCOMPARE(m_ada->suggested(Here), 0); // at once
        QTRY_COMPARE_WITH_TIMEOUT(m_ada->view(There).others.size(), 1, Patience);
        QTRY_COMPARE_WITH_TIMEOUT(ben->view(Here).others.size(), 1, Patience);
        QCOMPARE(m_ada->suggested(Here), 0);
        QTRY_COMPARE_WITH_TIMEOUT(ben->suggested(There), 0, Patience);

        await(m_ada->contacts.unmerge(There));
        QTRY_VERIFY_WITH_TIMEOUT(m_ada->view(Here).others.isEmpty(), Patience);
        QTRY_VERIFY_WITH_TIMEOUT(m_ada->view(There).card.personId.isEmpty(), Patience);
        QCOMPARE(without(m_ada->view(Here).card), hereBefore);
        QCOMPARE(without(m_ada->view(There).card), thereBefore);
        QCOMPARE(m_ada->suggested(Here), 1); // as before too
        sound();
    }

    void whatIsDeclinedIsNotSuggestedAgain()
    {
        allow(Bakery);
        allow(Bikes);
        rosaWritesToBoth();
        QTRY_COMPARE_WITH_TIMEOUT(m_ada->suggested(Here), 1, Patience);
        QTRY_COMPARE_WITH_TIMEOUT(m_ada->suggested(There), 1, Patience);
        const QString id = m_ada->view(Here).suggestions.first().id;
        await(m_ada->contacts.declineSuggestion(Here, id));
        QCOMPARE(m_ada->suggested(Here), 0); // at once
        QTRY_COMPARE_WITH_TIMEOUT(m_ada->suggested(There), 0, Patience);
        QTRY_VERIFY_WITH_TIMEOUT(!m_ada->view(Here).isWaiting, Patience);
        QVERIFY(m_ada->view(Here).card.suggestions.isEmpty());

        // Meta says the same again, also to a relay that has been started anew.
        m_world->relay.kill();
        QVERIFY(m_world->startRelay());
        for (const ConversationId &one : {Here, There}) {
            const qsizetype asked = calls().size();
            await(m_ada->contacts.refresh(one));
            QTRY_VERIFY_WITH_TIMEOUT(calls().size() > asked, Patience);
        }
        QTRY_VERIFY_WITH_TIMEOUT(noJobWaits(), Patience);
        QVERIFY(m_ada->view(Here).card.suggestions.isEmpty());
        QVERIFY(m_ada->view(There).card.suggestions.isEmpty());
        sound();
    }

    void nothingIsAskedUnlessBothPagesAllowIt_data()
    {
        QTest::addColumn<bool>("here");
        QTest::addColumn<bool>("there");
        QTest::addColumn<bool>("merging");
        QTest::newRow("as it is at first") << false << false << true;
        QTest::newRow("one Page alone") << true << false << true;
        QTest::newRow("merging is off at the other") << true << true << false;
    }
    void nothingIsAskedUnlessBothPagesAllowIt()
    {
        QFETCH(const bool, here);
        QFETCH(const bool, there);
        QFETCH(const bool, merging);
        if (here)
            allow(Bakery);
        if (there)
            allow(Bikes, true, merging);
        rosaWritesToBoth();
        waitForProfiles();
        QTRY_VERIFY_WITH_TIMEOUT(noJobWaits(), Patience);
        QCOMPARE(calls(), QStringList());
        QVERIFY(m_ada->view(Here).card.suggestions.isEmpty());
    }

    // A refusal that is about all of them is asked for once, and said to admins.
    void aRefusalIsRemembered()
    {
        allow(Bakery);
        allow(Bikes);
        m_world->fault({{u"target"_s, u"graph"_s}, {u"fault"_s, u"error"_s},
            {u"edge"_s, u"ids_for_pages"_s}, {u"code"_s, 10}, {u"count"_s, -1}});
        writes(RosaHere, Bakery);
        QTRY_VERIFY_WITH_TIMEOUT(care(Bakery).matchRefusedAt > 0, Patience);
        QVERIFY(care(Bakery).matchProblem.contains(u"10"_s));
        writes(u"24000000000000017"_s, Bakery);
        const ConversationId amina{u"70044-24000000000000017"_s};
        QTRY_VERIFY_WITH_TIMEOUT(m_ada->view(amina).card.profile.askedAt > 0, Patience);
        QTRY_VERIFY_WITH_TIMEOUT(noJobWaits(), Patience);
        QCOMPARE(calls(), QStringList{RosaHere + u"/ids_for_pages"_s});
        QVERIFY(m_world->command({u"jobs"_s, u"--parked"_s}).trimmed().isEmpty());
        // The admin wants it anew.
        http("DELETE", m_world->sandboxUrl(u"/_sandbox/faults"_s));
        allow(Bakery, false);
        allow(Bakery);
        QTRY_COMPARE_WITH_TIMEOUT(care(Bakery).matchRefusedAt, 0, Patience);
        writes(RosaThere, Bikes);
        QTRY_COMPARE_WITH_TIMEOUT(m_ada->suggested(Here), 1, Patience);
    }

    // Nothing would ever be asked, and nobody would know why.
    void aRelayThatDoesNotKnowItsAppSaysSo()
    {
        m_world->relay.kill();
        m_world->relay.setEnvironment(u"PAGEDESK_APP_ID"_s, QString());
        QVERIFY(m_world->startRelay());
        allow(Bakery);
        allow(Bikes);
        writes(RosaHere, Bakery);
        QTRY_VERIFY_WITH_TIMEOUT(care(Bakery).matchProblem.contains(u"its app's id"_s), Patience);
        QCOMPARE(calls(), QStringList());
    }

    // Trouble of Meta's is no refusal: the job waits, also for another start of the relay.
    void troublePasses()
    {
        allow(Bakery);
        allow(Bikes);
        m_world->fault(
            {{u"target"_s, u"graph"_s}, {u"fault"_s, u"error"_s}, {u"edge"_s, u"ids_for_pages"_s},
                {u"code"_s, 2}, {u"httpStatus"_s, 500}, {u"count"_s, -1}});
        rosaWritesToBoth();
        QTRY_VERIFY_WITH_TIMEOUT(
            calls().contains(RosaThere + u"/ids_for_pages"_s) && calls().size() >= 2, Patience);
        m_world->relay.kill();
        http("DELETE", m_world->sandboxUrl(u"/_sandbox/faults"_s));
        QVERIFY(m_world->startRelay());
        QTRY_COMPARE_WITH_TIMEOUT(m_ada->suggested(Here), 1, Patience);
        QCOMPARE(care(Bakery).matchRefusedAt, 0);
    }

    void aSuggestionOutlivesTheDesktop()
    {
        allow(Bakery);
        allow(Bikes);
        rosaWritesToBoth();
        QTRY_COMPARE_WITH_TIMEOUT(m_ada->suggested(Here), 1, Patience);
        QTRY_COMPARE_WITH_TIMEOUT(m_ada->suggested(There), 1, Patience);
        const QString profile = m_profiles.back()->path();
        m_ada.reset();
        m_world->relay.kill(); // so that only the replica can know
        m_ada = std::make_unique<Person>(profile);
        QVERIFY(m_ada->desk.start());
        QCOMPARE(m_ada->suggested(Here), 1);
        QCOMPARE(m_ada->suggested(There), 1);
    }

    // Whoever may not see the other Page learns nothing of who writes there.
    void anAgentOfOnePageSeesNobodyElse()
    {
        allow(Bakery);
        allow(Bikes);
        const PeopleClient admin(m_world->relayUrl(), m_adminToken);
        const Wire::InvitePerson limited{u"Lena"_s, Role::Agent, {false, {Bikes}}, {}};
        const auto invited
            = Wire::decodeInvitation(admin.post(u"invite"_s, Wire::encode(limited)).body);
        QVERIFY(invited);
        auto lena = join(QString::fromUtf8(invited->link.reveal()));
        QVERIFY(lena);
        rosaWritesToBoth();
        QTRY_COMPARE_WITH_TIMEOUT(m_ada->suggested(There), 1, Patience);
        QTRY_COMPARE_WITH_TIMEOUT(lena->view(There).card.suggestions.size(), 1, Patience);
        QCOMPARE(lena->suggested(There), 0);
        QVERIFY(!lena->desk.conversation(Here));
        // What the relay said holds neither the person nor the Page.
        const QString id = lena->view(There).card.suggestions.first();
        QVERIFY(!id.contains(RosaHere) && !id.contains(Bakery.value));
        // Nor may they decide about it, which ends as if it were not there.
        QSignalSpy refused(&lena->contacts, &Contacts::refused);
        await(lena->contacts.declineSuggestion(There, id));
        QTRY_COMPARE_WITH_TIMEOUT(refused.size(), 1, Patience);
        QCOMPARE(refused.first().at(1).value<Error>().kind, Error::Kind::NotFound);
        QCOMPARE(m_ada->suggested(There), 1);
        QCOMPARE(lena->view(There).card.suggestions, QStringList{id});
    }

    // A business with more Pages than one answer holds; ours stands in the second.
    void longAnswersAreReadToTheEnd()
    {
        constexpr int Others = 101;
        for (int i = 0; i < Others; ++i) {
            const QString page = QString::number(10'000 + i);
            const QString psid = QString::number(88'000'000 + i);
            post(u"pages"_s, {{u"pageId"_s, page}});
            writes(psid, {page});
            post(u"customers/%1/same"_s.arg(psid), {{u"psid"_s, RosaHere}});
        }
        writes(RosaThere, Bikes);
        QTRY_VERIFY_WITH_TIMEOUT(m_ada->desk.conversation(There), Patience);
        allow(Bakery);
        allow(Bikes);
        writes(RosaHere, Bakery);
        QTRY_COMPARE_WITH_TIMEOUT(m_ada->suggested(Here), 1, Patience);
        QCOMPARE(calls().size(), 2);
    }

private:
    static ContactCard without(ContactCard card)
    {
        card.seq = 0;
        return card;
    }

    template <typename T> void await(T &&task) { QVERIFY(Testing::await(std::forward<T>(task))); }

    std::unique_ptr<Person> join(const QString &link)
    {
        m_profiles.push_back(std::make_unique<QTemporaryDir>());
        auto person = std::make_unique<Person>(m_profiles.back()->path());
        const bool joined = person->desk.start() && person->desk.pair(link)
            && person->desk.waitFor(ConnectionState::Live);
        return joined ? std::move(person) : nullptr;
    }

    PageCare care(const PageId &page) const { return m_admin->pages.value(page).health.care; }

    // Everything else as it is at first.
    void allow(const PageId &page, bool matching = true, bool merging = true)
    {
        PageSettings settings;
        settings.matchPeople = matching;
        settings.mergePeople = merging;
        m_admin->client.send({{newUuid(QDateTime::currentMSecsSinceEpoch())},
            Wire::SetPageSettings{page, settings, {}}});
        QTRY_VERIFY_WITH_TIMEOUT(m_admin->pages.value(page).settings == settings, Patience);
    }

    HttpResult post(const QString &route, const QJsonObject &body)
    {
        const HttpResult answer = http("POST", m_world->sandboxUrl(u"/_sandbox/"_s + route),
            QJsonDocument(body).toJson(QJsonDocument::Compact));
        if (answer.status != 200)
            qWarning() << route << answer.status << answer.body;
        return answer;
    }

    void writes(const QString &psid, const PageId &page)
    {
        post(u"customers/%1/messages"_s.arg(psid),
            {{u"pageId"_s, page.value}, {u"text"_s, u"Hello"_s}});
    }
    void rosaWritesToBoth()
    {
        writes(RosaHere, Bakery);
        writes(RosaThere, Bikes);
    }
    void waitForProfiles()
    {
        QTRY_VERIFY_WITH_TIMEOUT(m_ada->view(Here).card.profile.askedAt > 0, Patience);
        QTRY_VERIFY_WITH_TIMEOUT(m_ada->view(There).card.profile.askedAt > 0, Patience);
    }

    // What Meta was asked about who is who.
    QStringList calls()
    {
        QStringList paths;
        const auto log = http("GET", m_world->sandboxUrl(u"/_sandbox/calls"_s)).json();
        for (const QJsonValue &call : log.value(u"calls"_s).toArray()) {
            const QString path = call.toObject().value(u"path"_s).toString();
            if (path.endsWith(u"ids_for_pages"_s))
                paths.append(path);
        }
        return paths;
    }
    bool noJobWaits()
    {
        const QList<QJsonObject> jobs = m_world->lines({u"jobs"_s});
        return std::none_of(jobs.begin(), jobs.end(), [](const QJsonObject &job) {
            const QString kind = job.value(u"kind"_s).toString();
            return kind == u"match"_s || kind == u"profile"_s;
        });
    }
    void sound()
    {
        int code = -1;
        const QByteArray said = m_world->command({u"verify"_s}, &code);
        QVERIFY2(code == 0, said.constData());
    }

    std::vector<std::unique_ptr<QTemporaryDir>> m_profiles;
    std::unique_ptr<World> m_world;
    std::unique_ptr<Admin> m_admin;
    std::unique_ptr<Person> m_ada;
    QByteArray m_adminToken;
};

QTEST_GUILESS_MAIN(TestMatching)
#include "tst_matching.moc"
