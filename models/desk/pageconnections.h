// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/desk/relayhttp.h"
#include "models/wire/connecting.h"
#include "models/wire/diagnosis.h"

#include <QObject>

namespace Pagedesk {

// What an admin asks of the relay about logins at Facebook and Pages. Asked at once or not at all:
// nothing of it waits for a connection. Errors: Offline, Timeout: the relay was not reached;
// Unauthorized, Forbidden: this device or its operator may not; everything else is the relay's
// refusal, whose detail is a sentence for people.
class PageConnections : public QObject {
    Q_OBJECT

public:
    explicit PageConnections(QObject *parent = nullptr);

    // The relay and this device's token there.
    void setSource(const QUrl &relay, const Secret &token);

    Task<Wire::LoginBegun> beginLogin(bool askAgain);
    Task<Wire::LoginProgress> progressOf(const QString &attemptId);
    Task<Wire::Logins> logins();
    Task<Wire::PageOffer> offerOf(const QString &loginId);
    Task<Wire::PagesConnected> connectPages(const Wire::ConnectPages &chosen);
    Task<Wire::PagesConnected> connectByHand(const Wire::ManualPage &manual);
    // Looks at a Page at once; what is found comes with the Page.
    Task<Wire::PageFields> checkPage(const PageId &page);
    Task<Wire::PageFields> orderFields(const PageId &page);
    // Looks at everything the Page's messages depend on.
    Task<Wire::Diagnosis> diagnose(const PageId &page);

private:
    template <typename T>
    Task<T> ask(const QByteArray &method, const QString &route, const QByteArray &body,
        Result<T> (*decode)(const QByteArray &));

    RelayHttp m_http;
};

} // namespace Pagedesk
