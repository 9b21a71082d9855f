// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/replica/contactstore.h"
#include "models/store/replica/pagestore.h"
#include "tests/support/await.h"
#include "tests/ui/windowfixture.h"
#include "ui/contact/contactwords.h"

#include <QAction>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QTest>

using namespace Pagedesk;
using namespace Pagedesk::Testing;
using namespace Pagedesk::Ui;
using namespace Qt::Literals::StringLiterals;

// The contact panel in the whole window: the relay is not there, so that everything is what waits.
class TestContactPanel : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        qputenv("TZ", "UTC");
        QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedKingdom));
    }
    void init()
    {
        QTest::failOnWarning(QRegularExpression(
            u"^(?!\\s*OpenType support missing|This plugin does not support)"_s));
        m_fixture = std::make_unique<WindowFixture>();
        QVERIFY(window().show());
    }
    void cleanup() { m_fixture.reset(); }

    void showsWhatIsKnown()
    {
        ContactCard card = cardOf(Sample::Amina);
        card.profile.locale = u"de_AT"_s;
        card.profile.timezone = 5.5;
        card.profile.gender = u"female"_s;
        card.profile.shared = true;
        card.profile.askedAt = SampleNow;
        card.origin = {Notice::Referral, {u"ADS"_s, {}, {}, u"1"_s, u"Spring <b>sale</b>"_s, {}},
            {}, SampleNow - HourMs};
        store(card);
        QVERIFY(window().open(Sample::Amina));
        QTRY_VERIFY(shows(u"19:39 · UTC+5:30"_s));
        QVERIFY(shows(u"female"_s));
        QVERIFY(shows(u"Advertisement “Spring <b>sale</b>”"_s)); // as it is, never as markup
        QVERIFY(!window().child<QLabel>("contactGap")->isVisible());
    }

    void saysThatMetaDoesNotTell()
    {
        ContactCard card = cardOf(Sample::Nameless);
        card.profile.askedAt = SampleNow;
        store(card);
        QVERIFY(window().open(Sample::Nameless));
        QTRY_VERIFY(window().child<QLabel>("contactGap")->isVisible());
        QVERIFY(text("contactGap").contains(u"does not share"_s));
        QVERIFY(text("contactName").contains(u"4821"_s));
    }

    void correctsByHand()
    {
        QVERIFY(window().open(Sample::Nameless));
        click("editContact");
        auto *name = window().child<QLineEdit>("editName");
        QTRY_VERIFY(name->isVisible());
        QTest::keyClicks(name, u"Mrs Tree"_s);
        auto *zone = window().child<QComboBox>("editTimezone");
        zone->setCurrentIndex(zone->findText(u"UTC+7"_s));
        click("saveContact");
        QTRY_COMPARE(text("contactName"), u"Mrs Tree"_s);
        QTRY_VERIFY(shows(u"21:09 · UTC+7"_s));
        QVERIFY(!name->isVisible());
        // Another conversation begins with its own.
        QVERIFY(window().open(Sample::Amina));
        QTRY_VERIFY(!text("contactName").contains(u"Tree"_s));
        click("editContact");
        QCOMPARE(name->text(), QString());
    }

    void cancellingChangesNothing()
    {
        QVERIFY(window().open(Sample::Nameless));
        click("editContact");
        QTest::keyClicks(window().child<QLineEdit>("editName"), u"Mistake"_s);
        click("cancelContact");
        QVERIFY(!text("contactName").contains(u"Mistake"_s));
        QVERIFY(!Testing::await(window().contacts.load(Sample::Nameless))->isWaiting);
    }

    void keepsFields()
    {
        QVERIFY(window().open(Sample::Amina));
        auto *name = window().child<QLineEdit>("newFieldName");
        auto *value = window().child<QLineEdit>("newFieldValue");
        QVERIFY(!window().child<QPushButton>("addField")->isEnabled());
        QTest::keyClicks(name, u"Phone"_s);
        QTest::keyClick(name, Qt::Key_Return);
        QVERIFY(value->hasFocus());
        QTest::keyClicks(value, u"+49 30 1234"_s);
        QTest::keyClick(value, Qt::Key_Return);
        QTRY_COMPARE(fieldsOf(Sample::Amina).size(), 1);
        QCOMPARE(fieldsOf(Sample::Amina).first().value, u"+49 30 1234"_s);
        QTRY_VERIFY(fieldEdit(u"Phone"_s));
        QLineEdit *edit = fieldEdit(u"Phone"_s);
        edit->selectAll();
        QTest::keyClicks(edit, u"7"_s);
        QTest::keyClick(edit, Qt::Key_Return);
        QTRY_COMPARE(fieldsOf(Sample::Amina).first().value, u"7"_s);
    }

    void notesStayWithTheirPerson()
    {
        QVERIFY(window().open(Sample::Amina));
        auto *note = window().child<QPlainTextEdit>("newNote");
        QTest::keyClicks(note, u"half a no"_s);
        QVERIFY(window().open(Sample::Jonas));
        QCOMPARE(note->toPlainText(), QString());
        QVERIFY(window().open(Sample::Amina));
        QCOMPARE(note->toPlainText(), u"half a no"_s);
        QTest::keyClicks(note, u"te"_s);
        QTest::keyClick(note, Qt::Key_Return, Qt::ControlModifier);
        QTRY_VERIFY(shows(u"half a note"_s));
        QCOMPARE(note->toPlainText(), QString());
        QCOMPARE(Testing::await(window().contacts.load(Sample::Amina))->card.notes.size(), 1);
    }

    void offersOnlyPeopleOfOtherPages()
    {
        QVERIFY(window().open(Sample::Amina));
        click("beginMerge");
        auto *words = window().child<QLineEdit>("mergeWords");
        auto *list = window().child<QListWidget>("mergeList");
        words->clear();
        QTRY_VERIFY(list->count() > 0);
        const QString page = window()
                                 .inbox.conversations()
                                 .pageOf(window().conversation(Sample::Amina))
                                 .shownName();
        for (int i = 0; i < list->count(); ++i)
            QVERIFY(!list->item(i)->text().contains(page));
        QTest::keyClicks(words, u"Jonas"_s);
        QCOMPARE(list->count(), 1);
        QVERIFY(text("mergePreview").contains(u"one person"_s));
        click("merge");
        QTRY_VERIFY(Testing::await(window().contacts.load(Sample::Amina))->isWaiting);
    }

    void showsBothOfOnePerson()
    {
        ContactCard amina = cardOf(Sample::Amina);
        ContactCard jonas = cardOf(Sample::Jonas);
        amina.personId = jonas.personId = u"p1"_s;
        jonas.fields = {{u"Size"_s, u"41"_s}};
        store(amina);
        store(jonas);
        QVERIFY(window().open(Sample::Amina));
        QTRY_VERIFY(window().child<QPushButton>("part"));
        QTRY_VERIFY(shows(u"41"_s));
    }

    // What Meta says is only shown; it asks for a decision with the usual preview.
    void suggestsWhomMetaNames()
    {
        suggestRosa();
        QVERIFY(window().open(Sample::Amina));
        QTRY_VERIFY(suggestion());
        const QString page = pageOf(Sample::Rosa).shownName();
        QCOMPARE(suggestion()->text(), u"Meta says this is also Rosa Ortega on %1."_s.arg(page));
        QCOMPARE(suggestion()->textFormat(), Qt::PlainText);
        for (const char *name : {"acceptSuggestion", "declineSuggestion"})
            QVERIFY(window().child<QPushButton>(name)->accessibleName().contains(u"Rosa Ortega"_s));

        click("acceptSuggestion");
        QVERIFY(text("mergePreview").contains(u"Rosa Ortega"_s));
        QVERIFY(text("mergePreview").contains(u"exactly what is now"_s));
        QVERIFY(!window().child<QLineEdit>("mergeWords")->isVisible()); // nothing to look for
        QTRY_VERIFY(window().child<QPushButton>("merge")->hasFocus());
        click("cancelMerge");
        QVERIFY(!viewOf(Sample::Amina).isWaiting);
        QVERIFY(suggestion());
        // Looking for somebody else afterwards has its list again.
        click("beginMerge");
        QVERIFY(window().child<QLineEdit>("mergeWords")->isVisible());
        click("cancelMerge");

        click("acceptSuggestion");
        click("merge");
        QTRY_VERIFY(viewOf(Sample::Amina).isWaiting);
        QTRY_VERIFY(!suggestion());
    }

    void whatIsDeclinedIsGoneAtOnce()
    {
        suggestRosa();
        QVERIFY(window().open(Sample::Amina));
        QTRY_VERIFY(suggestion());
        click("declineSuggestion");
        QTRY_VERIFY(!suggestion());
        QVERIFY(viewOf(Sample::Amina).isWaiting);
        QVERIFY(viewOf(Sample::Amina).others.isEmpty());
    }

    void aSuggestionComesWhileThePanelIsOpen()
    {
        QVERIFY(window().open(Sample::Amina));
        QVERIFY(!suggestion());
        suggestRosa();
        QTRY_VERIFY(suggestion());
    }

    void noSuggestionThatMayNotBeFollowed()
    {
        suggestRosa(false);
        QVERIFY(window().open(Sample::Amina));
        QTRY_COMPARE(viewOf(Sample::Amina).suggestions.size(), 1);
        QVERIFY(!suggestion());
        QVERIFY(shows(u"Not known on another Page"_s));
    }

    // Each key opens the panel where it is closed, and moves the focus there.
    void keysLeadIntoThePanel()
    {
        QVERIFY(window().open(Sample::Amina));
        auto *panel = window().child<QWidget>("contactPanel");
        const auto close = [&] {
            if (panel->isVisible())
                press(Qt::CTRL | Qt::Key_Backslash);
            QVERIFY(!panel->isVisible());
        };
        close();
        press(Qt::CTRL | Qt::SHIFT | Qt::Key_E);
        QVERIFY(panel->isVisible());
        auto *name = window().child<QLineEdit>("editName");
        QTRY_VERIFY(name->hasFocus());
        QTest::keyClicks(name, u"Half a na"_s);
        // Again: what was typed stays.
        press(Qt::CTRL | Qt::SHIFT | Qt::Key_E);
        QCOMPARE(name->text(), u"Half a na"_s);
        click("cancelContact");

        close();
        press(Qt::CTRL | Qt::SHIFT | Qt::Key_M);
        QVERIFY(panel->isVisible());
        auto *words = window().child<QLineEdit>("mergeWords");
        QTRY_VERIFY(words->hasFocus());
        QTRY_VERIFY(!words->visibleRegion().isEmpty()); // scrolled to
        click("cancelMerge");

        close();
        press(QKeyCombination(Qt::Key_F5));
        QVERIFY(panel->isVisible());
        QTRY_VERIFY(window().child<QPushButton>("refreshContact")->hasFocus());
        QTRY_VERIFY(viewOf(Sample::Amina).isWaiting);
    }

    void aNarrowWindowMakesRoomForThePanel()
    {
        QVERIFY(window().open(Sample::Amina));
        window().window->resize(1000, 700);
        auto *panel = window().child<QWidget>("contactPanel");
        QTRY_VERIFY(!panel->isVisible());
        press(Qt::CTRL | Qt::SHIFT | Qt::Key_E);
        QVERIFY(panel->isVisible());
        QTRY_VERIFY(window().child<QLineEdit>("editName")->hasFocus());
    }

    // Nobody to edit: the keys do nothing, and the menu says so.
    void withoutAConversationThereIsNoContact()
    {
        press(Qt::CTRL | Qt::SHIFT | Qt::Key_E);
        QVERIFY(!window().child<QWidget>("contactPanel")->isVisible());
        const QList<QAction *> actions = window().window->actions();
        for (const QString &words :
            {u"Edit contact"_s, u"Merge with another person…"_s, u"Refresh from Facebook"_s}) {
            const auto found = std::find_if(actions.begin(), actions.end(),
                [&words](const QAction *action) { return action->text() == words; });
            QVERIFY2(found != actions.end(), qPrintable(words));
            QVERIFY(!(*found)->isEnabled());
            QVERIFY(!(*found)->shortcuts().isEmpty());
        }
        QVERIFY(window().open(Sample::Amina));
        const auto edit = std::find_if(actions.begin(), actions.end(),
            [](const QAction *action) { return action->text() == u"Edit contact"_s; });
        QVERIFY((*edit)->isEnabled());
    }

    void languagesHaveNames()
    {
        QCOMPARE(languageText(u"th_TH"_s), u"ไทย (ไทย)"_s);
        QCOMPARE(languageText(u"de"_s), u"Deutsch"_s);
        QCOMPARE(languageText(u"xx-nonsense"_s), u"xx-nonsense"_s);
        QCOMPARE(languageText({}), QString());
        QCOMPARE(timezoneText(-3.5), u"UTC\u22123:30"_s);
        QCOMPARE(timezoneText(5.75), u"UTC+5:45"_s);
    }

