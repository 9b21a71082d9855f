// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/palettesearch.h"

#include <QElapsedTimer>
#include <QRandomGenerator>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>

using namespace Pagedesk;
using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qint64 Now = 1'793'801'340'000;

Conversation conversation(int number, const QString &name)
{
    Conversation result;
    const PageId page{u"1"_s};
    const Psid psid{QString::number(number)};
    result.id = conversationId(page, psid);
    result.contact = {page, psid, name, {}};
    result.lastMessageAt = Now - number * 60'000;
    return result;
}

std::optional<FuzzyMatch> match(const QString &typed, const QString &text)
{
    return fuzzyMatch(foldedWords(typed), foldedLetters(text));
}

int score(const QString &typed, const QString &text)
{
    const auto found = match(typed, text);
    return found ? found->score : -1'000'000;
}

QStringList titles(const PaletteSearch &search)
{
    QStringList titles;
    for (const PaletteSearch::Hit &hit : search.hits())
        titles.append(hit.entry.title);
    return titles;
}

using Entry = PaletteSearch::Entry;
using Kind = PaletteSearch::Kind;

} // namespace

class TestPaletteSearch : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void fitsLettersInOrder_data();
    void fitsLettersInOrder();
    void marksTheLettersThatFit_data();
    void marksTheLettersThatFit();
    void putsTheBetterFitFirst_data();
    void putsTheBetterFitFirst();
    void hostileTextsAreBounded();
    void showsRecentOnesFirst();
    void findsActionsPagesAndConversations();
    void aVerbLimitsWhatIsMeant();
    void looksAtALimitedNumberInOneGo();
    void findsTheSameAsLookingAtAll();
    void narrowsDownWhatWasFound();
    void followsTheList();

private:
    void fill(const QStringList &names);
    void begin(const QStringList &recent = {});

    ManualClock m_clock{Now};
    std::unique_ptr<ConversationListModel> m_model;
    std::unique_ptr<PaletteSearch> m_search;
};

void TestPaletteSearch::fill(const QStringList &names)
{
    m_search.reset();
    m_model = std::make_unique<ConversationListModel>(m_clock);
    QList<Conversation> all;
    for (int i = 0; i < names.size(); ++i)
        all.append(conversation(i + 1, names.at(i)));
    m_model->reset(all);
    m_search = std::make_unique<PaletteSearch>(
        *m_model, [](const Contact &contact) { return contact.name; });
}

void TestPaletteSearch::begin(const QStringList &recent)
{
    m_search->begin({{Kind::Action, u"action:next"_s, u"Next conversation"_s},
                        {Kind::Action, u"action:resolve"_s, u"Resolve or reopen"_s},
                        {Kind::Action, u"action:settings"_s, u"Page settings"_s, false},
                        {Kind::Page, u"page:1"_s, u"Bloom Bakery"_s}},
        {u"Go to"_s, u"Show Page"_s}, recent);
}

void TestPaletteSearch::fitsLettersInOrder_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("fits");
    QTest::newRow("beginning") << u"res"_s << u"Resolve or reopen"_s << true;
    QTest::newRow("initials") << u"nc"_s << u"Next conversation"_s << true;
    QTest::newRow("gaps") << u"nxtcv"_s << u"Next conversation"_s << true;
    QTest::newRow("words in any order") << u"conv next"_s << u"Next conversation"_s << true;
    QTest::newRow("case") << u"RESOLVE"_s << u"Resolve or reopen"_s << true;
    QTest::newRow("accents folded") << u"sian"_s << u"Siân O’Malley"_s << true;
    QTest::newRow("accents typed") << u"Ámina"_s << u"Amina"_s << true;
    QTest::newRow("arabic") << u"نادية"_s << u"نادية الحسن"_s << true;
    QTest::newRow("chinese") << u"小"_s << u"王小明"_s << true;
    QTest::newRow("korean syllable") << u"김"_s << u"감자"_s << false;
    QTest::newRow("wrong order") << u"ser"_s << u"Resolve"_s << false;
    QTest::newRow("one word missing") << u"next page"_s << u"Next conversation"_s << false;
    QTest::newRow("too often") << u"mm"_s << u"Amina"_s << false;
    QTest::newRow("empty text") << u"a"_s << QString() << false;
}

