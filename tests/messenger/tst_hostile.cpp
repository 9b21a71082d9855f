// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/messenger/grapherror.h"
#include "models/messenger/json.h"
#include "models/messenger/webhook.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QRandomGenerator>
#include <QTest>

using namespace Pagedesk;
using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int Mutations = 10'000;
constexpr qsizetype LargestBody = qsizetype(8) * 1024 * 1024;

QByteArrayList fixtures()
{
    const QDir folder(QStringLiteral(PAGEDESK_SOURCE_DIR "/tests/messenger/fixtures"));
    QByteArrayList bodies;
    for (const QString &name : folder.entryList({u"*.json"_s}, QDir::Files, QDir::Name)) {
        QFile file(folder.filePath(name));
        if (file.open(QIODevice::ReadOnly))
            bodies.append(file.readAll());
    }
    return bodies;
}

// Changes a body somewhere, in the ways in which text gets damaged or is tampered with.
void mutate(QByteArray &body, QRandomGenerator &random)
{
    const QByteArrayList tokens{"null", "[", "]", "{", "}", "\"", "\\", ",", ":", "\\ud83d",
        "\\u0000", "1e999", QByteArray(1, '\0'), "\xff", "\xed\xa0\x80", "-", "9007199254740993",
        "true", "\"message\":", "[[[[[[[["};
    const auto position = [&] { return random.bounded(qMax<qsizetype>(body.size(), 1)); };
    switch (random.bounded(6)) {
    case 0:
        body.insert(position(), tokens.at(random.bounded(tokens.size())));
        break;
    case 1:
        body.remove(position(), random.bounded(1, 20));
        break;
    case 2:
        body.insert(position(), body.mid(position(), random.bounded(1, 200)));
        break;
    case 3:
        body.truncate(position());
        break;
    case 4:
        body.replace(position(), 1, tokens.at(random.bounded(tokens.size())));
        break;
    default:
        if (!body.isEmpty())
            body[position()] = static_cast<char>(random.bounded(256));
        break;
    }
}

bool isSound(const QByteArray &body, const QList<WebhookEvent> &events)
{
    const auto sound = [&body](const WebhookEvent &event) {
        const bool ofPage = event.shape == EventKind::PolicyEnforcement
            || event.shape == EventKind::Integrity; // no person has part in these
        const bool known = event.state != EventState::Projected
            || (!event.pageId.isEmpty() && (ofPage || !event.psid.isEmpty()));
        const bool reasoned = (event.state == EventState::Projected) == event.reason.isEmpty();
        return known && reasoned && event.dedupKey.size() == 16 && body.contains(event.raw)
            && !event.text.contains(QChar(u'\0')) && event.timestamp >= 0;
    };
    return !events.isEmpty() && std::all_of(events.begin(), events.end(), sound);
}

QByteArray withText(const QByteArray &text)
{
    return R"({"object":"page","entry":[{"id":"70044","messaging":[{"sender":{"id":"9001"},)"
           R"("message":{"mid":"m_1","text":)"
        + text + "}}]}]}";
}

} // namespace

class TestHostile : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void mutations();
    void everyTruncation();
    void largeBodies_data();
    void largeBodies();
    void mutatedAnswers();
};

void TestHostile::mutations()
{
    const QByteArrayList bodies = fixtures();
    QVERIFY(!bodies.isEmpty());
    QRandomGenerator random(20260729);
    int readable = 0;
    for (int i = 0; i < Mutations; ++i) {
        QByteArray body = bodies.at(i % bodies.size());
        for (int n = random.bounded(1, 4); n > 0; --n)
            mutate(body, random);
        const auto events = readWebhook(body);
        readable += events.first().raw != body;
        if (!isSound(body, events))
            QFAIL(body.toPercentEncoding().constData());
        if (const auto document = JsonDocument::parse(body))
            document->root().visit([&body](const JsonValue &value) {
                if (!body.contains(value.raw()) || !JsonDocument::parse(value.raw()))
                    QFAIL(body.toPercentEncoding().constData());
            });
    }
    QVERIFY(readable > Mutations / 20); // else only the refusal was tested
}

