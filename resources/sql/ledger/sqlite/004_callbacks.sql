-- SPDX-License-Identifier: GPL-3.0-or-later
-- What Meta has called back about the people behind our app. The person's id is not kept: nothing
-- of ours is stored under it. request_key tells a repeated request from a new one.

CREATE TABLE meta_callback (
    id INTEGER PRIMARY KEY NOT NULL,
    kind INTEGER NOT NULL,
    request_key BLOB NOT NULL,
    page_id TEXT NOT NULL,
    code TEXT NOT NULL,
    state INTEGER NOT NULL,
    issued_at INTEGER NOT NULL,
    received_at INTEGER NOT NULL
) STRICT;

CREATE UNIQUE INDEX meta_callback_once ON meta_callback (kind, request_key);

CREATE UNIQUE INDEX meta_callback_code ON meta_callback (code) WHERE code <> '';
