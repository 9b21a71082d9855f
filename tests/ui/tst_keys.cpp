// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/replica/pagestore.h"
#include "tests/ui/windowfixture.h"
#include "ui/inbox/navbutton.h"
#include "ui/shell/actions.h"
#include "ui/shell/shortcutswindow.h"

#include <QAccessible>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QRegularExpression>
#include <QTest>
#include <QTextEdit>
#include <QTreeWidget>

using namespace Pagedesk;
using namespace Pagedesk::Testing;
using namespace Pagedesk::Ui;
using namespace Qt::Literals::StringLiterals;

// The command palette and the keys a person has chosen, in the real window, with the keyboard.
class TestKeys : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void runsAnAction();
    void goesToAConversation();
    void goesToAConversationByVerb();
    void showsAPage();
    void escapeGivesTheFocusBack();
    void movesByKeys();
    void worksWithTheMouse();
    void saysWhyNot();
    void remembersWhatWasRun();
    void keysBehindItRest();
    void isNamedAndMirrored();
    void writesTheFileAtFirst();
    void takesTheFileAtStart();
    void followsTheFile();
    void saysWhatIsWrongInTheFile();
    void changesAKeyByPressingIt();
    void takesAKeyFromAnother();
    void refusesWhatWouldType();
    void turnsOffAndResets();
    void tooltipsNameTheKeyInForce();
    void aKeyForEveryPage();
    void thePlaceInTheRailDecides();

private:
    WindowFixture &window() { return *m_fixture; }
    QWidget &main() { return *window().window; }
    QLineEdit &field() { return *window().child<QLineEdit>("paletteField"); }
    QListView &list() { return *window().child<QListView>("paletteList"); }
    QTextEdit &editor() { return *window().child<QTextEdit>("replyEditor"); }
    QString text(const char *name) { return window().child<QLabel>(name)->text(); }
    QString file() const { return m_fixture->settings.file(u"keys.toml"_s); }
    bool write(const QByteArray &content);
    QByteArray content() const;
    void openPalette();
    QStringList titles();
    ShortcutsWindow &openShortcuts();
    void choose(ShortcutsWindow &shortcuts, const QString &action);

    std::unique_ptr<WindowFixture> m_fixture;
};

void TestKeys::initTestCase()
{
    qputenv("TZ", "UTC");
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedKingdom));
}

void TestKeys::init()
{
    QTest::failOnWarning(
        QRegularExpression(u"^(?!\\s*OpenType support missing|This plugin does not support)"_s));
    m_fixture = std::make_unique<WindowFixture>();
    QVERIFY(window().show());
}

void TestKeys::cleanup()
{
    m_fixture.reset();
    qApp->setLayoutDirection(Qt::LeftToRight);
}

bool TestKeys::write(const QByteArray &content)
{
    QFile out(file());
    return out.open(QIODevice::WriteOnly) && out.write(content) == content.size();
}

QByteArray TestKeys::content() const
{
    QFile in(file());
    return in.open(QIODevice::ReadOnly) ? in.readAll() : QByteArray();
}

