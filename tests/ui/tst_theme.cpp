// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/errortext.h"
#include "ui/theme/appearance.h"
#include "ui/theme/avatar.h"
#include "ui/theme/icons.h"
#include "ui/theme/themeprovider.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFile>
#include <QLineEdit>
#include <QPixmap>
#include <QPlainTextEdit>
#include <QRadioButton>
#include <QSet>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTest>

using namespace Pagedesk;
using namespace Pagedesk::Ui;
using namespace Qt::Literals::StringLiterals;

class TestTheme : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void textIsReadable_data();
    void textIsReadable();
    void framesAreSeen_data();
    void framesAreSeen();
    void avatarsAreReadable();
    void avatarShowsPictureOrInitials();
    void everyIconDraws();
    void iconIsTintedAndCrisp();
    void providerSetsTheApplication();
    void darkIsSeenInAPalette();
    void styleSheetIsComplete();
    void textScaleIsKeptWithinBounds();
    void modesHaveNames();
    void everyFailureHasItsOwnSentence();
    void everyErrorHasItsOwnSentence();
};

void TestTheme::textIsReadable_data()
{
    QTest::addColumn<bool>("dark");
    QTest::addColumn<QColor>("text");
    QTest::addColumn<QColor>("ground");
    for (const bool dark : {false, true}) {
        const Theme t = dark ? darkTheme() : lightTheme();
        const auto add
            = [dark](const char *name, const QColor &text, const QList<QColor> &grounds) {
                  for (const QColor &ground : grounds)
                      QTest::addRow(
                          "%s %s on %s", dark ? "dark" : "light", name, qPrintable(ground.name()))
                          << dark << text << ground;
              };
        const QList<QColor> rooms{t.background, t.surface, t.raised, t.selection};
        const QList<QColor> bubbles{t.incoming, t.note, t.assistant};
        add("text", t.text, rooms + bubbles + QList{t.accentSoft, t.warnSoft, t.badSoft});
        add("muted", t.muted, rooms + bubbles);
        add("faint", t.faint, rooms);
        add("accent", t.accent, rooms + bubbles + QList{t.accentSoft});
        add("accentText", t.accentText, {t.accent});
        add("outgoingText", t.outgoingText, {t.outgoing});
        add("warn", t.warn, rooms + QList{t.warnSoft});
        add("bad", t.bad, rooms + QList{t.badSoft});
        add("ok", t.ok, rooms + QList{t.assistant});
    }
}

void TestTheme::textIsReadable()
{
    QFETCH(const QColor, text);
    QFETCH(const QColor, ground);
    QVERIFY2(contrast(text, ground) >= 4.5,
        qPrintable(
            u"%1 on %2 is %3:1"_s.arg(text.name(), ground.name()).arg(contrast(text, ground))));
}

void TestTheme::framesAreSeen_data()
{
    QTest::addColumn<bool>("dark");
    QTest::addColumn<QString>("control");
    for (const bool dark : {false, true}) {
        for (const char *control : {"field", "text", "check", "radio", "combo", "spin"})
            QTest::addRow("%s %s", dark ? "dark" : "light", control)
                << dark << QString::fromLatin1(control);
    }
}

// What is drawn at the left edge of a control, against every ground it may stand on.
void TestTheme::framesAreSeen()
{
    QFETCH(const bool, dark);
    QFETCH(const QString, control);
    const ThemeProvider provider(
        *qApp, dark ? ThemeProvider::Mode::Dark : ThemeProvider::Mode::Light);
    const Theme &theme = provider.theme();
    std::unique_ptr<QWidget> widget;
    if (control == u"field"_s)
        widget = std::make_unique<QLineEdit>();
    else if (control == u"text"_s)
        widget = std::make_unique<QPlainTextEdit>();
    else if (control == u"check"_s)
        widget = std::make_unique<QCheckBox>();
    else if (control == u"radio"_s)
        widget = std::make_unique<QRadioButton>();
    else if (control == u"combo"_s)
        widget = std::make_unique<QComboBox>();
    else
        widget = std::make_unique<QSpinBox>();
    widget->resize(120, 40);
    const QImage image = widget->grab().toImage();
    for (const QColor &ground : {theme.background, theme.surface, theme.raised}) {
        QVERIFY(contrast(edgeOf(theme), ground) >= 3);
        double most = 0;
        for (int x = 0; x < 6; ++x)
            most = std::max(most, contrast(image.pixelColor(x, image.height() / 2), ground));
        QVERIFY2(most >= 3, qPrintable(u"%1 on %2"_s.arg(most).arg(ground.name())));
    }
}

