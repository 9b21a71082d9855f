-- SPDX-License-Identifier: GPL-3.0-or-later
-- What is known of people beyond name and picture, as JSON (models/domain/contactjson.h).

CREATE TABLE contact (
    conversation_id TEXT NOT NULL PRIMARY KEY,
    page_id TEXT NOT NULL,
    person_id TEXT NOT NULL,
    card TEXT NOT NULL,
    seq INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX contact_by_person ON contact (person_id) WHERE person_id <> '';
