-- SPDX-License-Identifier: GPL-3.0-or-later
-- What admins have decided about a Page, as JSON (models/domain/pagesettings.h); empty when it is as
-- with every Page.

ALTER TABLE page ADD COLUMN settings TEXT NOT NULL DEFAULT '';
