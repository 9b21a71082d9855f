// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/api/metricstext.h"
#include "tests/relay/ledgerfixture.h"

#include <QHash>
#include <QRegularExpression>
#include <QSet>
#include <QTest>

using namespace Pagedesk;
using namespace Pagedesk::Relay;
using namespace Qt::Literals::StringLiterals;

// GET /metrics as Prometheus reads it (exposition format 0.0.4).
class TestMetrics : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyLineIsValid()
    {
        Metrics metrics;
        metrics.eventsByKind[1].add(3);
        metrics.eventsByKind[4].add(1);
        for (const double lag : {0.05, 0.1, 0.2, 7.0, 100'000.0})
            metrics.eventLag.observe(lag);
        metrics.acknowledgement.observe(std::chrono::microseconds(1500));
        const QByteArray text = textOf(metrics);
        QVERIFY(text.endsWith('\n'));
        QString family;
        QString type;
        QSet<QString> families;
        QSet<QString> samples;
        static const QRegularExpression help(u"^# HELP ([a-z][a-z0-9_]*) (\\S.*\\.)$"_s);
        static const QRegularExpression typed(
            u"^# TYPE ([a-z][a-z0-9_]*) (counter|gauge|histogram)$"_s);
        static const QRegularExpression sample(
            u"^([a-z][a-z0-9_]*)(\\{[a-z]+=\"[^\"\\\\\\n]*\"\\})? ([0-9]+(\\.[0-9]+)?)$"_s);
        const QStringList lines = QString::fromUtf8(text.chopped(1)).split(u'\n');
        for (const QString &line : lines) {
            if (const auto match = help.match(line); match.hasMatch()) {
                family = match.captured(1);
                type.clear();
                QVERIFY2(!families.contains(family), qPrintable(line));
                families.insert(family);
                QVERIFY(family.startsWith(u"pagedesk_"_s));
            } else if (const auto kind = typed.match(line); kind.hasMatch()) {
                QCOMPARE(kind.captured(1), family);
                type = kind.captured(2);
                QCOMPARE(family.endsWith(u"_total"_s), type == u"counter");
            } else {
                const auto value = sample.match(line);
                QVERIFY2(value.hasMatch(), qPrintable(line));
                QVERIFY2(!type.isEmpty(), qPrintable(line));
                QString name = value.captured(1);
                if (type == u"histogram") {
                    static const QRegularExpression ending(u"_(bucket|sum|count)$"_s);
                    QVERIFY2(name.contains(ending), qPrintable(line));
                    name.remove(ending);
                }
                QCOMPARE(name, family);
                const QString whole = value.captured(1) + value.captured(2);
                QVERIFY2(!samples.contains(whole), qPrintable(line));
                samples.insert(whole);
            }
        }
        QVERIFY(families.size() > 20);
    }

    void histogramsAddUp()
    {
        Metrics metrics;
        for (const double lag : {0.05, 0.1, 0.2, 7.0, 100'000.0})
            metrics.eventLag.observe(lag);
        const QByteArray text = textOf(metrics);
        const QByteArray name = "pagedesk_webhook_lag_seconds";
        for (const QByteArray &line : {"_bucket{le=\"0.1\"} 2"_ba, "_bucket{le=\"0.25\"} 3"_ba,
                 "_bucket{le=\"5\"} 3"_ba, "_bucket{le=\"10\"} 4"_ba, "_bucket{le=\"3600\"} 4"_ba,
                 "_bucket{le=\"+Inf\"} 5"_ba, "_count 5"_ba, "_sum 100007.350000"_ba})
            QVERIFY2(text.contains('\n' + name + line + '\n'), line.constData());
    }

    void kindsAreNamed()
    {
        Metrics metrics;
        metrics.eventsByKind[1].add(3);
        QVERIFY(textOf(metrics).contains("pagedesk_webhook_items_total{kind=\"message\"} 3\n"));
    }

    void groupsAreToldApart()
    {
        Metrics metrics;
        GroupMeter meter;
        for (int i = 0; i < 3; ++i)
            meter.ran();
        for (int i = 0; i < 3; ++i)
            meter.told(metrics);
        meter.ran();
        meter.told(metrics);
        QCOMPARE(metrics.groupSize.sum(), 4.0);
        QCOMPARE(metrics.groupSize.count(0), 1U); // one of one
        QCOMPARE(metrics.groupSize.count(2), 1U); // one of three
        QCOMPARE(metrics.commitTime.count(0), 2U);
    }

private:
    QByteArray textOf(const Metrics &metrics)
    {
        LedgerFixture ledger;
        QByteArray text;
        if (!ledger.opened)
            return text;
        const auto done = ledger.run([&](Connection &connection, Ledger::Touched &) -> Result<> {
            text = metricsText(metrics, {}, connection);
            return {};
        });
        return done ? text : QByteArray();
    }
};

QTEST_GUILESS_MAIN(TestMetrics)
#include "tst_metrics.moc"
