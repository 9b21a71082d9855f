-- SPDX-License-Identifier: GPL-3.0-or-later
-- What the search looks at. The index holds words that were cut out of messages beforehand
-- (models/domain/searchwords.h) and none of their text; beside them stand words of its own, which
-- begin with '_', for what a message is (models/store/replica/searchterms.h). A row's number says
-- when the message was sent and which row it is, so that the newest come first without sorting.

CREATE VIRTUAL TABLE message_index USING fts5 (
    words, content = '', columnsize = 0, tokenize = "ascii tokenchars '_'"
);

CREATE VIRTUAL TABLE contact_index USING fts5 (
    words, content = '', columnsize = 0, tokenize = "ascii tokenchars '_'"
);

-- What is known of people as the index has it: kind 1 names, 2 a note, 3 fields.
CREATE TABLE contact_text (
    row INTEGER NOT NULL PRIMARY KEY,
    conversation_id TEXT NOT NULL,
    kind INTEGER NOT NULL,
    note_id TEXT NOT NULL,
    at INTEGER NOT NULL,
    author TEXT NOT NULL,
    text TEXT NOT NULL
) STRICT;

CREATE INDEX contact_text_by_conversation ON contact_text (conversation_id);

-- How far the index is: messages from row `messages_from` on are in it, and the contacts of
-- conversations up to `contacts_to`; '~' once all are. `version` says how words were cut, 0: nothing
-- was yet. At most one row.
CREATE TABLE index_state (
    one INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
    version INTEGER NOT NULL,
    messages_from INTEGER NOT NULL,
    contacts_to TEXT NOT NULL
) STRICT;

INSERT INTO index_state (one, version, messages_from, contacts_to)
SELECT 1, 0, coalesce(max(row), 0) + 1, '' FROM message;