void TestTheme::avatarsAreReadable()
{
    QCOMPARE(qRound(contrast(Qt::black, Qt::white)), 21);
    for (int hue = -30; hue < 400; ++hue)
        QVERIFY(contrast(avatarColour(hue), Qt::white) >= 4.5);
    QCOMPARE(avatarColour(-90), avatarColour(270));
    QVERIFY(avatarColour(0) != avatarColour(120));
}

void TestTheme::avatarShowsPictureOrInitials()
{
    const QImage drawn = avatarPixmap(40, 2.0, u"AM"_s, 228).toImage();
    QCOMPARE(drawn.size(), QSize(80, 80));
    QCOMPARE(drawn.pixelColor(0, 0).alpha(), 0);
    QCOMPARE(drawn.pixelColor(40, 8).rgb(), avatarColour(228).rgb());

    QImage picture(100, 50, QImage::Format_RGB32);
    picture.fill(Qt::red);
    const QImage shown = avatarPixmap(40, 1.0, u"AM"_s, 228, picture).toImage();
    QCOMPARE(shown.pixelColor(20, 20).rgb(), QColor(Qt::red).rgb());
    QCOMPARE(shown.pixelColor(0, 0).alpha(), 0);
}

void TestTheme::everyIconDraws()
{
    QSet<QByteArray> seen;
    for (int i = 0; i < IconCount; ++i) {
        const auto icon = static_cast<Icon>(i);
        const QImage image = iconPixmap(icon, Qt::black, 16, 1.0).toImage();
        int drawn = 0;
        for (int y = 0; y < 16; ++y) {
            for (int x = 0; x < 16; ++x)
                drawn += image.pixelColor(x, y).alpha() > 127 ? 1 : 0;
        }
        QVERIFY2(drawn >= 6, qPrintable(iconFile(icon)));
        QFile file(iconFile(icon));
        QVERIFY2(file.open(QIODevice::ReadOnly), qPrintable(iconFile(icon)));
        seen.insert(file.readAll());
    }
    QCOMPARE(seen.size(), IconCount);
}

void TestTheme::iconIsTintedAndCrisp()
{
    const QPixmap pixmap = iconPixmap(Icon::Check, QColor(0xb42318), 16, 2.0);
    QCOMPARE(pixmap.size(), QSize(32, 32));
    QCOMPARE(pixmap.devicePixelRatio(), 2.0);
    const QImage image = pixmap.toImage();
    QColor strongest;
    for (int y = 0; y < 32; ++y) {
        for (int x = 0; x < 32; ++x) {
            if (image.pixelColor(x, y).alpha() > strongest.alpha() || !strongest.isValid())
                strongest = image.pixelColor(x, y);
        }
    }
    QCOMPARE(strongest.rgb(), QColor(0xb42318).rgb());
}

