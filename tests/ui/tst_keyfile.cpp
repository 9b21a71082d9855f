// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/keyfile.h"

#include <QRandomGenerator>
#include <QRegularExpression>
#include <QTest>

using namespace Pagedesk::Ui;
using namespace Qt::Literals::StringLiterals;

namespace {

QKeySequence key(const QString &text)
{
    return QKeySequence::fromString(text, QKeySequence::PortableText);
}

const KeyAction Resolve{u"resolve"_s, u"Resolve or reopen"_s, {key(u"Ctrl+E"_s)}};
const KeyAction Reply{u"reply"_s, u"Write a reply"_s, {key(u"Ctrl+R"_s)}};
const KeyAction Filter{u"filter"_s, u"Filter conversations"_s, {key(u"Ctrl+K"_s), key(u"/"_s)}};
const KeyAction About{u"about"_s, u"About"_s, {}};
const QList<KeyAction> All{Resolve, Reply, Filter, About};

QString keysOf(const KeyChoices &choices, const KeyAction &action)
{
    QStringList texts;
    for (const QKeySequence &one : choices.keys.value(action.name))
        texts.append(one.toString(QKeySequence::PortableText));
    return texts.join(u' ');
}

} // namespace

// keys.toml as people write it, and as nobody should.
class TestKeyFile : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void theFirstFileChangesNothing();
    void takesWhatIsWritten_data();
    void takesWhatIsWritten();
    void namesWhatIsWrong_data();
    void namesWhatIsWrong();
    void whatIsWrongSpoilsNothingElse();
    void defaultsStayWhereTwoWantOneKey();
    void swapsKeys();
    void changesOneLineOnly();
    void givesTheDefaultBack();
    void writesWhatItReads();
    void survivesAnything();
};

void TestKeyFile::theFirstFileChangesNothing()
{
    const QByteArray first = firstKeyFile(All);
    const KeyChoices choices = readKeys(first, All);
    QVERIFY(choices.problems.isEmpty());
    for (const KeyAction &action : All) {
        QCOMPARE(choices.keys.value(action.name), action.defaults);
        QVERIFY(first.contains("\n# " + action.name.toUtf8() + " = "));
    }
    QVERIFY(first.contains("\n# filter = [\"Ctrl+K\", \"/\"]\n"));
}

void TestKeyFile::takesWhatIsWritten_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("resolve");
    QTest::newRow("nothing") << QByteArray() << u"Ctrl+E"_s;
    QTest::newRow("another key") << QByteArray("resolve = \"Ctrl+Shift+E\"") << u"Ctrl+Shift+E"_s;
    QTest::newRow("two keys") << QByteArray("resolve = ['F5', 'Alt+X'] # mine") << u"F5 Alt+X"_s;
    QTest::newRow("off") << QByteArray("resolve = \"\"") << QString();
    QTest::newRow("off as a list") << QByteArray("resolve = []") << QString();
    QTest::newRow("small letters") << QByteArray("resolve = \"ctrl+d\"") << u"Ctrl+D"_s;
    QTest::newRow("quoted name") << QByteArray("  \"resolve\"=\"F6\"  ") << u"F6"_s;
    QTest::newRow("its own key again") << QByteArray("resolve = \"Ctrl+E\"") << u"Ctrl+E"_s;
    QTest::newRow("line ends of Windows") << QByteArray("# x\r\nresolve = \"F7\"\r\n") << u"F7"_s;
}

void TestKeyFile::takesWhatIsWritten()
{
    QFETCH(const QByteArray, content);
    const KeyChoices choices = readKeys(content, All);
    QVERIFY2(choices.problems.isEmpty(), qPrintable(choices.problems.value(0).sentence));
    QTEST(keysOf(choices, Resolve), "resolve");
    QCOMPARE(choices.keys.size(), All.size());
}

