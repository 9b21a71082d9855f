// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/windowfixture.h"
#include "ui/shell/actions.h"
#include "ui/shell/dialogs.h"
#include "ui/shell/helpwindow.h"
#include "ui/shell/keybindings.h"
#include "ui/shell/shortcutswindow.h"

#include <QApplication>
#include <QDialog>
#include <QDir>
#include <QMenu>
#include <QRegularExpression>
#include <QTest>
#include <QTextEdit>

using namespace Pagedesk;
using namespace Pagedesk::Testing;
using namespace Qt::Literals::StringLiterals;
using Mode = Ui::ThemeProvider::Mode;

// Draws the window in its modes and sizes and checks that it is not blank. With PAGEDESK_PICTURES
// set to a folder it also leaves the pictures there, to be looked at.
class TestWindowGallery : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init()
    {
        QTest::failOnWarning(QRegularExpression(
            u"^(?!\\s*OpenType support missing|This plugin does not support)"_s));
    }
    void draws_data();
    void draws();
    void drawsOtherWindows();

private:
    static void check(QWidget &window, const QString &name);
};

void TestWindowGallery::initTestCase()
{
    qputenv("TZ", "UTC");
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedKingdom));
}

namespace {

enum class Scene { Inbox, Nothing, Closed, Pairing, Offline, NoneOpen, Mirrored };

} // namespace

void TestWindowGallery::draws_data()
{
    QTest::addColumn<Mode>("mode");
    QTest::addColumn<Scene>("scene");
    QTest::addColumn<QSize>("size");
    QTest::addColumn<qreal>("scale");
    const QSize whole(1440, 900);
    QTest::newRow("inbox-light") << Mode::Light << Scene::Inbox << whole << 1.0;
    QTest::newRow("inbox-dark") << Mode::Dark << Scene::Inbox << whole << 1.0;
    QTest::newRow("offline-light") << Mode::Light << Scene::Offline << whole << 1.0;
    QTest::newRow("closed-light") << Mode::Light << Scene::Closed << whole << 1.0;
    QTest::newRow("none-open") << Mode::Light << Scene::NoneOpen << whole << 1.0;
    QTest::newRow("empty-dark") << Mode::Dark << Scene::Nothing << whole << 1.0;
    QTest::newRow("pairing-light") << Mode::Light << Scene::Pairing << whole << 1.0;
    QTest::newRow("narrow") << Mode::Light << Scene::Inbox << QSize(1000, 700) << 1.0;
    QTest::newRow("narrowest") << Mode::Dark << Scene::Inbox << QSize(700, 600) << 1.0;
    QTest::newRow("large-text") << Mode::Light << Scene::Inbox << whole << 1.6;
    QTest::newRow("mirrored") << Mode::Light << Scene::Mirrored << whole << 1.0;
}

void TestWindowGallery::draws()
{
    QFETCH(const Mode, mode);
    QFETCH(const Scene, scene);
    QFETCH(const QSize, size);
    QFETCH(const qreal, scale);
    qApp->setLayoutDirection(scene == Scene::Mirrored ? Qt::RightToLeft : Qt::LeftToRight);
    WindowFixture fixture(
        scene == Scene::Nothing ? WindowFixture::Content::Nothing : WindowFixture::Content::Sample,
        mode);
    fixture.theme.setTextScale(scale);
    QVERIFY(fixture.show(size));
    if (scene == Scene::Pairing)
        fixture.window->showPairing();
    else if (scene == Scene::Offline)
        QVERIFY(fixture.goOffline());
    else
        QVERIFY(fixture.goLive());
    if (scene == Scene::Inbox || scene == Scene::Offline || scene == Scene::Mirrored)
        QVERIFY(fixture.open(Sample::Amina));
    if (scene == Scene::Inbox)
        fixture.child<QTextEdit>("replyEditor")
            ->setPlainText(u"Of course, six is fine. It will be at the counter under your name"_s);
    if (scene == Scene::Closed)
        QVERIFY(fixture.open(Sample::Rosa));
    (void)fixture.window->grab(); // asks for the pictures
    QTRY_VERIFY(!fixture.images.isBusy());
    check(*fixture.window, QString::fromLatin1(QTest::currentDataTag()));
    qApp->setLayoutDirection(Qt::LeftToRight);
}

void TestWindowGallery::drawsOtherWindows()
{
    WindowFixture fixture(WindowFixture::Content::Nothing, Mode::Light);
    for (const Mode mode : {Mode::Light, Mode::Dark}) {
        fixture.theme.setMode(mode);
        const QString name = Ui::modeName(mode);
        Ui::HelpWindow help(fixture.theme);
        help.show();
        QVERIFY(Ui::HelpWindow::pages().size() > 1);
        check(help, u"help-"_s + name);
        Ui::Actions actions(help);
        Ui::KeyBindings bindings(actions, fixture.settings.file(u"keys.toml"_s));
        Ui::ShortcutsWindow shortcuts(fixture.theme, actions, bindings);
        shortcuts.setAttribute(Qt::WA_DeleteOnClose, false);
        shortcuts.show();
        check(shortcuts, u"shortcuts-"_s + name);
        Ui::askToOpenLink(QUrl(u"https://bloom.example/orders/482"_s), &help);
        check(*help.findChild<QDialog *>(u"openLink"_s), u"link-"_s + name);
        QMenu menu;
        actions.fillMenu(menu);
        menu.ensurePolished();
        menu.resize(menu.sizeHint());
        check(menu, u"menu-"_s + name);
    }
}

void TestWindowGallery::check(QWidget &window, const QString &name)
{
    const QImage picture = window.grab().toImage();
    QSet<QRgb> colours;
    for (int y = 0; y < picture.height(); y += 4) {
        for (int x = 0; x < picture.width(); x += 4)
            colours.insert(picture.pixel(x, y));
    }
    QVERIFY(colours.size() > 10);
    if (const QString folder = qEnvironmentVariable("PAGEDESK_PICTURES"); !folder.isEmpty())
        QVERIFY(picture.save(QDir(folder).filePath(name + u".png"_s)));
}

QTEST_MAIN(TestWindowGallery)
#include "tst_windowgallery.moc"
