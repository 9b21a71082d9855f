// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/errortext.h"

#include <QCoreApplication>

namespace Pagedesk::Ui {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(ErrorText)
};

QString whenAgain(std::chrono::seconds pause)
{
    if (pause.count() < 90)
        return Words::tr("Try again in a minute.");
    const auto minutes = std::chrono::ceil<std::chrono::minutes>(pause).count();
    return Words::tr("Try again in %n minutes.", nullptr, static_cast<int>(minutes));
}

QString sentence(Error::Kind kind)
{
    switch (kind) {
    case Error::Kind::Cancelled:
        return Words::tr("This was cancelled.");
    case Error::Kind::Offline:
        return Words::tr(
            "There is no connection. What you do is kept and goes on when it is back.");
    case Error::Kind::Timeout:
        return Words::tr("The other side did not answer in time.");
    case Error::Kind::Unauthorized:
        return Words::tr("This device is no longer let in. Ask an admin for a new invite.");
    case Error::Kind::Forbidden:
        return Words::tr("Your role does not allow this. An admin can change it.");
    case Error::Kind::Rejected:
        return Words::tr("This was refused. Trying again as it is will not help.");
    case Error::Kind::NotFound:
        return Words::tr("This is not there any more.");
    case Error::Kind::Conflict:
        return Words::tr(
            "Somebody else changed this in the meantime. Look again before you go on.");
    case Error::Kind::TooLarge:
        return Words::tr("This is too large.");
    case Error::Kind::Protocol:
        return Words::tr("The answer could not be understood. Pagedesk may need an update.");
    case Error::Kind::Storage:
        return Words::tr("This could not be saved. Check the free space on the disk.");
    case Error::Kind::NewerVersion:
        return Words::tr("This was written by a newer Pagedesk. Update to open it.");
    case Error::Kind::Damaged:
        return Words::tr("Saved data is damaged and cannot be read.");
    }
    return Words::tr("Something did not work.");
}

} // namespace

QString errorText(const Error &error)
{
    const QString text = sentence(error.kind);
    if (!error.retryAfter || error.retryAfter->count() <= 0)
        return text;
    return Words::tr("%1 %2", "what happened, then when to try again")
        .arg(text, whenAgain(*error.retryAfter));
}

namespace {

// Where somebody has to do something who may: told to them.
QString failureForAdmins(FailureKind kind)
{
    switch (kind) {
    case FailureKind::NeedsLogin:
        return Words::tr("Not sent: the Page has lost its login at Facebook. Connect it again.");
    case FailureKind::PermissionMissing:
        return Words::tr("Not sent: the Page may not send messages. Connect it again and allow "
                         "what is asked for.");
    case FailureKind::PolicyBlocked:
        return Words::tr("Not sent: Facebook has restricted the Page for now. The Page's support "
                         "inbox at Facebook says why.");
    case FailureKind::HumanAgentMissing:
        return Words::tr("Not sent: Facebook does not let this Page answer as a human agent. You "
                         "can write again once this person writes to you; the Page doctor says "
                         "more.");
    case FailureKind::InvalidRequest:
        return Words::tr("Not sent: Meta did not accept it. The details of the message say what "
                         "Meta answered.");
    default:
        return {};
    }
}

} // namespace

