-- SPDX-License-Identifier: GPL-3.0-or-later
-- What edits, reactions and the other rarer kinds of events leave behind, as JSON
-- (models/domain/detailsjson.h); empty when there is nothing.

ALTER TABLE message ADD COLUMN details TEXT NOT NULL DEFAULT '';

-- The id of the other app that holds the conversation.
ALTER TABLE conversation ADD COLUMN owner_app TEXT NOT NULL DEFAULT '';

ALTER TABLE page ADD COLUMN health TEXT NOT NULL DEFAULT '';

-- The events that changed a message after the one that brought it (message.event_id), and those
-- that came before it and wait for it. message_id is the one that follows from the mid.
CREATE TABLE message_event (
    message_id TEXT NOT NULL,
    event_id INTEGER NOT NULL,
    PRIMARY KEY (message_id, event_id)
) STRICT, WITHOUT ROWID;
