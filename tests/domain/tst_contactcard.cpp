// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/domain/contactcard.h"
#include "models/domain/contactjson.h"

#include <QJsonDocument>
#include <QTest>

using namespace Pagedesk;
using namespace Qt::Literals::StringLiterals;

namespace {

ContactEdit custom(const QString &name, const QString &value)
{
    return {ContactField::Custom, name, value};
}

ContactNote note(const QString &id, const QString &text)
{
    return {id, {u"op1"_s}, u"Ben"_s, text, 1};
}

} // namespace

class TestContactCard : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void correctionsWin()
    {
        ContactCard card;
        card.profile.name = u"Ada"_s;
        card.profile.timezone = 2;
        QCOMPARE(shownName(card), u"Ada"_s);
        QVERIFY(applyEdit(card, {ContactField::Name, {}, u" Countess  Ada "_s}));
        QVERIFY(applyEdit(card, {ContactField::Timezone, {}, u"-3.5"_s}));
        QCOMPARE(shownName(card), u"Countess Ada"_s);
        QCOMPARE(shownTimezone(card), std::optional(-3.5));
        QVERIFY(applyEdit(card, {ContactField::Name, {}, {}}));
        QVERIFY(applyEdit(card, {ContactField::Timezone, {}, {}}));
        QCOMPARE(shownName(card), u"Ada"_s);
        QCOMPARE(shownTimezone(card), std::optional(2.0));
    }

    void fieldsAreAddedChangedAndRemoved()
    {
        ContactCard card;
        QVERIFY(applyEdit(card, custom(u"  Shoe   size "_s, u" 41 "_s)));
        QVERIFY(applyEdit(card, custom(u"Phone"_s, u"1"_s)));
        QVERIFY(applyEdit(card, custom(u"Shoe size"_s, u"42"_s)));
        QCOMPARE(
            card.fields, (QList<CustomField>{{u"Shoe size"_s, u"42"_s}, {u"Phone"_s, u"1"_s}}));
        QVERIFY(applyEdit(card, custom(u"Shoe size"_s, {})));
        QVERIFY(applyEdit(card, custom(u"never there"_s, {})));
        QCOMPARE(card.fields, (QList<CustomField>{{u"Phone"_s, u"1"_s}}));
    }

    void limitsAreSaidInWords()
    {
        ContactCard card;
        for (int i = 0; i < MaxContactFields; ++i)
            QVERIFY(applyEdit(card, custom(QString::number(i), u"x"_s)));
        const ContactCard full = card;
        const auto refused = applyEdit(card, custom(u"one more"_s, u"x"_s));
        QVERIFY(!refused && refused.error().detail.contains(u"50 fields"_s));
        QCOMPARE(card, full);
        QVERIFY(applyEdit(card, custom(u"7"_s, u"changing one is fine"_s)));
        for (int i = 0; i < MaxContactNotes; ++i)
            QVERIFY(addNote(card, note(QString::number(i), u"x"_s)));
        QVERIFY(!addNote(card, note(u"one more"_s, u"x"_s)));
        QVERIFY(!addNote(card, note(u"empty"_s, u" \n "_s)));
        QVERIFY(!addNote(card, note(u"long"_s, QString(MaxContactNote + 1, u'a'))));
        QCOMPARE(card.notes.size(), MaxContactNotes);
    }

    void aNoteIsThereOnce()
    {
        ContactCard card;
        QVERIFY(addNote(card, note(u"n1"_s, u"first"_s)));
        QVERIFY(addNote(card, note(u"n1"_s, u"repeated"_s)));
        QVERIFY(addNote(card, note(u"n2"_s, u"a\u0001b\nc"_s)));
        QCOMPARE(card.notes.takeLast().text, u"ab\nc"_s);
        QVERIFY(!addNote(card, note(u"n3"_s, u"\u0001\u0002"_s)));
        QCOMPARE(card.notes.size(), 1);
        QCOMPARE(card.notes.first().text, u"first"_s);
        QVERIFY(removeNote(card, u"n1"_s));
        QVERIFY(!removeNote(card, u"n1"_s));
    }

    // A full card fits into a frame, in the script that takes the most room.
    void theLargestCardFits()
    {
        ContactCard card;
        for (int i = 0; i < MaxContactFields; ++i) {
            QVERIFY(applyEdit(card,
                custom(QString(MaxFieldName - 2, QChar(0x0E01)) + QString::number(i),
                    QString(MaxFieldValue, QChar(0x0E02)))));
        }
        for (int i = 0; i < MaxContactNotes; ++i) {
            QVERIFY(
                addNote(card, note(QString::number(i), QString(MaxContactNote, QChar(0x0E03)))));
        }
        for (int i = 0; i < MaxContactSuggestions; ++i)
            card.suggestions.append(newUuid(i));
        const QByteArray bytes = QJsonDocument(cardToJson(card)).toJson(QJsonDocument::Compact);
        QVERIFY(bytes.size() < 1000 * 1024);
        QCOMPARE(cardFromText(cardToText(card)), card);
    }

    void damagedTextReadsAsEmpty_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("no JSON") << u"{"_s;
        QTest::newRow("a list") << u"[1]"_s;
        QTest::newRow("wrong types") << u"{\"fields\":7}"_s;
        QTest::newRow("a suggestion that is no id") << u"{\"suggestions\":[7]}"_s;
        QTest::newRow("a note without an id") << u"{\"notes\":[{\"text\":\"x\"}]}"_s;
    }
    void damagedTextReadsAsEmpty()
    {
        QFETCH(const QString, text);
        QCOMPARE(cardFromText(text), ContactCard());
    }
};

QTEST_GUILESS_MAIN(TestContactCard)
#include "tst_contactcard.moc"
