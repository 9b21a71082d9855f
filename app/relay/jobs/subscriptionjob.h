// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/relay/jobs/pagereader.h"
#include "app/relay/ledger/jobs.h"
#include "models/base/clock.h"
#include "models/domain/page.h"

namespace Pagedesk::Relay {

// Watches that Meta delivers a Page's webhooks to the app, once an hour, and orders them again when
// it does not: Meta ends that by itself after an hour of failed deliveries. What was missed is then
// looked for at once. A Page that shall not receive is taken off once, and left so. Source:
// Messenger Platform, "Webhooks", delivery retry, 2026.
class SubscriptionJob : public QObject {
    Q_OBJECT

public:
    // `appId` empty: any app of the Page counts as ours.
    SubscriptionJob(Ledger &ledger, PageReader &reader, const Clock &clock, QString appId,
        QObject *parent = nullptr);
    Task<qint64> run(const Job &job); // when to look again, ms UTC; 0: not before something happens

private:
    Task<qint64> look(const PageId &page);
    Task<qint64> leaveOff(const PageId &page);
    Task<qint64> end(const PageId &page, const Result<> &renewed, const QStringList &missing);

    Ledger &m_ledger;
    PageReader &m_reader;
    const Clock &m_clock;
    const QString m_appId;
};

} // namespace Pagedesk::Relay
