-- SPDX-License-Identifier: GPL-3.0-or-later
-- Who has a conversation, when it comes back, how much it presses, and the workspace's labels.

ALTER TABLE conversation ADD COLUMN team TEXT NOT NULL DEFAULT '';

ALTER TABLE conversation ADD COLUMN priority INTEGER NOT NULL DEFAULT 0;

-- Counts only while the state is "snoozed".
ALTER TABLE conversation ADD COLUMN snoozed_until INTEGER NOT NULL DEFAULT 0;

CREATE TABLE label (
    id TEXT PRIMARY KEY NOT NULL,
    name TEXT NOT NULL,
    colour TEXT NOT NULL,
    active INTEGER NOT NULL,
    seq INTEGER NOT NULL
) STRICT;
