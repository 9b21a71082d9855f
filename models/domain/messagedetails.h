// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>
#include <QStringView>

#include <optional>

namespace Pagedesk {

// What a line of a thread is about that is no plain message. The line's text holds the words that
// belong to it. Numbers are stored: never change one.
enum class Notice {
    None = 0,
    Postback = 1, // the customer tapped a button; text: its title
    Referral = 2, // the customer came by a link or an advertisement; see `referral`
    Optin = 3, // permits messages; text: the topic, if Meta names one
    Optout = 4,
    AccountLinked = 5,
    AccountUnlinked = 6,
    // Conversation routing; text: the id of the app that has it now, subject: OurApp when it is
    // ours.
    ControlPassed = 7,
    ControlTaken = 8,
    ControlRequested = 9,
    Feedback = 10, // a survey's answers
    CustomerInformation = 11, // a form's answers
    ResponseFeedback = 12, // a thumb on an answer; text: "Good response" or "Bad response"
    Form = 13, // an instant form was sent; text: its id
    Order = 14, // a cart; text: what is in it
    Coupon = 15, // text: its code
    Platform = 16, // Meta's own notice; text: as given
    Unsupported = 17, // an event of a kind not known; text: Meta's name of it
    // What the team has decided about the conversation; author: who, text: their comment. Only the
    // team sees these.
    Taken = 18,
    Assigned = 19, // subject: the person's name
    AssignedTeam = 20, // subject: the team's name
    PutBack = 21, // into the queue; subject: the team's name, if it has one
    Resolved = 22,
    Reopened = 23,
    Pending = 24,
    Snoozed = 25, // until `until`
    Woken = 26, // by the time a snooze was for; nobody did it
    Prioritised = 27, // subject: priorityName()
    Labelled = 28, // subject: the label's name
    Unlabelled = 29,
    TakenOver = 30, // from another app; subject: its id
    TakeOverFailed = 31, // the same; payload: failureKindName()
};

// See Notice::ControlPassed.
inline constexpr const char *OurApp = "self";

// A text that was replaced by an edit.
struct TextVersion {
    int number = 0; // Meta's number of the edit that wrote it; 0: as first sent
    QString text;
    qint64 at = 0; // ms UTC: when it was written

    bool operator==(const TextVersion &) const = default;
};

// One person's reaction to a message; a new one takes the place of their old one.
struct Reaction {
    bool byPage = false; // by the Page, else by the customer
    QString emoji;
    qint64 at = 0; // ms UTC

    bool operator==(const Reaction &) const = default;
};

// How a customer came to the conversation. Source: Messenger Platform, "messaging_referrals".
struct Referral {
    QString source; // "SHORTLINK", "ADS" and others; may be empty
    QString type; // "OPEN_THREAD", "LEAD_COMPLETE" and others
    QString ref; // what the link carried
    QString adId;
    QString adTitle;
    QString uri; // the page the customer came from

    bool isEmpty() const
    {
        return source.isEmpty() && type.isEmpty() && ref.isEmpty() && adId.isEmpty()
            && adTitle.isEmpty() && uri.isEmpty();
    }
    bool operator==(const Referral &) const = default;
};

// What only some messages have.
struct MessageDetails {
    Notice notice = Notice::None;
    QString payload; // of the quick reply or button that was tapped
    Referral referral;
    QList<TextVersion> earlier; // every text but the present one, by number
    int edits = 0; // Meta's number of the edit that wrote the present text; 0: never edited
    qint64 editedAt = 0; // ms UTC of that edit
    QList<Reaction> reactions; // one taken back has no emoji
    qint64 unsentAt = 0; // ms UTC when the sender took it back; its content is kept
    bool recovered = false; // came from reading the conversation, not from a webhook
    bool standby = false; // seen while another app held the conversation
    QString viaApp; // out, elsewhere: the id of the app that sent it
    QString group; // out: parts of one reply share it
    int part = 0; // out: the place in the group, from 0
    bool humanAgent = false; // out: its author has chosen to answer as a human agent
    QString subject; // of a notice: whom or what it names, as it was called then
    qint64 until = 0; // of a notice: ms UTC

    bool isEmpty() const { return *this == MessageDetails(); }
    bool operator==(const MessageDetails &) const = default;
};

QString noticeName(Notice notice); // empty for None
std::optional<Notice> noticeFromName(QStringView name);

} // namespace Pagedesk