void TestTheme::providerSetsTheApplication()
{
    ThemeProvider provider(*qApp, ThemeProvider::Mode::Light);
    QSignalSpy changed(&provider, &ThemeProvider::changed);
    QCOMPARE(QApplication::palette().color(QPalette::Window), lightTheme().surface);
    QVERIFY(!provider.theme().dark);

    provider.setMode(ThemeProvider::Mode::Dark);
    QCOMPARE(changed.count(), 1);
    QCOMPARE(QApplication::palette().color(QPalette::Window), darkTheme().surface);
    QCOMPARE(QApplication::font().families().value(0), u"Noto Sans"_s);
    QCOMPARE(QApplication::font().pixelSize(), 14);
    QLineEdit field;
    field.ensurePolished();
    QVERIFY(contrast(field.palette().color(QPalette::Text), darkTheme().background) >= 4.5);

    provider.setMode(ThemeProvider::Mode::Dark);
    QCOMPARE(changed.count(), 1);
    provider.setTextScale(2.0);
    QCOMPARE(changed.count(), 2);
    QCOMPARE(QApplication::font().pixelSize(), 28);

    // The offscreen platform is light; our own dark palette must not be taken for the platform's.
    provider.setMode(ThemeProvider::Mode::System);
    QVERIFY(!provider.theme().dark);
    QCOMPARE(QApplication::palette().color(QPalette::Window), lightTheme().surface);
}

void TestTheme::darkIsSeenInAPalette()
{
    QVERIFY(isDark(paletteOf(darkTheme())));
    QVERIFY(!isDark(paletteOf(lightTheme())));
}

void TestTheme::styleSheetIsComplete()
{
    for (const Theme &theme : {lightTheme(), darkTheme()}) {
        const QString sheet = styleSheetOf(theme);
        QVERIFY(!sheet.contains(u'@'));
        QVERIFY(!sheet.contains(u": ;"_s));
        QVERIFY(sheet.contains(theme.accent.name()));
    }
}

void TestTheme::textScaleIsKeptWithinBounds()
{
    QCOMPARE(lightTheme(100).textScale, 3.0);
    QCOMPARE(darkTheme(0).textScale, 0.5);
    QCOMPARE(lightTheme(qQNaN()).textScale, 1.0);
    QCOMPARE(lightTheme(2).px(Metrics::Row), 128);
    QCOMPARE(lightTheme(1.5).fonts.secondary.pixelSize(), 20);
}

void TestTheme::modesHaveNames()
{
    using Mode = ThemeProvider::Mode;
    for (const Mode mode : {Mode::System, Mode::Light, Mode::Dark})
        QCOMPARE(modeFromName(modeName(mode)), mode);
    QCOMPARE(modeFromName(u"purple"), Mode::System);
}

void TestTheme::everyFailureHasItsOwnSentence()
{
    QSet<QString> seen;
    for (int i = static_cast<int>(FailureKind::WindowClosed);
         i <= static_cast<int>(FailureKind::Other); ++i) {
        const auto kind = static_cast<FailureKind>(i);
        const QString text = failureText(kind);
        QVERIFY2(text.startsWith(u"Not sent: "_s) || text.startsWith(u"Not delivered: "_s),
            qPrintable(text));
        QVERIFY(text.endsWith(u'.') && !text.contains(u'!'));
        QVERIFY(!failureTitle(kind).isEmpty());
        // Whoever could put it right is not sent to somebody else.
        const QString told = failureText(kind, true);
        QVERIFY2(told.startsWith(text.section(u':', 0, 0)) && !told.contains(u"n admin"_s)
                && !told.contains(u"your admin"_s),
            qPrintable(told));
        seen.insert(text);
    }
    QCOMPARE(seen.size(), static_cast<int>(FailureKind::Other));
    QVERIFY(mayHelpToSendAgain(FailureKind::Unreachable));
    QVERIFY(!mayHelpToSendAgain(FailureKind::TooLong));
}

void TestTheme::everyErrorHasItsOwnSentence()
{
    QSet<QString> seen;
    for (int i = 0; i <= static_cast<int>(Error::Kind::Damaged); ++i) {
        const QString text = errorText({static_cast<Error::Kind>(i), u"secret detail"_s, {}});
        QVERIFY(text.endsWith(u'.') && !text.contains(u'!') && !text.contains(u"secret"_s));
        seen.insert(text);
    }
    QCOMPARE(seen.size(), static_cast<int>(Error::Kind::Damaged) + 1);
    const QString later = errorText({Error::Kind::Timeout, {}, std::chrono::seconds(150)});
    QVERIFY2(later.contains(u'3'), qPrintable(later));
}

QTEST_MAIN(TestTheme)
#include "tst_theme.moc"
