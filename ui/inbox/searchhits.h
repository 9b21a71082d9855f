// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/clock.h"
#include "models/store/replica/searchstore.h"

#include <QAbstractListModel>

namespace Pagedesk::Ui {

// What a search has found, as rows that say themselves what they are.
class SearchHits : public QAbstractListModel {
    Q_OBJECT

public:
    enum Role { HitRole = Qt::UserRole + 1 }; // SearchHit; the snippet as it may be shown

    explicit SearchHits(const Clock &clock, QObject *parent = nullptr);

    void reset(const QList<SearchHit> &hits, bool goesOn);
    void append(const QList<SearchHit> &hits, bool goesOn);
    const SearchHit &at(int row) const { return m_hits.at(row); }

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    bool canFetchMore(const QModelIndex &parent) const override;
    void fetchMore(const QModelIndex &parent) override;

Q_SIGNALS:
    void moreRequested();

private:
    const Clock &m_clock;
    QList<SearchHit> m_hits;
    bool m_goesOn = false;
};

// Who says it and on which Page, for a line below the person: "Corner Bakery · Ben, note".
QString hitSource(const SearchHit &hit);
// What was found of it, or the kind of a file that has no name.
QString hitText(const SearchHit &hit);

} // namespace Pagedesk::Ui
