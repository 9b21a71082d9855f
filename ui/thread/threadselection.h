// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/ids.h"

#include <QString>

#include <algorithm>
#include <utility>

namespace Pagedesk::Ui {

// What is selected of one message's text, in positions of its display text.
class ThreadSelection {
public:
    bool isEmpty() const { return m_anchor == m_cursor; }
    bool isIn(const MessageId &id) const { return id == m_id && !id.isEmpty(); }
    const MessageId &message() const { return m_id; }
    int start() const { return std::min(m_anchor, m_cursor); }
    int length() const { return std::max(m_anchor, m_cursor) - start(); }

    void clear() { *this = {}; }
    void begin(const MessageId &id, int position);
    // Drags the end of the selection; whole words after selectWord().
    void extend(const QString &text, int position);
    void selectWord(const MessageId &id, const QString &text, int position);
    void selectAll(const MessageId &id, const QString &text);

    // The selected part of the message's display text, for the clipboard.
    QString textOf(const QString &display) const;

private:
    MessageId m_id;
    int m_anchor = 0;
    int m_cursor = 0;
    std::pair<int, int> m_word; // where a selection by words began; empty by letters
};

} // namespace Pagedesk::Ui
