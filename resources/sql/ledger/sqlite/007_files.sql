-- SPDX-License-Identifier: GPL-3.0-or-later
-- What is known of files beside their bytes, which lie in the media folder under their SHA-256.
-- width and height are pixels, 0 for what is no picture or was not looked at.

CREATE TABLE file (
    hash TEXT PRIMARY KEY NOT NULL,
    size INTEGER NOT NULL,
    mime_type TEXT NOT NULL,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    thumbnail TEXT NOT NULL,
    kept_at INTEGER NOT NULL
) STRICT;

-- The id under which Meta knows a file that was sent by a Page, which can be used again for a time.
CREATE TABLE meta_attachment (
    page_id TEXT NOT NULL,
    hash TEXT NOT NULL,
    kind INTEGER NOT NULL,
    name TEXT NOT NULL,
    attachment_id TEXT NOT NULL,
    uploaded_at INTEGER NOT NULL,
    PRIMARY KEY (page_id, hash, kind, name)
) STRICT, WITHOUT ROWID;