private:
    WindowFixture &window() { return *m_fixture; }
    QString text(const char *name) { return window().child<QLabel>(name)->text(); }
    void click(const char *name)
    {
        auto *button = window().child<QPushButton>(name);
        QVERIFY2(button && button->isVisible() && button->isEnabled(), name);
        button->click();
    }
    // Whether a label of the panel says this.
    bool shows(const QString &words)
    {
        const auto labels = window().child<QWidget>("contactPanel")->findChildren<QLabel *>();
        return std::any_of(labels.begin(), labels.end(),
            [&words](const QLabel *label) { return label->isVisible() && label->text() == words; });
    }
    QLineEdit *fieldEdit(const QString &name)
    {
        const auto edits = window().child<QWidget>("contactPanel")->findChildren<QLineEdit *>();
        for (QLineEdit *edit : edits) {
            if (edit->isVisible() && edit->accessibleName() == name)
                return edit;
        }
        return nullptr;
    }
    void press(QKeyCombination keys)
    {
        QTest::keyClick(window().window.get(), keys.key(), keys.keyboardModifiers());
    }
    ContactView viewOf(const ConversationId &id)
    {
        return Testing::await(window().contacts.load(id)).value_or(ContactView());
    }
    Page pageOf(const ConversationId &id)
    {
        return window().inbox.conversations().pageOf(window().conversation(id));
    }
    // What the panel suggests; nothing where it does not.
    QLabel *suggestion()
    {
        const auto labels
            = window().child<QWidget>("contactPanel")->findChildren<QLabel *>(u"suggestionText"_s);
        const auto shown = std::find_if(
            labels.begin(), labels.end(), [](const QLabel *label) { return label->isVisible(); });
        return shown == labels.end() ? nullptr : *shown;
    }
    // As the relay would tell that Meta names Rosa for Amina.
    void suggestRosa(bool allowed = true)
    {
        for (const ConversationId &id : {Sample::Amina, Sample::Rosa}) {
            Page page = pageOf(id);
            page.settings.matchPeople = allowed;
            page.seq += 1000;
            QVERIFY(window().replica.write(
                [page](ReplicaWriter &writer) { return PageStore::apply(writer, page); }));
        }
        QTRY_COMPARE(pageOf(Sample::Rosa).settings.matchPeople, allowed);
        QTRY_COMPARE(pageOf(Sample::Amina).settings.matchPeople, allowed);
        for (const ConversationId &id : {Sample::Amina, Sample::Rosa}) {
            ContactCard card = cardOf(id);
            card.suggestions = {u"s1"_s};
            store(card);
        }
    }
    ContactCard cardOf(const ConversationId &id)
    {
        ContactCard card;
        card.id = id;
        card.pageId = window().conversation(id).contact.pageId;
        card.seq = 900;
        return card;
    }
    void store(const ContactCard &card)
    {
        QVERIFY(window().replica.write(
            [card](ReplicaWriter &writer) { return ContactStore::apply(writer, card); }));
    }
    QList<CustomField> fieldsOf(const ConversationId &id)
    {
        return Testing::await(window().contacts.load(id)).value_or(ContactView()).card.fields;
    }

    std::unique_ptr<WindowFixture> m_fixture;
};

QTEST_MAIN(TestContactPanel)
#include "tst_contactpanel.moc"
