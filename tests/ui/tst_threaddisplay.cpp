// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/thread/displaytext.h"

#include <QElapsedTimer>
#include <QTest>

using namespace Pagedesk::Ui;
using namespace Qt::Literals::StringLiterals;

class TestThreadDisplay : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void neutralises_data();
    void neutralises();
    void cutsLongTexts();
    void copiesWhatWasMeant();
    void findsLinks_data();
    void findsLinks();
    void linkPlacesAreExact();
    void hostileLinksCostLittle();
    void refusesUnsafeAddresses_data();
    void refusesUnsafeAddresses();
    void countsEmoji_data();
    void countsEmoji();
};

void TestThreadDisplay::neutralises_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("shown");
    QTest::newRow("plain") << u"Hi, 你好 شكراً 👍"_s << u"Hi, 你好 شكراً 👍"_s;
    QTest::newRow("line breaks") << u"a\nb\r\nc\rd\ve\u2029f\u0085g"_s
                                 << u"a\u2028b\u2028c\u2028d\u2028e\u2028f\u2028g"_s;
    QTest::newRow("override") << u"\u202Egnp.exe\u202C"_s << u"\u2060gnp.exe\u2060"_s;
    QTest::newRow("isolate") << u"\u2067abc\u2069"_s << u"\u2060abc\u2060"_s;
    QTest::newRow("marks stay") << u"\u200Fabc\u200E"_s << u"\u200Fabc\u200E"_s;
    QTest::newRow("joiners stay") << u"👨‍👩‍👧"_s << u"👨‍👩‍👧"_s;
    QTest::newRow("controls") << u"a\u0007b\u001b[2Jc\u009b"_s << u"a\uFFFDb\uFFFD[2Jc\uFFFD"_s;
    QTest::newRow("nul") << QString(u"a\0b"_s) << u"a\uFFFDb"_s;
    QTest::newRow("tab stays") << u"a\tb"_s << u"a\tb"_s;
    QTest::newRow("high half alone") << QString(u'a') + QChar(0xd83d) + u'b' << u"a\uFFFDb"_s;
    QTest::newRow("low half alone") << QString(QChar(0xdc4d)) << u"\uFFFD"_s;
    QTest::newRow("high half at the end") << QString(QChar(0xd83d)) << u"\uFFFD"_s;
    QTest::newRow("empty") << QString() << QString();
}

void TestThreadDisplay::neutralises()
{
    QFETCH(const QString, text);
    QTEST(displayText(text), "shown");
}

void TestThreadDisplay::cutsLongTexts()
{
    const QString cut = displayText(QString(100, u'x'), 10);
    QCOMPARE(cut, QString(10, u'x') + u'…');
    QCOMPARE(displayText(QString(10, u'x'), 10), QString(10, u'x'));
    // Never through a surrogate pair.
    QCOMPARE(displayText(u"a👍👍"_s, 2), u"a👍…"_s);
    QCOMPARE(displayLine(u" a\n\n b\tc "_s), u"a b c"_s);
}

void TestThreadDisplay::copiesWhatWasMeant()
{
    QCOMPARE(clipboardText(displayText(u"a\r\nb\u202Ec"_s)), u"a\nbc"_s);
}

void TestThreadDisplay::findsLinks_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("links"); // text of each link
    const auto row = [](const char *name, const QString &text, const QStringList &links) {
        QTest::newRow(name) << text << links;
    };
    row("none", u"Hello there"_s, {});
    row("https", u"see https://example.org/a?b=c#d now"_s, {u"https://example.org/a?b=c#d"_s});
    row("http", u"http://example.org"_s, {u"http://example.org"_s});
    row("upper case", u"HTTPS://EXAMPLE.ORG/A"_s, {u"HTTPS://EXAMPLE.ORG/A"_s});
    row("www", u"www.example.org/menu"_s, {u"www.example.org/menu"_s});
    row("two", u"https://a.org and https://b.org"_s, {u"https://a.org"_s, u"https://b.org"_s});
    row("full stop", u"Go to https://example.org/a."_s, {u"https://example.org/a"_s});
    row("question", u"Is it https://example.org/a?"_s, {u"https://example.org/a"_s});
    row("comma", u"https://a.org, https://b.org!"_s, {u"https://a.org"_s, u"https://b.org"_s});
    row("in brackets", u"(see https://example.org/a)"_s, {u"https://example.org/a"_s});
    row("brackets of its own", u"https://example.org/a_(b)"_s, {u"https://example.org/a_(b)"_s});
    row("both", u"(https://example.org/a_(b))."_s, {u"https://example.org/a_(b)"_s});
    row("square", u"[https://example.org]"_s, {u"https://example.org"_s});
    row("angle", u"<https://example.org/x>"_s, {u"https://example.org/x"_s});
    row("quotes", u"\"https://example.org/x\" «https://b.org»"_s,
        {u"https://example.org/x"_s, u"https://b.org"_s});
    row("chinese full stop", u"请看https://example.org/a。谢谢"_s, {u"https://example.org/a"_s});
    row("chinese with spaces", u"请看 https://example.org/a。"_s, {u"https://example.org/a"_s});
    row("emphasis", u"*https://example.org/a*"_s, {u"https://example.org/a"_s});
    row("next line", u"https://example.org/a\u2028https://b.org"_s,
        {u"https://example.org/a"_s, u"https://b.org"_s});
    row("unicode host", u"https://bücher.example/ä"_s, {u"https://bücher.example/ä"_s});
    row("port", u"http://127.0.0.1:8080/x"_s, {u"http://127.0.0.1:8080/x"_s});
    row("bare domain", u"example.org or facebook.com/page"_s, {});
    row("mail address", u"mail me@example.org"_s, {});
    row("www of a mail", u"me@www.example.org"_s, {});
    row("other schemes", u"javascript:alert(1) file:///etc/passwd ftp://a.org mailto:a@b.org"_s,
        {});
    row("inside a word", u"xhttps://example.org"_s, {});
    row("nothing after", u"https:// www. https://."_s, {});
    row("only www", u"www.x"_s, {});
    row("disguised host", u"https://facebook.com@evil.example/"_s, {});
    row("override inside", u"https://example.org/\u2060exe"_s, {u"https://example.org/"_s});
}

