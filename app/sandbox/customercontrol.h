// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/sandbox/messaging.h"
#include "models/base/result.h"

namespace Pagedesk::Sandbox {

// The control routes of one customer: what the person does, and what the person sees.
class CustomerControl {
public:
    using Answer = Result<QJsonObject>;

    CustomerControl(World &world, Messaging &messaging, const QString &ownApp);

    // POST …/messages; makes the customer when the PSID is new.
    Answer write(const QString &psid, const QJsonObject &body);
    // GET …/messages; an empty Page id shows the conversations with all Pages.
    Answer messages(const QString &psid, const QString &pageId) const;
    // GET …/profile: what the person sees of a Page before writing, and its menu.
    Answer profile(const QString &psid, const QString &pageId) const;
    Answer read(const QString &psid, const QJsonObject &body);
    Answer react(const QString &psid, const QJsonObject &body);
    Answer block(const QString &psid, const QJsonObject &body);
    Answer behave(const QString &psid, const QJsonObject &body);
    // POST …/same: two customers are one human being; an empty `psid` takes it back.
    Answer match(const QString &psid, const QJsonObject &body);
    // POST …/control: the app `app` takes the conversation, by default the Page inbox, or passes it
    // to us when it is our own id. With a text that app answers the customer.
    Answer handOver(const QString &psid, const QJsonObject &body);

private:
    Result<Thread *> threadFor(const QString &psid, const QJsonObject &body) const;
    Result<QString> pageFor(const QString &psid, const QJsonObject &body) const;
    Result<Attachment> attachment(const QJsonObject &json);
    Result<Message> message(const QJsonObject &body);
    QJsonObject shown(const Thread &thread, const Message &message) const;

    World &m_world;
    Messaging &m_messaging;
    const QString m_ownApp;
};

} // namespace Pagedesk::Sandbox
