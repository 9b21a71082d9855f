// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/base/ids.h"
#include "models/wire/connecting.h"
#include "models/wire/pageprofiles.h"
#include "tests/e2e/wireclient.h"
#include "tests/e2e/world.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace Pagedesk;
using namespace Pagedesk::Tests;
using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int Patience = 40'000; // ms

// A desktop that knows the Page as the relay tells it.
struct Desktop {
    Desktop(const QUrl &relay, const QByteArray &token)
        : client(relay, token)
    {
        QObject::connect(
            &client, &WireClient::changed, &client, [this](const Wire::Changes &changes) {
                for (const Wire::Entity &entity : changes.entities) {
                    if (const auto *seen = std::get_if<Page>(&entity))
                        pages.insert(seen->id, *seen);
                    else if (const auto *message = std::get_if<Message>(&entity))
                        messages.insert(message->id, *message);
                }
            });
        QObject::connect(&client, &WireClient::answered, &client,
            [this](const Wire::CommandResult &result) { results.insert(result.id, result); });
        client.want(QString::fromLatin1(World::PageId));
        client.open();
    }

    CommandId give(const Wire::CommandBody &body)
    {
        const CommandId id{newUuid(QDateTime::currentMSecsSinceEpoch())};
        client.send({id, body});
        return id;
    }
    Page page() const { return pages.value({QString::fromLatin1(World::PageId)}); }
    bool hasText(const QString &text) const
    {
        return std::any_of(messages.cbegin(), messages.cend(),
            [&text](const Message &message) { return message.text == text; });
    }

    QHash<PageId, Page> pages;
    QHash<MessageId, Message> messages;
    QHash<CommandId, Wire::CommandResult> results;
    WireClient client;
};

MessengerProfile sampleProfile()
{
    MessengerProfile profile;
    profile.greetings = {{u"default"_s, u"Hi {{user_first_name}}, what can we bake for you?"_s},
        {u"de_DE"_s, u"Hallo {{user_first_name}}!"_s}};
    profile.getStarted = u"GET_STARTED"_s;
    profile.iceBreakers
        = {{u"default"_s, {{u"When are you open?"_s, u"HOURS"_s}, {u"أين أنتم؟"_s, u"WHERE"_s}}}};
    profile.menus = {{u"default"_s, false,
        {{u"postback"_s, u"Talk to us"_s, u"HUMAN"_s, {}, {}},
            {u"web_url"_s, u"Our shop"_s, {}, u"https://bakery.example/shop"_s,
                {{u"webview_height_ratio"_s, u"full"_s}}}}}};
    return profile;
}

} // namespace

