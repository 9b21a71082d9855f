// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/desktop/notificationservice.h"

#include <QTemporaryDir>
#include <QTest>

#include <sqlite3.h>

using namespace Pagedesk::Testing;
using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int Patience = 60'000;

// One number of the replica; -1 when it cannot be read yet.
qint64 numberOf(const QString &file, const QByteArray &sql, const QString &value)
{
    sqlite3 *database = nullptr;
    sqlite3_stmt *statement = nullptr;
    qint64 number = -1;
    if (sqlite3_open_v2(file.toUtf8().constData(), &database, SQLITE_OPEN_READWRITE, nullptr)
            == SQLITE_OK
        && sqlite3_prepare_v2(database, sql.constData(), -1, &statement, nullptr) == SQLITE_OK) {
        const QByteArray text = value.toUtf8();
        sqlite3_bind_text(statement, 1, text.constData(), -1, SQLITE_TRANSIENT);
        if (sqlite3_step(statement) == SQLITE_ROW)
            number = sqlite3_column_int64(statement, 0);
    }
    sqlite3_finalize(statement);
    sqlite3_close_v2(database);
    return number;
}

} // namespace

// The real program in practice, and a desktop that shows what it is told.
class TestAlerts : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_bus.start());
        QDBusConnection bus = QDBusConnection::connectToBus(m_bus.address(), u"service"_s);
        m_service.abilities.append(u"inline-reply"_s);
        QVERIFY(m_service.serve(bus));
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"DBUS_SESSION_BUS_ADDRESS"_s, m_bus.address());
        environment.insert(u"QT_QPA_PLATFORM"_s, u"offscreen"_s);
        m_program.setProcessEnvironment(environment);
        m_program.start(
            QStringLiteral(PAGEDESK), {u"--practice"_s, u"--profile"_s, m_profile.path()});
        QVERIFY(m_program.waitForStarted());
    }
    void cleanupTestCase()
    {
        m_program.terminate();
        QVERIFY(m_program.waitForFinished(Patience));
    }

    // A customer writes; what is answered in the notification reaches them, once.
    void anAnswerInTheNotificationIsSent()
    {
        QTRY_VERIFY_WITH_TIMEOUT(!m_service.shown.isEmpty(), Patience);
        const auto shown = m_service.shown.constFirst();
        QVERIFY(!shown.title.isEmpty() && !shown.body.isEmpty());
        QVERIFY(shown.title.contains(u" · "_s)); // which of the two Pages
        const QString answer = u"We open at nine."_s;
        Q_EMIT m_service.NotificationReplied(shown.id, answer);
        const QString replica = m_profile.filePath(u"replica.sqlite"_s);
        QTRY_COMPARE_WITH_TIMEOUT(
            numberOf(replica, "SELECT count(*) FROM message WHERE text = ? AND mid <> ''", answer),
            1, Patience);
        // Who has answered has read it: it is taken back.
        QTRY_VERIFY_WITH_TIMEOUT(m_service.closed.contains(shown.id), Patience);
    }

private:
    QTemporaryDir m_profile;
    PrivateBus m_bus;
    NotificationService m_service;
    QProcess m_program;
};

QTEST_GUILESS_MAIN(TestAlerts)
#include "tst_alerts.moc"
