// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>
#include <QUrl>

namespace Pagedesk::Ui {

// Foreign text made safe to lay out: characters that reorder text or control terminals are
// neutralised, broken surrogates replaced, every kind of line break becomes U+2028 (what
// QTextLayout breaks at). Longer texts are cut at `limit` UTF-16 units and end in "…".
QString displayText(const QString &text, qsizetype limit = 20000);

// The same on one line, for names and titles.
QString displayLine(const QString &text, qsizetype limit = 500);

// Display text as the clipboard wants it: with ordinary line breaks and without our own signs.
QString clipboardText(QString display);

// A place in a text that leads somewhere, in UTF-16 units.
struct TextLink {
    qsizetype start = 0;
    qsizetype length = 0;
    QUrl url;

    bool operator==(const TextLink &) const = default;
};

// The http and https addresses in a text, and those that begin with "www." (taken as https). Bare
// domains are not links. Punctuation and brackets that belong to the sentence are left out.
QList<TextLink> findLinks(const QString &text);

// Whether an address may be offered for a click at all: http or https, with a host, without user
// information that would disguise it.
bool isSafeLink(const QUrl &url);

// How many emoji a text consists of; 0 when there is anything else in it (or more than `limit`).
int emojiCount(const QString &text, int limit = 3);

} // namespace Pagedesk::Ui
