// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/domain/searchquery.h"
#include "models/domain/searchwords.h"

#include <QRandomGenerator>
#include <QTest>
#include <QTimeZone>

using namespace Pagedesk;
using namespace Qt::Literals::StringLiterals;

namespace {

// A Wednesday in Berlin.
QDateTime now()
{
    return {QDate(2026, 11, 4), QTime(14, 9), QTimeZone("Europe/Berlin")};
}

qint64 midnight(int year, int month, int day)
{
    return QDateTime(QDate(year, month, day), QTime(0, 0), QTimeZone("Europe/Berlin"))
        .toMSecsSinceEpoch();
}

SearchQuery parse(const QString &text)
{
    return parseSearch(text, now());
}

QStringList wordsOf(const QString &text)
{
    QStringList words;
    for (const SearchWord &word : searchWords(composedForSearch(text)))
        words.append(word.text);
    return words;
}

// Whether somebody who types `search` finds `text`.
bool finds(const QString &search, const QString &text)
{
    const SearchQuery query = parse(search);
    const auto words = searchWords(composedForSearch(text));
    const auto isThere
        = [&words](const SearchPhrase &phrase) { return !placesOf(phrase, words).isEmpty(); };
    return !query.wanted.isEmpty() && std::all_of(query.wanted.begin(), query.wanted.end(), isThere)
        && std::none_of(query.unwanted.begin(), query.unwanted.end(), isThere);
}

} // namespace

class TestSearch : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void folds_data();
    void folds();
    void findsInEveryScript_data();
    void findsInEveryScript();
    void snippetsMarkWhatWasFound();
    void readsWordsAndPhrases();
    void readsOperators();
    void readsDates_data();
    void readsDates();
    void saysWhatItDoesNotKnow();
    void anyTextIsASearch_data();
    void anyTextIsASearch();
    void noiseIsASearch();
};

void TestSearch::folds_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("words");
    QTest::newRow("case") << u"Hello WORLD"_s << QStringList{u"hello"_s, u"world"_s};
    QTest::newRow("accents") << u"Crème Brûlée, Žižek"_s
                             << QStringList{u"creme"_s, u"brulee"_s, u"zizek"_s};
    QTest::newRow("taken apart") << u"cafe\u0301"_s << QStringList{u"cafe"_s};
    QTest::newRow("letters with strokes")
        << u"Łódź Ærø Øl straße"_s << QStringList{u"lodz"_s, u"aero"_s, u"ol"_s, u"strasse"_s};
    QTest::newRow("turkish") << u"İSTANBUL ılık"_s << QStringList{u"istanbul"_s, u"ilik"_s};
    QTest::newRow("full width") << u"ＡＢＣ１２３"_s << QStringList{u"abc123"_s};
    QTest::newRow("ligature") << u"ﬁnd"_s << QStringList{u"find"_s};
    QTest::newRow("arabic marks") << u"مَرْحَبًا"_s << QStringList{u"مرحبا"_s};
    QTest::newRow("alef") << u"أحمد إلى"_s << QStringList{u"احمد"_s, u"الي"_s};
    QTest::newRow("hebrew points") << u"שָׁלוֹם"_s << QStringList{u"שלום"_s};
    QTest::newRow("hindi keeps its vowels") << u"की कि"_s << QStringList{u"की"_s, u"कि"_s};
    QTest::newRow("korean") << u"환불은"_s << QStringList{u"환불은"_s};
    QTest::newRow("chinese") << u"请问这"_s << QStringList{u"请问"_s, u"问这"_s, u"这"_s};
    QTest::newRow("kana are not their plain forms") << u"がか"_s << QStringList{u"がか"_s, u"か"_s};
    QTest::newRow("half width kana") << u"ﾎﾟｽﾄ"_s << wordsOf(u"ポスト"_s);
    QTest::newRow("thai") << u"สีอื่น"_s
                          << QStringList{u"สีอ"_s, u"ีอื"_s, u"อื่"_s, u"ื่น"_s, u"่น"_s, u"น"_s};
    QTest::newRow("mixed") << u"iPhone手机15"_s
                           << QStringList{u"iphone"_s, u"手机"_s, u"机"_s, u"15"_s};
    QTest::newRow("emoji") << u"ok👍🏽👩‍👧!"_s
                           << QStringList{u"ok"_s, u"👍"_s, u"👩"_s, u"👧"_s};
    QTest::newRow("unseen characters")
        << u"in\u00ADvo\u200Bice \u202Eabc\u202C"_s << QStringList{u"invoice"_s, u"abc"_s};
    QTest::newRow("signs") << u"a_b \"c\" (d)* ^e {f} +g-h"_s
                           << QStringList{
                                  u"a"_s, u"b"_s, u"c"_s, u"d"_s, u"e"_s, u"f"_s, u"g"_s, u"h"_s};
    QTest::newRow("halves of letters")
        << u"a"_s + QChar(0xD83D) + u'b' + QChar(0xDC4D) << QStringList{u"a"_s, u"b"_s};
    QTest::newRow("nothing") << u"?!… \n\t"_s << QStringList{};
}

