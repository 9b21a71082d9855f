// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/base/clock.h"
#include "models/desk/pageconnections.h"
#include "models/desk/practicecustomers.h"
#include "tests/e2e/connectclient.h"
#include "tests/e2e/testdesk.h"
#include "tests/e2e/world.h"
#include "tests/support/await.h"
#include "ui/admin/carestrip.h"
#include "ui/admin/pagedoctor.h"
#include "ui/theme/themeprovider.h"

#include <QCheckBox>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTest>

using namespace Pagedesk;
using namespace Pagedesk::Tests;
using Pagedesk::Testing::await;
using namespace Qt::Literals::StringLiterals;

namespace {

const QString Writer = u"6041"_s;

} // namespace

// The Page doctor as an admin uses it, before a real relay and the sandbox as Facebook. Each way in
// which a Page can be ill is played, and its line read. With PAGEDESK_PICTURES set to a folder
// pictures are left there, to be looked at.
class TestPageDoctor : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_world = std::make_unique<World>();
        m_world->relay.setEnvironment(u"PAGEDESK_APP_ID"_s, u"330011"_s);
        QVERIFY2(m_world->start(), m_world->why().constData());
        m_desk = std::make_unique<TestDesk>(m_world->folder() + u"/desk"_s);
        QVERIFY(m_desk->start());
        PAGEDESK_SUCCEEDS(m_desk->pair(m_world->invite(u"Ada"_s, u"admin"_s)));
        QVERIFY(m_desk->waitFor(ConnectionState::Live));
        if (!m_theme)
            m_theme = std::make_unique<Ui::ThemeProvider>(*qApp, Ui::ThemeProvider::Mode::Light);
        m_connections = std::make_unique<PageConnections>();
        m_connections->setSource(
            m_world->relayUrl(), Secret(m_world->deviceToken(u"Ada"_s, u"admin"_s)));
    }
    void cleanup()
    {
        m_doctor.reset();
        m_connections.reset();
        m_desk.reset();
        m_world.reset();
    }
    void cleanupTestCase() { m_theme.reset(); }

    void aPageThatIsWellHasNoRedLine()
    {
        open();
        // The relay has just been started, and may still be ordering the webhooks.
        auto *again = m_doctor->findChild<QPushButton *>(u"doctorCheck"_s);
        for (int i = 0; i < 20 && stateOf(u"page_webhook"_s) != u"good"_s; ++i) {
            QTRY_VERIFY_WITH_TIMEOUT(again->isEnabled(), 20'000);
            again->click();
            QTRY_VERIFY_WITH_TIMEOUT(again->isEnabled(), 20'000);
        }
        for (const QString &check : {u"token"_s, u"permissions"_s, u"published"_s, u"messaging"_s,
                 u"address"_s, u"verify_token"_s, u"signature"_s, u"app_webhook"_s,
                 u"page_webhook"_s, u"app_mode"_s, u"usage"_s, u"thread_owner"_s})
            QCOMPARE(stateOf(check), u"good"_s);
        QCOMPARE(stateOf(u"task"_s), u"unknown"_s); // connected by hand
        QCOMPARE(stateOf(u"last_event"_s), u"warning"_s); // nobody has written
        QVERIFY(textOf(u"address"_s).contains(u"simulated Facebook"_s));
        QVERIFY(m_doctor->findChild<QCheckBox *>(u"goAddress"_s)->isChecked());
        picture(u"doctor-well"_s);
        m_doctor->findChild<QTabWidget *>()->setCurrentIndex(3);
        picture(u"doctor-golive"_s);
    }

    void illnesses_data()
    {
        QTest::addColumn<QString>("route");
        QTest::addColumn<QJsonObject>("body");
        QTest::addColumn<QString>("check");
        QTest::addColumn<QString>("state");
        QTest::addColumn<QString>("says");
        QTest::addColumn<bool>("hasCure");
        const QString tokens = u"people/5511/tokens"_s;
        QTest::newRow("password") << tokens << QJsonObject{{u"subcode"_s, 460}} << u"token"_s
                                  << u"bad"_s << u"password"_s << true;
        QTest::newRow("permission")
            << u"people/5511/permissions"_s
            << QJsonObject{{u"permission"_s, u"pages_messaging"_s}, {u"status"_s, u"declined"_s}}
            << u"permissions"_s << u"bad"_s << u"cannot be answered"_s << true;
        QTest::newRow("unpublished")
            << u"pages/70044/published"_s << QJsonObject{{u"published"_s, false}} << u"published"_s
            << u"bad"_s << u"not published"_s << true;
        QTest::newRow("conversations refused")
            << u"faults"_s
            << QJsonObject{{u"target"_s, u"graph"_s}, {u"edge"_s, u"conversations"_s},
                   {u"fault"_s, u"error"_s}, {u"code"_s, 100}, {u"count"_s, -1}}
            << u"messaging"_s << u"bad"_s << u"code 100"_s << true;
        QTest::newRow("webhook elsewhere")
            << u"webhooks"_s << QJsonObject{{u"url"_s, u"http://elsewhere.example/x"_s}}
            << u"app_webhook"_s << u"bad"_s << u"elsewhere.example"_s << true;
    }
    void illnesses()
    {
        QFETCH(const QString, route);
        QFETCH(const QJsonObject, body);
        QFETCH(const QString, check);
        QFETCH(const QString, state);
        QFETCH(const QString, says);
        QFETCH(const bool, hasCure);
        QCOMPARE(control(route, body).status, 200);
        open();
        QCOMPARE(stateOf(check), state);
        QVERIFY2(textOf(check).contains(says), qPrintable(textOf(check)));
        QCOMPARE(m_doctor->findChild<QPushButton *>(u"cure-"_s + check) != nullptr, hasCure);
        // What is asked with the token is not blamed for it.
        if (check == "token"_L1)
            QCOMPARE(stateOf(u"messaging"_s), u"unknown"_s);
        for (const QLabel *label : m_doctor->findChildren<QLabel *>())
            QCOMPARE(label->textFormat(), Qt::PlainText);
        picture(u"doctor-"_s + check);
    }

    void aWrongSignatureFromOutsideIsCounted()
    {
        QCOMPARE(m_world->deliver("{}", "wrong").status, 403);
        open();
        QCOMPARE(stateOf(u"signature"_s), u"warning"_s);
        QVERIFY(textOf(u"signature"_s).contains(u"wrong signature"_s));
    }

    void anAddressThatLeadsNowhereIsSaid()
    {
        m_world->relay.kill();
        m_world->relay.setEnvironment(
            u"PAGEDESK_PUBLIC_URL"_s, u"http://127.0.0.1:%1"_s.arg(freePort()));
        QVERIFY(m_world->startRelay());
        open();
        QCOMPARE(stateOf(u"address"_s), u"bad"_s);
        QVERIFY2(textOf(u"address"_s).contains(u"does not reach itself"_s),
            qPrintable(textOf(u"address"_s)));
        QCOMPARE(stateOf(u"verify_token"_s), u"unknown"_s);
        QVERIFY(!m_doctor->findChild<QCheckBox *>(u"goAddress"_s)->isChecked());
    }

    void anotherRelayBehindTheAddressIsSaid()
    {
        World other;
        other.relay.setEnvironment(u"PAGEDESK_VERIFY_TOKEN"_s, u"another token"_s);
        QVERIFY2(other.startRelay(), other.why().constData());
        m_world->relay.kill();
        m_world->relay.setEnvironment(u"PAGEDESK_PUBLIC_URL"_s, other.relayUrl().toString());
        QVERIFY(m_world->startRelay());
        open();
        QCOMPARE(stateOf(u"verify_token"_s), u"bad"_s);
        QVERIFY2(textOf(u"verify_token"_s).contains(u"another relay answers"_s),
            qPrintable(textOf(u"verify_token"_s)));
        QVERIFY(m_doctor->findChild<QPushButton *>(u"cure-verify_token"_s));
        QVERIFY(!m_doctor->findChild<QCheckBox *>(u"goAddress"_s)->isChecked());
    }

    void aPersonWhoMayNotAnswerIsSaid_data()
    {
        QTest::addColumn<QJsonArray>("tasks");
        QTest::addColumn<QString>("says");
        QTest::newRow("only looks") << QJsonArray{u"ANALYZE"_s} << u"not answer its messages"_s;
        QTest::newRow("has left") << QJsonArray{} << u"no role on the Page"_s;
    }
    void aPersonWhoMayNotAnswerIsSaid()
    {
        QFETCH(const QJsonArray, tasks);
        QFETCH(const QString, says);
        m_world->relay.kill();
        ConnectClient::allowLogins(*m_world);
        QVERIFY(m_world->startRelay());
        ConnectClient admin(*m_world);
        const auto connected = admin.connectPages({admin.logIn().loginId, {page()}});
        QCOMPARE(connected.pages.size(), 1);
        QVERIFY(!connected.pages.constFirst().error);
        open();
        QCOMPARE(stateOf(u"task"_s), u"good"_s);
        QVERIFY(admin.control(
            u"people/5511/tasks"_s, {{u"pageId"_s, page().value}, {u"tasks"_s, tasks}}));
        open();
        QCOMPARE(stateOf(u"task"_s), u"bad"_s);
        QVERIFY2(textOf(u"task"_s).contains(says), qPrintable(textOf(u"task"_s)));
        QVERIFY(m_doctor->findChild<QPushButton *>(u"cure-task"_s));
    }

    void anAppThatHoldsAConversationIsSaid()
    {
        m_world->customerWrites(Writer, u"Hello"_s);
        const ConversationId conversation{page().value + u'-' + Writer};
        QTRY_VERIFY_WITH_TIMEOUT(m_desk->conversation(conversation), 20'000);
        const auto isHeld = [&] { return !m_desk->conversation(conversation)->ownerApp.isEmpty(); };
        holds(u"263902037430900"_s);
        QTRY_VERIFY_WITH_TIMEOUT(isHeld(), 20'000);
        open();
        QCOMPARE(stateOf(u"thread_owner"_s), u"warning"_s);
        QVERIFY2(textOf(u"thread_owner"_s).contains(u"Another app handles them"_s),
            qPrintable(textOf(u"thread_owner"_s)));
        // Meta is asked: what has become free without a word is not counted, and can be answered.
        const auto passed = http("POST", m_world->sandboxUrl(u"/v26.0/70044/pass_thread_control"_s),
            QJsonDocument(QJsonObject{{u"recipient"_s, QJsonObject{{u"id"_s, Writer}}},
                              {u"target_app_id"_s, u"330011"_s}})
                .toJson(),
            {{"Content-Type", "application/json"},
                {"Authorization", "Bearer sandbox-page-token-70044"}});
        QCOMPARE(passed.status, 200);
        QVERIFY(isHeld());
        open();
        QCOMPARE(stateOf(u"thread_owner"_s), u"good"_s);
        QTRY_VERIFY_WITH_TIMEOUT(!isHeld(), 20'000);
    }

    void humanAgentIsSaid()
    {
        open();
        QCOMPARE(stateOf(u"human_agent"_s), u"unknown"_s);
        QVERIFY2(textOf(u"human_agent"_s).contains(u"an admin says so"_s),
            qPrintable(textOf(u"human_agent"_s)));
    }

    void messagesThatComeLateAreSaid()
    {
        const qint64 at = m_clock.now() - 300'000;
        for (const QString &mid : {u"m_late1"_s, u"m_late2"_s, u"m_late3"_s}) {
            QCOMPARE(
                m_world->deliver(World::textEvent(u"6042"_s, mid, u"Hello?"_s, at)).status, 200);
        }
        open();
        QCOMPARE(stateOf(u"delay"_s), u"warning"_s);
        QVERIFY2(
            textOf(u"delay"_s).contains(u"Messages come late"_s), qPrintable(textOf(u"delay"_s)));
        QVERIFY(m_doctor->findChild<QPushButton *>(u"cure-delay"_s));
    }

    // The button beside the line mends it.
    void missingFieldsAreOrderedAgain()
    {
        QCOMPARE(
            http("POST",
                m_world->sandboxUrl(u"/v26.0/70044/subscribed_apps?subscribed_fields=messages"_s),
                {}, {{"Authorization", "Bearer sandbox-page-token-70044"}})
                .status,
            200);
        open();
        auto *order = m_doctor->findChild<QPushButton *>(u"orderFields"_s);
        QVERIFY(order);
        QTRY_VERIFY_WITH_TIMEOUT(order->isEnabled(), 20'000);
        order->click();
        QTRY_VERIFY_WITH_TIMEOUT(said(u"fieldResult"_s).contains(u"Ordered again"_s), 20'000);
        QVERIFY(said(u"field-message_reads"_s).contains(u"✓"_s));
        m_doctor->findChild<QTabWidget *>()->setCurrentIndex(1);
        picture(u"doctor-fields"_s);
        QTRY_COMPARE_WITH_TIMEOUT(stateOf(u"page_webhook"_s), u"good"_s, 20'000);
    }

    void aTestMessageIsTimedAtEachStep()
    {
        m_theme->setMode(Ui::ThemeProvider::Mode::Dark);
        open();
        m_doctor->findChild<QTabWidget *>()->setCurrentIndex(2);
        auto *begin = m_doctor->findChild<QPushButton *>(u"probeStart"_s);
        begin->click();
        const QString word = said(u"probeWord"_s);
        QVERIFY2(word.startsWith(u"test-"_s), qPrintable(word));
        m_world->customerWrites(Writer, u"something else"_s);
        m_world->customerWrites(Writer, u"Hello, %1!"_s.arg(word.toUpper()));
        for (int step = 0; step < 6; ++step) {
            QTRY_VERIFY_WITH_TIMEOUT(said(u"probeStep%1"_s.arg(step)).startsWith(u"✓"_s), 30'000);
        }
        QVERIFY2(said(u"probeResult"_s).contains(u"Everything works"_s),
            qPrintable(said(u"probeResult"_s)));
        QCOMPARE(
            m_world->copiesAtCustomer(Writer, u"Pagedesk has received your test message."_s), 1);
        QVERIFY(m_doctor->findChild<QCheckBox *>(u"goProbe"_s)->isChecked());
        picture(u"doctor-probe-dark"_s);
        m_doctor->findChild<QTabWidget *>()->setCurrentIndex(0);
        picture(u"doctor-well-dark"_s);
        m_theme->setMode(Ui::ThemeProvider::Mode::Light);
    }

    void inPracticeACustomerWritesTheWord()
    {
        struct Customer final : PracticeCustomers {
            explicit Customer(World &simulated)
                : world(simulated)
            {
            }
            Task<> write(const PageId &to, const QString &text) override
            {
                if (isGone || to != page())
                    return Task<>::finished(failure(Error::Kind::Offline, u"not there"_s));
                world.customerWrites(Writer, text);
                return Task<>::finished({});
            }
            World &world;
            bool isGone = true;
        } customer(*m_world);
        m_practice = &customer;
        open();
        m_practice = nullptr;
        m_doctor->findChild<QTabWidget *>()->setCurrentIndex(2);
        auto *let = m_doctor->findChild<QPushButton *>(u"probeLetWrite"_s);
        QVERIFY(!let->isVisible());
        m_doctor->findChild<QPushButton *>(u"probeStart"_s)->click();
        QVERIFY(let->isVisible());
        let->click();
        QTRY_VERIFY(said(u"probeResult"_s).contains(u"not there"_s));
        customer.isGone = false;
        let->click();
        QTRY_VERIFY_WITH_TIMEOUT(said(u"probeResult"_s).contains(u"Everything works"_s), 30'000);
        QVERIFY(!let->isVisible());
        m_doctor.reset();
    }

    void theGoLiveCheckCountsWhatIsLeft()
    {
        open();
        QVERIFY2(said(u"goResult"_s).contains(u"left"_s), qPrintable(said(u"goResult"_s)));
        for (QCheckBox *item : m_doctor->findChildren<QCheckBox *>())
            item->setChecked(true);
        QVERIFY(said(u"goResult"_s).contains(u"ready for customers"_s));
    }

    void theStripIsForAdminsAndShowsTheWorst()
    {
        Ui::CareStrip strip(*m_theme);
        Page soon{{u"1"_s}, u"<b>Soon</b>"_s, u"#336699"_s};
        const qint64 now = m_clock.now();
        soon.health.care.dataAccessExpiresAt = now + 86'400'000;
        Page wrong{{u"2"_s}, u"Wrong"_s, u"#336699"_s, PageState::NeedsLogin};
        strip.setPages({soon, wrong}, now);
        QVERIFY(strip.isHidden());
        strip.setAdmin(true);
        QVERIFY(!strip.isHidden());
        QVERIFY2(strip.text().startsWith(u"Wrong: "_s), qPrintable(strip.text()));
        QSignalSpy wanted(&strip, &Ui::CareStrip::pageWanted);
        strip.findChild<QPushButton *>(u"careShow"_s)->click();
        QCOMPARE(wanted.first().first().value<PageId>().value, u"2"_s);
        strip.setPages({soon}, now);
        QVERIFY(strip.text().startsWith(u"<b>Soon</b>: "_s));
        strip.setPages({}, now);
        QVERIFY(strip.isHidden());
    }

    void aRelayThatIsGoneSaysSo()
    {
        m_world->relay.kill();
        m_doctor = std::make_unique<Ui::PageDoctor>(*m_theme, desk(), page());
        m_doctor->setAttribute(Qt::WA_DeleteOnClose, false);
        QTRY_VERIFY_WITH_TIMEOUT(
            m_doctor->findChild<QPushButton *>(u"doctorCheck"_s)->isEnabled(), 20'000);
        QVERIFY(!said(u"doctorChecked"_s).isEmpty());
        QVERIFY(!said(u"doctorChecked"_s).contains(u"Checked"_s));
    }

private:
    // Another app of Meta's has the conversation of the Page's customer.
    void holds(const QString &app)
    {
        const QJsonObject body{{u"pageId"_s, page().value}, {u"app"_s, app}};
        QCOMPARE(http("POST", m_world->sandboxUrl(u"/_sandbox/customers/%1/control"_s.arg(Writer)),
                     QJsonDocument(body).toJson(QJsonDocument::Compact))
                     .status,
            200);
    }
    static PageId page() { return {QString::fromLatin1(World::PageId)}; }
    Ui::PageDoctor::Desk desk()
    {
        return {*m_connections, m_desk->threads, m_desk->outbox, m_clock, m_practice};
    }
    void open()
    {
        m_doctor = std::make_unique<Ui::PageDoctor>(*m_theme, desk(), page());
        m_doctor->setAttribute(Qt::WA_DeleteOnClose, false);
        m_doctor->setPage({page(), u"Bloom Bakery"_s, u"#336699"_s});
        m_doctor->show();
        QTRY_VERIFY_WITH_TIMEOUT(m_doctor->findChild<QWidget *>(u"check-token"_s), 30'000);
    }
    void picture(const QString &name)
    {
        const QString folder = qEnvironmentVariable("PAGEDESK_PICTURES");
        if (folder.isEmpty())
            return;
        QTest::qWait(300); // what was just shown takes its place
        QVERIFY(m_doctor->grab().save(folder + u'/' + name + u".png"_s));
    }
    HttpResult control(const QString &route, const QJsonObject &body)
    {
        return http("POST", m_world->sandboxUrl(u"/_sandbox/"_s + route),
            QJsonDocument(body).toJson(QJsonDocument::Compact));
    }
    QWidget *line(const QString &check)
    {
        return m_doctor->findChild<QWidget *>(u"check-"_s + check);
    }
    QString stateOf(const QString &check)
    {
        return line(check) ? line(check)->property("state").toString() : u"none"_s;
    }
    QString textOf(const QString &check)
    {
        QStringList texts;
        if (line(check)) {
            for (const QLabel *label : line(check)->findChildren<QLabel *>())
                texts.append(label->text());
        }
        return texts.join(u'\n');
    }
    QString said(const QString &name)
    {
        const auto *label = m_doctor->findChild<QLabel *>(name);
        return label ? label->text() : QString();
    }

    std::unique_ptr<World> m_world;
    std::unique_ptr<TestDesk> m_desk;
    std::unique_ptr<Ui::ThemeProvider> m_theme;
    std::unique_ptr<PageConnections> m_connections;
    PracticeCustomers *m_practice = nullptr;
    std::unique_ptr<Ui::PageDoctor> m_doctor;
    SystemClock m_clock;
};

QTEST_MAIN(TestPageDoctor)
#include "tst_pagedoctor.moc"
