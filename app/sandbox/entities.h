// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QJsonArray>
#include <QJsonObject>
#include <QList>
#include <QString>
#include <QStringList>

#include <deque>
#include <map>

// What the simulated Meta knows. Times are milliseconds UTC of the sandbox's clock.
namespace Pagedesk::Sandbox {

struct Page {
    QString id;
    QString name;
    QString category;
    QString token; // a fixed Page access token; empty: only a login gives one
    bool isSubscribed = true; // the app, to this Page's webhooks
    QStringList fields; // which of them
    QString pictureId = {}; // in World::media
    bool isPublished = true; // else nobody but those who run it can see it
    QString portfolioId = {}; // of the business that holds it; empty: none does
    QString portfolioName = {};
    QJsonObject messengerProfile = {}; // what is set of it, by property
    QList<qint64> profileCalls = {}; // when it was called about in the last minutes
    QString businessId = {}; // within which people are matched; empty: none
    // Conversation routing: the app that may take conversations; empty: there is none, and all may
    // answer. Our own unless somebody sets another.
    QString defaultApp = QStringLiteral("self");
    bool hasHumanAgent = true; // the app may send with the tag HUMAN_AGENT
};

// Somebody with an account, who runs Pages and logs in; customers are something else.
struct Person {
    QString id; // app-scoped
    QString firstName;
    QString lastName;
    std::map<QString, QStringList> tasks; // what the person may do, by Page

    QString name() const { return firstName + QLatin1Char(' ') + lastName; }
};

struct MediaFile {
    QString id;
    QByteArray bytes;
    QString mimeType;
    QString name;
    int width = 0; // pixels; pictures only
    int height = 0;
};

// A saved asset of the Attachment Upload API.
struct Upload {
    QString id;
    QString pageId;
    QString type;
    QString mediaId;
    qint64 at = 0;
};

struct Attachment {
    QString type; // as in webhooks: image audio video file template sticker fallback location
    QString mediaId; // in World::media; empty when the bytes are elsewhere or there are none
    QString url; // fallback, and addresses that are passed on
    QString title; // fallback
    QString stickerId;
    QJsonObject payload; // template, location
};

struct Message {
    QString mid;
    bool isFromCustomer = false;
    QString text;
    QList<Attachment> attachments;
    QString replyTo; // mid
    QString quickReplyPayload; // the customer tapped one
    QJsonArray quickReplies; // the Page offered them
    QString metadata; // what the send call passed
    QString appId; // which app sent it; Page messages only
    QString reaction; // emoji of the other side; empty when none
    qint64 at = 0;
    bool isDelivered = false; // Page messages only
    bool isRead = false;
};

struct Customer {
    QString psid;
    QString firstName;
    QString lastName;
    QString locale = QStringLiteral("en_US");
    double timezone = 0; // hours from GMT
    QString gender;
    QString pictureId; // in World::media
    bool sharesProfile = true;
    bool receives = true; // sends delivery receipts by itself
    bool reads = true; // sends read receipts by itself
    QString human = {}; // the same for all customers who are one human being; empty: nobody else is

    QString name() const; // in the order of the name's own script
};

// The conversation of one person with one Page.
struct Thread {
    QString id; // "t_…"
    QString pageId;
    QString psid;
    std::deque<Message> messages; // by arrival
    qint64 lastCustomerAt = 0; // 0: never wrote; opens the reply window
    bool isBlocked = false; // the customer has blocked the Page
    bool isDeliveryPending = false;
    bool isReadPending = false;
    QList<qint64> typingAt = {}; // when the Page has shown that somebody writes, the last ones
    QString ownerApp = {}; // the other app that controls it; empty: it is idle, or ours
};

} // namespace Pagedesk::Sandbox