void TestSearch::folds()
{
    QFETCH(QString, text);
    QFETCH(QStringList, words);
    QCOMPARE(wordsOf(text), words);
}

void TestSearch::findsInEveryScript_data()
{
    QTest::addColumn<QString>("search");
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("found");
    const QString chinese = u"请问这款自行车还有货吗?"_s;
    QTest::newRow("one sign") << u"车"_s << chinese << true;
    QTest::newRow("two signs") << u"自行"_s << chinese << true;
    QTest::newRow("a word") << u"自行车"_s << chinese << true;
    QTest::newRow("the end") << u"货吗"_s << chinese << true;
    QTest::newRow("signs apart") << u"自车"_s << chinese << false;
    QTest::newRow("the other way round") << u"行自"_s << chinese << false;
    const QString japanese = u"予約を明日の午後三時に変更できますか"_s;
    QTest::newRow("japanese") << u"変更"_s << japanese << true;
    QTest::newRow("japanese, one sign") << u"後"_s << japanese << true;
    const QString thai = u"สวัสดีค่ะมีสีอื่นไหมคะ"_s;
    QTest::newRow("thai, inside") << u"สีอื่น"_s << thai << true;
    QTest::newRow("thai, two signs") << u"มี"_s << thai << true;
    QTest::newRow("thai, one sign") << u"ห"_s << thai << true;
    QTest::newRow("thai, other") << u"แดง"_s << thai << false;
    const QString khmer = u"សួស្តីតើហាងបើកម៉ោងប៉ុន្មាន"_s;
    QTest::newRow("khmer, inside") << u"ហាងបើក"_s << khmer << true;
    QTest::newRow("khmer, with separators")
        << u"ហាងបើក"_s << u"តើ\u200Bហាង\u200Bបើក\u200Bម៉ោង"_s << true;
    QTest::newRow("khmer, other") << u"ថ្លៃ"_s << khmer << false;
    QTest::newRow("burmese") << u"ဆိုင်"_s << u"ဒီဆိုင်ဖွင့်လား"_s << true;
    QTest::newRow("beginning of a word") << u"hel"_s << u"oh hello"_s << true;
    QTest::newRow("one letter") << u"h"_s << u"oh hello"_s << true;
    QTest::newRow("a word is whole once a space follows") << u"hel "_s << u"oh hello"_s << false;
    QTest::newRow("not inside a word") << u"ello"_s << u"oh hello"_s << false;
    QTest::newRow("words anywhere") << u"world hello"_s << u"Hello, my World"_s << true;
    QTest::newRow("phrase") << u"\"my world\""_s << u"Hello, my World"_s << true;
    QTest::newRow("phrase in other order") << u"\"world my\""_s << u"Hello, my World"_s << false;
    QTest::newRow("phrase of two scripts") << u"\"手机 case\""_s << u"蓝色手机 case"_s << true;
    QTest::newRow("phrase, not next") << u"\"手机 case\""_s << u"手机蓝色 case"_s << false;
    QTest::newRow("not") << u"hello -world"_s << u"hello world"_s << false;
    QTest::newRow("accents either way") << u"müller"_s << u"MULLER"_s << true;
    QTest::newRow("accents the other way") << u"muller"_s << u"Müller"_s << true;
    QTest::newRow("time of day") << u"19:30"_s << u"Samstag um 19:30 Uhr"_s << true;
    QTest::newRow("address") << u"https://shop.example.com/items"_s
                             << u"see https://shop.example.com/items/4711"_s << true;
    QTest::newRow("emoji") << u"👍"_s << u"ok 👍🏽"_s << true;
}

