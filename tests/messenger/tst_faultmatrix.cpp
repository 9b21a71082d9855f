// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/messenger/grapherror.h"
#include "models/messenger/recentmessages.h"
#include "models/messenger/usage.h"

#include <QTest>

using namespace Pagedesk;
using namespace Qt::Literals::StringLiterals;
using Outcome = SendVerdict::Outcome;
using Failure = FailureKind;

namespace {

// Texts are localised and must decide nothing.
constexpr const char *Texts[] = {"(#1) An unknown error occurred",
    "Это сообщение отправлено вне разрешённого окна.", "此人目前不在线", "Erro temporário"};

struct Row {
    int code;
    int subcode;
    Outcome outcome;
    Failure failure = Failure::None;
    bool pauses = false;
    int httpStatus = 400;
};

constexpr bool Pauses = true;

// Every row of Meta's list of errors ("Error codes", 2026-06-25) that a reply can meet, and what
// public logs add to it.
constexpr Row Matrix[] = {
    // May hide that the message went out: never sent again
    {1, 0, Outcome::Unknown},
    {1, 99, Outcome::Unknown},
    {1, 1357046, Outcome::Unknown},
    {2, 0, Outcome::Unknown},
    {1200, 0, Outcome::Unknown},
    {1, 0, Outcome::Unknown, Failure::None, false, 500},
    {2, 0, Outcome::Unknown, Failure::None, false, 503},
    {99999, 0, Outcome::Unknown, Failure::None, false, 500},
    // Limits: the Page waits
    {4, 0, Outcome::NotSent, Failure::None, Pauses},
    {17, 0, Outcome::NotSent, Failure::None, Pauses},
    {32, 0, Outcome::NotSent, Failure::None, Pauses},
    {341, 0, Outcome::NotSent, Failure::None, Pauses},
    {613, 0, Outcome::NotSent, Failure::None, Pauses},
    {613, 2534040, Outcome::NotSent, Failure::None, Pauses},
    {80001, 0, Outcome::NotSent, Failure::None, Pauses},
    {80004, 0, Outcome::NotSent, Failure::None, Pauses},
    {80006, 0, Outcome::NotSent, Failure::None, Pauses},
    // The person is inside Messenger's own questions and answers: only they wait
    {2018321, 0, Outcome::NotSent},
    {100, 2018321, Outcome::NotSent},
    // Outside the window
    {10, 2018278, Outcome::Failed, Failure::WindowClosed},
    {10, 2534022, Outcome::Failed, Failure::WindowClosed},
    {10, 2018065, Outcome::Failed, Failure::WindowClosed},
    // The person
    {10, 2018108, Outcome::Failed, Failure::Unreachable},
    {10, 2018336, Outcome::Failed, Failure::Unreachable},
    {100, 2018001, Outcome::Failed, Failure::Unreachable},
    {2018218, 0, Outcome::Failed, Failure::Unreachable},
    {551, 0, Outcome::Failed, Failure::Unreachable},
    {551, 1545041, Outcome::Failed, Failure::Unreachable},
    {200, 1545041, Outcome::Failed, Failure::Unreachable},
    // Policy
    {10, 1893063, Outcome::Failed, Failure::PolicyBlocked, Pauses},
    {368, 0, Outcome::Failed, Failure::PolicyBlocked, Pauses},
    {4, 2207051, Outcome::Failed, Failure::PolicyBlocked, Pauses},
    {613, 2018338, Outcome::Failed, Failure::PolicyBlocked},
    {2022, 0, Outcome::Failed, Failure::PolicyBlocked},
    // Another app
    {100, 2534037, Outcome::Failed, Failure::NotThreadOwner},
    {2018300, 0, Outcome::Failed, Failure::NotThreadOwner},
    {2018171, 0, Outcome::Failed, Failure::NotThreadOwner},
    {2018234, 0, Outcome::Failed, Failure::NotThreadOwner},
    // The token
    {102, 0, Outcome::Failed, Failure::NeedsLogin, Pauses},
    {190, 0, Outcome::Failed, Failure::NeedsLogin, Pauses},
    {190, 458, Outcome::Failed, Failure::NeedsLogin, Pauses},
    {190, 459, Outcome::Failed, Failure::NeedsLogin, Pauses},
    {190, 460, Outcome::Failed, Failure::NeedsLogin, Pauses},
    {190, 463, Outcome::Failed, Failure::NeedsLogin, Pauses},
    {190, 464, Outcome::Failed, Failure::NeedsLogin, Pauses},
    {190, 467, Outcome::Failed, Failure::NeedsLogin, Pauses},
    {190, 492, Outcome::Failed, Failure::NeedsLogin, Pauses},
    // Permissions, and what somebody has to accept
    {10, 0, Outcome::Failed, Failure::PermissionMissing},
    {2, 2018344, Outcome::Failed, Failure::PermissionMissing},
    {10, 2534077, Outcome::Failed, Failure::PermissionMissing},
    {100, 2534013, Outcome::Failed, Failure::PermissionMissing},
    {100, 2534014, Outcome::Failed, Failure::PermissionMissing},
    {100, 2534029, Outcome::Failed, Failure::PermissionMissing},
    {200, 0, Outcome::Failed, Failure::PermissionMissing},
    {200, 2018028, Outcome::Failed, Failure::PermissionMissing},
    {200, 2534041, Outcome::Failed, Failure::PermissionMissing},
    {299, 0, Outcome::Failed, Failure::PermissionMissing},
    {36103, 0, Outcome::Failed, Failure::PermissionMissing},
    {2018247, 0, Outcome::Failed, Failure::PermissionMissing},
    // Attachments: whatever is_transient says
    {100, 2018008, Outcome::Failed, Failure::AttachmentRefused},
    {100, 2018047, Outcome::Failed, Failure::AttachmentRefused},
    {100, 2018074, Outcome::Failed, Failure::AttachmentRefused},
    {100, 2018109, Outcome::Failed, Failure::AttachmentRefused},
    {100, 2018294, Outcome::Failed, Failure::AttachmentRefused},
    {324, 2069019, Outcome::Failed, Failure::AttachmentRefused},
    {9004, 0, Outcome::Failed, Failure::AttachmentRefused},
    // What is wrong with the message itself
    {1, 2018382, Outcome::Failed, Failure::InvalidRequest},
    {4, 2018354, Outcome::Failed, Failure::InvalidRequest},
    {9, 2018352, Outcome::Failed, Failure::InvalidRequest},
    {10, 1404170, Outcome::Failed, Failure::InvalidRequest},
    {10, 1893015, Outcome::Failed, Failure::InvalidRequest},
    {613, 1893016, Outcome::Failed, Failure::InvalidRequest},
    {100, 0, Outcome::Failed, Failure::InvalidRequest},
    {100, 33, Outcome::Failed, Failure::InvalidRequest},
    {100, 2018014, Outcome::Failed, Failure::InvalidRequest},
    {100, 2018048, Outcome::Failed, Failure::InvalidRequest},
    {100, 2018164, Outcome::Failed, Failure::InvalidRequest},
    {100, 2018320, Outcome::Failed, Failure::InvalidRequest},
    {100, 2018328, Outcome::Failed, Failure::InvalidRequest},
    {100, 2534015, Outcome::Failed, Failure::InvalidRequest},
    {100, 2534025, Outcome::Failed, Failure::InvalidRequest},
    {200, 2018021, Outcome::Failed, Failure::InvalidRequest},
    {200, 2018027, Outcome::Failed, Failure::InvalidRequest},
    {10303, 0, Outcome::Failed, Failure::InvalidRequest},
    {2018173, 0, Outcome::Failed, Failure::InvalidRequest},
    {2018188, 0, Outcome::Failed, Failure::InvalidRequest},
    // Final, for reasons that are not a reply's
    {506, 0, Outcome::Failed, Failure::Other},
    {10900, 0, Outcome::Failed, Failure::Other},
    {2018389, 0, Outcome::Failed, Failure::Other},
    {2018396, 0, Outcome::Failed, Failure::Other},
    {9000001, 0, Outcome::Failed, Failure::Other},
    {99999, 0, Outcome::Failed, Failure::Other},
};

QByteArray body(const Row &row, const char *text, bool transient)
{
    QByteArray json = R"({"error":{"message":")" + QByteArray(text)
        + R"(","type":"OAuthException","code":)" + QByteArray::number(row.code);
    if (row.subcode != 0)
        json += R"(,"error_subcode":)" + QByteArray::number(row.subcode);
    if (transient)
        json += R"(,"is_transient":true)";
    return json + R"(,"error_user_msg":"Bitte später","fbtrace_id":"AxB"}})";
}

} // namespace

