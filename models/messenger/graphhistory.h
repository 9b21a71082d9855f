// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/result.h"
#include "models/domain/message.h"

#include <QByteArray>
#include <QList>
#include <QStringView>

namespace Pagedesk {

// A conversation as the Conversations API tells it.
struct HistoryConversation {
    QString threadId; // Meta's, "t_…"
    Psid psid;
    QString name; // the person's; empty when it is not told
    qint64 updatedAt = 0; // ms UTC, whole seconds
    int messageCount = 0; // how many Meta has; 0 when it is not told
    QList<Message> messages; // those with content, oldest first
    bool isWhole = false; // the list of messages goes back to the first

    bool operator==(const HistoryConversation &) const = default;
};

struct HistoryPage {
    QList<HistoryConversation> conversations; // newest first, as listed
    QString after; // cursor of the next page; empty at the end
    int unreadable = 0; // conversations and messages that could not be understood

    bool operator==(const HistoryPage &) const = default;
};

// What is asked for, newest first. The details of older messages are not given anyway.
inline constexpr int HistoryMessages = 20;
QString historyFields();

// Reads an answer of GET /{page}/conversations. Messages get our ids, so that the one a webhook
// brings is the same; times have whole seconds, and the list decides inside a second.
// Protocol: no such answer. Never takes paging.next, which holds the access token.
// Source: Messenger Platform, "Conversations", 2026.
Result<HistoryPage> readHistoryPage(const QByteArray &body, const PageId &page);

// Graph's times, "2026-06-20T10:02:11+0000": ms UTC; 0 when it is none.
qint64 readGraphTime(QStringView text);

} // namespace Pagedesk
