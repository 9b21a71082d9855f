-- SPDX-License-Identifier: GPL-3.0-or-later
-- Teams, the Pages somebody may work on, and what is told of devices.

CREATE TABLE team (
    id TEXT PRIMARY KEY NOT NULL,
    name TEXT NOT NULL,
    active INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    seq INTEGER NOT NULL
) STRICT;

CREATE TABLE team_member (
    team_id TEXT NOT NULL,
    operator_id TEXT NOT NULL,
    PRIMARY KEY (team_id, operator_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX team_member_by_operator ON team_member (operator_id, team_id);

CREATE TABLE team_page (
    team_id TEXT NOT NULL,
    page_id TEXT NOT NULL,
    PRIMARY KEY (team_id, page_id)
) STRICT, WITHOUT ROWID;

-- 1: only the Pages of operator_page and of the operator's teams; 0: all. Admins always have all.
ALTER TABLE operator ADD COLUMN limited INTEGER NOT NULL DEFAULT 0;

CREATE TABLE operator_page (
    operator_id TEXT NOT NULL,
    page_id TEXT NOT NULL,
    PRIMARY KEY (operator_id, page_id)
) STRICT, WITHOUT ROWID;

ALTER TABLE device ADD COLUMN platform TEXT NOT NULL DEFAULT '';

-- Written every few minutes at most.
ALTER TABLE device ADD COLUMN last_seen_at INTEGER NOT NULL DEFAULT 0;

-- The invite of a workspace that has no admin yet: whoever uses it becomes the first one.
CREATE TABLE first_admin_invite (
    id TEXT PRIMARY KEY NOT NULL,
    secret_hash BLOB NOT NULL,
    expires_at INTEGER NOT NULL,
    tries_left INTEGER NOT NULL
) STRICT;

-- Which Pages a file belongs to, so that it is only given to those who may work on one of them.
CREATE TABLE page_file (
    hash TEXT NOT NULL,
    page_id TEXT NOT NULL,
    PRIMARY KEY (hash, page_id)
) STRICT, WITHOUT ROWID;

INSERT OR IGNORE INTO page_file (hash, page_id)
SELECT json_extract(file.value, '$.hash'), message.page_id
FROM message, json_each(message.attachments) AS file
WHERE message.attachments <> '' AND json_extract(file.value, '$.hash') <> '';

INSERT OR IGNORE INTO page_file (hash, page_id)
SELECT json_extract(file.value, '$.thumbnail'), message.page_id
FROM message, json_each(message.attachments) AS file
WHERE message.attachments <> '' AND json_extract(file.value, '$.thumbnail') <> '';

INSERT OR IGNORE INTO page_file (hash, page_id)
SELECT picture_hash, page_id FROM conversation WHERE picture_hash <> '';
