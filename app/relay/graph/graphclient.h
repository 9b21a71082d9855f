// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/relay/graph/httpclient.h"
#include "models/base/ids.h"
#include "models/base/secret.h"
#include "models/domain/attachment.h"
#include "models/domain/contactcard.h"
#include "models/messenger/grapherror.h"
#include "models/messenger/recentmessages.h"

#include <QStringList>

#include <functional>

namespace Pagedesk::Relay {

struct Profile {
    ContactProfile person; // askedAt is not known here
    QUrl picture; // signed and short-lived; empty when there is none
};

// Locale, time zone and gender need permissions of their own, and asking for one that was not given
// can fail the whole call (2018247). Source: Messenger Platform, "User Profile", 2026.
enum class ProfileFields { All, Names };

struct SendOutcome {
    SendVerdict verdict;
    int httpStatus = 0; // 0: no answer
};

// What a profile call's answer says. NotFound: the profile is not shared. Forbidden: a field is not
// given to us. Unauthorized: the token is refused. Timeout: worth another try.
Result<Profile> readProfileAnswer(int httpStatus, const QByteArray &body);

class Pacing;

// Meta's Graph API as far as the relay uses it.
class GraphClient {
public:
    // `address` of the Graph API, "https://graph.facebook.com" unless a sandbox plays it. `pacing`
    // hears what answers say about the limits; whoever calls asks it first.
    GraphClient(QUrl address, HttpClient &http, Pacing *pacing = nullptr);

    // One send call, made once. Always finishes with an outcome.
    Task<SendOutcome> send(
        const PageId &page, const Secret &token, const QByteArray &payload, int timeoutMs = 15'000);
    // Takes a conversation from the app that holds it; doing so twice does no harm. Always finishes
    // with an outcome; Sent: it is ours. Source: Messenger Platform, "Conversation Routing",
    // 2025-09.
    Task<SendOutcome> takeThread(const PageId &page, const Secret &token, const Psid &psid);
    // Makes a call of the same kind that is no message, and hears only what it says of the limits.
    void act(const PageId &page, const Secret &token, const QByteArray &payload, int timeoutMs);
    struct File {
        AttachmentKind kind = AttachmentKind::File;
        QString path;
        QString name; // as the customer sees it
        QByteArray mimeType; // which must be that of the bytes (100/2018047)
    };
    // Gives Meta a file to be sent by its id. Always finishes with an answer.
    Task<UploadAnswer> upload(const PageId &page, const Secret &token, const File &file);
    // The newest messages between a Page and a person. Unauthorized: the token is refused.
    Task<RecentMessages> recentMessages(
        const PageId &page, const Psid &psid, const Secret &token, int timeoutMs = 15'000);
    // See readProfileAnswer().
    Task<Profile> profile(const PageId &page, const Psid &psid, const Secret &token,
        ProfileFields fields = ProfileFields::All);

    // Any reading call. `query` is encoded already; a token may be empty where the query says who
    // asks. With a Page, its pacing hears the answer.
    Task<HttpAnswer> get(
        const QString &path, const QString &query, const Secret &token, const PageId &page = {});
    // Hears of answers that refuse a Page's token or lack a permission.
    using Watcher = std::function<void(const PageId &, const Secret &token, const SendVerdict &)>;
    void setWatcher(Watcher watcher) { m_watcher = std::move(watcher); }
    // The same for a call that somebody else has made.
    void report(const PageId &page, const Secret &token, const SendVerdict &verdict);
    // The version with which Meta has answered last; empty: it did not say.
    const QByteArray &servedVersion() const { return m_servedVersion; }

    // Calls for whoever paces them; nothing happens here.
    HttpCall conversations(
        const PageId &page, const Secret &token, const QString &after, int limit) const;
    HttpCall subscription(const PageId &page, const Secret &token) const;
    HttpCall subscribe(const PageId &page, const Secret &token, const QStringList &fields) const;
    HttpCall unsubscribe(const PageId &page, const Secret &token) const;
    // Who a person is on the other Pages of the business, asked with the app's own token. Source:
    // Graph API, "User/ids_for_pages", 2026; not checked against Meta itself.
    HttpCall idsForPages(
        const Psid &psid, const Secret &appToken, const Secret &proof, const QString &after) const;
    // Of the Page whose token it is; `body` says what to set or to remove.
    HttpCall messengerProfile(
        const QByteArray &method, const Secret &token, const QByteArray &body = {}) const;

    // Lives as long as the calls do; what waits for answers may be bound to it.
    const QObject &context() const { return m_http; }

private:
    QUrl url(const QString &path) const;
    Task<HttpAnswer> call(const HttpCall &call, const PageId &page, const Secret &token);
    void notice(const PageId &page, const Secret &token, const HttpAnswer &answer,
        const SendVerdict &verdict);

    QUrl m_address;
    HttpClient &m_http;
    Pacing *m_pacing;
    Watcher m_watcher;
    QByteArray m_servedVersion;
};

} // namespace Pagedesk::Relay
