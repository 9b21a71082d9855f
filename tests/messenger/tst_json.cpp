// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/messenger/json.h"

#include <QTest>

using namespace Pagedesk;
using namespace Qt::Literals::StringLiterals;

class TestJson : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void valuesAndSpans();
    void absentValuesAnswerEmptily();
    void lastOfEqualKeysCounts();
    void byteOrderMark();
    void texts_data();
    void texts();
    void wholeNumbers_data();
    void wholeNumbers();
    void longNumbersKeepTheirDigits_data();
    void longNumbersKeepTheirDigits();
    void takesJsonAndNothingElse_data();
    void takesJsonAndNothingElse();
    void depth();
    void tooManyValues();
};

void TestJson::valuesAndSpans()
{
    const QByteArray text = R"( { "a\u0062" : [ 1 , -2.50e+3,"x\"y" ] ,"o":{"t":true,"f":false,)"
                            "\n\t"
                            R"("n":null}, "e": [] , "s":"" } )";
    const auto document = JsonDocument::parse(text);
    QVERIFY(document);
    const JsonValue root = document->root();
    QVERIFY(root.isObject());
    QCOMPARE(root.raw(), text.trimmed());
    QCOMPARE(root["ab"].raw(), "[ 1 , -2.50e+3,\"x\\\"y\" ]");
    QCOMPARE(root["o"].raw(), "{\"t\":true,\"f\":false,\n\t\"n\":null}");
    QCOMPARE(root["e"].raw(), "[]");
    QCOMPARE(root["s"].raw(), "\"\"");
    QCOMPARE(root["s"].kind(), JsonValue::Kind::String);
    QVERIFY(!root["e"].hasChildren());
    QByteArrayList elements;
    for (const JsonValue value : root["ab"])
        elements.append(value.raw());
    QCOMPARE(elements, (QByteArrayList{"1", "-2.50e+3", "\"x\\\"y\""}));
    QCOMPARE((*root["ab"].begin()).toInt64(), 1);
    QVERIFY(root["o"]["t"].isTrue());
    QVERIFY(!root["o"]["f"].isTrue());
    QCOMPARE(root["o"]["t"].raw(), "true");
    QCOMPARE(root["o"]["f"].raw(), "false");
    QCOMPARE(root["o"]["n"].raw(), "null");
    QVERIFY(root["o"]["n"].isNull());
    QVERIFY(root["o"]["t"].text().isEmpty());
    QCOMPARE(root.valueCount(), 11U);
}

void TestJson::absentValuesAnswerEmptily()
{
    const auto document = JsonDocument::parse(R"({"a":[1],"s":"text"})");
    QVERIFY(document);
    for (const JsonValue &value : {document->root()["x"], document->root()["a"]["x"],
             document->root()["s"]["x"]["y"], JsonValue()}) {
        QVERIFY(value.isAbsent());
        QVERIFY(value["deeper"].isAbsent());
        QVERIFY(!value.isNull() && !value.isTrue() && !value.hasChildren());
        QVERIFY(value.text().isEmpty() && value.raw().isEmpty() && value.key().empty());
        QVERIFY(!value.toInt64() && !value.toDouble());
        QVERIFY(!(value.begin() != value.end()));
    }
}

void TestJson::lastOfEqualKeysCounts()
{
    const auto document = JsonDocument::parse(R"({"id":"1","id":"2","\u0069d":"3"})");
    QVERIFY(document);
    QCOMPARE(document->root()["id"].text(), u"3"_s);
}

void TestJson::byteOrderMark()
{
    const auto document = JsonDocument::parse("\xef\xbb\xbf {\"a\":\"\\ud83d\"}");
    QVERIFY(document);
    QCOMPARE(document->root().raw(), "{\"a\":\"\\ud83d\"}");
    QCOMPARE(document->root()["a"].raw(), "\"\\ud83d\"");
    QVERIFY(!JsonDocument::parse("\xef\xbb\xbf\xef\xbb\xbf{}"));
}