class TestFaultMatrix : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void rows_data()
    {
        QTest::addColumn<int>("index");
        for (int i = 0; i < int(std::size(Matrix)); ++i)
            QTest::addRow("%d/%d, %d", Matrix[i].code, Matrix[i].subcode, Matrix[i].httpStatus)
                << i;
    }
    void rows()
    {
        QFETCH(int, index);
        const Row &row = Matrix[index];
        for (const char *text : Texts) {
            const auto verdict = readSendAnswer(row.httpStatus, body(row, text, false), {});
            QCOMPARE(verdict.outcome, row.outcome);
            QCOMPARE(verdict.failure, row.failure);
            QCOMPARE(verdict.pausesPage, row.pauses);
            QCOMPARE(verdict.retryAfterSeconds > 0, row.outcome == Outcome::NotSent);
        }
        // A flag that says "try again" never makes a refusal of a known kind something to repeat.
        const auto flagged = readSendAnswer(row.httpStatus, body(row, "x", true), {});
        QVERIFY(flagged.outcome == row.outcome || flagged.outcome == Outcome::Unknown);
        // And no answer of 200 with an error in it counts as either.
        QCOMPARE(readSendAnswer(200, body(row, "x", false), {}).outcome, Outcome::Unknown);
    }

    void usage_data()
    {
        QTest::addColumn<QByteArray>("header");
        QTest::addColumn<int>("percent");
        QTest::addColumn<int>("minutes");
        const auto row = [](const char *name, const QByteArray &header, int percent, int minutes) {
            QTest::newRow(name) << header << percent << minutes;
        };
        row("none", {}, 0, 0);
        row("app", R"({"call_count":12,"total_time":8,"total_cputime":5})", 12, 0);
        row("app over the limit", R"({"call_count":112,"total_time":208,"total_cputime":5})", 208,
            0);
        const QByteArray one = R"({"type":"messenger","call_count":31,"total_cputime":4,)"
                               R"("total_time":6,"estimated_time_to_regain_access":7})";
        row("list of a Page", R"({"70044":[)" + one + "]}", 31, 7);
        row("object of a Page", R"({"70044":)" + one + "}", 31, 7);
        row("list", "[" + one + "]", 31, 7);
        row("two of a Page", R"({"70044":[{"call_count":90},)" + one + "]}", 90, 7);
        row("as texts", R"({"70044":[{"call_count":"80.5"}]})", 80, 0);
        row("negative", R"({"call_count":-3,"estimated_time_to_regain_access":-9})", 0, 0);
        row("beyond a day", R"({"estimated_time_to_regain_access":9999999})", 0, 1440);
        row("no JSON", "call_count=99", 0, 0);
    }
    void usage()
    {
        QFETCH(QByteArray, header);
        QFETCH(int, percent);
        QFETCH(int, minutes);
        QCOMPARE(readUsage(header), (CallUsage{percent, minutes}));
    }

    void newestMessages()
    {
        const QByteArray one = R"({"id":"m_A","created_time":"2026-06-20T10:02:11+0000",)"
                               R"("from":{"id":"70044"},"message":"Yes \u00e9"})";
        const QByteArray two = R"({"id":"m_B","created_time":"2026-06-20T10:02:12+0000",)"
                               R"("from":{"id":"9001"}})";
        const auto read = readRecentMessages(
            R"({"data":[{"id":"t_1","messages":{"data":[)" + one + "," + two + R"(]}}]})");
        QVERIFY(read);
        QVERIFY(read->complete);
        QCOMPARE(read->messages.size(), 2);
        QCOMPARE(read->messages.at(0).mid.value, u"m_B"_s);
        QCOMPARE(read->messages.at(1).text, u"Yes é"_s);
        QCOMPARE(read->messages.at(1).sentAt, 1'781'949'731'000);
        const auto more = readRecentMessages(R"({"data":[{"id":"t_1","messages":{"data":[)" + one
            + R"(],"paging":{"next":"x"}}}]})");
        QVERIFY(more && !more->complete);
        const auto none = readRecentMessages(R"({"data":[]})");
        QVERIFY(none && none->messages.isEmpty() && !none->complete);
        for (const char *wrong :
            {"", "[]", "{}", R"({"data":[{"id":"t_1"}]})",
                R"({"data":[{"messages":{"data":[{"id":"m_A"}]}}]})",
                R"({"data":[{"messages":{"data":[{"id":"m_A","from":{"id":"1"},"created_time":"x"}]}}]})"})
            QVERIFY2(!readRecentMessages(wrong), wrong);
    }
};

QTEST_GUILESS_MAIN(TestFaultMatrix)
#include "tst_faultmatrix.moc"
