// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/domain/contact.h"
#include "models/domain/deliverystate.h"
#include "models/domain/detailsjson.h"
#include "models/domain/message.h"
#include "models/domain/operator.h"
#include "models/domain/page.h"
#include "models/domain/permissions.h"
#include "models/domain/replywindow.h"

#include <QTest>

#include <algorithm>

using namespace Pagedesk;
using namespace Qt::Literals::StringLiterals;

class TestDomain : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void careSurvivesStorage()
    {
        PageHealth health;
        QVERIFY(healthToText(health).isEmpty());
        health.care.inspectedAt = 1;
        health.care.token = TokenProblem::PasswordChanged;
        health.care.refusedAt = 2;
        health.care.tokenExpiresAt = 3;
        health.care.dataAccessExpiresAt = 4;
        health.care.missingPermissions = {u"pages_messaging"_s};
        health.care.missingFields = {u"messages"_s, u"standby"_s};
        health.care.versionEndsAt = 5;
        health.care.roleOnlyAt = 6;
        health.care.matchRefusedAt = 7;
        health.care.matchProblem = u"Meta answered with code 10"_s;
        QCOMPARE(healthFromText(healthToText(health)), health);
        QVERIFY(!healthFromJson({{u"care"_s, QJsonObject{{u"token"_s, u"nonsense"_s}}}}));
    }

    void deadlines_data()
    {
        constexpr qint64 Day = 24LL * 3600 * 1000;
        constexpr qint64 T = 1'790'000'000'000;
        QTest::addColumn<qint64>("at");
        QTest::addColumn<Deadline>("deadline");
        QTest::newRow("none") << qint64(0) << Deadline::Far;
        QTest::newRow("15 days") << T + 15 * Day << Deadline::Far;
        QTest::newRow("14 days") << T + 14 * Day << Deadline::TwoWeeks;
        QTest::newRow("over 3 days") << T + 3 * Day + 1 << Deadline::TwoWeeks;
        QTest::newRow("3 days") << T + 3 * Day << Deadline::ThreeDays;
        QTest::newRow("a moment") << T + 1 << Deadline::ThreeDays;
        QTest::newRow("now") << T << Deadline::Over;
    }
    void deadlines()
    {
        QFETCH(const qint64, at);
        QFETCH(const Deadline, deadline);
        QCOMPARE(deadlineOf(at, 1'790'000'000'000), deadline);
    }

    void sendingIsBlockedByStateAndPermission()
    {
        Page page;
        QCOMPARE(sendingBlock(page), SendingBlock::None);
        page.health.care.missingPermissions = {u"pages_read_engagement"_s};
        QCOMPARE(sendingBlock(page), SendingBlock::None);
        page.health.care.missingPermissions.append(u"pages_messaging"_s);
        QCOMPARE(sendingBlock(page), SendingBlock::PermissionLost);
        page.state = PageState::NeedsLogin;
        QCOMPARE(sendingBlock(page), SendingBlock::NeedsLogin);
        page.state = PageState::Removed;
        QCOMPARE(sendingBlock(page), SendingBlock::Removed);
    }

    void window_data()
    {
        QTest::addColumn<qint64>("customerAt");
        QTest::addColumn<qint64>("now");
        QTest::addColumn<bool>("humanAgent");
        QTest::addColumn<int>("state");
        QTest::addColumn<qint64>("closesAt");
        constexpr qint64 T = 1'790'000'000'000;
        constexpr qint64 Day = 24LL * 3600 * 1000;
        using S = ReplyWindow::State;
        const auto row
            = [](const char *name, qint64 at, qint64 now, bool agent, S state, qint64 closes) {
                  QTest::newRow(name) << at << now << agent << static_cast<int>(state) << closes;
              };
        row("never written", 0, T, false, S::NeverOpened, 0);
        row("just now", T, T, false, S::Open, T + Day);
        row("a millisecond left", T, T + Day - 1, false, S::Open, T + Day);
        row("over", T, T + Day, false, S::Closed, T + Day);
        row("over, human agent", T, T + Day, true, S::HumanAgent, T + 7 * Day);
        row("six days, human agent", T, T + 7 * Day - 1, true, S::HumanAgent, T + 7 * Day);
        row("seven days", T, T + 7 * Day, true, S::Closed, T + 7 * Day);
        row("a clock ahead of ours", T + Day, T, false, S::Open, T + Day);
    }
    void window()
    {
        QFETCH(qint64, customerAt);
        QFETCH(qint64, now);
        QFETCH(bool, humanAgent);
        QFETCH(int, state);
        QFETCH(qint64, closesAt);
        const auto window = replyWindow(customerAt, now, humanAgent);
        QCOMPARE(static_cast<int>(window.state), state);
        QCOMPARE(window.closesAt, closesAt);
    }

    void statesNeverGoBack()
    {
        using S = DeliveryState;
        const S all[] = {S::Received, S::Queued, S::Sending, S::Unknown, S::Sent, S::Delivered,
            S::Read, S::Failed};
        for (const S state : all) {
            QVERIFY(!canAdvance(state, state));
            QVERIFY(!canAdvance(S::Read, state));
            QVERIFY(!canAdvance(state, S::Received));
        }
        QVERIFY(canAdvance(S::Sending, S::Queued)); // only when nothing was sent
        QVERIFY(!canAdvance(S::Unknown, S::Queued)); // never again by the machine
        QVERIFY(!canAdvance(S::Unknown, S::Sending));
        QVERIFY(canAdvance(S::Sending, S::Read)); // a receipt may overtake the answer
        QVERIFY(!canAdvance(S::Delivered, S::Sent));
    }

    void namesGoBothWays()
    {
        for (int i = 1; i <= 8; ++i) {
            const auto state = deliveryStateFromNumber(i);
            QVERIFY(state);
            QCOMPARE(deliveryStateFromName(deliveryStateName(*state)), state);
        }
        QVERIFY(!deliveryStateFromNumber(0));
        QVERIFY(!deliveryStateFromNumber(9));
        for (int i = 1; i <= 11; ++i) {
            const auto kind = failureKindFromNumber(i);
            QVERIFY(kind);
            QCOMPARE(failureKindFromName(failureKindName(*kind)), kind);
        }
    }

    void threadOrder()
    {
        const auto message = [](const char *id, qint64 at, qint64 arrival, DeliveryState state) {
            Message m;
            m.id = {QString::fromLatin1(id)};
            m.direction = state == DeliveryState::Received ? Direction::In : Direction::Out;
            m.sentAt = at;
            m.arrival = arrival;
            m.state = state;
            return m;
        };
        QList<Message> messages{message("waiting", 1, 9, DeliveryState::Queued),
            message("second arrival", 5, 2, DeliveryState::Received),
            message("late", 3, 7, DeliveryState::Received),
            message("first arrival", 5, 1, DeliveryState::Sent)};
        std::sort(messages.begin(), messages.end(), &isBefore);
        QStringList order;
        for (const Message &m : messages)
            order.append(m.id.value);
        QCOMPARE(
            order, QStringList({u"late"_s, u"first arrival"_s, u"second arrival"_s, u"waiting"_s}));
    }

    void initials_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("letters");
        QTest::newRow("two words") << u"Amina Mansour"_s << u"AM"_s;
        QTest::newRow("three words") << u"Maria del Mar"_s << u"MM"_s;
        QTest::newRow("one word") << u"rosa"_s << u"R"_s;
        QTest::newRow("Arabic joins") << u"نادية الحسن"_s << u"ن"_s;
        QTest::newRow("Chinese") << u"王小明"_s << u"王"_s;
        QTest::newRow("emoji only") << u"🌷🌷"_s << u"··21"_s;
        QTest::newRow("none") << QString() << u"··21"_s;
    }
    void initials()
    {
        QFETCH(QString, name);
        QFETCH(QString, letters);
        QCOMPARE(Pagedesk::initials(name, {u"24000000000004821"_s}), letters);
    }

    void hueIsSteady()
    {
        QCOMPARE(hueOf({u"24000000000004821"_s}), hueOf({u"24000000000004821"_s}));
        QVERIFY(hueOf({u"24000000000004821"_s}) != hueOf({u"24000000000004822"_s}));
    }

    void previewIsOneLine()
    {
        QCOMPARE(previewText(u"one\n two\t three"_s), u"one two three"_s);
        const QString cut = previewText(QString(300, u'x'), 10);
        QCOMPARE(cut, QString(9, u'x') + u'…');
        QVERIFY(!previewText(u"🌷"_s.repeated(20), 10).contains(QChar(QChar::ReplacementCharacter)));
        const QString flowers = previewText(u"🌷"_s.repeated(20), 10);
        QVERIFY(!flowers.at(flowers.size() - 2).isHighSurrogate());
    }

    void everyRoleMayDoWhatAgentsDo()
    {
        for (const Role role : {Role::Agent, Role::Supervisor, Role::Admin}) {
            for (const Action action : {Action::ReadPages, Action::Reply, Action::MarkRead,
                     Action::ChangeConversationState})
                QVERIFY(isAllowed(role, action));
        }
        QVERIFY(!isAllowed(static_cast<Role>(99), Action::Reply));
        QVERIFY(!isAllowed(Role::Admin, static_cast<Action>(99)));
    }
};

QTEST_GUILESS_MAIN(TestDomain)
#include "tst_domain.moc"
