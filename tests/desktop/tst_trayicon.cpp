// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/trayicon.h"
#include "tests/ui/windowfixture.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QSignalSpy>
#include <QTest>
#include <QTranslator>

using namespace Pagedesk;
using namespace Pagedesk::Testing;
using namespace Qt::Literals::StringLiterals;

namespace {

// The place of the mark.
QColor corner(const QIcon &icon)
{
    const QImage image = icon.pixmap(64, 64).toImage();
    return image.pixelColor(image.width() * 3 / 4, image.height() / 4);
}

} // namespace

// What the tray shows: the platform's own icon is none of ours, its words and picture are.
class TestTrayIcon : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_words.load(QStringLiteral(PAGEDESK_WORDS)));
        QCoreApplication::installTranslator(&m_words);
    }

    void nothingIsWrong()
    {
        const TrayIcon tray;
        QCOMPARE(tray.toolTip(), u"Pagedesk"_s);
        QCOMPARE(
            tray.icon().pixmap(64, 64).toImage(), TrayIcon::sign(false).pixmap(64, 64).toImage());
    }
    void aPageInTroubleIsNamedAndMarked()
    {
        TrayIcon tray;
        const QColor bad = Ui::lightTheme().bad;
        QVERIFY(corner(tray.icon()).rgb() != bad.rgb());
        tray.setTrouble({u"Bloom <b>Bakery</b>: no access"_s});
        QCOMPARE(tray.toolTip(), u"Pagedesk\nBloom <b>Bakery</b>: no access"_s);
        QCOMPARE(corner(tray.icon()).rgb(), bad.rgb());
        tray.setTrouble({});
        QCOMPARE(tray.toolTip(), u"Pagedesk"_s);
        QVERIFY(corner(tray.icon()).rgb() != bad.rgb());
    }
    void whatIsUnreadIsCounted()
    {
        TrayIcon tray;
        tray.setUnread(1);
        QCOMPARE(tray.toolTip(), u"Pagedesk\n1 unread conversation"_s);
        QCOMPARE(tray.icon().pixmap(64, 64).toImage(),
            TrayIcon::sign(false, true).pixmap(64, 64).toImage());
        tray.setUnread(12);
        tray.setTrouble({u"Bakery: no access"_s});
        QCOMPARE(tray.toolTip(), u"Pagedesk\n12 unread conversations\nBakery: no access"_s);
        tray.setUnread(0);
        QCOMPARE(tray.toolTip(), u"Pagedesk\nBakery: no access"_s);
    }
    void manyPagesAreCounted_data()
    {
        QTest::addColumn<int>("pages");
        QTest::addColumn<QString>("last");
        QTest::newRow("three") << 3 << u"Page 3"_s;
        QTest::newRow("four") << 4 << u"And 1 other Page."_s;
        QTest::newRow("many") << 200 << u"And 197 other Pages."_s;
    }
    void manyPagesAreCounted()
    {
        QFETCH(const int, pages);
        QFETCH(const QString, last);
        QStringList sentences;
        for (int i = 1; i <= pages; ++i)
            sentences.append(u"Page %1"_s.arg(i));
        TrayIcon tray;
        tray.setTrouble(sentences);
        const QStringList lines = tray.toolTip().split(u'\n');
        QCOMPARE(lines.size(), 1 + std::min(pages, 4));
        QCOMPARE(lines.last(), last);
    }
    void theMenuShowsAndQuits()
    {
        const TrayIcon tray;
        QSignalSpy shown(&tray, &TrayIcon::showRequested);
        QSignalSpy ended(&tray, &TrayIcon::quitRequested);
        const QList<QAction *> actions = tray.menu().actions();
        QCOMPARE(actions.size(), 2);
        actions.at(0)->trigger();
        QCOMPARE(shown.size(), 1);
        actions.at(1)->trigger();
        QCOMPARE(ended.size(), 1);
    }
    // The sample has a Page that needs a login.
    void theWindowTellsItOfPages()
    {
        WindowFixture fixture;
        TrayIcon tray;
        connect(fixture.window.get(), &Ui::MainWindow::pagesInTroubleChanged, &tray,
            &TrayIcon::setTrouble);
        QVERIFY(fixture.show());
        QTRY_VERIFY2(tray.toolTip().contains(u"Nadi Studio: "_s), qPrintable(tray.toolTip()));
        QCOMPARE(corner(tray.icon()).rgb(), Ui::lightTheme().bad.rgb());
        QCOMPARE(tray.toolTip().count(u'\n'), 1);
    }

private:
    QTranslator m_words;
};

QTEST_MAIN(TestTrayIcon)
#include "tst_trayicon.moc"
