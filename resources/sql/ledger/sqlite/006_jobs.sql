-- SPDX-License-Identifier: GPL-3.0-or-later
-- Each try of a job, also of jobs that are finished and gone. Numbers of jobs are used again, so a
-- job is told by kind and subject.

CREATE TABLE job_attempt (
    id INTEGER PRIMARY KEY NOT NULL,
    job_id INTEGER NOT NULL,
    kind INTEGER NOT NULL,
    subject TEXT NOT NULL,
    started_at INTEGER NOT NULL,
    ended_at INTEGER NOT NULL,
    outcome INTEGER NOT NULL,
    reason TEXT NOT NULL
) STRICT;

CREATE INDEX job_attempt_by_job ON job_attempt (kind, subject, id);

CREATE INDEX job_attempt_by_time ON job_attempt (ended_at);

-- How far a Page's conversations at Meta have been read. Times of the columns that end in "meta_at"
-- are Meta's own, so that a clock that is wrong here misses nothing.
CREATE TABLE page_reading (
    page_id TEXT PRIMARY KEY NOT NULL,
    history_cursor TEXT NOT NULL,
    history_begun_at INTEGER NOT NULL,
    history_done_at INTEGER NOT NULL,
    oldest_meta_at INTEGER NOT NULL,
    holes_until_meta_at INTEGER NOT NULL,
    compared_meta_at INTEGER NOT NULL,
    check_cursor TEXT NOT NULL,
    check_until_meta_at INTEGER NOT NULL
) STRICT;

-- Spans of a conversation in which Meta has more messages than it still gives.
CREATE TABLE message_gap (
    conversation_id TEXT NOT NULL,
    until_at INTEGER NOT NULL,
    since_at INTEGER NOT NULL,
    page_id TEXT NOT NULL,
    found_at INTEGER NOT NULL,
    PRIMARY KEY (conversation_id, until_at)
) STRICT, WITHOUT ROWID;

CREATE INDEX message_gap_by_page ON message_gap (page_id);