void TestSearch::findsInEveryScript()
{
    QFETCH(QString, search);
    QFETCH(QString, text);
    QFETCH(bool, found);
    QCOMPARE(finds(search, text), found);
}

void TestSearch::snippetsMarkWhatWasFound()
{
    const auto marked = [](const QString &search, const QString &text) {
        const Snippet snippet = snippetOf(text, parse(search).wanted);
        QStringList marks;
        for (const TextRange &range : snippet.marks)
            marks.append(snippet.text.mid(range.start, range.length));
        return marks;
    };
    QCOMPARE(marked(u"crem bru "_s, u"Une Crème brûlée"_s), QStringList{});
    QCOMPARE(
        marked(u"brulee crem"_s, u"Une Crème\nbrûlée"_s), (QStringList{u"Crème"_s, u"brûlée"_s}));
    QCOMPARE(marked(u"行车"_s, u"自行车行车"_s), QStringList{u"行车行车"_s});
    QCOMPARE(marked(u"车"_s, u"自行车还"_s), QStringList{u"车"_s});
    QCOMPARE(marked(u"cafe"_s, u"a cafe\u0301 b"_s), QStringList{u"café"_s});
    const QString early = u"word "_s.repeated(200);
    const Snippet snippet
        = snippetOf(early + u"needle\nin it "_s + early, parse(u"needle"_s).wanted);
    QCOMPARE(snippet.marks.size(), 1);
    QCOMPARE(snippet.text.mid(snippet.marks.at(0).start, snippet.marks.at(0).length), u"needle"_s);
    QVERIFY(snippet.text.size() <= 165);
    QVERIFY(snippet.text.startsWith(u'…') && snippet.text.endsWith(u'…'));
    QVERIFY(!snippet.text.contains(u'\n'));
    QCOMPARE(snippetOf(u"plain"_s, {}), (Snippet{u"plain"_s, {}}));
}

void TestSearch::readsWordsAndPhrases()
{
    const SearchQuery query = parse(u"red \"size 42\" -blue -\"not this\" jack"_s);
    QCOMPARE(query.wanted,
        (QList<SearchPhrase>{
            {{u"red"_s}, false}, {{u"size"_s, u"42"_s}, false}, {{u"jack"_s}, true}}));
    QCOMPARE(query.unwanted,
        (QList<SearchPhrase>{{{u"blue"_s}, false}, {{u"not"_s, u"this"_s}, false}}));
    QVERIFY(query.problems.isEmpty());
    QCOMPARE(
        parse(u"\"left open"_s).wanted, (QList<SearchPhrase>{{{u"left"_s, u"open"_s}, false}}));
    QCOMPARE(parse(u"„so auch“ «ou ainsi»"_s).wanted.size(), 2);
    QCOMPARE(parse(u"a - b"_s).wanted.size(), 2);
    QVERIFY(parse(u" ! "_s).isEmpty());
    QVERIFY(!parse(u"-x"_s).isEmpty());
}