void TestKeys::openPalette()
{
    QTest::keyClick(&main(), Qt::Key_K, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_VERIFY(field().hasFocus());
}

QStringList TestKeys::titles()
{
    QStringList titles;
    for (int row = 0; row < list().model()->rowCount(); ++row)
        titles.append(list().model()->index(row, 0).data().toString());
    return titles;
}

ShortcutsWindow &TestKeys::openShortcuts()
{
    QTest::keyClick(&main(), Qt::Key_Slash, Qt::ControlModifier);
    auto *shortcuts = main().findChild<ShortcutsWindow *>();
    Q_ASSERT(shortcuts != nullptr);
    (void)QTest::qWaitForWindowActive(shortcuts);
    return *shortcuts;
}

void TestKeys::choose(ShortcutsWindow &shortcuts, const QString &action)
{
    auto &filter = *shortcuts.findChild<QLineEdit *>(u"shortcutFilter"_s);
    filter.setFocus();
    filter.clear();
    QTest::keyClicks(&filter, action);
    auto &actions = *shortcuts.findChild<QTreeWidget *>(u"shortcutList"_s);
    QVERIFY(actions.currentItem() != nullptr);
    QCOMPARE(actions.currentItem()->text(0), action);
}

void TestKeys::runsAnAction()
{
    openPalette();
    QTest::keyClicks(&field(), u"resolvd"_s);
    QTest::keyClick(&field(), Qt::Key_Backspace);
    QTest::keyClick(&field(), Qt::Key_Backspace);
    QTest::keyClick(&field(), Qt::Key_Backspace);
    QTest::keyClicks(&field(), u"lved"_s);
    QCOMPARE(titles().constFirst(), u"Resolved"_s);
    QTest::keyClick(&field(), Qt::Key_Return);
    QVERIFY(!field().isVisible());
    QVERIFY(window().child<NavButton>("view4")->isChecked());
}

void TestKeys::goesToAConversation()
{
    openPalette();
    QTest::keyClicks(&field(), u"amans"_s);
    QCOMPARE(titles().constFirst(), u"Amina Mansour"_s);
    QTest::keyClick(&field(), Qt::Key_Return);
    QTRY_COMPARE(text("threadName"), u"Amina Mansour"_s);
    // One that the view does not show.
    openPalette();
    QTest::keyClicks(&field(), u"sian"_s);
    QTest::keyClick(&field(), Qt::Key_Return);
    QTRY_COMPARE(text("threadName"), u"Siân O’Malley"_s);
}

void TestKeys::goesToAConversationByVerb()
{
    openPalette();
    QTest::keyClicks(&field(), u"go to a conv"_s);
    QTRY_VERIFY(titles().isEmpty()); // the verb is said: nobody is called that
    field().clear();
    QTest::keyClicks(&field(), u"goto"_s);
    QCOMPARE(titles().constFirst(), u"Go to a conversation…"_s);
    QTest::keyClick(&field(), Qt::Key_Return);
    QCOMPARE(field().text(), u"Go to "_s);
    QCOMPARE(titles().constFirst(), u"Amina Mansour"_s); // the newest first
    QTest::keyClicks(&field(), u"jon"_s);
    QCOMPARE(titles(), QStringList{u"Jonas Lindqvist"_s});
    QTest::keyClick(&field(), Qt::Key_Return);
    QTRY_COMPARE(text("threadName"), u"Jonas Lindqvist"_s);
}

void TestKeys::showsAPage()
{
    openPalette();
    QTest::keyClicks(&field(), u"harbour"_s);
    QCOMPARE(titles().constFirst(), u"Harbour Bikes"_s);
    QTest::keyClick(&field(), Qt::Key_Return);
    QTRY_COMPARE(window().child<QListView>("rows")->model()->rowCount(), 4);
}

void TestKeys::escapeGivesTheFocusBack()
{
    QVERIFY(window().open(Sample::Amina));
    editor().setFocus();
    openPalette();
    QTest::keyClicks(&field(), u"quit"_s);
    QTest::keyClick(&field(), Qt::Key_Escape);
    QVERIFY(!field().isVisible());
    QVERIFY(editor().hasFocus());
    QCOMPARE(editor().toPlainText(), QString());
    openPalette();
    QCOMPARE(field().text(), QString());
    QTest::keyClick(&field(), Qt::Key_K, Qt::ControlModifier | Qt::ShiftModifier);
    QVERIFY(!field().isVisible());
    QVERIFY(editor().hasFocus());
}

void TestKeys::movesByKeys()
{
    openPalette();
    QCOMPARE(list().currentIndex().row(), 0);
    QTest::keyClick(&field(), Qt::Key_Down);
    QTest::keyClick(&field(), Qt::Key_Down);
    QCOMPARE(list().currentIndex().row(), 2);
    QTest::keyClick(&field(), Qt::Key_Up);
    QCOMPARE(list().currentIndex().row(), 1);
    QTest::keyClick(&field(), Qt::Key_PageDown);
    QCOMPARE_GT(list().currentIndex().row(), 5);
    QTest::keyClick(&field(), Qt::Key_PageUp);
    QTest::keyClick(&field(), Qt::Key_PageUp);
    QCOMPARE(list().currentIndex().row(), 0);
    QTest::keyClick(&field(), Qt::Key_Up);
    QCOMPARE(list().currentIndex().row(), 0);
    // Those that cannot be run now are no end.
    for (int row = 1; row < list().model()->rowCount(); ++row) {
        QTest::keyClick(&field(), Qt::Key_Down);
        QCOMPARE(list().currentIndex().row(), row);
    }
    QTest::keyClick(&field(), Qt::Key_Tab);
    QVERIFY(field().hasFocus());
}

void TestKeys::worksWithTheMouse()
{
    openPalette();
    QTest::keyClicks(&field(), u"nadia"_s);
    QTest::keyClick(&field(), Qt::Key_Backspace, Qt::ControlModifier);
    field().setText(u"نادية"_s); // of another keyboard
    const QRect row = list().visualRect(list().model()->index(0, 0));
    QTest::mouseClick(list().viewport(), Qt::LeftButton, {}, row.center());
    QTRY_COMPARE(text("threadName"), u"نادية الحسن"_s);
    openPalette();
    auto *overlay = window().child<QWidget>("paletteOverlay");
    QTest::mouseClick(overlay, Qt::LeftButton, {}, {5, overlay->height() - 5});
    QVERIFY(!field().isVisible());
}

void TestKeys::saysWhyNot()
{
    openPalette();
    QTest::keyClicks(&field(), u"resolve or"_s);
    const QModelIndex first = list().model()->index(0, 0);
    QCOMPARE(first.data().toString(), u"Resolve or reopen"_s);
    QVERIFY(!first.flags().testFlag(Qt::ItemIsEnabled));
    QVERIFY(first.data(Qt::AccessibleTextRole).toString().contains(u"No conversation is open"_s));
    QTest::keyClick(&field(), Qt::Key_Return);
    QVERIFY(field().isVisible());
    QTest::keyClick(&field(), Qt::Key_Escape);
    // What only admins can do is not there at all for others.
    openPalette();
    QTest::keyClicks(&field(), u"page doctor"_s);
    QVERIFY(!titles().contains(u"Page doctor"_s));
    QVERIFY(window().child<QLabel>("paletteNothing")->isVisible());
}

void TestKeys::remembersWhatWasRun()
{
    openPalette();
    QTest::keyClicks(&field(), u"larger"_s);
    QTest::keyClick(&field(), Qt::Key_Return);
    openPalette();
    QTest::keyClicks(&field(), u"wang"_s);
    field().setText(u"王"_s);
    QTest::keyClick(&field(), Qt::Key_Return);
    openPalette();
    QCOMPARE(titles().at(0), u"王小明"_s);
    QCOMPARE(titles().at(1), u"Larger text"_s);
    const QStringList kept{Sample::Wang.value, u"action:larger-text"_s};
    QCOMPARE(window().settings.recentCommands(), kept);
}

void TestKeys::keysBehindItRest()
{
    openPalette();
    QTest::keyClick(&field(), Qt::Key_9, Qt::ControlModifier);
    QVERIFY(!window().child<NavButton>("view4")->isChecked());
    QVERIFY(field().isVisible());
}

void TestKeys::isNamedAndMirrored()
{
    qApp->setLayoutDirection(Qt::RightToLeft);
    openPalette();
    QTest::keyClicks(&field(), u"amina"_s);
    QVERIFY(list().isVisible());
    const auto *accessible = QAccessible::queryAccessibleInterface(&field());
    QCOMPARE(accessible->role(), QAccessible::EditableText);
    QCOMPARE(accessible->text(QAccessible::Name), u"Command palette"_s);
    QCOMPARE(accessible->text(QAccessible::Description), u"Amina Mansour, Bloom Bakery"_s);
    QCOMPARE(QAccessible::queryAccessibleInterface(&list())->role(), QAccessible::List);
    QCOMPARE(
        QAccessible::queryAccessibleInterface(&list())->text(QAccessible::Name), u"Commands"_s);
    if (const QString folder = qEnvironmentVariable("PAGEDESK_PICTURES"); !folder.isEmpty())
        QVERIFY(main().grab().save(folder + u"/palette-mirrored.png"_s));
    qApp->setLayoutDirection(Qt::LeftToRight);
    field().setText(u"co"_s);
    if (const QString folder = qEnvironmentVariable("PAGEDESK_PICTURES"); !folder.isEmpty())
        QVERIFY(main().grab().save(folder + u"/palette.png"_s));
}

void TestKeys::writesTheFileAtFirst()
{
    QVERIFY(content().contains("\n# resolve = \"Ctrl+E\"\n"));
    QVERIFY(content().contains("\n# Resolve or reopen\n"));
    QVERIFY(text("notice").isEmpty());
}

void TestKeys::takesTheFileAtStart()
{
    QVERIFY(write("view-resolved = \"Alt+R\"\n"));
    window().window.reset();
    Ui::MainWindow again(window().theme,
        Ui::DeskServices{window().desk.session, window().inbox, window().desk.conversations,
            window().contacts, window().roster, window().desk.threads, window().desk.drafts,
            window().desk.outbox, window().media, window().outgoing, window().uploader,
            window().connections, window().administration, window().people, window().search,
            window().images, window().desk.clock},
        window().settings);
    again.show();
    again.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&again));
    QTest::keyClick(&again, Qt::Key_R, Qt::AltModifier);
    QVERIFY(
        again.findChild<NavButton *>(u"view%1"_s.arg(static_cast<int>(ConversationView::Resolved)))
            ->isChecked());
    QCOMPARE(content(), QByteArray("view-resolved = \"Alt+R\"\n"));
}

