// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/load/loadgenerator.h"

#include <QJsonObject>

namespace Pagedesk::Tests {

// One item of entry[].messaging[], as Meta sends it, unlike any other of its mix.
struct MixedEvent {
    QString mid; // of the message it makes; empty when it makes none
    QJsonObject item;
};

// Customers' messages, and among them echoes, deliveries, reads, postbacks, reactions and edits, of
// `people` customers of the Page 70044.
QList<MixedEvent> mixedEvents(const QString &prefix, int count, int people);

// A signed body with these events, in one request; `name` is what its 200 is known by.
PreparedRequest prepare(
    const QString &name, const QList<QJsonObject> &items, const QByteArray &secret);

// What tells an item from all others, as received or as `events` prints it.
QByteArray identityOf(const QJsonObject &item);

} // namespace Pagedesk::Tests
