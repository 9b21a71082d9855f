// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/domain/foldedtext.h"

#include <QTest>

using namespace Pagedesk;
using namespace Qt::Literals::StringLiterals;

using Places = QList<std::pair<int, int>>;
Q_DECLARE_METATYPE(Places)

// How words are found in a text whatever their case and accents.
class TestFoldedText : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void finds_data();
    void finds();
    void foldsAsMuchAsItMarks();
    void staysWithinTheText();
};

void TestFoldedText::finds_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("typed");
    QTest::addColumn<Places>("places");
    QTest::newRow("nothing typed") << u"cake"_s << QString() << Places{};
    QTest::newRow("not there") << u"cake"_s << u"bread"_s << Places{};
    QTest::newRow("case") << u"The CAKE, the cake"_s << u"cake"_s << Places{{4, 4}, {14, 4}};
    QTest::newRow("in a word") << u"pancakes"_s << u"cake"_s << Places{{3, 4}};
    QTest::newRow("accents folded") << u"¿Cuándo?"_s << u"cuando"_s << Places{{1, 6}};
    QTest::newRow("accents typed") << u"Grusse"_s << u"grüs"_s << Places{{0, 4}};
    QTest::newRow("separate accents are marked too")
        << u"caf\u0065\u0301s"_s << u"cafe"_s << Places{{0, 5}};
    QTest::newRow("ligature") << u"o\uFB03ce"_s << u"ffi"_s << Places{{1, 1}};
    QTest::newRow("part of a ligature") << u"o\uFB03ce"_s << u"of"_s << Places{{0, 2}};
    QTest::newRow("line end is a space") << u"blue\u2028bike"_s << u"blue bike"_s << Places{{0, 9}};
    QTest::newRow("chinese") << u"请问这款自行车"_s << u"自行车"_s << Places{{4, 3}};
    QTest::newRow("arabic with vowel signs") << u"مَرْحَبا"_s << u"مرحبا"_s << Places{{0, 8}};
    QTest::newRow("emoji") << u"warm 🍞 bread"_s << u"🍞"_s << Places{{5, 2}};
    QTest::newRow("overlaps count once") << u"aaaa"_s << u"aa"_s << Places{{0, 2}, {2, 2}};
}

void TestFoldedText::finds()
{
    QFETCH(const QString, text);
    QFETCH(const QString, typed);
    QTEST(findFolded(text, foldedForFind(typed)), "places");
}

// A message that is found shows a mark.
void TestFoldedText::foldsAsMuchAsItMarks()
{
    for (const QString &text :
        {u"Siân O’Malley"_s, u"ＡＢＣ"_s, u"Ǆ"_s, u"İstanbul"_s, u"한국어"_s}) {
        const QString folded = foldedForFind(text);
        QVERIFY(!folded.isEmpty());
        QCOMPARE(findFolded(text, folded), (Places{{0, static_cast<int>(text.size())}}));
    }
}

void TestFoldedText::staysWithinTheText()
{
    const QString zalgo = u"a"_s + QString(50'000, QChar(0x0301)) + u"b"_s;
    QCOMPARE(findFolded(zalgo, u"ab"_s), (Places{{0, 50'002}}));
    const QString lone = QString(QChar(0xd800)) + u"x"_s;
    QCOMPARE(findFolded(lone, u"x"_s), (Places{{1, 1}}));
    QVERIFY(findFolded(QString(), u"x"_s).isEmpty());
    QCOMPARE(findFolded(QString(100'000, u'a'), u"a"_s).size(), 100'000);
}

QTEST_GUILESS_MAIN(TestFoldedText)
#include "tst_foldedtext.moc"