void TestKeys::followsTheFile()
{
    QVERIFY(write("view-resolved = \"Alt+R\"\n"));
    QTRY_VERIFY(window().child<NavButton>("view4")->toolTip().contains(u"Alt+R"_s));
    QTest::keyClick(&main(), Qt::Key_R, Qt::AltModifier);
    QVERIFY(window().child<NavButton>("view4")->isChecked());
    QTest::keyClick(&main(), Qt::Key_1, Qt::ControlModifier);
    QTest::keyClick(&main(), Qt::Key_9, Qt::ControlModifier); // its key no more
    QVERIFY(!window().child<NavButton>("view4")->isChecked());
    // As many editors save: another file in its place. It is followed after that too.
    for (const QByteArray &name : {QByteArray("Alt+X"), QByteArray("Alt+Y")}) {
        QFile other(file() + u".new"_s);
        QVERIFY(other.open(QIODevice::WriteOnly));
        other.write("view-resolved = \"" + name + "\"\n");
        other.close();
        QVERIFY(QFile::remove(file()));
        QVERIFY(other.rename(file()));
        QTRY_VERIFY(
            window().child<NavButton>("view4")->toolTip().contains(QString::fromLatin1(name)));
    }
    QVERIFY(QFile::remove(file()));
    QTRY_VERIFY(window().child<NavButton>("view4")->toolTip().contains(u"Ctrl+9"_s));
}

