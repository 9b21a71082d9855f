-- SPDX-License-Identifier: GPL-3.0-or-later
-- The rarer parts of messages and Pages, as JSON (models/domain/detailsjson.h); empty when there
-- is nothing.

ALTER TABLE message ADD COLUMN details TEXT NOT NULL DEFAULT '';

ALTER TABLE conversation ADD COLUMN owner_app TEXT NOT NULL DEFAULT '';

ALTER TABLE page ADD COLUMN health TEXT NOT NULL DEFAULT '';
