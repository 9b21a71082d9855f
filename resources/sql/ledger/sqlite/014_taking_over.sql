-- SPDX-License-Identifier: GPL-3.0-or-later
-- Conversations that Meta is asked to take from another app and give to us: since when (0: it is
-- not), who wanted it, and the failure of the last time (0: none).

ALTER TABLE conversation ADD COLUMN taking_since INTEGER NOT NULL DEFAULT 0;

ALTER TABLE conversation ADD COLUMN taking_by TEXT NOT NULL DEFAULT '';

ALTER TABLE conversation ADD COLUMN taking_failed INTEGER NOT NULL DEFAULT 0;

-- When Meta has given it to us last; events of before say nothing of who has it now.
ALTER TABLE conversation ADD COLUMN taken_at INTEGER NOT NULL DEFAULT 0;
