// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/messageplace.h"

#include <QAbstractListModel>
#include <QHash>

#include <memory>
#include <vector>

namespace Pagedesk {

// The loaded messages of one conversation, oldest first, in the order of isBefore(). It fetches and
// formats nothing: values come in by upsert(), older ones are asked for with olderRequested().
class ThreadModel : public QAbstractListModel {
    Q_OBJECT

public:
    explicit ThreadModel(QObject *parent = nullptr);
    ~ThreadModel() override;

    // Another conversation, or the same anew. `moreBefore`, `moreAfter`: whether older or newer
    // messages exist elsewhere.
    void reset(const QList<Message> &messages, bool moreBefore, bool moreAfter = false);
    // Inserts what is new, changes what is known by its id, moves what sorts elsewhere now (a
    // queued reply that got the platform's time). In any order; of equal ids the last one counts.
    void upsert(const QList<Message> &messages);
    void remove(const QList<MessageId> &ids);

    // Also ends a request for older messages, whether it brought any or not.
    void setMoreBefore(bool moreBefore);
    bool hasMoreBefore() const { return m_moreBefore; }
    // Emits olderRequested() unless there is nothing older or a request is under way.
    void requestOlder();
    // The same for newer ones: a part in the middle of a thread may be loaded.
    void setMoreAfter(bool moreAfter);
    bool hasMoreAfter() const { return m_moreAfter; }
    void requestNewer();

    // 0 <= row < rowCount(). Valid until the next change.
    const Message &at(int row) const { return *m_rows[static_cast<size_t>(row)]; }
    // -1 when it is not loaded.
    int rowOf(const MessageId &id) const;
    int rowOf(const Mid &mid) const;
    // The first one at or after a place; rowCount() when there is none.
    int rowFrom(const MessagePlace &place) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;
    bool canFetchMore(const QModelIndex &parent) const override;
    void fetchMore(const QModelIndex &parent) override;

Q_SIGNALS:
    void olderRequested();
    void newerRequested();
    void moreBeforeChanged();

private:
    // What decides a message's place, so that its row is found without an index of rows.
    struct Place {
        bool pending = false;
        qint64 sentAt = 0;
        qint64 arrival = 0;

        bool operator==(const Place &) const = default;
    };
    using Row = std::unique_ptr<Message>;

    static Place placeOf(const Message &message);
    int lowerBound(const Message &message) const;
    void remember(const Message &message);
    void learnMids() const;
    void forget(const Message &message);
    void replace(int row, const Message &message);
    void move(int from, const Message &message);
    void change(const QList<Message> &known);
    void insert(std::vector<Row> fresh);

    std::vector<Row> m_rows;
    QHash<MessageId, Place> m_places;
    // Only replies to a message ask by mid: made when the first one does.
    mutable QHash<Mid, MessageId> m_byMid;
    mutable bool m_midsKnown = false;
    bool m_moreBefore = false;
    bool m_requested = false;
    bool m_moreAfter = false;
    bool m_newerRequested = false;
};

} // namespace Pagedesk
