// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/windowfixture.h"

#include <QApplication>
#include <QDir>
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
        QTest::failOnWarning(QRegularExpression(u"^(?!\\s*OpenType support missing)"_s));
    }
    void draws_data();
    void draws();
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
    QTest::qWait(300); // pictures are decoded on their own thread
    const QImage picture = fixture.window->grab().toImage();
    QSet<QRgb> colours;
    for (int y = 0; y < picture.height(); y += 4) {
        for (int x = 0; x < picture.width(); x += 4)
            colours.insert(picture.pixel(x, y));
    }
    QVERIFY(colours.size() > 10);
    if (const QString folder = qEnvironmentVariable("PAGEDESK_PICTURES"); !folder.isEmpty())
        QVERIFY(picture.save(
            QDir(folder).filePath(QString::fromLatin1(QTest::currentDataTag()) + u".png"_s)));
    qApp->setLayoutDirection(Qt::LeftToRight);
}

QTEST_MAIN(TestWindowGallery)
#include "tst_windowgallery.moc"
