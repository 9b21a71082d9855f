// SPDX-License-Identifier: GPL-3.0-or-later
// A webhook body, as signed by Meta.
#include "models/messenger/webhook.h"
#include "tests/fuzz/fuzz.h"

using namespace Pagedesk;

namespace {

bool same(const WebhookEvent &a, const WebhookEvent &b)
{
    return a.kind == b.kind && a.state == b.state && a.reason == b.reason && a.pageId == b.pageId
        && a.raw == b.raw && a.dedupKey == b.dedupKey && a.psid == b.psid
        && a.timestamp == b.timestamp && a.mid == b.mid && a.text == b.text
        && a.attachments == b.attachments && a.replyTo == b.replyTo && a.metadata == b.metadata
        && a.appId == b.appId && a.mids == b.mids && a.watermark == b.watermark
        && a.opensWindow == b.opensWindow;
}

// An id stands in the body as it came out, unless it was written with escapes.
bool isExact(const QString &id, const QByteArray &body)
{
    return id.isEmpty() || body.contains('\\') || id.contains(QChar::ReplacementCharacter)
        || body.contains(id.toUtf8());
}

bool isNameOnly(const QString &name)
{
    return !name.contains(u'/') && !name.contains(u'\\') && name.size() <= 120 && name != u"."
        && name != u"..";
}

bool isSound(const WebhookEvent &event, const QByteArray &body)
{
    for (const Attachment &attachment : event.attachments) {
        if (attachment.kind == AttachmentKind::File && !isNameOnly(attachment.name))
            return false;
    }
    // What a desktop is told must be what it takes.
    const bool fits = event.state != EventState::Projected
        || (conversationId(event.pageId, event.psid).value.size() <= 256
            && event.mid.value.size() <= 256 && event.replyTo.value.size() <= 256);
    const bool reasoned = (event.state == EventState::Projected) == event.reason.isEmpty();
    return fits && reasoned && body.contains(event.raw) && event.dedupKey.size() == 16
        && event.timestamp >= 0 && event.watermark >= 0 && event.attachments.size() <= 100
        && !event.text.contains(QChar(u'\0'));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray body(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    const auto events = readWebhook(body);
    const auto again = readWebhook(QByteArray(body.constData(), body.size()));
    PAGEDESK_HOLDS(!events.isEmpty());
    PAGEDESK_HOLDS(events.size() == again.size());
    for (qsizetype i = 0; i < events.size(); ++i) {
        const WebhookEvent &event = events.at(i);
        PAGEDESK_HOLDS(same(event, again.at(i)));
        PAGEDESK_HOLDS(isSound(event, body));
        PAGEDESK_HOLDS(isExact(event.pageId.value, body));
        PAGEDESK_HOLDS(isExact(event.psid.value, body));
        PAGEDESK_HOLDS(isExact(event.mid.value, body));
        PAGEDESK_HOLDS(isExact(event.replyTo.value, body));
        PAGEDESK_HOLDS(isExact(event.appId, body));
    }
    return 0;
}