void TestPaletteSearch::fitsLettersInOrder()
{
    QFETCH(const QString, typed);
    QFETCH(const QString, text);
    QTEST(match(typed, text).has_value(), "fits");
}

void TestPaletteSearch::marksTheLettersThatFit_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QList<int>>("places");
    QTest::newRow("beginning") << u"res"_s << u"Resolve"_s << QList<int>{0, 1, 2};
    QTest::newRow("initials") << u"nc"_s << u"Next conversation"_s << QList<int>{0, 5};
    QTest::newRow("side by side is better than early")
        << u"con"_s << u"c o n con"_s << QList<int>{6, 7, 8};
    QTest::newRow("a word's beginning is better") << u"r"_s << u"A bar, red"_s << QList<int>{7};
    QTest::newRow("two words") << u"op re"_s << u"Resolve or open"_s << QList<int>{0, 1, 11, 12};
}

void TestPaletteSearch::marksTheLettersThatFit()
{
    QFETCH(const QString, typed);
    QFETCH(const QString, text);
    const auto found = match(typed, text);
    QVERIFY(found);
    QTEST(found->places, "places");
}

void TestPaletteSearch::putsTheBetterFitFirst_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("better");
    QTest::addColumn<QString>("worse");
    QTest::newRow("beginning before middle") << u"re"_s << u"Resolve"_s << u"Waiting for reply"_s;
    QTest::newRow("word before inside") << u"page"_s << u"Connect Pages"_s << u"Rampages"_s;
    QTest::newRow("together before scattered") << u"ret"_s << u"Retry"_s << u"Resolve it"_s;
    QTest::newRow("the word itself") << u"unread"_s << u"Show Unread"_s << u"Show Unreadable"_s;
    QTest::newRow("the shorter one") << u"light"_s << u"Light"_s << u"Light of the northern sky"_s;
}

void TestPaletteSearch::putsTheBetterFitFirst()
{
    QFETCH(const QString, typed);
    QFETCH(const QString, better);
    QFETCH(const QString, worse);
    QCOMPARE_GT(score(typed, better), score(typed, worse));
}