void TestSearch::readsOperators()
{
    const SearchQuery query
        = parse(u"from:\"Maria Silva\" from:me page:Bakery state:open -state:resolved "
                "assignee:none label:vip has:photos -has:link window:closing in:notes pay"_s);
    QVERIFY(query.problems.isEmpty());
    QCOMPARE(
        query.from, (QList<SearchChoice<QString>>{{u"Maria Silva"_s, false}, {u"me"_s, false}}));
    QCOMPARE(query.pages, (QList<SearchChoice<QString>>{{u"Bakery"_s, false}}));
    QCOMPARE(query.states,
        (QList<SearchChoice<ConversationState>>{
            {ConversationState::Open, false}, {ConversationState::Resolved, true}}));
    QCOMPARE(query.assignees, (QList<SearchChoice<QString>>{{u"none"_s, false}}));
    QCOMPARE(query.labels, (QList<SearchChoice<QString>>{{u"vip"_s, false}}));
    QCOMPARE(query.has,
        (QList<SearchChoice<SearchMatter>>{
            {SearchMatter::Photo, false}, {SearchMatter::Link, true}}));
    QCOMPARE(query.windows, (QList<SearchChoice<SearchWindow>>{{SearchWindow::Closing, false}}));
    QCOMPARE(query.in, QList{SearchPlace::Notes});
    QCOMPARE(query.wanted, (QList<SearchPhrase>{{{u"pay"_s}, true}}));
    QCOMPARE(parse(u"FROM：Maria"_s).from.size(), 1);
    QCOMPARE(parse(u"-in:names"_s).in, (QList{SearchPlace::Notes, SearchPlace::Messages}));
}

void TestSearch::readsDates_data()
{
    QTest::addColumn<QString>("search");
    QTest::addColumn<qint64>("after");
    QTest::addColumn<qint64>("before");
    QTest::newRow("iso") << u"after:2026-03-31"_s << midnight(2026, 3, 31) << qint64(0);
    QTest::newRow("points") << u"after:31.3.2026"_s << midnight(2026, 3, 31) << qint64(0);
    QTest::newRow("strokes") << u"before:31/3/2026"_s << qint64(0) << midnight(2026, 3, 31);
    QTest::newRow("this year") << u"before:1.2."_s << qint64(0) << midnight(2026, 2, 1);
    QTest::newRow("month") << u"after:2025-07"_s << midnight(2025, 7, 1) << qint64(0);
    QTest::newRow("year") << u"before:2024"_s << qint64(0) << midnight(2024, 1, 1);
    QTest::newRow("today") << u"after:today"_s << midnight(2026, 11, 4) << qint64(0);
    QTest::newRow("yesterday") << u"after:Yesterday"_s << midnight(2026, 11, 3) << qint64(0);
    QTest::newRow("days") << u"after:7d"_s << midnight(2026, 10, 28) << qint64(0);
    QTest::newRow("weeks") << u"after:2w"_s << midnight(2026, 10, 21) << qint64(0);
    QTest::newRow("months") << u"before:3m"_s << qint64(0) << midnight(2026, 8, 4);
    QTest::newRow("years") << u"before:1y"_s << qint64(0) << midnight(2025, 11, 4);
    QTest::newRow("both") << u"after:2025 before:2026"_s << midnight(2025, 1, 1)
                          << midnight(2026, 1, 1);
    QTest::newRow("the narrower") << u"after:2024 after:2025"_s << midnight(2025, 1, 1)
                                  << qint64(0);
    QTest::newRow("not before") << u"-before:2025"_s << midnight(2025, 1, 1) << qint64(0);
}

void TestSearch::readsDates()
{
    QFETCH(QString, search);
    QFETCH(qint64, after);
    QFETCH(qint64, before);
    const SearchQuery query = parse(search);
    QVERIFY(query.problems.isEmpty());
    QCOMPARE(query.after, after);
    QCOMPARE(query.before, before);
}

void TestSearch::saysWhatItDoesNotKnow()
{
    using Kind = SearchProblem::Kind;
    const auto problem = [](const QString &text) {
        const auto problems = parse(text).problems;
        return problems.isEmpty() ? SearchProblem{Kind::TooMuch, u"none"_s, {}, {}}
                                  : problems.constFirst();
    };
    const SearchProblem unknown = problem(u"colour:red"_s);
    QCOMPARE(unknown.kind, Kind::UnknownOperator);
    QCOMPARE(unknown.name, u"colour"_s);
    QVERIFY(unknown.valid.contains(u"label"_s));
    QCOMPARE(parse(u"colour:red"_s).wanted, (QList<SearchPhrase>{{{u"colour"_s, u"red"_s}, true}}));
    const SearchProblem value = problem(u"state:gone x"_s);
    QCOMPARE(value.kind, Kind::BadValue);
    QCOMPARE(value.name, u"state"_s);
    QCOMPARE(value.value, u"gone"_s);
    QCOMPARE(value.valid, (QStringList{u"open"_s, u"pending"_s, u"snoozed"_s, u"resolved"_s}));
    QCOMPARE(problem(u"before:someday x"_s).kind, Kind::BadValue);
    QCOMPARE(problem(u"before:2026-02-30 x"_s).kind, Kind::BadValue);
    QCOMPARE(problem(u"after:99.99.9999 x"_s).kind, Kind::BadValue);
    QCOMPARE(problem(u"has:"_s).kind, Kind::NoValue);
    QCOMPARE(problem(u"has:ph"_s).kind, Kind::NoValue); // still being written
    QCOMPARE(problem(u"has:ph x"_s).kind, Kind::BadValue);
    for (const QString &fine : {u"Hello: there"_s, u"19:30"_s, u"https://example.com"_s, u"re:"_s})
        QVERIFY2(parse(fine).problems.isEmpty(), qPrintable(fine));
}

