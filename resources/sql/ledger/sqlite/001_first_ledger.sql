-- SPDX-License-Identifier: GPL-3.0-or-later
-- Numbers that stand for words are those of the enums in models/domain and models/messenger.
-- Times are milliseconds UTC.

CREATE TABLE setting (
    name TEXT PRIMARY KEY NOT NULL,
    value TEXT NOT NULL
) STRICT;

-- The newest number of each stream: one per Page (its id), and "workspace".
CREATE TABLE stream (
    name TEXT PRIMARY KEY NOT NULL,
    seq INTEGER NOT NULL
) STRICT;

CREATE TABLE page (
    id TEXT PRIMARY KEY NOT NULL,
    name TEXT NOT NULL,
    colour TEXT NOT NULL,
    state INTEGER NOT NULL,
    human_agent INTEGER NOT NULL,
    sealed_token BLOB NOT NULL,
    connected_at INTEGER NOT NULL,
    seq INTEGER NOT NULL
) STRICT;

CREATE TABLE operator (
    id TEXT PRIMARY KEY NOT NULL,
    name TEXT NOT NULL,
    role INTEGER NOT NULL,
    active INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    seq INTEGER NOT NULL
) STRICT;

CREATE TABLE invite (
    id TEXT PRIMARY KEY NOT NULL,
    operator_id TEXT NOT NULL REFERENCES operator (id),
    secret_hash BLOB NOT NULL,
    expires_at INTEGER NOT NULL,
    tries_left INTEGER NOT NULL,
    used_at INTEGER NOT NULL
) STRICT;

CREATE TABLE device (
    id TEXT PRIMARY KEY NOT NULL,
    operator_id TEXT NOT NULL REFERENCES operator (id),
    name TEXT NOT NULL,
    token_hash BLOB NOT NULL UNIQUE,
    paired_at INTEGER NOT NULL,
    revoked_at INTEGER NOT NULL
) STRICT;

-- Every item Meta has sent, as received, duplicates too.
CREATE TABLE event (
    id INTEGER PRIMARY KEY NOT NULL,
    received_at INTEGER NOT NULL,
    page_id TEXT NOT NULL,
    kind INTEGER NOT NULL,
    duplicate INTEGER NOT NULL,
    state INTEGER NOT NULL,
    reason TEXT NOT NULL,
    dedup_key BLOB NOT NULL,
    item BLOB NOT NULL
) STRICT;

CREATE UNIQUE INDEX event_once ON event (dedup_key) WHERE duplicate = 0;

CREATE TABLE conversation (
    id TEXT PRIMARY KEY NOT NULL,
    page_id TEXT NOT NULL,
    psid TEXT NOT NULL,
    name TEXT NOT NULL,
    picture_hash TEXT NOT NULL,
    profile_asked INTEGER NOT NULL,
    state INTEGER NOT NULL,
    assignee TEXT NOT NULL,
    escalated INTEGER NOT NULL,
    labels TEXT NOT NULL,
    unread INTEGER NOT NULL,
    read_up_to_at INTEGER NOT NULL,
    last_message_id TEXT NOT NULL,
    last_message_at INTEGER NOT NULL,
    last_text TEXT NOT NULL,
    last_attachment INTEGER NOT NULL,
    last_attachment_count INTEGER NOT NULL,
    last_direction INTEGER NOT NULL,
    last_author INTEGER NOT NULL,
    last_state INTEGER NOT NULL,
    last_customer_at INTEGER NOT NULL,
    waiting_since INTEGER NOT NULL,
    delivered_up_to_at INTEGER NOT NULL,
    seen_up_to_at INTEGER NOT NULL,
    seq INTEGER NOT NULL
) STRICT;

CREATE INDEX conversation_by_seq ON conversation (page_id, seq);

CREATE INDEX conversation_by_activity ON conversation (page_id, last_message_at, id);

CREATE TABLE message (
    id TEXT PRIMARY KEY NOT NULL,
    page_id TEXT NOT NULL,
    conversation_id TEXT NOT NULL,
    mid TEXT NOT NULL,
    direction INTEGER NOT NULL,
    author INTEGER NOT NULL,
    author_name TEXT NOT NULL,
    text TEXT NOT NULL,
    attachments TEXT NOT NULL,
    reply_to TEXT NOT NULL,
    sent_at INTEGER NOT NULL,
    arrival INTEGER NOT NULL,
    state INTEGER NOT NULL,
    delivered_at INTEGER NOT NULL,
    read_at INTEGER NOT NULL,
    failure INTEGER NOT NULL,
    deadline_at INTEGER NOT NULL,
    tries INTEGER NOT NULL,
    next_try_at INTEGER NOT NULL,
    seq INTEGER NOT NULL
) STRICT;

CREATE INDEX message_by_seq ON message (page_id, seq);

CREATE INDEX message_by_thread ON message (conversation_id, sent_at, arrival);

-- Inbound messages and replies made elsewhere are found by their id, which follows from the mid.
CREATE INDEX message_own_mid ON message (mid) WHERE author = 2 OR author = 3;

-- What is on its way: queued, sending or unknown.
CREATE INDEX message_under_way ON message (conversation_id, arrival) WHERE direction = 2 AND state BETWEEN 2 AND 4;

CREATE TABLE send_attempt (
    id INTEGER PRIMARY KEY NOT NULL,
    message_id TEXT NOT NULL,
    started_at INTEGER NOT NULL,
    ended_at INTEGER NOT NULL,
    outcome INTEGER NOT NULL,
    http_status INTEGER NOT NULL,
    code INTEGER NOT NULL,
    subcode INTEGER NOT NULL,
    trace_id TEXT NOT NULL
) STRICT;

CREATE INDEX send_attempt_by_message ON send_attempt (message_id);

-- The result of each command, so that a repeated one is answered and not done again.
CREATE TABLE command (
    id TEXT PRIMARY KEY NOT NULL,
    device_id TEXT NOT NULL,
    done_at INTEGER NOT NULL,
    error TEXT NOT NULL,
    detail TEXT NOT NULL
) STRICT;

-- Work that an event causes, made in the event's own transaction.
CREATE TABLE job (
    id INTEGER PRIMARY KEY NOT NULL,
    kind INTEGER NOT NULL,
    page_id TEXT NOT NULL,
    subject TEXT NOT NULL,
    due_at INTEGER NOT NULL,
    tries INTEGER NOT NULL,
    parked INTEGER NOT NULL,
    last_error TEXT NOT NULL
) STRICT;

CREATE UNIQUE INDEX job_once ON job (kind, subject);

CREATE INDEX job_due ON job (due_at) WHERE parked = 0;
