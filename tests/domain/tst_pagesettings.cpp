// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/domain/page.h"

#include <QTest>

using namespace Pagedesk;
using namespace Qt::Literals::StringLiterals;

class TestPageSettings : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatNobodyChangedTakesNoRoom()
    {
        QVERIFY(settingsToJson({}).isEmpty());
        QCOMPARE(settingsToText({}), u""_s);
        QVERIFY(!settingsToText({}).isNull()); // a column that is NOT NULL takes it
        QVERIFY(settingsFromText({}) == PageSettings());
    }

    void everyFieldComesBack()
    {
        PageSettings all;
        all.nickname = u"مخبز الزهور 🌸"_s;
        all.receive = all.requestProfiles = all.updateProfiles = false;
        all.mergePeople = all.typingIndicators = false;
        all.matchPeople = true;
        all.partPauseMs = 0;
        all.defaultTeam = {u"t1"_s};
        all.hours.zone = u"Europe/Berlin"_s;
        all.hours.week.at(0) = {{540, 750}, {810, 1440}};
        all.hours.daysOff = {QDate(2026, 12, 24)};
        all.awayReply = true;
        all.awayText = u"مغلق الآن 🌙"_s;
        QVERIFY(settingsFromText(settingsToText(all)) == all);
        for (const QString &name : settingsToJson(all).keys()) {
            QJsonObject one{{name, settingsToJson(all).value(name)}};
            const auto read = settingsFromJson(one);
            QVERIFY(read);
            QCOMPARE(settingsToJson(*read), one); // and nothing else
        }
    }

    void wrongFieldsAreNamed_data()
    {
        QTest::addColumn<QJsonObject>("object");
        QTest::addColumn<QString>("field");
        QTest::newRow("a word for a switch")
            << QJsonObject{{u"receive"_s, u"no"_s}} << u"receive"_s;
        QTest::newRow("a number for a name") << QJsonObject{{u"nickname"_s, 5}} << u"nickname"_s;
        QTest::newRow("less than nothing")
            << QJsonObject{{u"partPauseMs"_s, -1}} << u"partPauseMs"_s;
        QTest::newRow("half a pause") << QJsonObject{{u"partPauseMs"_s, 0.5}} << u"partPauseMs"_s;
    }
    void wrongFieldsAreNamed()
    {
        QFETCH(const QJsonObject, object);
        QFETCH(const QString, field);
        const auto read = settingsFromJson(object);
        QVERIFY(!read);
        QCOMPARE(read.error().kind, Error::Kind::Protocol);
        QVERIFY2(read.error().detail.contains(field), qPrintable(read.error().detail));
    }

    void whatCannotBeKeptIsSaid_data()
    {
        QTest::addColumn<QString>("nickname");
        QTest::addColumn<int>("pause");
        QTest::addColumn<QString>("words"); // empty: it can
        QTest::newRow("usual") << QString() << 600 << QString();
        QTest::newRow("no pause") << u"Shop"_s << 0 << QString();
        QTest::newRow("longest") << u"x"_s.repeated(60) << 10'000 << QString();
        QTest::newRow("a name too long") << u"x"_s.repeated(61) << 0 << u"at most 60"_s;
        QTest::newRow("a pause too long") << QString() << 10'001 << u"0 to 10000"_s;
        QTest::newRow("two lines") << u"a\nb"_s << 0 << u"line break"_s;
        QTest::newRow("turned around") << u"a\u202Eb"_s << 0 << u"invisible"_s;
        QTest::newRow("edges") << u" a"_s << 0 << u"space"_s;
        QTest::newRow("Arabic with a joiner") << u"می\u200Cخواهم"_s << 0 << QString();
    }
    void whatCannotBeKeptIsSaid()
    {
        QFETCH(const QString, nickname);
        QFETCH(const int, pause);
        QFETCH(const QString, words);
        PageSettings settings;
        settings.nickname = nickname;
        settings.partPauseMs = pause;
        const QString said = settingsProblem(settings);
        QVERIFY2(words.isEmpty() ? said.isEmpty() : said.contains(words), qPrintable(said));
    }

    void coloursComeFromThePalette()
    {
        for (int i = 0; i < 20; ++i)
            QVERIFY(colourProblem(pageColour(i)).isEmpty());
        for (const QString &other : {u""_s, u"red"_s, u"#D9480F"_s, u"#ffffff"_s, u"#d9480f "_s})
            QVERIFY(!colourProblem(other).isEmpty());
    }

    void changesAreWordsAndNumbers()
    {
        PageSettings before;
        PageSettings after;
        QVERIFY(settingsChanges(before, after).isEmpty());
        after.receive = false;
        after.partPauseMs = 0;
        after.nickname = u"Secret plan"_s;
        QCOMPARE(settingsChanges(before, after),
            (QStringList{u"nickname:none->set"_s, u"receive:on->off"_s, u"partPauseMs:600->0"_s}));
        before.nickname = u"Other"_s;
        QCOMPARE(settingsChanges(before, after).first(), u"nickname:set->another"_s);
    }

    void aNicknameIsShownInsteadOfTheName()
    {
        Page page{{u"1"_s}, u"Bloom Bakery"_s, {}};
        QCOMPARE(page.shownName(), u"Bloom Bakery"_s);
        page.settings.nickname = u"Bakery"_s;
        QCOMPARE(page.shownName(), u"Bakery"_s);
    }
};

QTEST_GUILESS_MAIN(TestPageSettings)
#include "tst_pagesettings.moc"
