// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/sandbox/calllog.h"
#include "app/sandbox/faults.h"
#include "app/sandbox/handshake.h"
#include "app/sandbox/httpreply.h"
#include "app/sandbox/load.h"
#include "app/sandbox/sendapi.h"
#include "app/sandbox/webhooksender.h"

namespace Pagedesk::Sandbox {

class Callbacks;
class CustomerControl;
class PeopleControl;
struct AppSettings;

// The routes under /_sandbox/, for tests and for people who try things out. Wrong input is
// answered 400 with {"error": a sentence that names the field}.
class Control final : public QObject {
    Q_OBJECT
public:
    struct Parts {
        World &world;
        SandboxClock &clock;
        Messaging &messaging;
        Faults &faults;
        WebhookSender &sender;
        Handshake &handshake;
        SendApi &sendApi;
        Load &load;
        const CallLog &callLog;
        Tokens &tokens;
        Callbacks &callbacks;
        AppSettings &appSettings;
        QString appId; // our own
    };

    explicit Control(const Parts &parts);
    ~Control() override;

    Server::Response handle(const Server::Request &request);

private:
    using Answer = Result<QJsonObject>;

    Answer route(const QString &method, const QStringList &path, const QJsonObject &body,
        const QString &query);
    Answer routeCustomers(const QString &method, const QStringList &path, const QJsonObject &body,
        const QString &query);
    Answer pages(const QJsonObject &body);
    Answer pageMessaging(const QString &id, const QJsonObject &body);
    Answer faults(const QString &method, const QJsonObject &body);
    Answer clock(const QString &method, const QJsonObject &body);
    Answer load(const QJsonObject &body);
    Answer past(const QJsonObject &body);
    Answer webhooks(const QJsonObject &body);
    Answer handshake();
    QJsonObject state() const;

    Parts m_parts;
    std::unique_ptr<CustomerControl> m_customers;
    std::unique_ptr<PeopleControl> m_people;
};

} // namespace Pagedesk::Sandbox
