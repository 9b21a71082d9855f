// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/thread/bubblelayout.h"
#include "ui/thread/heightindex.h"

#include <QCache>

namespace Pagedesk {
class ThreadModel;
}

namespace Pagedesk::Ui {

// The rows of a thread by their geometry: a height for every row, estimated until the row has been
// laid out, and the layouts of the rows last shown.
class ThreadRows {
public:
    explicit ThreadRows(const ThreadModel &model);

    const ThreadStyle &style() const { return m_style; }
    // Drops every layout. Heights stay until reestimate() has passed over them.
    void setStyle(ThreadStyle style);
    // Only words of rows that are dropped afterwards.
    void setUploads(const QHash<QString, int> &uploads) { m_style.words.uploads = uploads; }

    int count() const { return m_heights.size(); }
    const HeightIndex &heights() const { return m_heights; }

    // The exact layout; the row's height is exact from then on.
    std::shared_ptr<const RowLayout> layout(int row);

    // To be called after the model has changed in that way.
    void reset();
    void insert(int first, int last);
    void remove(int first, int last);
    void move(int from, int to);
    // Layouts look at their neighbours by themselves; this is for changes of the message.
    void drop(int first, int last);

    // Estimates up to `count` rows anew for the current style; false when all are done.
    bool reestimate(int count);

private:
    std::vector<int> estimates(int first, int last);

    const ThreadModel &m_model;
    ThreadStyle m_style;
    HeightIndex m_heights;
    LocalDays m_days;
    QCache<MessageId, std::shared_ptr<const RowLayout>> m_layouts;
    int m_nextEstimate = 0;
};

} // namespace Pagedesk::Ui
