// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/desk/mediacache.h"
#include "models/desk/mediafetcher.h"
#include "models/picture/imagedecoder.h"
#include "ui/shell/filename.h"
#include "ui/shell/imageviewer.h"
#include "ui/shell/mediaimages.h"
#include "ui/theme/themeprovider.h"

#include <QApplication>
#include <QBuffer>
#include <QCryptographicHash>
#include <QFile>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QWheelEvent>

using namespace Pagedesk;
using namespace Pagedesk::Ui;
using namespace Qt::Literals::StringLiterals;

namespace {

QByteArray encoded(QSize size, const char *format = "PNG")
{
    QImage image(size, QImage::Format_Mono);
    image.fill(1);
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, format);
    return bytes;
}

Attachment picture(const QByteArray &bytes)
{
    Attachment attachment;
    attachment.kind = AttachmentKind::Image;
    attachment.state = AttachmentState::Captured;
    attachment.hash
        = QString::fromLatin1(QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex());
    return attachment;
}

} // namespace

class TestMedia : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void decodes_data();
    void decodes();
    void refuses_data();
    void refuses();
    void namesFilesSafely_data();
    void namesFilesSafely();
    void loadsOnceAndKeeps();
    void aSmallBoxTakesTheSmallPicture();
    void asksAgainOnlyAfterAConnection();
    void viewerFitsZoomsAndCloses();

private:
    QString write(const QByteArray &bytes);

    QTemporaryDir m_folder;
};

QString TestMedia::write(const QByteArray &bytes)
{
    QFile file(m_folder.filePath(u"picture"_s));
    const bool written
        = file.open(QIODevice::WriteOnly | QIODevice::Truncate) && file.write(bytes) >= 0;
    return written ? file.fileName() : QString();
}

void TestMedia::decodes_data()
{
    QTest::addColumn<QSize>("size");
    QTest::addColumn<QByteArray>("format");
    QTest::addColumn<QSize>("cover");
    QTest::addColumn<QSize>("result");
    QTest::newRow("whole") << QSize(300, 200) << QByteArray("PNG") << QSize() << QSize(300, 200);
    QTest::newRow("covers") << QSize(300, 200) << QByteArray("PNG") << QSize(100, 100)
                            << QSize(150, 100);
    QTest::newRow("never larger") << QSize(30, 20) << QByteArray("PNG") << QSize(100, 100)
                                  << QSize(30, 20);
    QTest::newRow("a line") << QSize(8000, 1) << QByteArray("PNG") << QSize(40, 40)
                            << QSize(8000, 1);
    QTest::newRow("jpeg") << QSize(300, 200) << QByteArray("JPEG") << QSize(150, 100)
                          << QSize(150, 100);
}

void TestMedia::decodes()
{
    QFETCH(const QSize, size);
    QFETCH(const QByteArray, format);
    QFETCH(const QSize, cover);
    QFETCH(const QSize, result);
    const auto image = decodeImage(write(encoded(size, format.constData())), cover);
    QVERIFY(image);
    QCOMPARE(image->size(), result);
}

void TestMedia::refuses_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<Error::Kind>("kind");
    QTest::newRow("empty") << QByteArray() << Error::Kind::Rejected;
    QTest::newRow("no picture") << QByteArray("<html>") << Error::Kind::Rejected;
    QTest::newRow("svg") << QByteArray("<svg xmlns='http://www.w3.org/2000/svg'/>")
                         << Error::Kind::Rejected;
    QTest::newRow("bmp") << encoded({10, 10}, "BMP") << Error::Kind::Rejected;
    QTest::newRow("too wide") << encoded({16385, 1}) << Error::Kind::TooLarge;
    QTest::newRow("too many pixels") << encoded({8000, 5001}) << Error::Kind::TooLarge;
}

void TestMedia::refuses()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const Error::Kind, kind);
    const auto image = decodeImage(write(bytes));
    QVERIFY(!image);
    QCOMPARE(image.error().kind, kind);
    const auto missing = decodeImage(m_folder.filePath(u"missing"_s));
    QVERIFY(!missing && missing.error().kind == Error::Kind::Storage);
}

void TestMedia::namesFilesSafely_data()
{
    QTest::addColumn<QString>("given");
    QTest::addColumn<QString>("safe");
    QTest::newRow("ordinary") << u"invoice 4.pdf"_s << u"invoice 4.pdf"_s;
    QTest::newRow("a path") << u"../../etc/passwd"_s << u"_.._etc_passwd"_s;
    QTest::newRow("hidden") << u".bashrc"_s << u"bashrc"_s;
    QTest::newRow("windows") << u"a:b*?.txt"_s << u"a_b__.txt"_s;
    QTest::newRow("dot behind") << u"a.exe. ."_s << u"a.exe"_s;
    QTest::newRow("device") << u"CON"_s << u"_CON"_s;
    QTest::newRow("device with a suffix") << u"nul.txt"_s << u"_nul.txt"_s;
    QTest::newRow("numbered device") << u"com1 .log"_s << u"_com1 .log"_s;
    QTest::newRow("no device") << u"console.txt"_s << u"console.txt"_s;
    QTest::newRow("emoji") << u"party 🎉.jpg"_s << u"party 🎉.jpg"_s;
    QTest::newRow("nothing") << QString() << u"file.pdf"_s;
    QTest::newRow("only dots") << u"..."_s << u"file.pdf"_s;
}

