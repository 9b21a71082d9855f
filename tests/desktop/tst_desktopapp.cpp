// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/desktopapp.h"
#include "tests/ui/windowfixture.h"
#include "ui/inbox/conversationlistview.h"

#include <QApplication>
#include <QCryptographicHash>
#include <QDir>
#include <QLabel>
#include <QMessageBox>
#include <QProcess>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace Pagedesk;
using namespace Pagedesk::Testing;
using namespace Qt::Literals::StringLiterals;

namespace {

QByteArray fingerprint(const QString &path)
{
    QFile file(path);
    QCryptographicHash hash(QCryptographicHash::Sha256);
    return file.open(QIODevice::ReadOnly) && hash.addData(&file) ? hash.result() : QByteArray();
}

QMessageBox *question(const QString &name)
{
    const QWidgetList windows = QApplication::topLevelWidgets();
    for (QWidget *window : windows) {
        if (window->objectName() == name && window->isVisible())
            return qobject_cast<QMessageBox *>(window);
    }
    return nullptr;
}

Ui::MainWindow *mainWindow()
{
    const QWidgetList windows = QApplication::topLevelWidgets();
    for (QWidget *window : windows) {
        if (auto *found = qobject_cast<Ui::MainWindow *>(window))
            return found;
    }
    return nullptr;
}

} // namespace

// The program as a whole over profiles in every condition.
class TestDesktopApp : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(
            u"^(?!\\s*OpenType support missing|This plugin does not support|QStandardPaths"
            "|the replica cannot|could not rescue|the damaged replica)"_s));
        m_profile = std::make_unique<TemporaryReplica>();
    }
    void cleanup() { m_profile.reset(); }
    void showsItsConversationsWithoutARelay();
    void asksToJoinWhenUnpaired();
    void leavesANewerReplicaAlone();
    void offersToRebuildADamagedReplica();
    void opensWhatALaterStartAsksFor();
    void aWorkspaceOfThisComputerGoesOnlyWhenAsked();

private:
    void pair();
    void revokeEverybody();
    template <typename T = QWidget> T *shown(const char *name)
    {
        auto *found = mainWindow()->findChild<T *>(QLatin1StringView(name));
        return found && found->isVisible() ? found : nullptr;
    }
    std::unique_ptr<DesktopApp> start(const Options &options = {});

    std::unique_ptr<TemporaryReplica> m_profile;
};

void TestDesktopApp::pair()
{
    const Operator self{{u"op-1"_s}, u"Amal"_s, Role::Agent, true, 1};
    QVERIFY(IdentityStore(m_profile->folder())
                .save({QUrl(u"http://127.0.0.1:9"_s), u"Bakery"_s, self}));
    PAGEDESK_SUCCEEDS(await(FileSecretStore(m_profile->folder()).save(Secret("token"))));
}

std::unique_ptr<DesktopApp> TestDesktopApp::start(const Options &options)
{
    m_profile->close();
    auto app = std::make_unique<DesktopApp>(*qApp, options, m_profile->folder());
    app->start();
    return app;
}

void TestDesktopApp::showsItsConversationsWithoutARelay()
{
    pair();
    PAGEDESK_SUCCEEDS(seedSample(*m_profile));
    Options options;
    options.open = Sample::Amina;
    const auto app = start(options);
    QTRY_COMPARE(mainWindow()->findChild<QLabel *>(u"threadName"_s)->text(), u"Amina Mansour"_s);
    auto *rows = mainWindow()->findChild<Ui::ConversationListView *>();
    QVERIFY(rows->isVisible());
    QCOMPARE(rows->model()->rowCount(), 10);
}

void TestDesktopApp::asksToJoinWhenUnpaired()
{
    const auto app = start();
    QTRY_VERIFY(mainWindow()->findChild<QWidget *>(u"pairingPanel"_s)->isVisible());
    // The tests keep the token in a file, and the panel says so before anybody joins.
    QTRY_VERIFY(mainWindow()->findChild<QLabel *>(u"pairingNote"_s)->isVisible());
}

void TestDesktopApp::leavesANewerReplicaAlone()
{
    const auto raised = m_profile->write(
        [](ReplicaWriter &writer) { return writer.connection.exec("PRAGMA user_version = 9999"); });
    PAGEDESK_SUCCEEDS(raised);
    m_profile->close();
    const QByteArray before = fingerprint(m_profile->path());
    const auto app = start();
    QSignalSpy finished(app.get(), &DesktopApp::finished);
    QTRY_VERIFY(question(u"newerReplica"_s) != nullptr);
    QVERIFY(question(u"newerReplica"_s)->text().contains(u"newer Pagedesk"_s));
    QVERIFY(mainWindow() == nullptr);
    QTest::keyClick(question(u"newerReplica"_s), Qt::Key_Escape);
    QTRY_COMPARE(finished.size(), 1);
    QCOMPARE(finished.at(0).at(0).toInt(), 1);
    QCOMPARE(fingerprint(m_profile->path()), before);
}

