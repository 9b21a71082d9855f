// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/base/ids.h"
#include "models/base/secret.h"
#include "models/base/task.h"

#include <QRegularExpression>
#include <QSet>
#include <QTest>

using namespace Pagedesk;
using namespace Qt::Literals::StringLiterals;

class TestBase : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void uuidsSortByTime()
    {
        static const QRegularExpression form(
            u"^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$"_s);
        QSet<QString> seen;
        QString before;
        for (qint64 at = 1'790'000'000'000; at < 1'790'000'000'500; ++at) {
            const QString id = newUuid(at);
            QVERIFY2(form.match(id).hasMatch(), qPrintable(id));
            QVERIFY(id > before);
            seen.insert(id);
            before = id;
        }
        QCOMPARE(seen.size(), 500);
    }

    void messageIdsFollowFromPageAndMid()
    {
        const auto id = messageIdFor({u"70044"_s}, {u"m_A"_s});
        QCOMPARE(id, messageIdFor({u"70044"_s}, {u"m_A"_s}));
        QVERIFY(id != messageIdFor({u"70055"_s}, {u"m_A"_s}));
        QVERIFY(id != messageIdFor({u"70044"_s}, {u"m_B"_s}));
        QCOMPARE(id.value.size(), 32);
    }

    void errorKindsHaveNames()
    {
        for (int i = 0; i <= static_cast<int>(Error::Kind::Damaged); ++i) {
            const auto kind = static_cast<Error::Kind>(i);
            QCOMPARE(kindFromName(kindName(kind)), std::optional(kind));
        }
        QVERIFY(!kindFromName(u"nonsense"));
    }

    void secretsMatchOnlyThemselves()
    {
        const Secret secret("correct horse");
        QVERIFY(secret.matches("correct horse"));
        QVERIFY(!secret.matches("correct hors"));
        QVERIFY(!secret.matches("correct horsf"));
        QVERIFY(!secret.matches(""));
        QVERIFY(!Secret().matches("")); // what was never set opens nothing
        Secret copy = secret;
        copy = Secret("other");
        QCOMPARE(secret.reveal(), "correct horse");
    }

    void tokensAreLongAndDifferent()
    {
        const QByteArray token = randomToken(32);
        QCOMPARE(token.size(), 43); // 32 bytes in unpadded base64
        QVERIFY(token != randomToken(32));
    }

    void taskFinishesOnce()
    {
        Promise<int> promise;
        QObject context;
        QList<int> heard;
        promise.task().then(&context, [&](const Result<int> &r) { heard.append(r.value_or(-1)); });
        promise.finish(7);
        promise.finish(8);
        QCOMPARE(heard, QList<int>({7}));
    }

    void taskIsSilentAfterItsContext()
    {
        Promise<int> promise;
        auto context = std::make_unique<QObject>();
        bool heard = false;
        promise.task().then(context.get(), [&](const Result<int> &) { heard = true; });
        context.reset();
        promise.finish(7);
        QVERIFY(!heard);
    }

    void abandonedPromiseCancels()
    {
        QObject context;
        std::optional<Error::Kind> heard;
        {
            Promise<> promise;
            promise.task().then(&context, [&](const Result<> &r) { heard = r.error().kind; });
        }
        QCOMPARE(heard, std::optional(Error::Kind::Cancelled));
    }

    void chainsPassTheFirstErrorThrough()
    {
        QObject context;
        Promise<int> first;
        bool called = false;
        std::optional<Error::Kind> heard;
        first.task()
            .andThen(&context,
                [&](int) {
                    called = true;
                    return Task<QString>::finished(u"never"_s);
                })
            .then(&context, [&](const Result<QString> &r) { heard = r.error().kind; });
        first.finish(failure(Error::Kind::Conflict, u"first"_s));
        QVERIFY(!called);
        QCOMPARE(heard, std::optional(Error::Kind::Conflict));
    }
};

QTEST_GUILESS_MAIN(TestBase)
#include "tst_base.moc"