void TestMedia::namesFilesSafely()
{
    QFETCH(const QString, given);
    Attachment file;
    file.kind = AttachmentKind::File;
    file.mimeType = u"application/pdf"_s;
    file.name = given;
    QTEST(safeFileName(file), "safe");
    file.name = u"invoice\u202Efdp.exe"_s; // looks like …exe.pdf
    QVERIFY(!safeFileName(file).contains(QChar(0x202E)));
    file.name = QString(500, u'x') + u".pdf"_s;
    QVERIFY(safeFileName(file).size() <= 120);
    QVERIFY(safeFileName(file).endsWith(u".pdf"_s));
    file.name = QString(500, u'漢') + u".pdf"_s; // three bytes each: disks count those
    QVERIFY(safeFileName(file).toUtf8().size() <= 255);
    QVERIFY(safeFileName(file).endsWith(u".pdf"_s));
}

void TestMedia::loadsOnceAndKeeps()
{
    const QByteArray bytes = encoded({300, 200});
    const Attachment attachment = picture(bytes);
    MediaCache cache(m_folder.path());
    QVERIFY(cache.store(attachment.hash, bytes));
    MediaFetcher fetcher(m_folder.path());
    MediaImages images(fetcher);
    QSignalSpy ready(&images, &MediaSource::thumbnailReady);
    QVERIFY(!images.thumbnail(attachment, {100, 100}));
    QVERIFY(!images.thumbnail(attachment, {100, 100})); // on its way: not asked for twice
    QTRY_COMPARE(ready.size(), 1);
    QCOMPARE(ready.at(0).at(0).toString(), attachment.hash);
    const auto image = images.thumbnail(attachment, {100, 100});
    QVERIFY(image);
    QCOMPARE(image->size(), QSize(150, 100));
    QVERIFY(!images.thumbnail(attachment, {40, 40})); // another size is another picture
    QTRY_COMPARE(ready.size(), 2);
    QVERIFY(!images.thumbnail({}, {40, 40}));
}

void TestMedia::aSmallBoxTakesTheSmallPicture()
{
    const QByteArray large = encoded({1280, 960});
    const QByteArray small = encoded({640, 480}, "JPEG");
    Attachment attachment = picture(large);
    attachment.thumbnail = picture(small).hash;
    attachment.width = 1280;
    attachment.height = 960;
    MediaCache cache(m_folder.path());
    QVERIFY(cache.store(attachment.thumbnail, small)); // the large one is not there
    MediaFetcher fetcher(m_folder.path());
    MediaImages images(fetcher);
    QSignalSpy ready(&images, &MediaSource::thumbnailReady);
    QVERIFY(!images.thumbnail(attachment, {200, 200}));
    QTRY_COMPARE(ready.size(), 1);
    QCOMPARE(ready.at(0).at(0).toString(), attachment.hash);
    QVERIFY(images.thumbnail(attachment, {200, 200}));
    // Too large a box for it: the picture itself, once it can be fetched.
    QVERIFY(!images.thumbnail(attachment, {900, 700}));
    QTRY_VERIFY(!images.isBusy());
    QVERIFY(cache.store(attachment.hash, large));
    images.tryAgain();
    QVERIFY(!images.thumbnail(attachment, {900, 700}));
    QTRY_COMPARE(ready.size(), 3);
    QVERIFY(images.thumbnail(attachment, {900, 700})->width() > 640);
}

void TestMedia::asksAgainOnlyAfterAConnection()
{
    const QByteArray bytes = encoded({30, 20});
    const Attachment attachment = picture(bytes);
    QTemporaryDir folder;
    MediaFetcher fetcher(folder.path()); // without a relay: offline
    MediaImages images(fetcher);
    QSignalSpy ready(&images, &MediaSource::thumbnailReady);
    QVERIFY(!images.thumbnail(attachment, {10, 10}));
    QTRY_VERIFY(!images.isBusy());
    MediaCache cache(folder.path());
    QVERIFY(cache.store(attachment.hash, bytes));
    QVERIFY(!images.thumbnail(attachment, {10, 10}));
    QTRY_VERIFY(!images.isBusy());
    QCOMPARE(ready.size(), 0);
    images.tryAgain();
    QCOMPARE(ready.size(), 1); // views ask again
    QVERIFY(!images.thumbnail(attachment, {10, 10}));
    QTRY_COMPARE(ready.size(), 2);
    QVERIFY(images.thumbnail(attachment, {10, 10}));
}

void TestMedia::viewerFitsZoomsAndCloses()
{
    const ThemeProvider theme(*qApp, ThemeProvider::Mode::Light);
    QPointer<ImageViewer> viewer = new ImageViewer(theme, u"Picture"_s);
    viewer->resize(400, 400);
    viewer->show();
    QImage image(800, 400, QImage::Format_RGB32);
    image.fill(Qt::red);
    viewer->setImage(image);
    QCOMPARE(viewer->zoom(), 0.5);
    viewer->resize(200, 400); // stays fitted
    QTRY_COMPARE(viewer->zoom(), 0.25);
    QWheelEvent wheel(QPointF(100, 200), QPointF(100, 200), {}, QPoint(0, 480), Qt::NoButton,
        Qt::NoModifier, Qt::NoScrollPhase, false);
    QApplication::sendEvent(viewer, &wheel);
    QCOMPARE(viewer->zoom(), 0.5);
    QTest::keyClick(viewer, Qt::Key_1);
    QCOMPARE(viewer->zoom(), 1.0);
    QTest::keyClick(viewer, Qt::Key_0);
    QCOMPARE(viewer->zoom(), 0.25);
    for (int i = 0; i < 60; ++i)
        viewer->zoomBy(2, {100, 200});
    QCOMPARE(viewer->zoom(), 16.0);
    QTest::keyClick(viewer, Qt::Key_Escape);
    QTRY_VERIFY(viewer.isNull());
}

QTEST_MAIN(TestMedia)
#include "tst_media.moc"
