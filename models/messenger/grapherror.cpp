// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/messenger/grapherror.h"

#include "models/messenger/json.h"
#include "models/messenger/usage.h"

#include <algorithm>
#include <array>
#include <limits>

namespace Pagedesk {

namespace {

using Outcome = SendVerdict::Outcome;

constexpr int Any = 0;
constexpr bool Pauses = true;
constexpr int DefaultRetrySeconds = 60;
// The person is inside Messenger's own questions and answers, which take moments.
constexpr int BusyPersonSeconds = 30;
constexpr int UploadAgainSeconds = 10;
constexpr bool isThrottle(int code)
{
    // App, user, Page and custom limits; 80000 to 80014 are those of business use cases.
    return code == 4 || code == 17 || code == 32 || code == 341 || code == 613
        || (code >= 80000 && code <= 80014);
}

// The content of media templates.
constexpr bool isOfTemplate(int code)
{
    return code >= 2018173 && code <= 2018188;
}

struct Row {
    int code = Any;
    int subcode = Any; // with Any as code: the number stands in either place
    Outcome outcome = Outcome::Failed;
    FailureKind failure = FailureKind::Other;
    bool pausesPage = false;
};

// The first match counts, so exact rows stand before those for a whole code.
// Source: Messenger Platform "Error codes" (2026-06-25), Graph API "Error handling".
constexpr std::array Rows{
    // Outside the reply window
    Row{10, 2018278, Outcome::Failed, FailureKind::WindowClosed},
    Row{10, 2534022, Outcome::Failed, FailureKind::WindowClosed},
    Row{10, 2018065, Outcome::Failed, FailureKind::WindowClosed},
    // The person blocked the Page, left, or is of another Page
    Row{551, Any, Outcome::Failed, FailureKind::Unreachable},
    Row{200, 1545041, Outcome::Failed, FailureKind::Unreachable},
    Row{10, 2018108, Outcome::Failed, FailureKind::Unreachable},
    Row{10, 2018336, Outcome::Failed, FailureKind::Unreachable},
    Row{100, 2018001, Outcome::Failed, FailureKind::Unreachable},
    Row{Any, 2018218, Outcome::Failed, FailureKind::Unreachable},
    // The Page is restricted for policy
    Row{10, 1893063, Outcome::Failed, FailureKind::PolicyBlocked, Pauses},
    Row{368, Any, Outcome::Failed, FailureKind::PolicyBlocked, Pauses},
    Row{4, 2207051, Outcome::Failed, FailureKind::PolicyBlocked, Pauses},
    Row{613, 2018338, Outcome::Failed, FailureKind::PolicyBlocked}, // about this person only
    Row{2022, Any, Outcome::Failed, FailureKind::PolicyBlocked},
    // Another app holds the conversation
    Row{100, 2534037, Outcome::Failed, FailureKind::NotThreadOwner},
    Row{Any, 2018300, Outcome::Failed, FailureKind::NotThreadOwner},
    Row{Any, 2018171, Outcome::Failed, FailureKind::NotThreadOwner},
    Row{Any, 2018234, Outcome::Failed, FailureKind::NotThreadOwner},
    // The person is busy with Messenger's own questions and answers
    Row{Any, 2018321, Outcome::NotSent, FailureKind::None},
    // The attachment: wrong type, unknown id, not fetched, too large, broken video
    Row{Any, 2018047, Outcome::Failed, FailureKind::AttachmentRefused},
    Row{Any, 2018074, Outcome::Failed, FailureKind::AttachmentRefused},
    Row{Any, 2018008, Outcome::Failed, FailureKind::AttachmentRefused},
    Row{Any, 2018109, Outcome::Failed, FailureKind::AttachmentRefused},
    Row{Any, 2018294, Outcome::Failed, FailureKind::AttachmentRefused},
    Row{324, 2069019, Outcome::Failed, FailureKind::AttachmentRefused},
    Row{9004, Any, Outcome::Failed, FailureKind::AttachmentRefused},
    // Limits of retired features, under the numbers of throttles
    Row{4, 2018354, Outcome::Failed, FailureKind::InvalidRequest},
    Row{9, 2018352, Outcome::Failed, FailureKind::InvalidRequest},
    Row{10, 1404170, Outcome::Failed, FailureKind::InvalidRequest},
    Row{10, 1893015, Outcome::Failed, FailureKind::InvalidRequest},
    Row{613, 1893016, Outcome::Failed, FailureKind::InvalidRequest},
    // Parts of messages that Meta does not take
    Row{1, 2018382, Outcome::Failed, FailureKind::InvalidRequest},
    Row{200, 2018021, Outcome::Failed, FailureKind::InvalidRequest},
    Row{200, 2018027, Outcome::Failed, FailureKind::InvalidRequest},
    Row{10303, Any, Outcome::Failed, FailureKind::InvalidRequest},
    // What somebody has to grant or accept first
    Row{2, 2018344, Outcome::Failed, FailureKind::PermissionMissing},
    Row{Any, 2018247, Outcome::Failed, FailureKind::PermissionMissing},
    Row{100, 2534013, Outcome::Failed, FailureKind::PermissionMissing},
    Row{100, 2534014, Outcome::Failed, FailureKind::PermissionMissing},
    Row{100, 2534029, Outcome::Failed, FailureKind::PermissionMissing},
    Row{36103, Any, Outcome::Failed, FailureKind::PermissionMissing},
    // The token
    Row{190, Any, Outcome::Failed, FailureKind::NeedsLogin, Pauses},
    Row{102, Any, Outcome::Failed, FailureKind::NeedsLogin, Pauses},
    // Failures behind which messages have been seen to go out all the same
    Row{1, 1357046, Outcome::Unknown, FailureKind::None},
    Row{1, Any, Outcome::Unknown, FailureKind::None},
    Row{2, Any, Outcome::Unknown, FailureKind::None},
    Row{1200, Any, Outcome::Unknown, FailureKind::None},
};

bool matches(const Row &row, int code, int subcode)
{
    if (row.code == Any)
        return row.subcode == subcode || row.subcode == code;
    return row.code == code && (row.subcode == Any || row.subcode == subcode);
}

// What a code means that has no row of its own.
Row fallback(int code)
{
    if (isThrottle(code))
        return {code, Any, Outcome::NotSent, FailureKind::None, Pauses};
    if (code == 10 || (code >= 200 && code <= 299))
        return {code, Any, Outcome::Failed, FailureKind::PermissionMissing};
    if (code == 100 || isOfTemplate(code))
        return {code, Any, Outcome::Failed, FailureKind::InvalidRequest};
    return {code, Any, Outcome::Failed, FailureKind::Other};
}

Row classify(int code, int subcode, bool maybeDone)
{
    const auto known = std::find_if(Rows.begin(), Rows.end(),
        [code, subcode](const Row &row) { return matches(row, code, subcode); });
    if (known != Rows.end())
        return *known;
    // A throttled call was not carried out, and Meta calls it transient as well.
    if (maybeDone && !isThrottle(code))
        return {code, subcode, Outcome::Unknown, FailureKind::None};
    return fallback(code);
}

int toNumber(const JsonValue &value)
{
    const qint64 number = value.toInt64().value_or(0);
    return number > 0 && number <= std::numeric_limits<int>::max() ? static_cast<int>(number) : 0;
}

// Seconds until calls are allowed again; the header says 0 while there is no need to wait.
int retryAfter(const QByteArray &usageHeader)
{
    const int minutes = readUsage(usageHeader).regainMinutes;
    return minutes == 0 ? DefaultRetrySeconds : minutes * 60;
}

void judge(SendVerdict &verdict, bool maybeDone, const QByteArray &usageHeader)
{
    const Row row = classify(verdict.code, verdict.subcode, maybeDone || verdict.code == 0);
    verdict.outcome = row.outcome;
    verdict.failure = row.failure;
    verdict.pausesPage = row.pausesPage;
    if (row.outcome == Outcome::NotSent)
        verdict.retryAfterSeconds = row.pausesPage ? retryAfter(usageHeader) : BusyPersonSeconds;
}

} // namespace

SendVerdict readSendAnswer(int httpStatus, const QByteArray &body, const QByteArray &usageHeader)
{
    SendVerdict verdict;
    const auto document = JsonDocument::parse(body);
    if (!document)
        return verdict;
    const JsonValue error = document->root()["error"];
    const QString id = document->root()["message_id"].text();
    verdict.code = toNumber(error["code"]);
    verdict.subcode = toNumber(error["error_subcode"]);
    verdict.traceId = error["fbtrace_id"].text();
    const bool succeeded = httpStatus >= 200 && httpStatus <= 299;
    if (succeeded && !id.isEmpty() && (error.isAbsent() || error.isNull())) {
        verdict.outcome = Outcome::Sent;
        verdict.mid = {id};
    } else if (!succeeded && id.isEmpty() && error.isObject()) {
        judge(verdict, httpStatus >= 500 || error["is_transient"].isTrue(), usageHeader);
    }
    return verdict;
}

SendVerdict readControlAnswer(int httpStatus, const QByteArray &body, const QByteArray &usageHeader)
{
    SendVerdict verdict = readSendAnswer(httpStatus, body, usageHeader);
    if (httpStatus < 200 || httpStatus > 299)
        return verdict;
    const auto document = JsonDocument::parse(body);
    const bool isDone = document && document->root()["success"].isTrue();
    verdict.outcome = isDone ? Outcome::Sent : Outcome::Unknown;
    return verdict;
}

TokenProblem tokenProblemOf(int subcode)
{
    switch (subcode) {
    case 458:
        return TokenProblem::AppRemoved;
    case 459:
    case 464:
        return TokenProblem::Checkpoint;
    case 460:
        return TokenProblem::PasswordChanged;
    case 463:
        return TokenProblem::Expired;
    case 492:
        return TokenProblem::RoleLost;
    default: // 467 and others
        return TokenProblem::Refused;
    }
}

bool isForRolesOnly(const SendVerdict &verdict)
{
    return verdict.code == 200 && verdict.subcode == 2018028;
}

bool isPermissionLoss(const SendVerdict &verdict)
{
    return verdict.failure == FailureKind::PermissionMissing && !isForRolesOnly(verdict)
        && (verdict.code == 10 || (verdict.code >= 200 && verdict.code <= 299));
}

UploadAnswer readUploadAnswer(int httpStatus, const QByteArray &body, const QByteArray &usageHeader)
{
    UploadAnswer answer;
    if (const auto document = JsonDocument::parse(body);
        document && httpStatus >= 200 && httpStatus <= 299) {
        answer.attachmentId = document->root()["attachment_id"].text();
        if (!answer.attachmentId.isEmpty())
            return answer;
    }
    answer.verdict = readSendAnswer(httpStatus, body, usageHeader);
    if (answer.verdict.outcome == Outcome::Unknown || answer.verdict.outcome == Outcome::Sent) {
        answer.verdict.outcome = Outcome::NotSent;
        answer.verdict.retryAfterSeconds = UploadAgainSeconds;
    }
    return answer;
}

} // namespace Pagedesk