void TestJson::texts_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("expected");
    const QString broken(QChar::ReplacementCharacter);
    const auto row = [](const char *name, const QByteArray &json, const QString &expected) {
        QTest::newRow(name) << json << expected;
    };
    row("plain", R"("plain")", u"plain"_s);
    row("UTF-8", R"("Zoë 🐈")", u"Zoë 🐈"_s);
    row("escapes", R"("\"\\\/\b\f\n\r\t\u00e9")", u"\"\\/\b\f\n\r\té"_s);
    row("pair", R"("\ud83d\ude42 \uD83D\uDE42")", u"🙂 🙂"_s);
    row("NUL", R"("a\u0000b")", u'a' + broken + u'b');
    row("first half", R"("a\ud83d")", u'a' + broken);
    row("first half, then text", R"("\ud83dx")", broken + u'x');
    row("first half, then escape", R"("\ud83d\n")", broken + u'\n');
    row("first half, then letter", R"("\ud83d\u0041")", broken + u'A');
    row("first half twice, then second", R"("\ud83d\ud83d\ude42")", broken + u"🙂"_s);
    row("second half", R"("\ude42")", broken);
    row("halves swapped", R"("\ude42\ud83d")", broken + broken);
    row("escaped backslash before u", R"("\\ud83d \ud83d")", u"\\ud83d "_s + broken);
    row("number", "-12.50", u"-12.50"_s);
    row("true", "true", QString());
    row("object", "{}", QString());
}

void TestJson::texts()
{
    QFETCH(QByteArray, json);
    QFETCH(QString, expected);
    const auto document = JsonDocument::parse("[ " + json + " ]");
    QVERIFY(document);
    const JsonValue value = *document->root().begin();
    QCOMPARE(value.text(), expected);
    QCOMPARE(value.raw(), json);
}

void TestJson::wholeNumbers_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<bool>("fits");
    QTest::addColumn<qint64>("expected");
    const auto row = [](const char *name, const QByteArray &json, bool fits, qint64 expected) {
        QTest::newRow(name) << json << fits << expected;
    };
    row("zero", "0", true, 0);
    row("negative", "-7", true, -7);
    row("beyond a double", "9007199254740993", true, 9'007'199'254'740'993);
    row("largest", "9223372036854775807", true, std::numeric_limits<qint64>::max());
    row("smallest", "-9223372036854775808", true, std::numeric_limits<qint64>::min());
    row("one too large", "9223372036854775808", false, 0);
    row("one too small", "-9223372036854775809", false, 0);
    row("fraction", "1.5", false, 0);
    row("exponent", "1e3", false, 0);
    row("text", "\"42\"", true, 42);
    row("text with more", "\"42 \"", false, 0);
    row("empty text", "\"\"", false, 0);
    row("true", "true", false, 0);
    row("null", "null", false, 0);
}

void TestJson::wholeNumbers()
{
    QFETCH(QByteArray, json);
    QFETCH(bool, fits);
    QFETCH(qint64, expected);
    const auto document = JsonDocument::parse(json);
    QVERIFY(document);
    QCOMPARE(document->root().toInt64().has_value(), fits);
    QCOMPARE(document->root().toInt64().value_or(0), expected);
}

void TestJson::longNumbersKeepTheirDigits_data()
{
    QTest::addColumn<QByteArray>("number");
    QTest::newRow("30 digits") << QByteArray("123456789012345678901234567890");
    QTest::newRow("308 digits") << QByteArray(308, '9');
    QTest::newRow("400 digits") << QByteArray(400, '9');
    QTest::newRow("400 digits, negative") << '-' + QByteArray(400, '1');
    QTest::newRow("huge exponent") << QByteArray("1e400");
    QTest::newRow("huge exponent, signed") << QByteArray("-1.25E+99999999999");
    QTest::newRow("tiny exponent") << QByteArray("1e-99999999999");
    QTest::newRow("long fraction") << "0." + QByteArray(1000, '3');
}

