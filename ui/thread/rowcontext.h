// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/message.h"

#include <QDate>

namespace Pagedesk {
class ThreadModel;
}

namespace Pagedesk::Ui {

struct ThreadWords;

// What a row shows because of its neighbours.
struct RowContext {
    enum class Edge { None, Beginning, Loading };

    Edge edge = Edge::None; // what stands above the first row
    QDate day; // valid where a new day begins
    bool showsAuthor = true; // first of its group
    bool showsMeta = true; // last of its group, or something of its own to say
    QString quoteAuthor; // of the message that is answered, when it is loaded; else empty
    QString quoteText;

    bool operator==(const RowContext &) const = default;
};

// The local day of a moment. Asking for moments of one day in a row costs one calendar calculation.
class LocalDays {
public:
    QDate dayOf(qint64 ms);

private:
    qint64 m_begin = 0; // ms UTC, included
    qint64 m_end = 0; // ms UTC, excluded
    QDate m_day;
};

RowContext rowContext(const ThreadModel &model, int row, const ThreadWords &words, LocalDays &days);

// Whether row b, which follows a, belongs to the same group: one writer, one day, little time.
bool isSameGroup(const Message &a, const Message &b, LocalDays &days);

} // namespace Pagedesk::Ui
