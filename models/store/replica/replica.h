// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/database.h"
#include "models/store/replica/replicachanges.h"
#include "models/store/replica/searchstore.h"

#include <variant>

namespace Pagedesk {

class SearchReader;

// The desktop's copy of what its operator may see, and the only place of what was written here and
// not confirmed yet. Everything goes through transactions; what they changed is announced after
// the commit, as whole values.
class Replica : public QObject {
    Q_OBJECT

public:
    explicit Replica(QObject *parent = nullptr);
    ~Replica() override;

    // Blocks, and says reset() when it is open. NewerVersion: written by a newer program,
    // untouched. Damaged: see rebuild(). Storage.
    Result<> open(const QString &path);
    bool isOpen() const { return m_database != nullptr; }

    // Puts a damaged replica aside as "<name>-damaged-<date>-<time>.<suffix>" in the same folder
    // and begins an empty one, which fills again from the relay. Drafts, replies and commands that
    // had not been confirmed are taken over as far as they can be read. Only ever call it when the
    // person has decided so. Conflict for a replica of a newer program. Blocks.
    Result<> rebuild(qint64 nowMs);

    // Removes everything, also what was put aside and what had not been sent, and begins an empty
    // one. Only ever call it when the person has decided so. Blocks.
    Result<> wipe();

    // Runs `work` in a writing transaction and finishes after its commit. `work` runs on another
    // thread, perhaps twice: it must not touch anything but its argument and its own copies.
    template <typename T = void> Task<T> write(std::function<Result<T>(ReplicaWriter &)> work);
    template <typename T> Task<T> read(std::function<Result<T>(Connection &)> work);
    // Searches beside everything else; the newest wins, those before it end as Cancelled.
    Task<SearchResults> find(const SearchAsk &ask);
    // Waits until everything submitted so far is stored.
    void flush();

    // Says that a reply is about to be stored, so that a draft which is not written yet is written
    // before it and not after.
    void announceReply(const ConversationId &conversation) { Q_EMIT replyComing(conversation); }

Q_SIGNALS:
    void changed(const Pagedesk::ReplicaChanges &changes);
    void reset(); // everything may be different: load again
    void damaged(); // something could not be read back; once until it is open anew
    void replyComing(const Pagedesk::ConversationId &conversation);

private:
    template <typename T> struct Written {
        ReplicaChanges changes;
        std::conditional_t<std::is_void_v<T>, std::monostate, T> value;
    };

    Result<> openFile();
    void closeFile();
    static Result<> lookAgain(ReplicaWriter &writer);
    static Error notOpen();
    void announce(const ReplicaChanges &changes);
    void note(const Error &error);

    QString m_path;
    std::optional<Error> m_problem; // why it could not be opened
    bool m_damageTold = false;
    std::unique_ptr<Database> m_database;
    std::unique_ptr<SearchReader> m_searcher; // gone before the database is
};

template <typename T> Task<T> Replica::write(std::function<Result<T>(ReplicaWriter &)> work)
{
    if (!m_database)
        return Task<T>::finished(failure(notOpen()));
    auto promise = std::make_shared<Promise<T>>();
    auto task = promise->task();
    const auto inTransaction = [work = std::move(work)](Connection &connection) {
        Written<T> written;
        ReplicaWriter writer{connection, written.changes};
        auto result = work(writer);
        if (!result)
            return Result<Written<T>>(failure(result.error()));
        if constexpr (!std::is_void_v<T>)
            written.value = std::move(*result);
        if (const auto looked = lookAgain(writer); !looked)
            return Result<Written<T>>(failure(looked.error()));
        return Result<Written<T>>(std::move(written));
    };
    const auto committed = [this, promise](const Result<Written<T>> &written) {
        if (!written) {
            note(written.error());
            promise->finish(failure(written.error()));
            return;
        }
        announce(written->changes);
        if constexpr (std::is_void_v<T>)
            promise->finish({});
        else
            promise->finish(written->value);
    };
    m_database->write<Written<T>>(inTransaction).then(this, committed);
    return task;
}

template <typename T> Task<T> Replica::read(std::function<Result<T>(Connection &)> work)
{
    if (!m_database)
        return Task<T>::finished(failure(notOpen()));
    auto promise = std::make_shared<Promise<T>>();
    auto task = promise->task();
    m_database->read<T>(std::move(work)).then(this, [this, promise](const Result<T> &read) {
        if (!read)
            note(read.error());
        promise->finish(read);
    });
    return task;
}

} // namespace Pagedesk
