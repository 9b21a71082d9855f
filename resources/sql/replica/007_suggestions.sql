-- SPDX-License-Identifier: GPL-3.0-or-later
-- Which contacts a suggestion of Meta's stands with: what is in their cards, to be found by it.

CREATE TABLE contact_suggestion (
    id TEXT NOT NULL,
    conversation_id TEXT NOT NULL,
    PRIMARY KEY (id, conversation_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX contact_suggestion_by_contact ON contact_suggestion (conversation_id);
