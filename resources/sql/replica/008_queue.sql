-- SPDX-License-Identifier: GPL-3.0-or-later

ALTER TABLE conversation ADD COLUMN team TEXT NOT NULL DEFAULT '';

ALTER TABLE conversation ADD COLUMN priority INTEGER NOT NULL DEFAULT 0;

ALTER TABLE conversation ADD COLUMN snoozed_until INTEGER NOT NULL DEFAULT 0;

CREATE TABLE label (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    colour TEXT NOT NULL,
    active INTEGER NOT NULL,
    seq INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What a command changes of its conversation, as JSON (models/domain/conversationchange.h).
ALTER TABLE command ADD COLUMN change TEXT NOT NULL DEFAULT '';

UPDATE command SET change = '{"state":"' || CASE value WHEN 2 THEN 'pending' WHEN 3 THEN 'snoozed'
    WHEN 4 THEN 'resolved' ELSE 'open' END || '"}' WHERE kind = 4;
