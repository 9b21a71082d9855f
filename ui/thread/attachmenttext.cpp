// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/thread/displaytext.h"
#include "ui/thread/threadtext.h"

#include <QCoreApplication>

namespace Pagedesk::Ui {

using namespace Qt::Literals::StringLiterals;

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(AttachmentText)
};

QString coordinates(const Attachment &attachment)
{
    return u"%1, %2"_s.arg(attachment.latitude, 0, 'f', 5).arg(attachment.longitude, 0, 'f', 5);
}

// Known words of the relay; another one is not shown.
QString refusalText(const QString &reason)
{
    if (reason == "size"_L1 || reason == "too large"_L1)
        return Words::tr("Not kept: too large");
    if (reason == "type"_L1 || reason == "unsafe"_L1)
        return Words::tr("Not kept: this kind of file could do harm");
    return Words::tr("Not kept here");
}

QString keptText(const Attachment &attachment, const QLocale &locale)
{
    const QString size = attachment.size > 0
        ? locale.formattedDataSize(attachment.size, 1, QLocale::DataSizeSIFormat)
        : QString();
    // A file without a name already has its kind as title.
    const QString kind
        = attachment.name.isEmpty() ? QString() : attachmentKindText(attachment.kind);
    if (size.isEmpty() || kind.isEmpty())
        return size.isEmpty() && kind.isEmpty() ? Words::tr("Kept here") : size + kind;
    return Words::tr("%1, %2", "kind of file, size").arg(kind, size);
}

} // namespace

QString attachmentKindText(AttachmentKind kind)
{
    switch (kind) {
    case AttachmentKind::Image:
        return Words::tr("Photo");
    case AttachmentKind::Video:
        return Words::tr("Video");
    case AttachmentKind::Audio:
        return Words::tr("Voice message");
    case AttachmentKind::File:
        return Words::tr("File");
    case AttachmentKind::Sticker:
        return Words::tr("Sticker");
    case AttachmentKind::Location:
        return Words::tr("Location");
    case AttachmentKind::Link:
        return Words::tr("Link");
    case AttachmentKind::Reel:
        return Words::tr("Reel");
    case AttachmentKind::Post:
        return Words::tr("Post");
    case AttachmentKind::Template:
        return Words::tr("Card with buttons");
    case AttachmentKind::Appointment:
        return Words::tr("Appointment");
    case AttachmentKind::Unknown:
        break;
    }
    return Words::tr("Cannot be shown here");
}

QString attachmentTitle(const Attachment &attachment)
{
    const QString name = displayLine(attachment.name);
    return name.isEmpty() ? attachmentKindText(attachment.kind) : name;
}

QString attachmentDetail(const Attachment &attachment, const QLocale &locale)
{
    if (attachment.kind == AttachmentKind::Location)
        return coordinates(attachment);
    switch (attachment.state) {
    case AttachmentState::Pending:
        return Words::tr("Being fetched");
    case AttachmentState::Captured:
        return keptText(attachment, locale);
    case AttachmentState::Expired:
        return Words::tr("Gone at Meta before it was kept");
    case AttachmentState::Refused:
        return refusalText(attachment.reason);
    case AttachmentState::None:
        break;
    }
    const QUrl link = attachmentLink(attachment);
    if (!link.isEmpty())
        return link.host();
    return attachment.name.isEmpty() ? Words::tr("Open it in Messenger to see it")
                                     : attachmentKindText(attachment.kind);
}

QUrl attachmentLink(const Attachment &attachment)
{
    switch (attachment.kind) {
    case AttachmentKind::Link:
    case AttachmentKind::Reel:
    case AttachmentKind::Post: {
        const QUrl url(attachment.url, QUrl::TolerantMode);
        return isSafeLink(url) ? url : QUrl();
    }
    default:
        return {};
    }
}

bool isPicture(const Attachment &attachment)
{
    if (attachment.kind != AttachmentKind::Image && attachment.kind != AttachmentKind::Sticker)
        return false;
    return attachment.state == AttachmentState::Pending
        || (attachment.state == AttachmentState::Captured && !attachment.hash.isEmpty());
}

} // namespace Pagedesk::Ui
