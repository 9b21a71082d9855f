-- SPDX-License-Identifier: GPL-3.0-or-later
-- Files that were chosen for a reply that is not sent yet. Their bytes lie in the profile's folder
-- "outgoing" under their hash. width and height are pixels, 0 when not known.

CREATE TABLE draft_file (
    conversation_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    kind INTEGER NOT NULL,
    name TEXT NOT NULL,
    mime_type TEXT NOT NULL,
    size INTEGER NOT NULL,
    hash TEXT NOT NULL,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    PRIMARY KEY (conversation_id, position)
) STRICT, WITHOUT ROWID;

-- The hash of a smaller picture.
ALTER TABLE attachment ADD COLUMN thumbnail TEXT NOT NULL DEFAULT '';
