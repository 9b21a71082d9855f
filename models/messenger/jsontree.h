// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/messenger/json.h"

#include <string>
#include <vector>

namespace Pagedesk {

// A value in the flat list of its document. A container is followed by all that is in it.
struct JsonNode {
    quint32 begin = 0; // bytes of the text
    quint32 end = 0;
    quint32 keyBegin = 0; // in `decoded`
    quint32 keyLength = 0;
    quint32 textBegin = 0; // in `decoded`; a number's in `text`
    quint32 textLength = 0;
    quint32 subtreeEnd = 0; // the next value that is not inside this one
    JsonValue::Kind kind = JsonValue::Kind::Null;
};

struct JsonTree {
    QByteArray text; // as received
    std::string decoded; // the same with keys and strings decoded where they stand
    std::vector<JsonNode> nodes; // never empty

    std::string_view view(quint32 begin, quint32 length) const
    {
        return std::string_view(decoded).substr(begin, length);
    }
};

// Fills a tree from its text; the root is the first node. Errors as of JsonDocument::parse().
Result<> readJson(JsonTree &tree);

} // namespace Pagedesk
