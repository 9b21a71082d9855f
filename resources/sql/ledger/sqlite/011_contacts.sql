-- SPDX-License-Identifier: GPL-3.0-or-later
-- What is known of a person beyond name and picture, as JSON (models/domain/contactjson.h).
-- Contacts with the same person_id, which is not empty, are one person.

CREATE TABLE contact (
    conversation_id TEXT PRIMARY KEY NOT NULL,
    page_id TEXT NOT NULL,
    person_id TEXT NOT NULL,
    card TEXT NOT NULL,
    seq INTEGER NOT NULL
) STRICT;

CREATE INDEX contact_by_seq ON contact (page_id, seq);

CREATE INDEX contact_by_person ON contact (person_id) WHERE person_id <> '';
