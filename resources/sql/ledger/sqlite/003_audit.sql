-- SPDX-License-Identifier: GPL-3.0-or-later
-- Who did what. Each row's hash covers the hash before it and the row's own fields, so that nothing
-- can be changed, put in or taken out unseen; the head tells when rows are missing at the end.

CREATE TABLE audit (
    id INTEGER PRIMARY KEY NOT NULL,
    at INTEGER NOT NULL,
    actor TEXT NOT NULL,
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    detail TEXT NOT NULL,
    hash BLOB NOT NULL
) STRICT;

CREATE TABLE audit_head (
    id INTEGER PRIMARY KEY NOT NULL,
    entries INTEGER NOT NULL,
    hash BLOB NOT NULL
) STRICT;

INSERT INTO audit_head (id, entries, hash) VALUES (1, 0, x'');
