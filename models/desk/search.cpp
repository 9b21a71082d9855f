// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/desk/search.h"

#include "models/base/logging.h"
#include "models/store/replica/replica.h"

#include <QTimer>

namespace Pagedesk {

namespace {

constexpr int RowsAStep = 500; // some ten milliseconds of the writing thread
constexpr int HitsAPage = 50;

} // namespace

class Search::Implementation : public QObject {
public:
    Implementation(Search &search, Replica &replica, const Clock &clock)
        : m_search(search)
        , m_replica(replica)
        , m_clock(clock)
    {
        m_step.setSingleShot(true);
        m_step.setInterval(0);
        connect(&m_step, &QTimer::timeout, this, [this] { step(); });
        connect(&replica, &Replica::reset, this, [this] { fill(); });
        connect(&replica, &Replica::changed, this, [this](const ReplicaChanges &changes) {
            if (changes.searchStartedOver)
                fill();
        });
        if (replica.isOpen())
            fill();
    }

    void find(const SearchCursor &from)
    {
        const quint64 question = ++m_question;
        m_isAsking = true;
        const bool goesOn = from != SearchCursor();
        m_replica.find({query, from, HitsAPage, m_clock.now(), {}})
            .then(this, [this, question, goesOn](const Result<SearchResults> &results) {
                if (question != m_question)
                    return;
                m_isAsking = false;
                if (!results) {
                    Q_EMIT m_search.failed(results.error());
                    return;
                }
                m_next = results->next;
                Q_EMIT m_search.found(*results, goesOn);
            });
    }
    void more()
    {
        if (!m_isAsking && m_next)
            find(*m_next);
    }
    void clear()
    {
        ++m_question;
        m_isAsking = false;
        m_next.reset();
    }

    SearchQuery query;
    IndexProgress progress;

private:
    void fill()
    {
        if (!m_isFilling)
            m_step.start();
        m_again = m_isFilling;
    }

    void step()
    {
        m_isFilling = true;
        m_again = false;
        m_replica
            .write<IndexProgress>([](ReplicaWriter &writer) {
                return SearchIndex::step(writer.connection, RowsAStep);
            })
            .then(this, [this](const Result<IndexProgress> &filled) {
                m_isFilling = false;
                if (!filled) { // it goes on when the replica is opened next
                    qCWarning(logDesk)
                        << "the search index was not filled:" << filled.error().detail;
                    return;
                }
                const bool isTold = *filled == progress;
                progress = *filled;
                if (!progress.isComplete || m_again)
                    m_step.start();
                if (!isTold)
                    Q_EMIT m_search.progressChanged();
            });
    }

    Search &m_search;
    Replica &m_replica;
    const Clock &m_clock;
    QTimer m_step;
    std::optional<SearchCursor> m_next;
    quint64 m_question = 0; // the answer to an earlier one is not ours any more
    bool m_isAsking = false;
    bool m_isFilling = false;
    bool m_again = false;
};

Search::Search(Replica &replica, const Clock &clock, QObject *parent)
    : QObject(parent)
    , m_implementation(std::make_unique<Implementation>(*this, replica, clock))
{
}

Search::~Search() = default;

void Search::ask(const SearchQuery &query)
{
    m_implementation->clear();
    m_implementation->query = query;
    m_implementation->find({});
}

void Search::more()
{
    m_implementation->more();
}

void Search::clear()
{
    m_implementation->clear();
}

const IndexProgress &Search::progress() const
{
    return m_implementation->progress;
}

} // namespace Pagedesk