void TestHostile::everyTruncation()
{
    for (const QByteArray &body : fixtures()) {
        for (qsizetype length = 0; length < body.size(); length += 1 + body.size() / 400) {
            const QByteArray cut = body.first(length);
            QVERIFY(isSound(cut, readWebhook(cut)));
        }
    }
}

void TestHostile::largeBodies_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<EventState>("expected");
    const auto row = [](const char *name, const QByteArray &body, EventState expected) {
        QTest::newRow(name) << body << expected;
    };
    const auto projected = EventState::Projected;
    const auto malformed = EventState::Malformed;
    const auto repeated = [](const char *text) {
        return QByteArray(text).repeated(LargestBody / qsizetype(strlen(text)));
    };
    row("brackets", repeated("["), malformed);
    row("100,000 brackets", QByteArray(100'000, '['), malformed);
    row("objects", repeated("{\"a\":"), malformed);
    row("digits", repeated("9"), malformed);
    row("digits in a message", withText(repeated("9")), projected);
    row("many long numbers", withText('[' + (QByteArray(400, '9') + ',').repeated(20'000) + "1]"),
        projected);
    row("exponent", withText("1e" + repeated("9")), projected);
    row("minus signs", withText(repeated("-")), malformed);
    row("text", withText('"' + repeated("text ") + '"'), projected);
    row("NULs", withText('"' + repeated("\\u0000") + '"'), projected);
    row("half pairs", withText('"' + repeated("\\ud83d") + '"'), projected);
    row("backslashes", withText('"' + repeated("\\\\") + '"'), projected);
    row("quotes", repeated("\"\","), malformed);
    row("nulls", withText('[' + repeated("null,") + "1]"), malformed);
    row("white space", repeated(" "), malformed);
    row("raw NULs", QByteArray(LargestBody, '\0'), malformed);
    row("raw bytes", QByteArray(LargestBody, '\xff'), malformed);
    row("keys", withText('{' + repeated("\"sender\":\"9\",") + "\"a\":1}"), projected);
    row("empty items",
        R"({"object":"page","entry":[{"id":"1","messaging":[)"
            + (QByteArray(40, ' ') + "{},").repeated(50'000) + "{}]}]}",
        EventState::Unsupported);
}

void TestHostile::largeBodies()
{
    QFETCH(QByteArray, body);
    QFETCH(EventState, expected);
    QElapsedTimer timer;
    timer.start();
    const auto events = readWebhook(body);
    QVERIFY2(timer.elapsed() < 5000, qPrintable(QString::number(timer.elapsed()))); // Meta's limit
    QVERIFY(!events.isEmpty());
    QCOMPARE(events.first().state, expected);
    QVERIFY(events.size() <= 10'001);
}

void TestHostile::mutatedAnswers()
{
    const QByteArray sent = R"({"recipient_id":"9001","message_id":"m_B2"})";
    QRandomGenerator random(42);
    for (int i = 0; i < Mutations; ++i) {
        QByteArray body = sent;
        mutate(body, random);
        QByteArray header = R"({"70044":[{"estimated_time_to_regain_access":7}]})";
        mutate(header, random);
        const SendVerdict verdict = readSendAnswer(200, body, header);
        // A damaged success never reads as a proof that nothing was sent.
        QVERIFY(verdict.outcome == SendVerdict::Outcome::Unknown
            || verdict.outcome == SendVerdict::Outcome::Sent);
        QCOMPARE(verdict.mid.isEmpty(), verdict.outcome == SendVerdict::Outcome::Unknown);
        const int wait = readSendAnswer(400, R"({"error":{"code":4}})", header).retryAfterSeconds;
        QVERIFY(wait >= 60 && wait <= 86'400);
    }
}

QTEST_GUILESS_MAIN(TestHostile)
#include "tst_hostile.moc"