// What admins set for one Page, through the real relay, at the sandbox.
class TestSettingsRoad : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_world = std::make_unique<World>();
        m_world->relay.setEnvironment(u"PAGEDESK_APP_ID"_s, u"330011"_s);
        QVERIFY2(m_world->start(), m_world->why().constData());
        m_token = m_world->deviceToken(u"Ada"_s, u"admin"_s);
        m_admin = std::make_unique<Desktop>(m_world->relayUrl(), m_token);
        QTRY_VERIFY_WITH_TIMEOUT(!m_admin->page().id.isEmpty(), Patience);
    }
    void cleanup()
    {
        m_admin.reset();
        m_world.reset();
    }

    void anotherDesktopSeesItAtOnce()
    {
        Desktop other(m_world->relayUrl(), m_world->deviceToken(u"Grace"_s));
        PageSettings settings;
        settings.nickname = u"مخبز 🌸"_s;
        settings.partPauseMs = 1500;
        settings.mergePeople = false;
        QVERIFY(set(settings, pageColour(3)).isEmpty());
        QTRY_VERIFY_WITH_TIMEOUT(other.page().settings == settings, Patience);
        QCOMPARE(other.page().colour, pageColour(3));
        QCOMPARE(other.page().name, u"Bloom Bakery"_s);
        QCOMPARE(other.page().shownName(), u"مخبز 🌸"_s);
        // It is there after a restart, and connecting the Page again keeps it.
        m_world->relay.kill();
        QVERIFY(m_world->startRelay());
        Desktop later(m_world->relayUrl(), m_token);
        QTRY_VERIFY_WITH_TIMEOUT(later.page().settings == settings, Patience);
        int code = -1;
        m_world->command({u"verify"_s}, &code);
        QCOMPARE(code, 0);
    }

    void onlyAdminsMay()
    {
        for (const QString &role : {u"agent"_s, u"supervisor"_s}) {
            const QByteArray token = m_world->deviceToken(u"Grace"_s, role);
            Desktop other(m_world->relayUrl(), token);
            PageSettings settings;
            settings.receive = false;
            const CommandId id = other.give(Wire::SetPageSettings{page(), settings, pageColour(5)});
            QTRY_VERIFY_WITH_TIMEOUT(other.results.contains(id), Patience);
            QCOMPARE(other.results.value(id).error->kind, Error::Kind::Forbidden);
            QCOMPARE(ask("GET", u"profile?page=70044"_s, {}, token).status, 403);
            QCOMPARE(ask("POST", u"profile"_s, "{}", token).status, 403);
            QCOMPARE(ask("GET", u"nothing"_s, {}, token).status, 404);
        }
        for (const QByteArray &token : {QByteArray(), QByteArray("wrong")}) {
            QCOMPARE(ask("GET", u"profile?page=70044"_s, {}, token).status, 401);
            QCOMPARE(ask("POST", u"profile"_s, "{}", token).status, 401);
        }
        QVERIFY(m_admin->page().settings == PageSettings());
        QVERIFY(isSubscribed());
    }

    void whatCannotBeKeptIsRefusedInWords()
    {
        PageSettings settings;
        settings.nickname = u"x"_s.repeated(61);
        QVERIFY(set(settings).contains(u"at most 60"_s));
        settings.nickname = u"two\nlines"_s;
        QVERIFY(set(settings).contains(u"line break"_s));
        settings.nickname.clear();
        settings.partPauseMs = 10'001;
        QVERIFY(set(settings).contains(u"milliseconds"_s));
        settings.partPauseMs = 0;
        QVERIFY(set(settings, u"#ffffff"_s).contains(u"colour"_s));
        QVERIFY(set(settings, u"red; }"_s).contains(u"colour"_s));
        const CommandId id = m_admin->give(Wire::SetPageSettings{{u"4711"_s}, {}, {}});
        QTRY_VERIFY_WITH_TIMEOUT(m_admin->results.contains(id), Patience);
        QCOMPARE(m_admin->results.value(id).error->kind, Error::Kind::NotFound);
        QVERIFY(m_admin->page().settings == PageSettings());
    }

    void aPageThatDoesNotReceiveIsLeftOff()
    {
        QTRY_VERIFY_WITH_TIMEOUT(m_admin->page().health.history == HistoryState::Done, Patience);
        PageSettings off;
        off.receive = false;
        QVERIFY(set(off).isEmpty());
        QTRY_VERIFY_WITH_TIMEOUT(!isSubscribed(), Patience);
        const int ordered = callsOf(u"POST"_s, u"70044/subscribed_apps"_s);
        QTRY_VERIFY_WITH_TIMEOUT(!m_admin->page().health.subscribed, Patience);
        QVERIFY(m_admin->page().health.subscriptionProblem.isEmpty());
        m_world->customerWrites(u"6041"_s, u"Is anybody there?"_s);
        // What arrives all the same is kept and shown.
        QCOMPARE(m_world
                     ->deliver(World::textEvent(u"6042"_s, u"m_late"_s, u"I was on my way"_s,
                         QDateTime::currentMSecsSinceEpoch()))
                     .status,
            200);
        QTRY_VERIFY_WITH_TIMEOUT(m_admin->hasText(u"I was on my way"_s), Patience);
        // A restart, after which everything is looked at, leaves it off.
        m_world->relay.kill();
        QVERIFY(m_world->startRelay());
        const auto asked = [this] { return callsOf(u"DELETE"_s, u"70044/subscribed_apps"_s); };
        QTRY_VERIFY_WITH_TIMEOUT(asked() >= 2, Patience);
        QVERIFY(!isSubscribed());
        QVERIFY(!m_admin->hasText(u"Is anybody there?"_s));
        QCOMPARE(callsOf(u"POST"_s, u"70044/subscribed_apps"_s), ordered);
        // On again: Meta delivers at once, and what was missed is looked for.
        QVERIFY(set({}).isEmpty());
        QTRY_VERIFY_WITH_TIMEOUT(isSubscribed(), Patience);
        QTRY_VERIFY_WITH_TIMEOUT(m_admin->hasText(u"Is anybody there?"_s), Patience);
        m_world->customerWrites(u"6041"_s, u"Hello again"_s);
        QTRY_VERIFY_WITH_TIMEOUT(m_admin->hasText(u"Hello again"_s), Patience);
        QTRY_VERIFY_WITH_TIMEOUT(m_admin->page().health.subscribed, Patience);
    }

    void profilesAreNotAskedForWhenTheyAreNotWanted()
    {
        PageSettings off;
        off.requestProfiles = false;
        QVERIFY(set(off).isEmpty());
        m_world->customerWrites(u"9001"_s, u"Who am I?"_s);
        QTRY_VERIFY_WITH_TIMEOUT(m_admin->hasText(u"Who am I?"_s), Patience);
        // A later job of the other Page is done, so this one's was.
        control(
            u"customers/9002/messages"_s, {{u"pageId"_s, u"70055"_s}, {u"text"_s, u"And me?"_s}});
        QTRY_VERIFY_WITH_TIMEOUT(callsOf(u"GET"_s, u"9002"_s, u"70055"_s) > 0, Patience);
        QCOMPARE(callsOf(u"GET"_s, u"9001"_s), 0);
        // On again: whoever was passed by is asked about when they write.
        QVERIFY(set({}).isEmpty());
        m_world->customerWrites(u"9001"_s, u"And now?"_s);
        QTRY_VERIFY_WITH_TIMEOUT(callsOf(u"GET"_s, u"9001"_s) > 0, Patience);
    }

    void oldProfilesAreAskedForAgainUnlessNobodyWantsIt()
    {
        m_world->customerWrites(u"9001"_s, u"first"_s);
        QTRY_COMPARE_WITH_TIMEOUT(callsOf(u"GET"_s, u"9001"_s), 1, Patience);
        PageSettings off;
        off.updateProfiles = false;
        QVERIFY(set(off).isEmpty());
        const qint64 days = 24LL * 3'600'000;
        control(u"clock"_s, {{u"advanceMs"_s, 31 * days}});
        m_world->customerWrites(u"9001"_s, u"a month later"_s);
        QTRY_VERIFY_WITH_TIMEOUT(m_admin->hasText(u"a month later"_s), Patience);
        QCOMPARE(callsOf(u"GET"_s, u"9001"_s), 1);
        QVERIFY(set({}).isEmpty());
        m_world->customerWrites(u"9001"_s, u"and once more"_s);
        QTRY_COMPARE_WITH_TIMEOUT(callsOf(u"GET"_s, u"9001"_s), 2, Patience);
        // It is new now.
        m_world->customerWrites(u"9001"_s, u"soon after"_s);
        QTRY_VERIFY_WITH_TIMEOUT(m_admin->hasText(u"soon after"_s), Patience);
        QCOMPARE(callsOf(u"GET"_s, u"9001"_s), 2);
    }

    void partsLeaveWithAPause_data()
    {
        QTest::addColumn<bool>("typing");
        QTest::addColumn<bool>("failing"); // the calls that show it
        QTest::addColumn<bool>("restart");
        QTest::newRow("with a typing indicator") << true << false << false;
        QTest::newRow("without") << false << false << false;
        QTest::newRow("with one that fails") << true << true << false;
        QTest::newRow("over a restart") << true << false << true;
    }
    void partsLeaveWithAPause()
    {
        QFETCH(const bool, typing);
        QFETCH(const bool, failing);
        QFETCH(const bool, restart);
        constexpr int PauseMs = 2500;
        PageSettings settings;
        settings.partPauseMs = PauseMs;
        settings.typingIndicators = typing;
        QVERIFY(set(settings).isEmpty());
        if (failing) {
            m_world->fault({{u"target"_s, u"graph"_s}, {u"edge"_s, u"sender_action"_s},
                {u"fault"_s, u"error"_s}, {u"code"_s, 2}, {u"count"_s, 10}});
        }
        for (const QString &psid : {u"6041"_s, u"6042"_s})
            m_world->customerWrites(psid, u"Hello"_s);
        QTRY_VERIFY_WITH_TIMEOUT(m_admin->messages.size() >= 2, Patience);
        for (int part = 0; part < 3; ++part)
            reply(u"6041"_s, u"part %1"_s.arg(part), u"group"_s, part);
        QTRY_VERIFY_WITH_TIMEOUT(!received(u"6041"_s).isEmpty(), Patience);
        reply(u"6042"_s, u"Meanwhile"_s);
        if (restart) {
            m_world->relay.kill();
            QVERIFY(m_world->startRelay());
        }
        QTRY_COMPARE_WITH_TIMEOUT(received(u"6041"_s).size(), 3, Patience);
        const auto parts = received(u"6041"_s);
        for (int part = 0; part < 3; ++part) {
            QCOMPARE(parts.at(part).value(u"text"_s).toString(), u"part %1"_s.arg(part));
            if (part > 0) {
                const qint64 pause = parts.at(part).value(u"at"_s).toInteger()
                    - parts.at(part - 1).value(u"at"_s).toInteger();
                QVERIFY2(pause >= PauseMs - 50, qPrintable(QString::number(pause)));
            }
        }
        QTRY_COMPARE_WITH_TIMEOUT(received(u"6042"_s).size(), 1, Patience);
        if (!restart) {
            QVERIFY2(received(u"6042"_s).first().value(u"at"_s).toInteger()
                    < parts.at(1).value(u"at"_s).toInteger() + PauseMs,
                "another conversation was held up");
        }
        // One before each part but the first; it is no message anywhere.
        const qsizetype shown = typingAt(u"6041"_s).size();
        if (restart)
            QVERIFY(shown == 1 || shown == 2); // the first may not have left before the end
        else
            QCOMPARE(shown, typing && !failing ? 2 : 0);
        for (const QJsonValue &each : typingAt(u"6041"_s)) {
            const qint64 at = each[u"at"_s].toInteger();
            QVERIFY(at >= parts.at(0).value(u"at"_s).toInteger());
            QVERIFY(at < parts.at(2).value(u"at"_s).toInteger());
        }
        QCOMPARE(typingAt(u"6042"_s).size(), 0);
    }

    void noPauseIsNoPause()
    {
        PageSettings settings;
        settings.partPauseMs = 0;
        QVERIFY(set(settings).isEmpty());
        m_world->customerWrites(u"6041"_s, u"Hello"_s);
        QTRY_VERIFY_WITH_TIMEOUT(m_admin->messages.size() >= 1, Patience);
        for (int part = 0; part < 3; ++part)
            reply(u"6041"_s, u"part %1"_s.arg(part), u"group"_s, part);
        QTRY_COMPARE_WITH_TIMEOUT(received(u"6041"_s).size(), 3, Patience);
        QCOMPARE(typingAt(u"6041"_s).size(), 0);
    }

    void theMessengerProfileReachesTheCustomer()
    {
        QVERIFY(shown() == MessengerProfile());
        const MessengerProfile wanted = sampleProfile();
        const auto applied = apply({}, wanted);
        QCOMPARE(applied.status, 200);
        QVERIFY(Wire::decodeShownProfile(applied.body)->profile == wanted);
        QVERIFY(shown() == wanted);
        m_world->customerWrites(u"9001"_s, u"Hello"_s);
        const auto seen = customerSees(u"9001"_s);
        const QString greeting = seen.value(u"greeting"_s).toString();
        QVERIFY2(greeting.startsWith(u'H') && !greeting.contains(u'{'), qPrintable(greeting));
        QCOMPARE(seen.value(u"menu"_s).toArray().size(), 2);
        // Only what differs is sent, and what was emptied is taken away.
        MessengerProfile less = wanted;
        less.greetings[0].text = u"Hello!"_s;
        less.menus.clear();
        less.getStarted.clear();
        const int posts = callsOf(u"POST"_s, u"me/messenger_profile"_s);
        QCOMPARE(apply(wanted, less).status, 200);
        QCOMPARE(callsOf(u"POST"_s, u"me/messenger_profile"_s), posts + 1);
        QCOMPARE(callsOf(u"DELETE"_s, u"me/messenger_profile"_s), 1);
        QVERIFY(shown() == less);
        // Nothing differs: nothing is sent.
        QCOMPARE(apply(less, less).status, 200);
        QCOMPARE(callsOf(u"POST"_s, u"me/messenger_profile"_s), posts + 1);
    }

    void aProfileThatSomebodyElseChangedIsNotOverwritten()
    {
        QCOMPARE(apply({}, sampleProfile()).status, 200);
        MessengerProfile other;
        other.greetings = {{u"default"_s, u"Mine"_s}};
        const auto answer = apply({}, other);
        QCOMPARE(answer.status, 409);
        QVERIFY(Wire::decodeError(answer.body).detail.contains(u"Somebody else"_s));
        QVERIFY(shown() == sampleProfile());
    }

    void whatMetaWouldNotTakeIsSaidBefore_data()
    {
        QTest::addColumn<MessengerProfile>("profile");
        QTest::addColumn<QString>("words");
        const auto row = [](const char *name, const QString &words, auto change) {
            MessengerProfile profile = sampleProfile();
            change(profile);
            QTest::newRow(name) << profile << words;
        };
        row("greeting too long", u"Facebook takes 160"_s,
            [](auto &p) { p.greetings[0].text = u"x"_s.repeated(161); });
        row("unknown placeholder", u"{{user_name}}"_s,
            [](auto &p) { p.greetings[0].text = u"Hi {{user_name}}"_s; });
        row("five questions", u"Facebook shows 4"_s, [](auto &p) {
            p.iceBreakers[0].questions = QList<IceBreaker>(5, {u"Why?"_s, u"WHY"_s});
        });
        row("payload too long", u"Facebook takes 1000"_s,
            [](auto &p) { p.iceBreakers[0].questions[0].payload = u"x"_s.repeated(1001); });
        row("menu without the button", u"Get started"_s, [](auto &p) { p.getStarted.clear(); });
        row("title too long", u"Facebook takes 30"_s,
            [](auto &p) { p.menus[0].items[0].title = u"x"_s.repeated(31); });
        row("21 entries", u"Facebook takes 20"_s, [](auto &p) {
            p.menus[0].items = QList<MenuItem>(21, {u"postback"_s, u"Talk"_s, u"HUMAN"_s, {}, {}});
        });
        row("no address", u"web address"_s,
            [](auto &p) { p.menus[0].items[1].url = u"javascript:alert(1)"_s; });
        row("no default language", u"all other"_s, [](auto &p) { p.greetings.removeFirst(); });
    }
    void whatMetaWouldNotTakeIsSaidBefore()
    {
        QFETCH(const MessengerProfile, profile);
        QFETCH(const QString, words);
        const auto answer = apply({}, profile);
        QCOMPARE(answer.status, 400);
        const QString said = Wire::decodeError(answer.body).detail;
        QVERIFY2(said.contains(words), qPrintable(said));
        QCOMPARE(callsOf(u"POST"_s, u"me/messenger_profile"_s), 0);
    }

    void whatMetaRefusesIsSaidInWords_data()
    {
        QTest::addColumn<int>("code");
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("words");
        QTest::newRow("too many calls") << 613 << 503 << u"ten minutes"_s;
        QTest::newRow("dead token") << 190 << 400 << u"Connect the Page again"_s;
        QTest::newRow("no permission") << 200 << 400 << u"pages_messaging"_s;
        QTest::newRow("something new") << 100 << 400 << u"code 100"_s;
    }
    void whatMetaRefusesIsSaidInWords()
    {
        QFETCH(const int, code);
        QFETCH(const int, status);
        QFETCH(const QString, words);
        m_world->fault({{u"target"_s, u"graph"_s}, {u"edge"_s, u"messenger_profile"_s},
            {u"fault"_s, u"error"_s}, {u"code"_s, code}});
        const auto answer = ask("GET", u"profile?page=70044"_s);
        QCOMPARE(answer.status, status);
        const QString said = Wire::decodeError(answer.body).detail;
        QVERIFY2(said.contains(words), qPrintable(said));
    }

    // Its limit is one of its own: replies go on.
    void theLimitOfTheProfileDoesNotStopReplies()
    {
        HttpResult last;
        for (int i = 0; i < 11; ++i)
            last = ask("GET", u"profile?page=70044"_s);
        QCOMPARE(last.status, 503);
        m_world->customerWrites(u"6041"_s, u"Hello"_s);
        QTRY_VERIFY_WITH_TIMEOUT(m_admin->hasText(u"Hello"_s), Patience);
        reply(u"6041"_s, u"Here we are"_s);
        QTRY_COMPARE_WITH_TIMEOUT(received(u"6041"_s).size(), 1, 20'000);
    }

    void hostileQuestionsChangeNothing()
    {
        const QList<QByteArray> bodies{"", "null", "[]", "{", R"({"pageId":"70044"})",
            R"({"pageId":"70044","wanted":{}})", R"({"pageId":7,"seen":{},"wanted":{}})",
            R"({"pageId":"70044","seen":{},"wanted":{"greeting":"x"}})",
            R"({"pageId":"70044","seen":{},"wanted":{"greeting":[1]}})",
            R"({"pageId":"70044","seen":{},"wanted":{"get_started":{"payload":{}}}})",
            R"({"pageId":"70044","seen":{},"wanted":{"persistent_menu":[{"locale":"default"}]}})",
            QByteArray(R"({"pageId":"LONG","seen":{},"wanted":{}})")
                .replace("LONG", QByteArray(300, 'x')),
            QByteArray(100'000, '['), QByteArray(300'000, 'x')};
        for (const QByteArray &body : bodies) {
            const int status = ask("POST", u"profile"_s, body).status;
            const QByteArray said = body.left(80) + QByteArray::number(status);
            QVERIFY2(status == 400 || status == 413, said.constData());
        }
        QCOMPARE(
            ask("POST", u"profile"_s, R"({"pageId":"4711","seen":{},"wanted":{}})").status, 404);
        for (const QString &route : {u"profile"_s, u"profile?page="_s, u"profile?page=../70044"_s,
                 u"profile?page=4711"_s, u"../connect/logins/x"_s})
            QVERIFY(ask("GET", route).status >= 400);
        QCOMPARE(ask("GET", u"nothing"_s).status, 404);
        QCOMPARE(callsOf(u"POST"_s, u"me/messenger_profile"_s), 0);
    }

private:
    static PageId page() { return {QString::fromLatin1(World::PageId)}; }

    // What the relay says against it; empty: it is done.
    QString set(const PageSettings &settings, const QString &colour = {})
    {
        const CommandId id = m_admin->give(Wire::SetPageSettings{page(), settings, colour});
        if (!QTest::qWaitFor([&] { return m_admin->results.contains(id); }, Patience))
            return u"no answer"_s;
        const auto error = m_admin->results.value(id).error;
        return error ? error->detail : QString();
    }
    void reply(const QString &psid, const QString &text, const QString &group = {}, int part = 0)
    {
        const qint64 now = QDateTime::currentMSecsSinceEpoch();
        Wire::SendReply reply{{newUuid(now)}, conversationId(page(), {psid}), text, now, 0};
        reply.group = group;
        reply.part = part;
        m_admin->give(reply);
    }
    HttpResult ask(const QByteArray &method, const QString &route, const QByteArray &body = {})
    {
        return ask(method, route, body, m_token);
    }
    HttpResult ask(const QByteArray &method, const QString &route, const QByteArray &body,
        const QByteArray &token)
    {
        return http(method, QUrl(m_world->relayUrl(u"/pages/"_s).toString() + route), body,
            {{"Authorization", "Bearer " + token}});
    }
    HttpResult apply(const MessengerProfile &seen, const MessengerProfile &wanted)
    {
        return ask("POST", u"profile"_s, Wire::encode(Wire::ApplyProfile{page(), seen, wanted}));
    }
    MessengerProfile shown()
    {
        const auto read = Wire::decodeShownProfile(ask("GET", u"profile?page=70044"_s).body);
        return read ? read->profile : MessengerProfile{{{u"unreadable"_s, {}}}, {}, {}, {}};
    }
    void control(const QString &route, const QJsonObject &body)
    {
        QCOMPARE(http("POST", QUrl(m_world->sandboxUrl(u"/_sandbox/"_s).toString() + route),
                     QJsonDocument(body).toJson())
                     .status,
            200);
    }
    QJsonObject look(const QString &route)
    {
        return http("GET", QUrl(m_world->sandboxUrl(u"/_sandbox/"_s).toString() + route)).json();
    }
    int callsOf(const QString &method, const QString &path, const QString &pageId = u"70044"_s)
    {
        int found = 0;
        for (const QJsonValue &call : look(u"calls?pageId="_s + pageId).value(u"calls"_s).toArray())
            found += call[u"method"_s] == method && call[u"path"_s] == path ? 1 : 0;
        return found;
    }
    bool isSubscribed()
    {
        const auto answer = http("GET", m_world->sandboxUrl(u"/v26.0/70044/subscribed_apps"_s), {},
            {{"Authorization", "Bearer sandbox-page-token-70044"}});
        return !answer.json().value(u"data"_s).toArray().isEmpty();
    }
    // What a customer got, oldest first.
    QList<QJsonObject> received(const QString &psid)
    {
        QList<QJsonObject> all;
        const auto messages = look(u"customers/%1/messages"_s.arg(psid)).value(u"messages"_s);
        for (const QJsonValue &message : messages.toArray()) {
            if (message[u"direction"_s] == u"received"_s)
                all.append(message.toObject());
        }
        return all;
    }
    QJsonArray typingAt(const QString &psid)
    {
        return look(u"customers/%1/messages"_s.arg(psid)).value(u"typing"_s).toArray();
    }
    QJsonObject customerSees(const QString &psid)
    {
        return look(u"customers/%1/profile?pageId=70044"_s.arg(psid));
    }

    std::unique_ptr<World> m_world;
    QByteArray m_token;
    std::unique_ptr<Desktop> m_admin;
};

QTEST_GUILESS_MAIN(TestSettingsRoad)
#include "tst_settingsroad.moc"
