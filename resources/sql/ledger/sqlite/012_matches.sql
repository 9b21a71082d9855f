-- SPDX-License-Identifier: GPL-3.0-or-later
-- Of which contacts on different Pages Meta says that they are one person. A pair is kept once, the
-- lesser id first, also when the team has declined it: then it is not suggested again.

CREATE TABLE contact_match (
    id TEXT PRIMARY KEY NOT NULL,
    conversation_id TEXT NOT NULL,
    other_id TEXT NOT NULL,
    found_at INTEGER NOT NULL,
    declined_at INTEGER NOT NULL
) STRICT;

CREATE UNIQUE INDEX contact_match_by_pair ON contact_match (conversation_id, other_id);
