// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/relay/jobs/pagereader.h"
#include "app/relay/ledger/jobs.h"
#include "app/relay/ledger/ledger.h"
#include "app/relay/ledger/pagereading.h"
#include "models/base/clock.h"
#include "models/domain/page.h"

namespace Pagedesk::Relay {

// Where reading a Page's conversations stands.
struct ReadingState {
    std::optional<Page> page;
    PageReading reading;
    qint64 connectedAt = 0; // ms UTC
};
Result<ReadingState> readingState(Connection &connection, const PageId &page);

// Reads what a Page's customers and it have written before it was connected, newest first. Each run
// reads one page of conversations; where it stopped is stored with what it brought.
class HistoryJob : public QObject {
    Q_OBJECT

public:
    HistoryJob(Ledger &ledger, PageReader &reader, const Clock &clock, QObject *parent = nullptr);
    // When to go on, ms UTC; 0 when all is read or the Page cannot be asked.
    Task<qint64> run(const Job &job);

private:
    Task<qint64> readOn(const Job &job, const ReadingState &state);
    Task<qint64> keep(const PageId &page, const ReadingState &state, const HistoryPage &read);
    Task<qint64> failed(const PageId &page, const ReadingState &state, const Error &error);

    Ledger &m_ledger;
    PageReader &m_reader;
    const Clock &m_clock;
};

} // namespace Pagedesk::Relay
