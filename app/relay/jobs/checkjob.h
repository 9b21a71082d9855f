// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/relay/jobs/historyjob.h"

namespace Pagedesk::Relay {

// Compares a Page's conversations with Meta's, newest first back to where the last comparison
// stood, and fills in what no webhook has brought. Each run reads one page of conversations.
class CheckJob : public QObject {
    Q_OBJECT

public:
    // `minutes` between two comparisons; 0: none are made.
    CheckJob(Ledger &ledger, PageReader &reader, const Clock &clock, int minutes,
        QObject *parent = nullptr);
    Task<qint64> run(const Job &job); // when to go on, ms UTC; 0: not before something happens

private:
    Task<qint64> compare(const PageId &page, const ReadingState &state, int failedTries);
    Task<qint64> beginAgain(const PageId &page, const ReadingState &state);
    Task<qint64> keep(const PageId &page, const ReadingState &state, const HistoryPage &read);

    Ledger &m_ledger;
    PageReader &m_reader;
    const Clock &m_clock;
    const qint64 m_everyMs;
};

} // namespace Pagedesk::Relay