void TestKeys::saysWhatIsWrongInTheFile()
{
    QVERIFY(write("# mine\nresolve = \"Ctrl+1\"\nreply = \"Alt+R\"\n"));
    QTRY_COMPARE(
        text("notice"), u"keys.toml, line 2: Ctrl+1 is already the key of “Inbox” (view-inbox)."_s);
    ShortcutsWindow &shortcuts = openShortcuts();
    auto &problems = *shortcuts.findChild<QLabel *>(u"keyProblems"_s);
    QVERIFY(problems.isVisible());
    QVERIFY(problems.text().contains(u"line 2"_s));
    QVERIFY(write("reply = \"Alt+R\"\n"));
    QTRY_VERIFY(!problems.isVisible());
}

void TestKeys::changesAKeyByPressingIt()
{
    ShortcutsWindow &shortcuts = openShortcuts();
    choose(shortcuts, u"Resolved"_s);
    auto &filter = *shortcuts.findChild<QLineEdit *>(u"shortcutFilter"_s);
    QTest::keyClick(&filter, Qt::Key_Return);
    auto &key = *shortcuts.findChild<KeyField *>(u"keyField"_s);
    QTRY_VERIFY(key.hasFocus());
    QTest::keyClick(&key, Qt::Key_Control);
    QVERIFY(key.isVisible()); // waits for the key itself
    QTest::keyClick(&key, Qt::Key_D, Qt::ControlModifier);
    QVERIFY(!key.isVisible());
    QVERIFY(content().contains("\nview-resolved = \"Ctrl+D\"\n"));
    QVERIFY(content().contains("\n# resolve = \"Ctrl+E\"\n"));
    auto &actions = *shortcuts.findChild<QTreeWidget *>(u"shortcutList"_s);
    QCOMPARE(actions.currentItem()->text(1), u"Ctrl+D"_s);
    // Escape leaves it as it is.
    QTest::mouseClick(shortcuts.findChild<QPushButton *>(u"keyChange"_s), Qt::LeftButton);
    QTRY_VERIFY(key.hasFocus());
    QTest::keyClick(&key, Qt::Key_Escape);
    QVERIFY(!key.isVisible());
    QCOMPARE(actions.currentItem()->text(1), u"Ctrl+D"_s);
    if (const QString folder = qEnvironmentVariable("PAGEDESK_PICTURES"); !folder.isEmpty()) {
        filter.clear();
        QVERIFY(shortcuts.grab().save(folder + u"/shortcuts.png"_s));
    }
    shortcuts.reject();
    main().activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&main()));
    QTest::keyClick(&main(), Qt::Key_D, Qt::ControlModifier);
    QVERIFY(window().child<NavButton>("view4")->isChecked());
}

