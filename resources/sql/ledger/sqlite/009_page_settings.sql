-- SPDX-License-Identifier: GPL-3.0-or-later
-- What admins have decided about a Page, as JSON (models/domain/pagesettings.h); empty when it is as
-- with every Page.

ALTER TABLE page ADD COLUMN settings TEXT NOT NULL DEFAULT '';

-- When a person's profile was asked for last; 0 when that was before this was noted.
ALTER TABLE conversation ADD COLUMN profile_at INTEGER NOT NULL DEFAULT 0;