void TestPaletteSearch::hostileTextsAreBounded()
{
    const QString wide(100'000, u'a');
    QVERIFY(match(wide, wide));
    QCOMPARE_LT(match(wide, wide)->places.size(), 200);
    QString zalgo = u"A"_s;
    zalgo += QString(1000, QChar(0x0301));
    QVERIFY(match(u"a"_s, zalgo));
    const QString lone(QChar(0xd800));
    QVERIFY(!match(u"a"_s, lone));
    QVERIFY(match(lone, lone));
}

void TestPaletteSearch::showsRecentOnesFirst()
{
    fill({u"Amina"_s, u"Jonas"_s});
    begin({u"action:resolve"_s, u"1-2"_s, u"action:gone"_s});
    const QStringList expected{
        u"Resolve or reopen"_s, u"Jonas"_s, u"Next conversation"_s, u"Page settings"_s};
    QCOMPARE(titles(*m_search), expected);
}

void TestPaletteSearch::findsActionsPagesAndConversations()
{
    fill({u"Amina Mansour"_s, u"Blom Oskar"_s, u"Jonas"_s});
    begin();
    m_search->setText(u"blom"_s);
    QCOMPARE(titles(*m_search).size(), 2);
    QVERIFY(titles(*m_search).contains(u"Bloom Bakery"_s));
    QCOMPARE(titles(*m_search).constFirst(), u"Blom Oskar"_s);
    m_search->setText(u"mans"_s);
    QCOMPARE(titles(*m_search), QStringList{u"Amina Mansour"_s});
    m_search->setText(u"set"_s);
    QCOMPARE(titles(*m_search), QStringList{u"Page settings"_s});
    m_search->setText(u"nobody of this name"_s);
    QVERIFY(m_search->hits().isEmpty());
}

void TestPaletteSearch::aVerbLimitsWhatIsMeant()
{
    fill({u"Next Door"_s, u"Jonas"_s});
    begin();
    m_search->setText(u"next"_s);
    QCOMPARE(titles(*m_search).size(), 2);
    m_search->setText(u"go to next"_s);
    QCOMPARE(titles(*m_search), QStringList{u"Next Door"_s});
    QCOMPARE(m_search->hits().constFirst().places, (QList<int>{0, 1, 2, 3}));
    m_search->setText(u"GO TO "_s);
    const QStringList newestFirst{u"Next Door"_s, u"Jonas"_s};
    QCOMPARE(titles(*m_search), newestFirst);
    m_search->setText(u"show page bl"_s);
    QCOMPARE(titles(*m_search), QStringList{u"Bloom Bakery"_s});
}

// The cost of a key press is what it looks at before it gives the window back.
void TestPaletteSearch::looksAtALimitedNumberInOneGo()
{
    QStringList names;
    for (int i = 0; i < 100'000; ++i)
        names.append(u"Person number %1 of Many"_s.arg(i));
    fill(names);
    begin();
    QElapsedTimer timer;
    timer.start();
    m_search->setText(u"pnm 99999"_s);
    const qint64 first = timer.elapsed();
    QCOMPARE(m_search->lastWork(), PaletteSearch::StepSize);
    QVERIFY(!m_search->isDone());
    QTRY_VERIFY(m_search->isDone());
    QCOMPARE(m_search->lastWork(), PaletteSearch::StepSize);
    QCOMPARE(titles(*m_search).constFirst(), u"Person number 99999 of Many"_s);
    QCOMPARE_LE(m_search->hits().size(), PaletteSearch::MostHits);
    // A longer text looks only at what fitted the shorter one.
    m_search->setText(u"pnm 99999 m"_s);
    QCOMPARE_LT(m_search->lastWork(), 10);
    QVERIFY(m_search->isDone());
    qInfo("first answer after %lld ms", first);
}

void TestPaletteSearch::findsTheSameAsLookingAtAll()
{
    QRandomGenerator random(7);
    QStringList names;
    for (int i = 0; i < 5000; ++i) {
        QString name;
        for (int letter = 0; letter < 6; ++letter)
            name += QChar(u'a' + random.bounded(6));
        names.append(name);
    }
    fill(names);
    begin();
    for (const QString &typed : {u"a"_s, u"ab"_s, u"abc"_s, u"ab c"_s, u"f"_s}) {
        m_search->setText(typed);
        QTRY_VERIFY(m_search->isDone());
        QList<int> scores;
        for (const QString &name : std::as_const(names)) {
            if (const auto found = match(typed, name))
                scores.append(found->score);
        }
        std::sort(scores.begin(), scores.end(), std::greater<>());
        QList<int> shown;
        for (const PaletteSearch::Hit &hit : m_search->hits()) {
            if (hit.entry.kind == Kind::Conversation)
                shown.append(hit.score);
        }
        QCOMPARE_GE(shown.size(), std::min<qsizetype>(scores.size(), 40));
        QCOMPARE(shown, scores.first(shown.size()));
    }
}

void TestPaletteSearch::narrowsDownWhatWasFound()
{
    fill({u"Amina"_s, u"Amir"_s, u"Jonas"_s});
    begin();
    m_search->setText(u"ami"_s);
    QCOMPARE(titles(*m_search).size(), 2);
    m_search->setText(u"amir"_s);
    QCOMPARE(m_search->lastWork(), 2);
    QCOMPARE(titles(*m_search), QStringList{u"Amir"_s});
    m_search->setText(u"am"_s); // shorter again: looks at all
    QCOMPARE(m_search->lastWork(), 3);
    QCOMPARE(titles(*m_search).size(), 2);
}

void TestPaletteSearch::followsTheList()
{
    fill({u"Amina"_s});
    begin();
    m_search->setText(u"newc"_s);
    QVERIFY(m_search->hits().isEmpty());
    QSignalSpy changed(m_search.get(), &PaletteSearch::changed);
    m_model->upsert({conversation(2, u"Newcomer"_s)});
    QCOMPARE(titles(*m_search), QStringList{u"Newcomer"_s});
    QVERIFY(!changed.isEmpty());
    m_model->remove({conversation(2, {}).id});
    QVERIFY(m_search->hits().isEmpty());
    m_search->end();
    m_model->upsert({conversation(3, u"Newcomer"_s)});
    QVERIFY(m_search->hits().isEmpty());
}

QTEST_GUILESS_MAIN(TestPaletteSearch)
#include "tst_palettesearch.moc"