void TestKeys::takesAKeyFromAnother()
{
    ShortcutsWindow &shortcuts = openShortcuts();
    choose(shortcuts, u"Resolved"_s);
    QTest::mouseClick(shortcuts.findChild<QPushButton *>(u"keyChange"_s), Qt::LeftButton);
    auto &key = *shortcuts.findChild<KeyField *>(u"keyField"_s);
    QTRY_VERIFY(key.hasFocus());
    QTest::keyClick(&key, Qt::Key_K, Qt::ControlModifier);
    auto &note = *shortcuts.findChild<QLabel *>(u"keyNote"_s);
    QCOMPARE(note.text(), u"Ctrl+K is the key of “Filter conversations”."_s);
    QVERIFY(!content().contains("\nview-resolved"));
    auto &takeAway = *shortcuts.findChild<QPushButton *>(u"keyTakeAway"_s);
    QVERIFY(takeAway.isVisible());
    QTest::keyClick(&takeAway, Qt::Key_Space);
    QVERIFY(content().contains("\nview-resolved = \"Ctrl+K\"\n"));
    QVERIFY(content().contains("\nfilter = \"/\"\n"));
    QVERIFY(!takeAway.isVisible());
    QVERIFY(note.text().isEmpty());
    QVERIFY(window().child<QLineEdit>("filter")->toolTip().contains(u"(/)"_s));
}

void TestKeys::refusesWhatWouldType()
{
    ShortcutsWindow &shortcuts = openShortcuts();
    choose(shortcuts, u"Resolved"_s);
    const QByteArray before = content();
    QTest::mouseClick(shortcuts.findChild<QPushButton *>(u"keyChange"_s), Qt::LeftButton);
    auto &key = *shortcuts.findChild<KeyField *>(u"keyField"_s);
    QTRY_VERIFY(key.hasFocus());
    QTest::keyClick(&key, Qt::Key_E);
    QCOMPARE(shortcuts.findChild<QLabel *>(u"keyNote"_s)->text(), u"E would type text."_s);
    QCOMPARE(content(), before);
}

