// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/ids.h"
#include "models/store/query.h"

// What Meta has called back about the people behind our app: that one took the app's rights away,
// or wants to be forgotten.
namespace Pagedesk::Relay {

// Numbers are stored: never change one.
enum class CallbackKind {
    Deauthorize = 1,
    DataDeletion = 2,
};

enum class CallbackState {
    Recorded = 1, // deauthorize; no Page of ours is concerned, as far as is known
    PageMarked = 2, // deauthorize; the Page it names, or the person's Pages, need a new login
    NothingStored = 3, // data deletion: there was nothing under the person's id
    LoginForgotten = 4, // data deletion: the person's login was deleted
};

struct MetaCallback {
    CallbackKind kind = CallbackKind::Deauthorize;
    QByteArray requestKey; // SignedRequest::key
    PageId pageId; // empty when none is named
    QString code; // data deletion: what the person can ask for the state with
    CallbackState state = CallbackState::Recorded;
    qint64 issuedAt = 0; // ms UTC, 0 when not given
    qint64 receivedAt = 0; // ms UTC
};

// Conflict: the same request was kept before.
Result<> keepCallback(Connection &connection, const MetaCallback &callback);
Result<std::optional<MetaCallback>> callbackByRequest(
    Connection &connection, CallbackKind kind, const QByteArray &requestKey);
Result<std::optional<MetaCallback>> callbackByCode(Connection &connection, const QString &code);

} // namespace Pagedesk::Relay
