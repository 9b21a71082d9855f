// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/messenger/webhooknotices.h"

#include <algorithm>
#include <array>
#include <utility>

using namespace Qt::Literals::StringLiterals;

namespace Pagedesk {

namespace {

constexpr qsizetype MaxAnswers = 100;
constexpr qsizetype MaxAnswerCharacters = 2000;
constexpr qsizetype MaxProducts = 50;
constexpr int MaxEditNumber = 1'000'000; // Messenger stops at 5

// What a reaction is called when it comes without its emoji.
constexpr std::array<std::pair<std::string_view, const char *>, 8> Emoji{{
    {"smile", "\U0001F606"},
    {"angry", "\U0001F620"},
    {"sad", "\U0001F622"},
    {"wow", "\U0001F62E"},
    {"love", "\u2764"},
    {"like", "\U0001F44D"},
    {"dislike", "\U0001F44E"},
    {"other", "\u2753"},
}};

QString emojiFor(std::string_view reaction)
{
    const auto known = std::find_if(Emoji.begin(), Emoji.end(),
        [reaction](const auto &entry) { return entry.first == reaction; });
    return QString::fromUtf8(known == Emoji.end() ? "\u2753" : known->second);
}

void misses(WebhookEvent &event, const QString &reason)
{
    event.state = EventState::Malformed;
    event.reason = reason;
}

void notice(WebhookEvent &event, Notice kind, const QString &text = {})
{
    event.details.notice = kind;
    event.text = text;
}

// The texts that a person has given, wherever they stand in the answer.
QString answersIn(const JsonValue &value, std::initializer_list<std::string_view> keys)
{
    QStringList answers;
    value.visit([&](const JsonValue &each) {
        if (answers.size() == MaxAnswers
            || std::find(keys.begin(), keys.end(), each.key()) == keys.end())
            return;
        if (QString text = each.text(); !text.isEmpty())
            answers.append(text.left(MaxAnswerCharacters));
    });
    return answers.join(u'\n');
}

// "2 × Mug", a line each, and the customer's note.
QString cartOf(const JsonValue &order)
{
    QStringList lines;
    for (const JsonValue product : order["products"]) {
        if (lines.size() == MaxProducts)
            break;
        const QString name = product["name"].text();
        const qint64 count = product["quantity"].toInt64().value_or(1);
        lines.append(u"%1 × %2"_s.arg(count).arg(name.isEmpty() ? product["id"].text() : name));
    }
    if (const QString note = order["note"].text(); !note.isEmpty())
        lines.append(note);
    return lines.join(u'\n');
}

} // namespace

Referral readReferral(const JsonValue &referral)
{
    const JsonValue ad = referral["ads_context_data"];
    return {referral["source"].text(), referral["type"].text(), referral["ref"].text(),
        referral["ad_id"].text(), ad["ad_title"].text(), referral["referer_uri"].text()};
}

void readEdit(const JsonValue &edit, WebhookEvent &event)
{
    event.text = edit["text"].text();
    const qint64 number = edit["num_edit"].toInt64().value_or(0);
    event.details.edits = static_cast<int>(std::clamp<qint64>(number, 0, MaxEditNumber));
    event.details.editedAt = event.timestamp;
    if (event.mid.isEmpty())
        misses(event, u"the edit names no message"_s);
}

void readReaction(const JsonValue &item, const JsonValue &reaction, WebhookEvent &event)
{
    const QString sender = item["sender"]["id"].text();
    event.byPage = !sender.isEmpty() && sender == event.pageId.value;
    if (reaction["action"].bytes() != "unreact") {
        event.emoji = reaction["emoji"].text();
        if (event.emoji.isEmpty())
            event.emoji = emojiFor(reaction["reaction"].bytes());
    }
    if (event.mid.isEmpty())
        misses(event, u"the reaction names no message"_s);
}

void readPostback(const JsonValue &postback, WebhookEvent &event)
{
    notice(event, Notice::Postback, postback["title"].text());
    event.details.payload = postback["payload"].text();
    event.details.referral = readReferral(postback["referral"]);
}

void readOptin(const JsonValue &optin, WebhookEvent &event)
{
    const bool stops = optin["notification_messages_status"].text().startsWith(u"STOP");
    notice(event, stops ? Notice::Optout : Notice::Optin, optin["title"].text());
    event.details.payload = optin["payload"].text();
    event.details.referral.ref = optin["ref"].text();
    event.details.referral.source = optin["source"].text();
}

void readReferralEvent(const JsonValue &referral, WebhookEvent &event)
{
    notice(event, Notice::Referral, answersIn(referral["lead"], {"answer"}));
    event.details.referral = readReferral(referral);
}

void readAccountLinking(const JsonValue &linking, WebhookEvent &event)
{
    // The authorization code in it is for the business's own login and is kept nowhere but raw.
    const bool unlinked = linking["status"].bytes() == "unlinked";
    notice(event, unlinked ? Notice::AccountUnlinked : Notice::AccountLinked);
}

void readHandover(const JsonValue &handover, WebhookEvent &event)
{
    const std::string_view key = handover.key();
    if (key == "pass_thread_control")
        notice(event, Notice::ControlPassed, handover["new_owner_app_id"].text());
    else if (key == "take_thread_control")
        notice(event, Notice::ControlTaken, handover["new_owner_app_id"].text());
    else
        notice(event, Notice::ControlRequested, handover["requested_owner_app_id"].text());
    event.details.payload = handover["metadata"].text();
}

void readPolicy(const JsonValue &policy, WebhookEvent &event)
{
    event.action = policy["action"].text();
    event.text = policy["reason"].text();
    if (event.action.isEmpty())
        misses(event, u"the notice about policy names no action"_s);
}

void readAnswers(const JsonValue &value, WebhookEvent &event)
{
    switch (event.kind) {
    case EventKind::Feedback:
        notice(event, Notice::Feedback, answersIn(value, {"payload"}));
        return;
    case EventKind::CustomerInformation:
        notice(event, Notice::CustomerInformation, answersIn(value, {"value"}));
        return;
    case EventKind::ResponseFeedback:
        notice(event, Notice::ResponseFeedback, value["feedback"].text());
        event.replyTo = event.mid; // the answer that was judged
        event.mid = {};
        return;
    case EventKind::Form:
        notice(event, Notice::Form, value["id"].text());
        return;
    case EventKind::Order:
        notice(event, Notice::Order, cartOf(value));
        return;
    case EventKind::Coupon:
        notice(event, Notice::Coupon, value["coupon_code"].text());
        event.details.payload = value["payload"].text();
        return;
    default:
        notice(event, Notice::Optout, value["title"].text());
    }
}

void readIntegrity(const JsonValue &value, WebhookEvent &event)
{
    event.action = value["status"].text();
    QStringList lines;
    for (const std::string_view list : {"violations", "restrictions"}) {
        for (const JsonValue each : value[list]) {
            if (lines.size() == MaxAnswers)
                break;
            if (QString text = each["description"].text(); !text.isEmpty())
                lines.append(text.left(MaxAnswerCharacters));
        }
    }
    event.text = lines.join(u'\n');
    if (const qint64 at = value["timestamp"].toInt64().value_or(0); at > 0)
        event.timestamp = at < 100'000'000'000 ? at * 1000 : at;
}

} // namespace Pagedesk
