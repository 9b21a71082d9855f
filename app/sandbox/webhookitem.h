// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/sandbox/medialinks.h"
#include "app/sandbox/world.h"

// The messaging items of webhooks. Source: Messenger Platform, "Webhooks" reference, 2026-09.
namespace Pagedesk::Sandbox {

// One event on its way to the app.
struct OutgoingEvent {
    QString pageId;
    QString kind; // message, message_echo, delivery, read, reaction, handover
    QJsonObject item;
    bool isStandby = false; // told to an app that does not control the conversation
};

// The subscription field a kind of event belongs to: "message_echo" -> "message_echoes".
QString fieldOfKind(const QString &kind);

OutgoingEvent messageEvent(
    const Thread &thread, const Message &message, const World &world, const MediaLinks &links);
OutgoingEvent echoEvent(
    const Thread &thread, const Message &message, const World &world, const MediaLinks &links);
OutgoingEvent deliveryEvent(
    const Thread &thread, const QStringList &mids, qint64 watermark, qint64 at);
OutgoingEvent readEvent(const Thread &thread, qint64 watermark, qint64 at);
// An empty emoji takes the reaction back.
OutgoingEvent reactionEvent(
    const Thread &thread, const QString &mid, const QString &emoji, qint64 at);

// `action`: "pass_thread_control" or "take_thread_control". Without a previous owner it was idle.
OutgoingEvent handoverEvent(const Thread &thread, const QString &action, const QString &previousApp,
    const QString &newApp, qint64 at);

// A webhook body as Meta writes it: non-ASCII as lower-case \uXXXX, slashes escaped.
QByteArray toMetaJson(const QJsonObject &object);

} // namespace Pagedesk::Sandbox
