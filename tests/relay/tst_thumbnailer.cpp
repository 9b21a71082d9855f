// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/media/thumbnailer.h"
#include "tests/support/await.h"

#include <QBuffer>
#include <QFile>
#include <QImage>
#include <QPainter>
#include <QProcess>
#include <QRandomGenerator>
#include <QTest>

using namespace Pagedesk;
using namespace Pagedesk::Relay;
using Pagedesk::Testing::await;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

// The real program, as the relay runs it: with pictures of all kinds, and with what only says that
// it is one.
class TestThumbnailer : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void largePicturesGetASmallOne_data()
    {
        QTest::addColumn<QByteArray>("format");
        QTest::addColumn<QSize>("size");
        QTest::addColumn<QSize>("small");
        QTest::newRow("jpeg") << "JPEG"_ba << QSize(4000, 3000) << QSize(640, 480);
        QTest::newRow("png") << "PNG"_ba << QSize(1000, 2000) << QSize(320, 640);
        QTest::newRow("wide") << "PNG"_ba << QSize(5000, 20) << QSize(640, 3);
    }
    void largePicturesGetASmallOne()
    {
        QFETCH(QByteArray, format);
        QFETCH(QSize, size);
        QFETCH(QSize, small);
        const auto made = await(m_thumbnailer.make(picture(size, format)), 30s);
        PAGEDESK_SUCCEEDS(made);
        QCOMPARE(QSize(made->width, made->height), size);
        const QImage image = QImage::fromData(made->picture);
        QVERIFY2(std::abs(image.width() - small.width()) <= 1
                && std::abs(image.height() - small.height()) <= 1,
            qPrintable(u"%1 x %2"_s.arg(image.width()).arg(image.height())));
        QVERIFY(made->picture.size() < 400 * 1024);
    }

    void smallPicturesAreTheirOwn()
    {
        const auto made = await(m_thumbnailer.make(picture({300, 200}, "PNG")), 30s);
        PAGEDESK_SUCCEEDS(made);
        QCOMPARE(QSize(made->width, made->height), QSize(300, 200));
        QVERIFY(made->picture.isEmpty());
    }

    void whatCanBeLookedThroughStaysSo()
    {
        QImage image(2000, 1000, QImage::Format_ARGB32);
        image.fill(Qt::transparent);
        const auto made = await(m_thumbnailer.make(bytesOf(image, "PNG")), 30s);
        PAGEDESK_SUCCEEDS(made);
        if (!made->picture.isEmpty())
            QVERIFY(QImage::fromData(made->picture).hasAlphaChannel());
    }

    void turnedPicturesAreShownUpright()
    {
        // Exif orientation 6: a quarter turn to the right.
        QByteArray bytes = picture({1600, 800}, "JPEG");
        const QByteArray exif = QByteArray::fromHex(
            "ffe1002245786966000049492a0008000000010012010300010000000600000000000000");
        bytes.insert(2, exif);
        const auto made = await(m_thumbnailer.make(bytes), 30s);
        PAGEDESK_SUCCEEDS(made);
        QCOMPARE(QSize(made->width, made->height), QSize(800, 1600));
        const QImage image = QImage::fromData(made->picture);
        QVERIFY(image.height() > image.width());
    }

    void whatIsNoPictureIsRefused_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        const QByteArray png = picture({900, 900}, "PNG");
        const QByteArray jpeg = picture({900, 900}, "JPEG");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("text") << "hello"_ba;
        QTest::newRow("svg") << R"(<svg xmlns="http://www.w3.org/2000/svg"/>)"_ba;
        QTest::newRow("only a head") << png.left(33);
        QTest::newRow("a bomb") << bomb(60'000, 60'000);
        QTest::newRow("too many pixels") << bomb(16'000, 16'000);
        QTest::newRow("negative") << bomb(0x80000001U, 10);
        QTest::newRow("nul") << QByteArray(100'000, '\0');
        QRandomGenerator random(11);
        for (int i = 0; i < 8; ++i) {
            QByteArray spoiled = (i % 2 ? png : jpeg).left(200);
            for (int n = 0; n < 60; ++n) {
                spoiled[random.bounded(8, int(spoiled.size()))]
                    = static_cast<char>(random.bounded(256));
            }
            QTest::addRow("spoiled %d", i) << spoiled;
        }
    }
    void whatIsNoPictureIsRefused()
    {
        QFETCH(QByteArray, bytes);
        const auto made = await(m_thumbnailer.make(bytes), 30s);
        if (made) // a decoder may make something of spoiled bytes, within the limits
            QVERIFY(qint64(made->width) * made->height <= 40'000'000);
        else
            QCOMPARE(made.error().kind, Error::Kind::Rejected);
    }

    void manyAtOnceAllEnd()
    {
        int ended = 0;
        const QByteArray bytes = picture({900, 900}, "PNG");
        for (int i = 0; i < 12; ++i)
            m_thumbnailer.make(bytes).then(
                this, [&ended](const Result<Thumbnail> &made) { ended += made ? 1 : 0; });
        QTRY_COMPARE_WITH_TIMEOUT(ended, 12, 60'000);
    }

    void itSeesNothingOfOurs()
    {
        // Its environment is empty but for the encoding, whatever the relay's holds.
        qputenv("PAGEDESK_MASTER_KEY", "a secret");
        const QByteArray bytes = picture({3000, 3000}, "PNG");
        auto task = m_thumbnailer.make(bytes);
        QByteArray environment;
        const bool seen = QTest::qWaitFor(
            [&] {
                for (QProcess *process : m_thumbnailer.findChildren<QProcess *>()) {
                    QFile file(u"/proc/%1/environ"_s.arg(process->processId()));
                    if (process->processId() > 0 && file.open(QIODevice::ReadOnly))
                        environment = file.readAll();
                }
                return environment.startsWith("LC_ALL=");
            },
            10'000);
        QVERIFY(seen);
        QVERIFY(!environment.contains("PAGEDESK"));
        PAGEDESK_SUCCEEDS(await(std::move(task), 30s));
    }

private:
    static QByteArray bytesOf(const QImage &image, const char *format)
    {
        QByteArray bytes;
        QBuffer buffer(&bytes);
        buffer.open(QIODevice::WriteOnly);
        image.save(&buffer, format);
        return bytes;
    }

    static QByteArray picture(QSize size, const QByteArray &format)
    {
        QImage image(size, QImage::Format_RGB32);
        QRandomGenerator random(3);
        for (int y = 0; y < size.height(); ++y) {
            auto *line = reinterpret_cast<QRgb *>(image.scanLine(y));
            for (int x = 0; x < size.width(); ++x)
                line[x] = qRgb(x % 256, y % 256, random.bounded(16));
        }
        return bytesOf(image, format.constData());
    }

    // A PNG whose head announces a size that nobody should make room for.
    static QByteArray bomb(quint32 width, quint32 height)
    {
        QByteArray bytes = picture({8, 8}, "PNG");
        for (int i = 0; i < 4; ++i) {
            bytes[16 + i] = static_cast<char>(width >> (24 - 8 * i));
            bytes[20 + i] = static_cast<char>(height >> (24 - 8 * i));
        }
        return bytes;
    }

    Thumbnailer m_thumbnailer{QStringLiteral(PAGEDESK_BIN_DIR "/pagedesk-thumbnailer")};
};

QTEST_GUILESS_MAIN(TestThumbnailer)
#include "tst_thumbnailer.moc"
