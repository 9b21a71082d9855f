-- SPDX-License-Identifier: GPL-3.0-or-later
-- Customers' messages are told from repeated ones by their own id, and name the event that brought
-- them; such events need no place in an index any more, and have no key.

ALTER TABLE message ADD COLUMN event_id INTEGER NOT NULL DEFAULT 0;

-- Which event brought the earlier ones is not known, but that one did.
UPDATE message SET event_id = -1 WHERE author = 1;

DROP INDEX event_once;

CREATE UNIQUE INDEX event_once ON event (dedup_key) WHERE duplicate = 0 AND dedup_key <> x'';