void TestThreadDisplay::findsLinks()
{
    QFETCH(const QString, text);
    QStringList found;
    const QList<TextLink> links = Pagedesk::Ui::findLinks(text);
    for (const TextLink &link : links) {
        found.append(text.mid(link.start, link.length));
        QVERIFY(isSafeLink(link.url));
    }
    QTEST(found, "links");
}

void TestThreadDisplay::linkPlacesAreExact()
{
    const QList<TextLink> links = Pagedesk::Ui::findLinks(u"👍 www.Example.org/A."_s);
    QCOMPARE(links.size(), 1);
    QCOMPARE(links.first(), (TextLink{3, 17, QUrl(u"https://www.example.org/A"_s)}));
}

void TestThreadDisplay::hostileLinksCostLittle()
{
    const QString text = u"https://a.org/"_s + QString(20000, u')') + u" www."_s.repeated(4000);
    QElapsedTimer timer;
    timer.start();
    QCOMPARE(Pagedesk::Ui::findLinks(text).size(), 1);
    QVERIFY2(timer.elapsed() < 500, qPrintable(QString::number(timer.elapsed())));
}

void TestThreadDisplay::refusesUnsafeAddresses_data()
{
    QTest::addColumn<QString>("address");
    QTest::addColumn<bool>("safe");
    QTest::newRow("https") << u"https://example.org/"_s << true;
    QTest::newRow("http") << u"http://example.org"_s << true;
    QTest::newRow("script") << u"javascript:alert(1)"_s << false;
    QTest::newRow("file") << u"file:///etc/passwd"_s << false;
    QTest::newRow("data") << u"data:text/html,x"_s << false;
    QTest::newRow("ours") << u"pagedesk://conversation/1"_s << false;
    QTest::newRow("no host") << u"https:///x"_s << false;
    QTest::newRow("user") << u"https://good.example@evil.example"_s << false;
    QTest::newRow("empty") << QString() << false;
}

void TestThreadDisplay::refusesUnsafeAddresses()
{
    QFETCH(const QString, address);
    QTEST(isSafeLink(QUrl(address)), "safe");
}

void TestThreadDisplay::countsEmoji_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("count");
    QTest::newRow("one") << u"👍"_s << 1;
    QTest::newRow("skin tone") << u"👍🏽"_s << 1;
    QTest::newRow("family") << u"👨‍👩‍👧"_s << 1;
    QTest::newRow("flag") << u"🇩🇪"_s << 1;
    QTest::newRow("two flags") << u"🇩🇪🇫🇷"_s << 2;
    QTest::newRow("region") << u"🏴󠁧󠁢󠁳󠁣󠁴󠁿"_s << 1;
    QTest::newRow("heart") << u"❤"_s << 1;
    QTest::newRow("red heart") << u"❤️"_s << 1;
    QTest::newRow("keycap") << u"1️⃣"_s << 1;
    QTest::newRow("copyright as emoji") << u"©️"_s << 1;
    QTest::newRow("three with spaces") << u"🎂 🎉 🥳"_s << 3;
    QTest::newRow("four") << u"🎂🎉🥳👍"_s << 0;
    QTest::newRow("with a word") << u"ok 👍"_s << 0;
    QTest::newRow("digit") << u"1"_s << 0;
    QTest::newRow("copyright") << u"©"_s << 0;
    QTest::newRow("half a flag") << u"🇩"_s << 0;
    QTest::newRow("joins nothing") << u"👍\u200d"_s << 0;
    QTest::newRow("spaces") << u"  "_s << 0;
    QTest::newRow("empty") << QString() << 0;
    QTest::newRow("chinese") << u"你好"_s << 0;
    QTest::newRow("long") << u"👍"_s.repeated(1000) << 0;
}

void TestThreadDisplay::countsEmoji()
{
    QFETCH(const QString, text);
    QTEST(emojiCount(text), "count");
}

QTEST_GUILESS_MAIN(TestThreadDisplay)
#include "tst_threaddisplay.moc"