void TestKeys::turnsOffAndResets()
{
    ShortcutsWindow &shortcuts = openShortcuts();
    const QByteArray before = content();
    choose(shortcuts, u"Resolved"_s);
    auto &reset = *shortcuts.findChild<QPushButton *>(u"keyReset"_s);
    QVERIFY(!reset.isEnabled());
    QTest::mouseClick(shortcuts.findChild<QPushButton *>(u"keyOff"_s), Qt::LeftButton);
    QVERIFY(content().contains("\nview-resolved = \"\"\n"));
    auto &actions = *shortcuts.findChild<QTreeWidget *>(u"shortcutList"_s);
    QCOMPARE(actions.currentItem()->text(1), u"off"_s);
    QTest::mouseClick(&reset, Qt::LeftButton);
    QCOMPARE(content(), before);
    QTest::mouseClick(shortcuts.findChild<QPushButton *>(u"keyOff"_s), Qt::LeftButton);
    QTest::mouseClick(shortcuts.findChild<QPushButton *>(u"keyResetAll"_s), Qt::LeftButton);
    QCOMPARE(content(), before);
    QCOMPARE(actions.currentItem()->text(1), u"Ctrl+9"_s);
}

void TestKeys::tooltipsNameTheKeyInForce()
{
    QVERIFY(window().open(Sample::Amina));
    auto *resolve = window().child<QPushButton>("resolve");
    QCOMPARE(resolve->toolTip(), u"Resolve the conversation (Ctrl+E)"_s);
    QVERIFY(write("resolve = \"F9\"\nmenu = \"\"\nattach-files = \"F8\"\n"));
    QTRY_COMPARE(resolve->toolTip(), u"Resolve the conversation (F9)"_s);
    QCOMPARE(window().child<QAbstractButton>("menuButton")->toolTip(), u"Menu"_s);
    QCOMPARE(window().child<QAbstractButton>("attach")->toolTip(), u"Attach files (F8)"_s);
}

// Three Pages: Bloom Bakery, Harbour Bikes, Nadi Studio.
void TestKeys::aKeyForEveryPage()
{
    auto &rows = *window().child<QListView>("rows")->model();
    const int all = rows.rowCount();
    auto *bikes = window().child<NavButton>("page-70055");
    QTest::keyClick(&main(), Qt::Key_2, Qt::AltModifier);
    QTRY_COMPARE(rows.rowCount(), 4);
    QVERIFY(bikes->isChecked());
    QVERIFY2(bikes->toolTip().contains(u"(Alt+2)"_s), qPrintable(bikes->toolTip()));
    QTest::keyClick(&main(), Qt::Key_4, Qt::AltModifier); // there is no fourth one
    QCOMPARE(rows.rowCount(), 4);
    QTest::keyClick(&main(), Qt::Key_0, Qt::AltModifier);
    QTRY_COMPARE(rows.rowCount(), all);
    // Another key, as with every action.
    QVERIFY(write("second-page = \"F9\"\nall-pages = \"F8\"\n"));
    QTRY_VERIFY(bikes->toolTip().contains(u"(F9)"_s));
    QTest::keyClick(&main(), Qt::Key_F9);
    QTRY_COMPARE(rows.rowCount(), 4);
    openPalette();
    QTest::keyClicks(&field(), u"harbour"_s);
    const QModelIndex first = list().model()->index(0, 0);
    QCOMPARE(first.data().toString(), u"Harbour Bikes"_s);
    QVERIFY(first.data(Qt::AccessibleTextRole).toString().endsWith(u"F9"_s));
    QTest::keyClick(&field(), Qt::Key_Escape);
    choose(openShortcuts(), u"Page 2: Harbour Bikes"_s);
}

void TestKeys::thePlaceInTheRailDecides()
{
    Page page = window().inbox.conversations().pageOf(window().conversation(Sample::Amina));
    page.settings.nickname = u"Zoo & <b>more</b>"_s;
    page.seq += 1'000'000;
    QVERIFY(window().replica.write(
        [page](ReplicaWriter &writer) { return PageStore::apply(writer, page); }));
    // Its button is another one afterwards.
    const auto zoo = [this] { return window().child<NavButton>("page-70044"); };
    QTRY_VERIFY(zoo() && zoo()->toolTip().contains(u"(Alt+3)"_s));
    QTest::keyClick(&main(), Qt::Key_3, Qt::AltModifier);
    QTRY_VERIFY(zoo()->isChecked());
    choose(openShortcuts(), u"Page 3: Zoo & <b>more</b>"_s);
}

QTEST_MAIN(TestKeys)
#include "tst_keys.moc"