void TestSearch::anyTextIsASearch_data()
{
    QTest::addColumn<QString>("text");
    for (const QString &text : {u"\""_s, u"\"\""_s, u"\"\"\""_s, u"-"_s, u"--"_s, u"-\""_s, u":"_s,
             u"::"_s, u"from:\""_s, u"a AND b OR NOT (c"_s, u"NEAR(a b, 3)"_s, u"words : x"_s,
             u"^a*"_s, u"{words}: a + b *"_s, u"'; DROP TABLE message; --"_s, u"_d1 _c0"_s,
             u"\u202Eabc\u202C\u2066"_s, u"-from:-page:-"_s, u"before:-1"_s,
             u"after:999999999999d"_s, u"before:0"_s, u"after:0000-00-00"_s})
        QTest::newRow(qPrintable(text)) << text;
    QTest::newRow("null") << QString();
    QTest::newRow("halves of letters") << QString(QChar(0xD83D)) + u" \""_s + QChar(0xDC4D);
    QTest::newRow("zero") << QString(QChar(0)) + u'a' + QChar(0);
    QTest::newRow("10,000 letters") << QString(10'000, u'a');
    QTest::newRow("10,000 quotes") << QString(10'000, u'"');
    QTest::newRow("10,000 signs") << QString(10'000, QChar(0x8BF7));
    QTest::newRow("5,000 words") << u"a "_s.repeated(5000);
    QTest::newRow("marks upon marks") << u'a' + QString(5000, QChar(0x0301));
}

void TestSearch::anyTextIsASearch()
{
    QFETCH(QString, text);
    const SearchQuery query = parse(text);
    QVERIFY(query.wanted.size() + query.unwanted.size() <= 24);
    for (const SearchPhrase &phrase : query.wanted + query.unwanted) {
        QVERIFY(!phrase.words.isEmpty() && phrase.words.size() <= 40);
        for (const QString &word : phrase.words) {
            QVERIFY(!word.isEmpty());
            for (const char16_t sign : u"\"*^(){}:+- _'\0")
                QVERIFY(!word.contains(QChar(sign)));
        }
    }
    (void)snippetOf(text, query.wanted);
    QCOMPARE(query.problems.size() > 0, text.size() > 1000 || query.problems.size() > 0);
}

void TestSearch::noiseIsASearch()
{
    QRandomGenerator random(20261122);
    const QString signs
        = u"ab\"-:  fromhasin\u0301車ก\u202E'*()"_s + QString(QChar(0xD83D)) + QChar(0xDC4D);
    for (int round = 0; round < 20'000; ++round) {
        QString text;
        for (int i = random.bounded(30); i > 0; --i)
            text += signs.at(random.bounded(int(signs.size())));
        const SearchQuery query = parse(text);
        const Snippet snippet = snippetOf(text, query.wanted);
        for (const TextRange &range : snippet.marks)
            QVERIFY(range.start >= 0 && range.length > 0
                && range.start + range.length <= snippet.text.size());
        // What somebody types of a text that has no operators in it, they find.
        if (!text.contains(u':') && !text.contains(u'-') && !query.wanted.isEmpty())
            QVERIFY2(finds(text, text), qPrintable(text));
    }
}

QTEST_APPLESS_MAIN(TestSearch)
#include "tst_search.moc"