void TestKeyFile::namesWhatIsWrong_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QString>("words");
    QTest::newRow("unknown action")
        << QByteArray("dance = \"F5\"") << u"There is no action “dance”."_s;
    QTest::newRow("no key") << QByteArray("resolve = \"Ctrl+Potato\"")
                            << u"“Ctrl+Potato” is not a key."_s;
    QTest::newRow("two in a row") << QByteArray("resolve = \"Ctrl+X, Ctrl+Y\"")
                                  << u"“Ctrl+X, Ctrl+Y” is not a key."_s;
    QTest::newRow("only modifiers") << QByteArray("resolve = \"Ctrl+\"") << u"not a key"_s;
    QTest::newRow("types a letter") << QByteArray("resolve = \"E\"") << u"E would type text."_s;
    QTest::newRow("types a capital")
        << QByteArray("resolve = \"Shift+E\"") << u"would type text."_s;
    QTest::newRow("types a letter of another script")
        << QByteArray("resolve = \"ж\"") << u"would type text."_s;
    QTest::newRow("another one's slash") << QByteArray("resolve = \"/\"") << u"would type text."_s;
    QTest::newRow("space") << QByteArray("resolve = \"Space\"") << u"would type text."_s;
    QTest::newRow("enter") << QByteArray("resolve = \"Return\"") << u"needed for moving"_s;
    QTest::newRow("shift tab") << QByteArray("resolve = \"Shift+Tab\"") << u"needed for moving"_s;
    QTest::newRow("copy") << QByteArray("resolve = \"Ctrl+C\"") << u"needed in every field"_s;
    QTest::newRow("a number") << QByteArray("resolve = 7") << u"must be a text"_s;
    QTest::newRow("numbers") << QByteArray("resolve = [7]") << u"must be a text"_s;
    QTest::newRow("a table") << QByteArray("resolve = { key = \"F5\" }") << u"must be a text"_s;
    QTest::newRow("a heading") << QByteArray("[keys]") << u"There is no action “keys”."_s;
    QTest::newRow("no value") << QByteArray("resolve =") << u"cannot be read"_s;
    QTest::newRow("no quotes") << QByteArray("resolve = Ctrl+E") << u"cannot be read"_s;
    QTest::newRow("not UTF-8") << QByteArray("resolve = \"\xff\"") << u"cannot be read"_s;
    QTest::newRow("zero byte") << QByteArray("resolve = \"F\0\"", 14) << u"cannot be read"_s;
    QTest::newRow("taken") << QByteArray("resolve = \"Ctrl+R\"")
                           << u"Ctrl+R is already the key of “Write a reply” (reply)."_s;
    QTest::newRow("too long") << QByteArray("resolve = \"" + QByteArray(2000, 'F') + "\"")
                              << u"cannot be read"_s;
    QTest::newRow("deep") << QByteArray("resolve = " + QByteArray(900, '[')) << u"cannot be read"_s;
}

void TestKeyFile::namesWhatIsWrong()
{
    QFETCH(const QByteArray, line);
    QFETCH(const QString, words);
    const KeyChoices choices = readKeys("# a comment\n\n" + line + "\n", All);
    QCOMPARE(choices.problems.size(), 1);
    QCOMPARE(choices.problems.constFirst().line, 3);
    QVERIFY2(choices.problems.constFirst().sentence.contains(words),
        qPrintable(choices.problems.constFirst().sentence));
    for (const KeyAction &action : All)
        QCOMPARE(choices.keys.value(action.name), action.defaults);
}

void TestKeyFile::whatIsWrongSpoilsNothingElse()
{
    const KeyChoices choices = readKeys("reply = \"F5\"\n"
                                        "resolve = [\"F6\"\n"
                                        "filter = \"F7\"\n"
                                        "reply = \"F8\"\n",
        All);
    QCOMPARE(keysOf(choices, Reply), u"F5"_s);
    QCOMPARE(keysOf(choices, Resolve), u"Ctrl+E"_s);
    QCOMPARE(keysOf(choices, Filter), u"F7"_s);
    QCOMPARE(choices.problems.size(), 2);
    QCOMPARE(choices.problems.at(0).line, 2);
    QCOMPARE(choices.problems.at(1).line, 4);
    QVERIFY(choices.problems.at(1).sentence.contains(u"line 1"_s));
}

void TestKeyFile::defaultsStayWhereTwoWantOneKey()
{
    // The later line gives way; that gives it a default which an earlier one had taken.
    const KeyChoices choices = readKeys("resolve = \"Ctrl+R\"\nreply = \"Ctrl+K\"\n", All);
    QCOMPARE(keysOf(choices, Resolve), u"Ctrl+E"_s);
    QCOMPARE(keysOf(choices, Reply), u"Ctrl+R"_s);
    QCOMPARE(keysOf(choices, Filter), u"Ctrl+K /"_s);
    QCOMPARE(choices.problems.size(), 2);
    const KeyChoices same = readKeys("resolve = \"F5\"\nreply = \"F5\"\n", All);
    QCOMPARE(keysOf(same, Resolve), u"F5"_s);
    QCOMPARE(keysOf(same, Reply), u"Ctrl+R"_s);
    QCOMPARE(same.problems.size(), 1);
    QCOMPARE(same.problems.constFirst().line, 2);
}

