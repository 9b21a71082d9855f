-- SPDX-License-Identifier: GPL-3.0-or-later
-- People who have logged in at Facebook to connect Pages. The token is sealed under the master key.

CREATE TABLE facebook_login (
    id TEXT PRIMARY KEY NOT NULL,
    name TEXT NOT NULL,
    sealed_token BLOB NOT NULL,
    logged_in_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    data_access_expires_at INTEGER NOT NULL,
    valid INTEGER NOT NULL,
    declined TEXT NOT NULL
) STRICT;

-- Logins under way in a browser. Only the hash of the state is kept, and it is good for one return.
CREATE TABLE login_attempt (
    id TEXT PRIMARY KEY NOT NULL,
    state_hash BLOB NOT NULL UNIQUE,
    device_id TEXT NOT NULL,
    begun_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    state INTEGER NOT NULL,
    problem INTEGER NOT NULL,
    login_id TEXT NOT NULL
) STRICT;

-- Whose login a Page was connected with; empty when its token was brought by hand.
ALTER TABLE page ADD COLUMN login_id TEXT NOT NULL DEFAULT '';
