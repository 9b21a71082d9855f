// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/relay/ledger/ledger.h"

#include <QElapsedTimer>
#include <QTimer>

namespace Pagedesk::Relay {

// Tells screens of the events that the guard holds back, a few times a second and all at once, and
// keeps what people are told about each Page up to date: how many events are delayed, how many
// repeated ones were suppressed, when the last one came.
class PageFigures : public QObject {
    Q_OBJECT

public:
    PageFigures(Ledger &ledger, const Clock &clock, QObject *parent = nullptr);

    // Counts what came while nobody counted, then goes on by itself.
    void start();

private:
    struct Delayed {
        qint64 at = 0; // ms UTC
        int events = 0;
    };

    void eventsCame(const Ledger::Touched &touched);
    void releaseScreens();
    void refresh();
    QHash<QString, int> delayedNow();

    Ledger &m_ledger;
    const Clock &m_clock;
    QTimer m_release;
    QTimer m_refresh;
    QElapsedTimer m_sinceRefresh;
    QHash<QString, QList<Delayed>> m_delayed; // of the last minute, by Page
    QStringList m_held; // streams with rows that no screen was told of
    bool m_counting = false;
    bool m_countAgain = false;
};

} // namespace Pagedesk::Relay
