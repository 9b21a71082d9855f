// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/inbox/searchhits.h"

#include "ui/inbox/conversationwords.h"
#include "ui/inbox/timewords.h"
#include "ui/thread/displaytext.h"

#include <QCoreApplication>

namespace Pagedesk::Ui {

using namespace Qt::Literals::StringLiterals;

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(SearchHits)
};

constexpr qsizetype NameLength = 80;

// Each character stays where it is, so that the marks do too.
SearchHit shown(SearchHit hit)
{
    hit.snippet.text = displayText(hit.snippet.text);
    hit.snippet.marks.removeIf([&hit](const TextRange &mark) {
        return mark.start + mark.length > hit.snippet.text.size();
    });
    return hit;
}

} // namespace

SearchHits::SearchHits(const Clock &clock, QObject *parent)
    : QAbstractListModel(parent)
    , m_clock(clock)
{
}

void SearchHits::reset(const QList<SearchHit> &hits, bool goesOn)
{
    beginResetModel();
    m_hits.clear();
    for (const SearchHit &hit : hits)
        m_hits.append(shown(hit));
    m_goesOn = goesOn;
    endResetModel();
}

void SearchHits::append(const QList<SearchHit> &hits, bool goesOn)
{
    m_goesOn = goesOn;
    if (hits.isEmpty())
        return;
    const int first = rowCount();
    beginInsertRows({}, first, first + static_cast<int>(hits.size()) - 1);
    for (const SearchHit &hit : hits)
        m_hits.append(shown(hit));
    endInsertRows();
}

int SearchHits::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_hits.size());
}

QVariant SearchHits::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const SearchHit &hit = m_hits.at(index.row());
    switch (role) {
    case HitRole:
        return QVariant::fromValue(hit);
    case Qt::DisplayRole:
        return displayName(hit.contact);
    case Qt::AccessibleTextRole:
        return Words::tr("%1, %2, %3: %4", "person, Page and author, time, text")
            .arg(displayName(hit.contact), hitSource(hit), listTime(hit.at, m_clock.now()),
                hitText(hit));
    case Qt::ToolTipRole:
        return exactTime(hit.at);
    default:
        return {};
    }
}

bool SearchHits::canFetchMore(const QModelIndex &parent) const
{
    return !parent.isValid() && m_goesOn;
}

void SearchHits::fetchMore(const QModelIndex &parent)
{
    if (canFetchMore(parent))
        Q_EMIT moreRequested();
}

QString hitSource(const SearchHit &hit)
{
    const QString page = displayLine(hit.pageName, NameLength);
    const QString author = displayLine(hit.author, NameLength);
    switch (hit.kind) {
    case SearchHit::Kind::Person:
        return Words::tr("%1 · Person").arg(page);
    case SearchHit::Kind::Note:
        return Words::tr("%1 · Note of %2", "Page, author").arg(page, author);
    case SearchHit::Kind::Message:
        break;
    }
    if (hit.direction == Direction::In)
        return page;
    return u"%1 · %2"_s.arg(page, author.isEmpty() ? Words::tr("The Page") : author);
}

QString hitText(const SearchHit &hit)
{
    if (hit.snippet.text.isEmpty() && hit.attachmentCount > 0)
        return attachmentWords(hit.attachment, hit.attachmentCount);
    return hit.snippet.text;
}

} // namespace Pagedesk::Ui