void TestDesktopApp::offersToRebuildADamagedReplica()
{
    pair();
    m_profile->close();
    for (const auto &suffix : {u""_s, u"-wal"_s, u"-shm"_s})
        QFile::remove(m_profile->path() + suffix);
    QFile file(m_profile->path());
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(QByteArray(8192, 'x')) == 8192);
    file.close();
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"the replica cannot be opened"_s));
    {
        const auto app = start();
        QSignalSpy finished(app.get(), &DesktopApp::finished);
        QTRY_VERIFY(question(u"damagedReplica"_s) != nullptr);
        QTest::keyClick(question(u"damagedReplica"_s), Qt::Key_Escape); // means: quit
        QTRY_COMPARE(finished.size(), 1);
        QCOMPARE(QFileInfo(m_profile->path()).size(), 8192);
    }
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"the replica cannot be opened"_s));
    const auto app = start();
    QTRY_VERIFY(question(u"damagedReplica"_s) != nullptr);
    QTest::mouseClick(
        question(u"damagedReplica"_s)->findChild<QPushButton *>(u"rebuild"_s), Qt::LeftButton);
    QTRY_VERIFY(mainWindow() != nullptr && mainWindow()->isVisible());
    QCOMPARE(QDir(m_profile->folder()).entryList({u"*damaged*"_s}).size(), 1);
}

void TestDesktopApp::opensWhatALaterStartAsksFor()
{
    pair();
    PAGEDESK_SUCCEEDS(seedSample(*m_profile));
    const auto app = start();
    QTRY_VERIFY(mainWindow() != nullptr);
    auto *rows = mainWindow()->findChild<Ui::ConversationListView *>();
    QTRY_COMPARE(rows->model()->rowCount(), 10);
    Options request;
    request.open = Sample::Wang;
    app->handle(request);
    QCOMPARE(mainWindow()->findChild<QLabel *>(u"threadName"_s)->text(), u"王小明"_s);
    request = {};
    request.offeredPairing = u"pagedesk://pair?relay=http://127.0.0.1:9&code=a.b"_s;
    QTRY_VERIFY(mainWindow()->findChild<QPushButton *>(u"retryNow"_s)->isVisible());
    app->handle(request); // paired already: a note, and nothing else
    auto *note = mainWindow()->findChild<QMessageBox *>(u"alreadyPaired"_s);
    QVERIFY(note != nullptr);
    QTest::keyClick(note, Qt::Key_Escape);
}

// From the command line of the relay, which knows no last admin.
void TestDesktopApp::revokeEverybody()
{
    const QStringList data{u"--data"_s, m_profile->folder() + u"/workspace/relay"_s};
    QProcess list;
    list.start(QStringLiteral(PAGEDESK_RELAY), QStringList{u"operator"_s, u"list"_s} + data);
    QVERIFY(list.waitForFinished());
    const QList<QByteArray> lines = list.readAllStandardOutput().trimmed().split('\n');
    QCOMPARE(lines.size(), 1);
    const QString id = QString::fromUtf8(lines.first().split('\t').first());
    QCOMPARE(QProcess::execute(QStringLiteral(PAGEDESK_RELAY),
                 QStringList{u"operator"_s, u"revoke"_s, u"--operator"_s, id} + data),
        0);
}

// What a workspace of this computer holds is nowhere else: forgetting the device leaves it and says
// where it is, and deleting it is asked for on its own.
void TestDesktopApp::aWorkspaceOfThisComputerGoesOnlyWhenAsked()
{
    const QString beside
        = QDir(QCoreApplication::applicationDirPath()).filePath(u"pagedesk-relay"_s);
    QVERIFY(QFile::exists(beside) || QFile::link(QStringLiteral(PAGEDESK_RELAY), beside));
    constexpr int Patience = 30'000;
    const auto app = start();
    QTRY_VERIFY(shown("startHere"));
    QVERIFY(!shown("workspaceHere"));
    shown<QPushButton>("startHere")->click();
    QTRY_VERIFY_WITH_TIMEOUT(!shown("pairingPanel"), Patience);
    revokeEverybody();
    QTRY_VERIFY_WITH_TIMEOUT(shown("joinAgain"), Patience);
    shown<QPushButton>("joinAgain")->click();
    const QString folder = m_profile->folder() + u"/workspace"_s;
    QTRY_VERIFY(shown<QLabel>("workspaceHere"));
    QVERIFY(shown<QLabel>("workspaceHere")->text().contains(folder));
    shown<QPushButton>("forgetDevice")->click();
    shown<QPushButton>("forgetDevice-yes")->click();
    QTRY_VERIFY(shown("startHere"));
    QVERIFY(shown<QLabel>("workspaceHere"));
    QVERIFY(QFile::exists(folder + u"/relay/ledger.db"_s));
    QVERIFY(shown<QPushButton>("startHere")->text().startsWith(u"Open"_s));
    shown<QPushButton>("deleteWorkspace")->click();
    shown<QPushButton>("deleteWorkspace-no")->click();
    QVERIFY(QFile::exists(folder + u"/relay/ledger.db"_s));
    shown<QPushButton>("deleteWorkspace")->click();
    shown<QPushButton>("deleteWorkspace-yes")->click();
    QTRY_VERIFY_WITH_TIMEOUT(!shown("workspaceHere"), Patience);
    QVERIFY(QDir(m_profile->folder()).entryList({u"workspace*"_s}, QDir::AllEntries).isEmpty());
    QVERIFY(shown<QPushButton>("startHere")->text().startsWith(u"Start"_s));
}

QTEST_MAIN(TestDesktopApp)
#include "tst_desktopapp.moc"
