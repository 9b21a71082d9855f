-- SPDX-License-Identifier: GPL-3.0-or-later

ALTER TABLE conversation ADD COLUMN taking_since INTEGER NOT NULL DEFAULT 0;

ALTER TABLE conversation ADD COLUMN taking_failed INTEGER NOT NULL DEFAULT 0;
