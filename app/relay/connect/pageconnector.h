// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/relay/connect/facebooklogins.h"

namespace Pagedesk::Relay {

// Which Pages somebody can connect, and connecting them. A Page that is connected again keeps its
// history and gets the new token.
class PageConnector : public QObject {
    Q_OBJECT

public:
    PageConnector(Ledger &ledger, const FacebookCalls &calls, FacebookLogins &logins,
        const Vault &vault, const Clock &clock, QObject *parent = nullptr);

    Task<Wire::Logins> logins();
    // Asks Meta. Unauthorized: the login is not accepted any more, and is marked so.
    Task<Wire::PageOffer> offer(const QString &loginId);
    // Each Page ends by itself; what Meta refuses says why.
    Task<Wire::PagesConnected> connectPages(const Device &device, const Wire::ConnectPages &chosen);
    // With a token that an admin brings. Every credential is checked against the others and with
    // Meta before anything is kept; Rejected names what does not fit.
    Task<Wire::PagesConnected> connectByHand(const Device &device, const Wire::ManualPage &manual);

Q_SIGNALS:
    void connected(const Pagedesk::PageId &page, qint64 at); // ms UTC

private:
    struct Seen;
    struct Round;

    Task<Seen> look(const QString &loginId);
    void nextPage(const std::shared_ptr<Round> &round);
    // The token must be this app's, of this Page, and lasting.
    Task<NamedNode> check(const PageId &page, const Secret &token);
    Task<> keep(
        const Device &device, const NamedNode &page, const Secret &token, const QString &loginId);

    Ledger &m_ledger;
    const FacebookCalls &m_calls;
    FacebookLogins &m_logins;
    const Vault &m_vault;
    const Clock &m_clock;
};

} // namespace Pagedesk::Relay
