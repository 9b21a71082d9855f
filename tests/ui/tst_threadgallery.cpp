// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/base/clock.h"
#include "models/items/threadmodel.h"
#include "tests/ui/threadgallery.h"
#include "ui/theme/themeprovider.h"
#include "ui/thread/threadview.h"

#include <QDir>
#include <QRegularExpression>
#include <QTest>

using namespace Pagedesk;
using namespace Pagedesk::Ui;
using namespace Qt::Literals::StringLiterals;

// Draws every kind of thread in every mode and checks that nothing is blank or sticks out. With
// PAGEDESK_PICTURES set to a folder it also leaves the pictures there, to be looked at.
class TestThreadGallery : public QObject {
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

void TestThreadGallery::initTestCase()
{
    qputenv("TZ", "UTC");
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedKingdom));
}

void TestThreadGallery::draws_data()
{
    QTest::addColumn<QList<Message>>("messages");
    QTest::addColumn<ThemeProvider::Mode>("mode");
    QTest::addColumn<int>("width");
    QTest::addColumn<qreal>("scale");
    QTest::addColumn<bool>("mirrored");
    const auto all = Test::gallery();
    for (auto thread = all.cbegin(); thread != all.cend(); ++thread) {
        const QByteArray name = thread.key().toLatin1();
        using Mode = ThemeProvider::Mode;
        QTest::addRow("%s-light", name.data()) << *thread << Mode::Light << 648 << 1.0 << false;
        QTest::addRow("%s-dark", name.data()) << *thread << Mode::Dark << 648 << 1.0 << false;
        QTest::addRow("%s-narrow", name.data()) << *thread << Mode::Light << 360 << 1.0 << false;
        QTest::addRow("%s-large", name.data()) << *thread << Mode::Light << 648 << 2.0 << false;
        QTest::addRow("%s-mirrored", name.data()) << *thread << Mode::Light << 648 << 1.0 << true;
    }
}

void TestThreadGallery::draws()
{
    QFETCH(const QList<Message>, messages);
    QFETCH(const int, width);
    QFETCH(const ThemeProvider::Mode, mode);
    QFETCH(const qreal, scale);
    QFETCH(const bool, mirrored);
    ThemeProvider themes(*qApp, mode);
    themes.setTextScale(scale);
    Test::FixtureMedia media;
    ManualClock clock(Test::Noonish + 30 * Test::Minute);
    ThreadModel model;
    ThreadView view(model, themes, media, clock);
    view.setLayoutDirection(mirrored ? Qt::RightToLeft : Qt::LeftToRight);
    view.setOwnName(u"Leila"_s);
    view.setContactName(u"Amina Mansour"_s);
    view.resize(width, 640);
    model.reset(messages, false);
    view.show();
    int height = 40;
    for (int row = 0; row < model.rowCount(); ++row)
        height += layOutRow(model.at(row), {}, {themes.theme(), {}, width, Qt::LeftToRight}).height;
    view.resize(width, std::min(height, 2000));
    const QImage picture = view.grab().toImage();

    for (const ThreadView::VisibleRow &row : view.visibleRows()) {
        const RowLayout &layout = *row.layout;
        const QRectF room(0, 0, width, layout.height);
        QVERIFY(layout.bubble.isEmpty() || room.contains(layout.bubble));
        for (const TextBlock &block : layout.texts)
            QVERIFY2(room.contains(block.rect), qPrintable(block.layout->text().left(40)));
        for (const CardBox &card : layout.cards)
            QVERIFY(room.contains(card.rect));
        for (const PictureBox &box : layout.pictures)
            QVERIFY(room.contains(box.rect));
    }
    QSet<QRgb> colours;
    for (int y = 0; y < picture.height(); y += 4) {
        for (int x = 0; x < picture.width(); x += 4)
            colours.insert(picture.pixel(x, y));
    }
    QVERIFY(colours.size() > 5);
    if (const QString folder = qEnvironmentVariable("PAGEDESK_PICTURES"); !folder.isEmpty())
        QVERIFY(picture.save(
            QDir(folder).filePath(QString::fromLatin1(QTest::currentDataTag()) + u".png"_s)));
}

QTEST_MAIN(TestThreadGallery)
#include "tst_threadgallery.moc"
