// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/desk/drafts.h"

#include "models/base/logging.h"
#include "models/store/replica/draftstore.h"
#include "models/store/replica/replica.h"

#include <QSet>
#include <QTimer>

namespace Pagedesk {

namespace {

constexpr int WriteAfterMs = 300;
constexpr int TryAgainAfterMs = 3000;

using Texts = QHash<ConversationId, QString>;

} // namespace

class Drafts::Implementation : public QObject {
public:
    Implementation(Drafts &drafts, Replica &replica)
        : m_drafts(drafts)
        , m_replica(replica)
    {
        m_timer.setSingleShot(true);
        connect(&m_timer, &QTimer::timeout, this, [this] { write(); });
        // The reply's transaction removes the draft; a text written after it would bring it back.
        connect(&replica, &Replica::replyComing, this, [this] { write(); });
        connect(&replica, &Replica::changed, this,
            [this](const ReplicaChanges &changes) { handleStored(changes.drafts); });
    }

    void set(const ConversationId &conversation, const QString &text)
    {
        m_unsaved.insert(conversation, text);
        m_waiting.insert(conversation);
        if (!m_timer.isActive())
            m_timer.start(WriteAfterMs);
        Q_EMIT m_drafts.draftChanged(conversation, text);
    }

    void write()
    {
        m_timer.stop();
        if (m_waiting.isEmpty())
            return;
        Texts texts;
        for (const ConversationId &conversation : std::exchange(m_waiting, {}))
            texts.insert(conversation, m_unsaved.value(conversation));
        m_replica.write<void>([texts](ReplicaWriter &writer) { return store(writer, texts); })
            .then(this, [this, texts](const Result<> &written) {
                if (written)
                    forget(texts);
                else
                    tryAgain(texts, written.error());
            });
    }

    // What is stored, with what is newer here.
    Texts over(Texts stored) const
    {
        for (auto it = m_unsaved.cbegin(); it != m_unsaved.cend(); ++it) {
            if (it->isEmpty())
                stored.remove(it.key());
            else
                stored.insert(it.key(), it.value());
        }
        return stored;
    }

private:
    static Result<> store(ReplicaWriter &writer, const Texts &texts)
    {
        for (auto it = texts.cbegin(); it != texts.cend(); ++it) {
            if (const auto set = DraftStore::set(writer, it.key(), it.value()); !set)
                return set;
        }
        return {};
    }

    // Tells of drafts that a reply has used up; what was typed was told when it was typed.
    void handleStored(const Texts &stored)
    {
        for (auto it = stored.cbegin(); it != stored.cend(); ++it) {
            if (it->isEmpty() && !m_unsaved.contains(it.key()))
                Q_EMIT m_drafts.draftChanged(it.key(), QString());
        }
    }

    void forget(const Texts &written)
    {
        for (auto it = written.cbegin(); it != written.cend(); ++it) {
            if (!m_waiting.contains(it.key()))
                m_unsaved.remove(it.key());
        }
    }

    // The disk may have room again soon; what was typed since counts more.
    void tryAgain(const Texts &texts, const Error &error)
    {
        qCWarning(logDesk) << "cannot store drafts" << kindName(error.kind);
        for (auto it = texts.cbegin(); it != texts.cend(); ++it)
            m_waiting.insert(it.key());
        m_timer.start(TryAgainAfterMs);
    }

    Drafts &m_drafts;
    Replica &m_replica;
    QTimer m_timer;
    Texts m_unsaved; // typed, not known to be on the disk
    QSet<ConversationId> m_waiting; // of these, not handed to the replica yet
};

Drafts::Drafts(Replica &replica, QObject *parent)
    : QObject(parent)
    , m_implementation(std::make_unique<Implementation>(*this, replica))
    , m_replica(replica)
{
}

Drafts::~Drafts()
{
    flush();
}

Task<QHash<ConversationId, QString>> Drafts::all()
{
    return m_replica.read<Texts>(&DraftStore::all).andThen(this, [this](const Texts &stored) {
        return Task<Texts>::finished(m_implementation->over(stored));
    });
}

Task<QString> Drafts::text(const ConversationId &conversation)
{
    return m_replica
        .read<QString>([conversation](Connection &connection) {
            return DraftStore::text(connection, conversation);
        })
        .andThen(this, [this, conversation](const QString &stored) {
            const Texts merged = m_implementation->over({{conversation, stored}});
            return Task<QString>::finished(merged.value(conversation));
        });
}

void Drafts::set(const ConversationId &conversation, const QString &text)
{
    m_implementation->set(conversation, text);
}

Task<QList<Attachment>> Drafts::files(const ConversationId &conversation)
{
    return m_replica.read<QList<Attachment>>([conversation](Connection &connection) {
        return DraftStore::files(connection, conversation);
    });
}

Task<> Drafts::setFiles(const ConversationId &conversation, const QList<Attachment> &files)
{
    return m_replica.write<void>([conversation, files](ReplicaWriter &writer) {
        return DraftStore::setFiles(writer, conversation, files);
    });
}

void Drafts::flush()
{
    m_implementation->write();
    m_replica.flush();
}

} // namespace Pagedesk
