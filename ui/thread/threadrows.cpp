// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/thread/threadrows.h"

#include "models/items/threadmodel.h"

namespace Pagedesk::Ui {

namespace {

constexpr int CachedLayouts = 200;

} // namespace

ThreadRows::ThreadRows(const ThreadModel &model)
    : m_model(model)
    , m_layouts(CachedLayouts)
{
}

void ThreadRows::setStyle(ThreadStyle style)
{
    m_style = std::move(style);
    m_layouts.clear();
    m_days = {};
    m_nextEstimate = 0;
}

std::shared_ptr<const RowLayout> ThreadRows::layout(int row)
{
    const Message &message = m_model.at(row);
    RowContext context = rowContext(m_model, row, m_style.words, m_days);
    if (const auto *cached = m_layouts.object(message.id); cached && (*cached)->context == context)
        return *cached;
    auto made = std::make_shared<const RowLayout>(layOutRow(message, context, m_style));
    m_layouts.insert(message.id, new std::shared_ptr<const RowLayout>(made));
    m_heights.setHeight(row, made->height);
    return made;
}

void ThreadRows::reset()
{
    m_layouts.clear();
    m_nextEstimate = m_model.rowCount();
    m_heights.assign(estimates(0, m_model.rowCount() - 1));
}

void ThreadRows::insert(int first, int last)
{
    if (first < m_nextEstimate)
        m_nextEstimate += last - first + 1;
    m_heights.insert(first, estimates(first, last));
}

void ThreadRows::remove(int first, int last)
{
    if (first < m_nextEstimate)
        m_nextEstimate = std::max(first, m_nextEstimate - (last - first + 1));
    m_heights.remove(first, last - first + 1);
}

void ThreadRows::move(int from, int to)
{
    const std::vector<int> height{m_heights.height(from)};
    m_heights.remove(from, 1);
    m_heights.insert(to, height);
}

void ThreadRows::drop(int first, int last)
{
    for (int row = first; row <= last; ++row)
        m_layouts.remove(m_model.at(row).id);
}

bool ThreadRows::reestimate(int count)
{
    const int end = std::min(m_nextEstimate + count, this->count());
    for (; m_nextEstimate < end; ++m_nextEstimate) {
        const Message &message = m_model.at(m_nextEstimate);
        if (!m_layouts.contains(message.id)) // laid out already: exact
            m_heights.setHeight(m_nextEstimate, estimates(m_nextEstimate, m_nextEstimate).front());
    }
    return m_nextEstimate < this->count();
}

std::vector<int> ThreadRows::estimates(int first, int last)
{
    std::vector<int> heights;
    heights.reserve(static_cast<size_t>(last + 1) - static_cast<size_t>(first));
    for (int row = first; row <= last; ++row) {
        const RowContext context = rowContext(m_model, row, m_style.words, m_days);
        heights.push_back(estimateRowHeight(m_model.at(row), context, m_style));
    }
    return heights;
}

} // namespace Pagedesk::Ui