void TestJson::longNumbersKeepTheirDigits()
{
    QFETCH(QByteArray, number);
    const auto document
        = JsonDocument::parse("{\"a\":\"1e999\",\"n\":" + number + " ,\"z\":[" + number + "]}");
    QVERIFY(document);
    QCOMPARE(document->root()["n"].text().toLatin1(), number);
    QCOMPARE(document->root()["n"].raw(), number);
    QCOMPARE((*document->root()["z"].begin()).raw(), number);
    QCOMPARE(document->root()["a"].text(), u"1e999"_s);
}

// By RFC 8259, strictly.
void TestJson::takesJsonAndNothingElse_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<bool>("isJson");
    const QByteArrayList good{"[]", "{}", "[[],{}]", "[1,2.5,-3e2]", "1", "\"text\"", "null",
        "{\"a\":{\"b\":[null,true]}}", "[\"\xe2\x82\xac\"]", "\t[\r\n1 ]\n", "[\"\x7f\"]"};
    const QByteArrayList bad{"", " ", "{", "}", "[", "]", "[]]", "[1 2]", "[1,]", "[,1]", "{,}",
        "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{a:1}", "{'a':1}", "{1:1}", "[01]", "[1.]", "[.5]",
        "[+1]", "[-]", "[1e]", "[1e+]", "[--1]", "[0x1]", "[NaN]", "[Infinity]", "[tru]", "[True]",
        "[nul]", "[\"]", "[\"\\x\"]", "[\"\\u12\"]", "[\"\\u12g4\"]", "[\"a\tb\"]", "[\"a\nb\"]",
        "[\"a\\\"]", "[1]x", "//c\n[1]", "[1/*c*/]", "[1e400,-]", "[1e400,01]", "[1e400-]",
        "[\"\xc0\xaf\"]", "[\"\xed\xb0\x80\"]", "[\"\xf8\x88\x80\x80\x80\"]", "[\"\xe2\x82\"]",
        "\xff\xfe[]", "[\"\\ud83d\\u12\"]", "[\"\\ud83d\\\"]"};
    for (const QByteArray &json : good)
        QTest::newRow(("good: " + json.toPercentEncoding(" {}[]\",:")).constData()) << json << true;
    for (const QByteArray &json : bad)
        QTest::newRow(("bad: " + json.toPercentEncoding(" {}[]\",:")).constData()) << json << false;
}

void TestJson::takesJsonAndNothingElse()
{
    QFETCH(QByteArray, json);
    QFETCH(bool, isJson);
    const auto document = JsonDocument::parse(json);
    QCOMPARE(document.has_value(), isJson);
    if (!document) {
        QCOMPARE(document.error().kind, Error::Kind::Protocol);
        QVERIFY(!document.error().detail.isEmpty());
    }
}

void TestJson::depth()
{
    const auto nested
        = [](int levels) { return QByteArray(levels, '[') + QByteArray(levels, ']'); };
    QVERIFY(JsonDocument::parse(nested(JsonDocument::MaxDepth)));
    QVERIFY(!JsonDocument::parse(nested(JsonDocument::MaxDepth + 1)));
    QVERIFY(!JsonDocument::parse(QByteArray(100'000, '[')));
    QVERIFY(!JsonDocument::parse(QByteArray("{\"a\":").repeated(100'000)));
}

void TestJson::tooManyValues()
{
    QVERIFY(JsonDocument::parse('[' + QByteArray("1,").repeated(4'000) + "1]"));
    QVERIFY(!JsonDocument::parse('[' + QByteArray("1,").repeated(1'000'000) + "1]"));
    QVERIFY(JsonDocument::parse('[' + QByteArray("12345678,").repeated(100'000) + "1]"));
}

QTEST_GUILESS_MAIN(TestJson)
#include "tst_json.moc"