void TestKeyFile::swapsKeys()
{
    const KeyChoices choices = readKeys(
        "resolve = \"Ctrl+R\"\nreply = \"Ctrl+E\"\nabout = \"Ctrl+K\"\nfilter = \"/\"", All);
    QVERIFY(choices.problems.isEmpty());
    QCOMPARE(keysOf(choices, Resolve), u"Ctrl+R"_s);
    QCOMPARE(keysOf(choices, Reply), u"Ctrl+E"_s);
    QCOMPARE(keysOf(choices, About), u"Ctrl+K"_s);
    QCOMPARE(keysOf(choices, Filter), u"/"_s);
}

void TestKeyFile::changesOneLineOnly()
{
    const QByteArray first = firstKeyFile(All);
    const QByteArray changed = withKeys(first, Resolve, {key(u"F5"_s)});
    QCOMPARE(keysOf(readKeys(changed, All), Resolve), u"F5"_s);
    QByteArray expected = first;
    expected.replace("# resolve = \"Ctrl+E\"", "resolve = \"F5\"");
    QCOMPARE(changed, expected);
    // A comment of one's own stays, also behind letters of more than one byte.
    const QByteArray own = "# mine\n\n  resolve = \"Ctrl+é\" # ü: für später\nreply = \"F6\"\n[x]";
    QCOMPARE(withKeys(own, Resolve, {}),
        QByteArray("# mine\n\nresolve = \"\"  # ü: für später\nreply = \"F6\"\n[x]"));
    // One that stands nowhere comes before a heading, which would swallow it.
    QCOMPARE(withKeys("[x]\n", Reply, {key(u"F6"_s), key(u"Ctrl+\\"_s)}),
        QByteArray("reply = [\"F6\", \"Ctrl+\\\\\"]\n[x]\n"));
}

void TestKeyFile::givesTheDefaultBack()
{
    const QByteArray first = firstKeyFile(All);
    QCOMPARE(withDefaultKeys(withKeys(first, Filter, {}), Filter), first);
    QCOMPARE(withDefaultKeys("reply = \"F5\" # why\nreply = \"F6\"\n", Reply),
        QByteArray("# reply = \"Ctrl+R\"  # why\n"));
    QCOMPARE(withDefaultKeys(first, Reply), first);
}

void TestKeyFile::writesWhatItReads()
{
    for (const QString &text : {u"Ctrl+\\"_s, u"Ctrl+\""_s, u"Ctrl++"_s, u"Ctrl+,"_s, u"Alt+ж"_s,
             u"Ctrl+Shift+F12"_s, u"Meta+Space"_s, u"Ctrl+PgDown"_s}) {
        const QByteArray content = withKeys({}, Resolve, {key(text)});
        const KeyChoices choices = readKeys(content, All);
        QVERIFY2(choices.problems.isEmpty(), content.constData());
        QCOMPARE(choices.keys.value(Resolve.name), QList<QKeySequence>{key(text)});
    }
}

void TestKeyFile::survivesAnything()
{
    const KeyChoices large = readKeys(QByteArray(70'000, '\n') + "resolve = \"F5\"", All);
    QCOMPARE(large.problems.size(), 1);
    QCOMPARE(large.problems.constFirst().line, 0);
    QCOMPARE(keysOf(large, Resolve), u"Ctrl+E"_s);
    QCOMPARE_LE(readKeys(QByteArray(20'000, '=').replace("=", "=\n"), All).problems.size(), 50);
    QRandomGenerator random(11);
    const QByteArray letters = "resolve=\"Ctrl+E\"\n#[]{},'\\u0041 filter\xc3\xa9\xff";
    for (int round = 0; round < 3000; ++round) {
        QByteArray content;
        for (int i = random.bounded(60); i > 0; --i)
            content += letters.at(random.bounded(int(letters.size())));
        const KeyChoices choices = readKeys(content, All);
        QCOMPARE(choices.keys.size(), All.size());
        const KeyChoices after = readKeys(withKeys(content, Resolve, {key(u"F9"_s)}), All);
        QCOMPARE(keysOf(after, Resolve), u"F9"_s);
        (void)withDefaultKeys(content, Resolve);
    }
}

QTEST_MAIN(TestKeyFile)
#include "tst_keyfile.moc"
