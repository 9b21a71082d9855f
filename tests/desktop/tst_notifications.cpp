// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/autostart.h"
#include "app/desktop/notifications.h"
#include "tests/desktop/notificationservice.h"

#include <QDBusArgument>
#include <QDBusConnectionInterface>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace Pagedesk;
using namespace Pagedesk::Testing;
using namespace Qt::Literals::StringLiterals;

class TestNotifications : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(m_bus.start()); }
    void init()
    {
        const QString number = QString::number(++m_runs);
        m_names = {u"program"_s + number, u"service"_s + number};
        m_service = std::make_unique<NotificationService>();
    }
    void cleanup()
    {
        m_notifications.reset();
        m_service.reset();
        for (const QString &name : std::as_const(m_names))
            QDBusConnection::disconnectFromBus(name);
    }

    void theWordsArriveAsTheyAre_data()
    {
        QTest::addColumn<bool>("readsMarkup");
        QTest::addColumn<QString>("body");
        QTest::newRow("plain") << false << u"5 < 6 & <b>bold</b>"_s;
        QTest::newRow("markup") << true << u"5 &lt; 6 &amp; &lt;b&gt;bold&lt;/b&gt;"_s;
    }
    void theWordsArriveAsTheyAre()
    {
        QFETCH(const bool, readsMarkup);
        QFETCH(const QString, body);
        if (readsMarkup)
            m_service->abilities.append(u"body-markup"_s);
        begin();
        m_notifications->show({u"1:9"_s, u"Rosa & Co"_s, u"5 < 6 & <b>bold</b>"_s, true, true});
        QTRY_COMPARE(m_service->shown.size(), 1);
        const auto shown = m_service->shown.constFirst();
        QCOMPARE(shown.title, u"Rosa & Co"_s);
        QCOMPARE(shown.body, body);
        QVERIFY(shown.hints.contains(u"sound-name"_s));
        QVERIFY(shown.actions.contains(u"default"_s) && shown.actions.contains(u"snooze"_s));
    }
    void oneWithoutASoundAsksForNone()
    {
        begin();
        m_notifications->show({u"1:9"_s, u"Rosa"_s, u"Hello"_s, false, false});
        QTRY_COMPARE(m_service->shown.size(), 1);
        const auto shown = m_service->shown.constFirst();
        QVERIFY(!shown.hints.contains(u"sound-name"_s));
        QCOMPARE(shown.hints.value(u"suppress-sound"_s).toBool(), true);
        QCOMPARE(shown.actions.size(), 2); // open, and its word
    }
    void thePictureIsOneTheServiceReads()
    {
        begin();
        QImage picture(16, 16, QImage::Format_RGB32);
        picture.fill(Qt::red);
        m_notifications->setPicture(picture);
        m_notifications->show({u"1:9"_s, u"Rosa"_s, u"Hello"_s, false, false});
        QTRY_COMPARE(m_service->shown.size(), 1);
        const auto hint
            = m_service->shown.constFirst().hints.value(u"image-data"_s).value<QDBusArgument>();
        QCOMPARE(hint.currentSignature(), u"(iiibiiay)"_s);
    }
    void aNewerOneTakesThePlaceOfTheOlder()
    {
        begin();
        m_notifications->show({u"1:9"_s, u"Rosa"_s, u"Hello"_s, false, true});
        QTRY_COMPARE(m_service->shown.size(), 1);
        QTRY_VERIFY(settled());
        m_notifications->show({u"1:9"_s, u"Rosa"_s, u"Are you there?"_s, false, true});
        m_notifications->show({u"1:8"_s, u"Ben"_s, u"Hi"_s, false, true});
        QTRY_COMPARE(m_service->shown.size(), 3);
        QCOMPARE(m_service->shown.at(1).id, m_service->shown.at(0).id);
        QVERIFY(m_service->shown.at(2).id != m_service->shown.at(0).id);
    }
    void whatIsReadIsTakenBack()
    {
        begin();
        m_notifications->show({u"1:9"_s, u"Rosa"_s, u"Hello"_s, false, true});
        m_notifications->withdraw(u"1:9"_s); // before the service has answered
        m_notifications->show({u"1:8"_s, u"Ben"_s, u"Hi"_s, false, true});
        QTRY_COMPARE(m_service->shown.size(), 1);
        QCOMPARE(m_service->shown.constFirst().title, u"Ben"_s);
        QTRY_VERIFY(settled());
        m_notifications->withdraw(u"1:8"_s);
        QTRY_COMPARE(m_service->closed, (QList<uint>{m_service->shown.constFirst().id}));
    }
    void whatIsShownAtTheEndIsTakenBack()
    {
        begin();
        m_notifications->show({u"1:9"_s, u"Rosa"_s, u"Hello"_s, false, true});
        QTRY_COMPARE(m_service->shown.size(), 1);
        QTRY_VERIFY(settled());
        m_notifications.reset();
        QTRY_COMPARE(m_service->closed.size(), 1);
    }
    void whatIsPressedIsTold()
    {
        begin();
        m_notifications->show({u"1:9"_s, u"Rosa"_s, u"Hello"_s, false, true});
        QTRY_COMPARE(m_service->shown.size(), 1);
        QTRY_VERIFY(settled());
        QSignalSpy opened(m_notifications.get(), &Notifications::opened);
        QSignalSpy wanted(m_notifications.get(), &Notifications::answerWanted);
        QSignalSpy read(m_notifications.get(), &Notifications::readWanted);
        QSignalSpy snoozed(m_notifications.get(), &Notifications::snoozeWanted);
        const uint id = m_service->shown.constFirst().id;
        Q_EMIT m_service->ActionInvoked(id + 1, u"default"_s); // another program's
        for (const QString &action : {u"default"_s, u"reply"_s, u"read"_s, u"snooze"_s})
            Q_EMIT m_service->ActionInvoked(id, action);
        QTRY_COMPARE(snoozed.size(), 1);
        QCOMPARE(opened.size(), 1);
        QCOMPARE(opened.at(0).at(0).toString(), u"1:9"_s);
        QCOMPARE(wanted.size(), 1);
        QCOMPARE(read.size(), 1);
    }
    void anAnswerIsWrittenInIt()
    {
        m_service->abilities.append(u"inline-reply"_s);
        begin();
        m_notifications->show({u"1:9"_s, u"Rosa"_s, u"Hello"_s, false, true});
        QTRY_COMPARE(m_service->shown.size(), 1);
        QVERIFY(m_service->shown.constFirst().actions.contains(u"inline-reply"_s));
        QTRY_VERIFY(settled());
        QSignalSpy answered(m_notifications.get(), &Notifications::answered);
        const uint id = m_service->shown.constFirst().id;
        Q_EMIT m_service->NotificationReplied(id, u"  "_s);
        Q_EMIT m_service->NotificationReplied(id, u"We open at nine."_s);
        QTRY_COMPARE(answered.size(), 1);
        QCOMPARE(answered.at(0).at(1).toString(), u"We open at nine."_s);
    }
    void withoutAServiceItSaysSo()
    {
        m_notifications = std::make_unique<Notifications>(bus(0));
        QSignalSpy notShown(m_notifications.get(), &Notifications::notShown);
        m_notifications->show({u"1:9"_s, u"Rosa"_s, u"Hello"_s, false, true});
        QTRY_COMPARE(notShown.size(), 1);
    }

    void autostart()
    {
        const QTemporaryDir folder;
        const Autostart autostart(
            folder.path(), u"/opt/my \"desk\"/pagedesk"_s, {u"--profile"_s, u"/home/a$b/100%"_s});
        QVERIFY(!autostart.isOn());
        QVERIFY(autostart.set(false));
        QVERIFY(autostart.set(true));
        QVERIFY(autostart.isOn());
        QFile file(folder.filePath(u"autostart/pagedesk.desktop"_s));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QList<QByteArray> lines = file.readAll().split('\n');
        QCOMPARE(lines.constFirst(), QByteArray("[Desktop Entry]"));
        QVERIFY(lines.contains(
            R"(Exec="/opt/my \\"desk\\"/pagedesk" "--profile" "/home/a\\$b/100%%")"));
        QVERIFY(autostart.set(false));
        QVERIFY(!autostart.isOn());
    }
    void autostartThatCannotBeWritten()
    {
        const QTemporaryDir folder;
        QFile blocked(folder.filePath(u"autostart"_s));
        QVERIFY(blocked.open(QIODevice::WriteOnly)); // a file where a folder has to be
        const Autostart autostart(folder.path(), u"/usr/bin/pagedesk"_s, {});
        const auto done = autostart.set(true);
        QVERIFY(!done);
        QCOMPARE(done.error().kind, Error::Kind::Storage);
        QVERIFY(!autostart.isOn());
    }

private:
    QDBusConnection bus(int which)
    {
        return QDBusConnection::connectToBus(m_bus.address(), m_names.at(which));
    }
    void begin()
    {
        QDBusConnection service = bus(1);
        QVERIFY(m_service->serve(service));
        m_notifications = std::make_unique<Notifications>(bus(0));
    }
    // The answers of the service have come: a question behind them is answered.
    bool settled()
    {
        bool answered = false;
        auto *watcher = new QDBusPendingCallWatcher(
            bus(0).asyncCall(QDBusMessage::createMethodCall(u"org.freedesktop.Notifications"_s,
                u"/org/freedesktop/Notifications"_s, u"org.freedesktop.Notifications"_s,
                u"GetCapabilities"_s)),
            this);
        connect(watcher, &QDBusPendingCallWatcher::finished, this, [&answered, watcher] {
            answered = true;
            watcher->deleteLater();
        });
        return QTest::qWaitFor([&answered] { return answered; });
    }

    PrivateBus m_bus;
    QStringList m_names;
    int m_runs = 0;
    std::unique_ptr<NotificationService> m_service;
    std::unique_ptr<Notifications> m_notifications;
};

QTEST_GUILESS_MAIN(TestNotifications)
#include "tst_notifications.moc"
