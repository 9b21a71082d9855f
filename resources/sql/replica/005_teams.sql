-- SPDX-License-Identifier: GPL-3.0-or-later

CREATE TABLE team (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    active INTEGER NOT NULL,
    seq INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Ids of an operator's teams, with spaces between.
ALTER TABLE operator ADD COLUMN teams TEXT NOT NULL DEFAULT '';
