// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/messenger/json.h"
#include "models/messenger/webhook.h"

#include <sodium.h>

namespace Pagedesk {

// Hashes the parts that make an event the same event. Parts are told apart by their lengths.
class DedupKey {
public:
    DedupKey(const PageId &page, EventKind kind);
    DedupKey &add(std::string_view part);
    DedupKey &addText(const QString &part);
    // A whole value, whatever white space it was written with.
    DedupKey &addValue(const JsonValue &value);
    QByteArray finish(); // 16 bytes; the object is of no use afterwards

private:
    crypto_generichash_state m_state;
};

} // namespace Pagedesk