QString failureText(FailureKind kind, bool isAdmin)
{
    if (const QString told = failureForAdmins(kind); isAdmin && !told.isEmpty())
        return told;
    switch (kind) {
    case FailureKind::WindowClosed:
        return Words::tr(
            "Not sent: the time to reply is over. You can write again once this person "
            "writes to you.");
    case FailureKind::Unreachable:
        return Words::tr("Not delivered: this person cannot be reached now. They may have blocked "
                         "the Page.");
    case FailureKind::NeedsLogin:
        return Words::tr("Not sent: the Page has lost its login at Facebook. An admin must connect "
                         "it again.");
    case FailureKind::PermissionMissing:
        return Words::tr("Not sent: the Page may not send messages. An admin must connect it again "
                         "and allow this.");
    case FailureKind::PolicyBlocked:
        return Words::tr("Not sent: Facebook has restricted the Page for now. An admin finds the "
                         "reason in the Page's support inbox.");
    case FailureKind::NotThreadOwner:
        return Words::tr("Not sent: another app is handling this conversation now. Take it over, "
                         "then send it again.");
    case FailureKind::HumanAgentMissing:
        return Words::tr("Not sent: Facebook does not let this Page answer as a human agent. You "
                         "can write again once this person writes to you; an admin finds more in "
                         "the Page doctor.");
    case FailureKind::AttachmentRefused:
        return Words::tr("Not sent: the attachment was not accepted. Try another format or a "
                         "smaller file.");
    case FailureKind::TooLong:
        return Words::tr("Not sent: the text is too long. Send it in parts.");
    case FailureKind::InvalidRequest:
        return Words::tr("Not sent: Meta did not accept it. Change the text or tell your admin.");
    case FailureKind::Cancelled:
        return Words::tr("Not sent: it was taken back.");
    case FailureKind::EarlierPart:
        return Words::tr("Not sent: an earlier part of this reply could not be sent.");
    case FailureKind::NotArrived:
        return Words::tr("Not sent: Meta did not take it. You can send it again.");
    case FailureKind::AttachmentLost:
        return Words::tr(
            "Not sent: the file is no longer whole on this computer. Attach it again.");
    case FailureKind::None:
    case FailureKind::Other:
        break;
    }
    return Words::tr("Not sent: something went wrong on the way.");
}

QString takingFailureText(FailureKind kind)
{
    switch (kind) {
    case FailureKind::NotThreadOwner:
        return Words::tr("Facebook gives conversations only to the Page's default app. Somebody "
                         "with full control of the Page makes this workspace's app the default one "
                         "at Facebook, in the Page's settings under conversation routing; or the "
                         "other app hands it over.");
    case FailureKind::NeedsLogin:
        return Words::tr("The Page has lost its login at Facebook. An admin must connect it "
                         "again.");
    case FailureKind::PermissionMissing:
        return Words::tr("Facebook does not permit it. An admin finds the missing permission in "
                         "the Page doctor; and this workspace's app must be the default one in "
                         "the Page's settings at Facebook, under conversation routing.");
    case FailureKind::PolicyBlocked:
        return Words::tr("Facebook has restricted the Page for now. An admin finds the reason in "
                         "the Page's support inbox.");
    case FailureKind::Unreachable:
        return Words::tr("Facebook does not know this person any more.");
    case FailureKind::NotArrived:
        return Words::tr("Facebook did not answer. Try again in a moment.");
    default:
        break;
    }
    return Words::tr("Facebook refused it without a reason that is known here. An admin can look "
                     "at the Page's settings at Facebook, under conversation routing.");
}

QString failureTitle(FailureKind kind)
{
    switch (kind) {
    case FailureKind::WindowClosed:
        return Words::tr("Time to reply is over");
    case FailureKind::Unreachable:
        return Words::tr("Cannot be reached");
    case FailureKind::NeedsLogin:
        return Words::tr("Page needs a new login");
    case FailureKind::PermissionMissing:
        return Words::tr("Page may not send");
    case FailureKind::PolicyBlocked:
        return Words::tr("Page is restricted");
    case FailureKind::NotThreadOwner:
        return Words::tr("Handled by another app");
    case FailureKind::HumanAgentMissing:
        return Words::tr("Human agent not allowed");
    case FailureKind::AttachmentRefused:
        return Words::tr("Attachment not accepted");
    case FailureKind::TooLong:
        return Words::tr("Text too long");
    case FailureKind::EarlierPart:
        return Words::tr("Earlier part not sent");
    case FailureKind::NotArrived:
        return Words::tr("Not taken by Meta");
    case FailureKind::AttachmentLost:
        return Words::tr("File is damaged");
    case FailureKind::Cancelled:
        return Words::tr("Taken back");
    case FailureKind::None:
    case FailureKind::InvalidRequest:
    case FailureKind::Other:
        break;
    }
    return Words::tr("Not sent");
}

bool mayHelpToSendAgain(FailureKind kind)
{
    switch (kind) {
    case FailureKind::AttachmentRefused:
    case FailureKind::AttachmentLost:
    case FailureKind::TooLong:
    case FailureKind::InvalidRequest:
    case FailureKind::HumanAgentMissing:
        return false;
    default:
        return true;
    }
}

} // namespace Pagedesk::Ui
