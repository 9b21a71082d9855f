-- SPDX-License-Identifier: GPL-3.0-or-later
-- Times are milliseconds UTC, enums the numbers of models/domain, lists of words JSON.

-- What this desktop has of each stream: every row with tail <= seq <= head. `listed_*` say how far
-- the conversations have been fetched by activity: 0 not begun, 1 the newest are here, 2 all.
CREATE TABLE stream (
    name TEXT NOT NULL PRIMARY KEY,
    head INTEGER NOT NULL,
    tail INTEGER NOT NULL,
    listed INTEGER NOT NULL,
    listed_at INTEGER NOT NULL,
    listed_id TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- The device's own place: which relay the rows come from, and who works here. At most one row.
CREATE TABLE origin (
    one INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
    relay TEXT NOT NULL,
    operator_id TEXT NOT NULL,
    operator_name TEXT NOT NULL
) STRICT;

CREATE TABLE page (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    colour TEXT NOT NULL,
    state INTEGER NOT NULL,
    human_agent INTEGER NOT NULL,
    seq INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE operator (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    role INTEGER NOT NULL,
    active INTEGER NOT NULL,
    seq INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Rows as the relay sent them. What commands on their way will change is laid over them when read.
CREATE TABLE conversation (
    id TEXT NOT NULL PRIMARY KEY,
    page_id TEXT NOT NULL,
    psid TEXT NOT NULL,
    name TEXT NOT NULL,
    picture_hash TEXT NOT NULL,
    state INTEGER NOT NULL,
    assignee TEXT NOT NULL,
    escalated INTEGER NOT NULL,
    labels TEXT NOT NULL,
    unread INTEGER NOT NULL,
    last_message_at INTEGER NOT NULL,
    last_text TEXT NOT NULL,
    last_attachment INTEGER NOT NULL,
    last_attachment_count INTEGER NOT NULL,
    last_direction INTEGER NOT NULL,
    last_author INTEGER NOT NULL,
    last_state INTEGER NOT NULL,
    last_customer_at INTEGER NOT NULL,
    waiting_since INTEGER NOT NULL,
    seq INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- seq 0: only this desktop knows the message. pending: ours and queued or being sent (direction
-- out, states queued and sending), which stands at the end of its thread.
CREATE TABLE message (
    row INTEGER NOT NULL PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    conversation_id TEXT NOT NULL,
    page_id TEXT NOT NULL,
    mid TEXT NOT NULL,
    direction INTEGER NOT NULL,
    author INTEGER NOT NULL,
    author_name TEXT NOT NULL,
    text TEXT NOT NULL,
    attachment_count INTEGER NOT NULL,
    reply_to TEXT NOT NULL,
    sent_at INTEGER NOT NULL,
    arrival INTEGER NOT NULL,
    state INTEGER NOT NULL,
    delivered_at INTEGER NOT NULL,
    read_at INTEGER NOT NULL,
    failure INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    pending INTEGER NOT NULL AS (direction = 2 AND state IN (2, 3)) VIRTUAL
) STRICT;

CREATE INDEX message_in_thread ON message (conversation_id, pending, sent_at, arrival, id);

CREATE INDEX message_only_here ON message (conversation_id, sent_at) WHERE seq = 0;

CREATE TABLE attachment (
    message INTEGER NOT NULL REFERENCES message (row) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    kind INTEGER NOT NULL,
    state INTEGER NOT NULL,
    name TEXT NOT NULL,
    mime_type TEXT NOT NULL,
    size INTEGER NOT NULL,
    hash TEXT NOT NULL,
    url TEXT NOT NULL,
    reason TEXT NOT NULL,
    sticker_id TEXT NOT NULL,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    latitude REAL NOT NULL,
    longitude REAL NOT NULL,
    PRIMARY KEY (message, position)
) STRICT, WITHOUT ROWID;

-- How far back a thread is here without a gap while its Page's history is not complete.
CREATE TABLE thread (
    conversation_id TEXT NOT NULL PRIMARY KEY,
    page_id TEXT NOT NULL,
    floor_at INTEGER NOT NULL,
    floor_arrival INTEGER NOT NULL,
    complete INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Rows that are gone, so that an older version of them, still on its way, does not bring them back.
CREATE TABLE tombstone (
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    stream TEXT NOT NULL,
    seq INTEGER NOT NULL,
    PRIMARY KEY (kind, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE draft (
    conversation_id TEXT NOT NULL PRIMARY KEY,
    text TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- What the relay has not confirmed yet, in the order it was asked for. `value` is the point in time
-- of a mark_read and the number of a new state; `frame` is what is sent, again and again the same;
-- `base_seq` is the version of the conversation that the command was given for.
CREATE TABLE command (
    position INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    kind INTEGER NOT NULL,
    conversation_id TEXT NOT NULL,
    message_id TEXT NOT NULL,
    value INTEGER NOT NULL,
    base_seq INTEGER NOT NULL,
    frame BLOB NOT NULL
) STRICT;

CREATE INDEX command_by_conversation ON command (conversation_id, position);
