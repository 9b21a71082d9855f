// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/message.h"
#include "models/domain/searchquery.h"
#include "models/store/query.h"

#include <QMetaType>

#include <functional>

namespace Pagedesk {

// One place that a search has found.
struct SearchHit {
    enum class Kind { Person, Note, Message };

    Kind kind = Kind::Message;
    ConversationId conversation;
    MessageId message; // of a message only
    Contact contact;
    QString pageName;
    QString pageColour;
    qint64 at = 0; // ms UTC; of a person the last activity
    Direction direction = Direction::In;
    QString author; // who has written a note, or what we wrote
    Snippet snippet; // empty when a file without a name was found
    AttachmentKind attachment = AttachmentKind::Unknown;
    int attachmentCount = 0;

    bool operator==(const SearchHit &) const = default;
};

// From where a search goes on.
struct SearchCursor {
    qint64 messagesBelow = 0; // place in the index; 0: from the newest
    qint64 notesBefore = 0; // ms UTC; 0: from the newest
    int people = 0; // that were handed out

    bool operator==(const SearchCursor &) const = default;
};

struct SearchResults {
    QList<SearchHit> hits; // people first, then what was said, newest first
    std::optional<SearchCursor> next; // nothing: that was all
    QList<SearchProblem> problems; // names that nobody has
};

// What a search asks beside its text.
struct SearchAsk {
    SearchQuery query;
    SearchCursor from;
    int limit = 50;
    qint64 now = 0; // ms UTC: reply windows end
    std::function<bool()> isCancelled; // somebody has typed on; may be empty
};

class SearchStore {
public:
    // Cancelled when it was broken off.
    static Result<SearchResults> find(Connection &connection, const SearchAsk &ask);
};

} // namespace Pagedesk

Q_DECLARE_METATYPE(Pagedesk::SearchHit)
