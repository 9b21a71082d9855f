// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/admin/doctorwords.h"

#include "models/domain/pagecare.h"
#include "ui/inbox/pagewords.h"
#include "ui/inbox/timewords.h"
#include "ui/thread/displaytext.h"

#include <QCoreApplication>
#include <QLocale>

namespace Pagedesk::Ui {

using namespace Qt::Literals::StringLiterals;

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(PageDoctor)
};

constexpr int LongestText = 300;

QString notAsked()
{
    return Words::tr("Not known: Facebook did not answer the question.");
}

QString shown(const DiagnosisLine &line)
{
    return displayLine(line.text, LongestText);
}

DoctorWords tokenWords(const DiagnosisLine &line)
{
    DoctorWords words{Words::tr("Access"), {}, {}, {}, Cure::None};
    if (line.state == CheckState::Good) {
        words.cause = line.number > 0
            ? Words::tr("Facebook accepts it. It ends on %1.").arg(exactTime(line.number))
            : Words::tr("Facebook accepts it. It has no end.");
        return words;
    }
    const TokenProblem problem = tokenProblemFromName(line.reason).value_or(TokenProblem::Refused);
    words.symptom = Words::tr("Nothing can be sent, and replies wait.");
    words.cause
        = Words::tr("The Page has lost its login at Facebook: %1.").arg(tokenProblemWords(problem));
    words.advice = tokenAdvice(problem);
    words.cure = Cure::ConnectAgain;
    return words;
}

DoctorWords permissionWords(const DiagnosisLine &line)
{
    DoctorWords words{Words::tr("Permissions"), {}, {}, {}, Cure::None};
    if (line.state == CheckState::Good) {
        words.cause = Words::tr("Everything that is needed is allowed.");
    } else if (line.state == CheckState::Unknown) {
        words.cause = notAsked();
    } else {
        words.symptom = line.reason == "messaging"_L1
            ? Words::tr("Messages arrive and cannot be answered.")
            : Words::tr("Some of what happens on the Page is not seen.");
        words.cause = Words::tr("Permissions are missing: %1.").arg(shown(line));
        words.advice = Words::tr("Connect the Page again and allow what is asked for.");
        words.cure = Cure::ConnectAgain;
    }
    return words;
}

DoctorWords taskWords(const DiagnosisLine &line)
{
    DoctorWords words{
        Words::tr("Role of the person who connected the Page"), {}, {}, {}, Cure::None};
    if (line.state == CheckState::Good) {
        words.cause = Words::tr("They may answer the Page's messages.");
    } else if (line.reason == "by_hand"_L1) {
        words.cause = Words::tr("Not known: the Page was connected by hand, with a token.");
    } else if (line.state == CheckState::Unknown) {
        words.cause = notAsked();
    } else if (line.reason == "no_task"_L1) {
        words.symptom = Words::tr("Facebook refuses to read and send messages.");
        words.cause = Words::tr("They may look at the Page and not answer its messages.");
        words.advice = Words::tr("An admin of the Page gives them the task “Messages”, in the "
                                 "Page's settings at Facebook under Page access.");
        words.cure = Cure::OpenPage;
    } else {
        words.symptom = Words::tr("Facebook refuses to read and send messages, now or soon.");
        words.cause = Words::tr("They have no role on the Page any more, or did not choose it in "
                                "the login.");
        words.advice = Words::tr("Somebody who has a role on the Page connects it again.");
        words.cure = Cure::ConnectAgain;
    }
    return words;
}

DoctorWords publishedWords(const DiagnosisLine &line)
{
    DoctorWords words{Words::tr("Page published"), {}, {}, {}, Cure::None};
    if (line.state == CheckState::Good) {
        words.cause = Words::tr("Everybody can see the Page.");
    } else if (line.state == CheckState::Unknown) {
        words.cause = notAsked();
    } else {
        words.symptom = Words::tr("Customers cannot find the Page or write to it.");
        words.cause = Words::tr("The Page is not published.");
        words.advice = Words::tr("Publish it in its settings at Facebook.");
        words.cure = Cure::OpenPage;
    }
    return words;
}

DoctorWords messagingWords(const DiagnosisLine &line)
{
    DoctorWords words{Words::tr("Messaging"), {}, {}, {}, Cure::None};
    if (line.state == CheckState::Good) {
        words.cause = Words::tr("The Page's conversations can be read.");
    } else if (line.state == CheckState::Unknown) {
        words.cause = notAsked();
    } else {
        words.symptom = Words::tr("Older messages are not read, and missed ones are not found.");
        words.cause = Words::tr("Facebook refuses to list the Page's conversations (code %1).")
                          .arg(line.number);
        words.advice = Words::tr("In the Page's settings at Facebook, let people contact it by "
                                 "message; then look at the lines above.");
        words.cure = Cure::OpenPage;
    }
    return words;
}

DoctorWords addressWords(const DiagnosisLine &line)
{
    DoctorWords words{Words::tr("Relay reached from outside"), {}, {}, {}, Cure::None};
    const QString host = shown(line);
    if (line.state == CheckState::Good) {
        words.cause = line.reason == "simulated"_L1
            ? Words::tr("The simulated Facebook of practice reaches it at %1.").arg(host)
            : Words::tr("It answers at %1.", "a host").arg(host);
        return words;
    }
    words.symptom = Words::tr("New messages do not arrive.");
    if (line.reason == "local"_L1) {
        words.cause = Words::tr("The relay has no public address; it was reached at %1, where "
                                "Facebook itself cannot reach it.")
                          .arg(host);
        words.advice = Words::tr("Start the relay with --public-url and its https address, and let "
                                 "a web server or a tunnel lead there.");
    } else if (line.reason == "not_encrypted"_L1) {
        words.cause
            = Words::tr("The public address at %1 is not https, which Facebook demands.").arg(host);
        words.advice
            = Words::tr("Put a certificate in front of the relay and change --public-url.");
    } else if (line.reason == "status"_L1) {
        words.cause
            = Words::tr("Something else answers at %1, with status %2.").arg(host).arg(line.number);
        words.advice = Words::tr("Compare --public-url with the web server in front of the relay.");
    } else {
        words.cause = Words::tr("The relay does not reach itself at %1.").arg(host);
        words.advice = Words::tr("Compare --public-url with the name in the DNS, the certificate, "
                                 "the web server in front of the relay and the firewall.");
    }
    return words;
}

DoctorWords verifyWords(const DiagnosisLine &line)
{
    DoctorWords words{Words::tr("Verify token"), {}, {}, {}, Cure::None};
    if (line.state == CheckState::Good) {
        words.cause = Words::tr("The handshake through the public address works.");
    } else if (line.state == CheckState::Unknown) {
        words.cause = Words::tr("Not known while the relay is not reached.");
    } else {
        words.symptom = Words::tr("Facebook does not accept the webhook's address.");
        words.cause = line.reason == "refused"_L1
            ? Words::tr("The handshake through the public address was refused with status %1: "
                        "another relay answers there, or it knows another verify token.")
                  .arg(line.number)
            : Words::tr("Something on the way changes the answer to the handshake.");
        words.advice
            = Words::tr("Compare what --public-url leads to, and the verify token of Meta's "
                        "app dashboard with PAGEDESK_VERIFY_TOKEN.");
        words.cure = Cure::OpenDashboard;
    }
    return words;
}

DoctorWords signatureWords(const DiagnosisLine &line)
{
    DoctorWords words{Words::tr("Signature"), {}, {}, {}, Cure::None};
    const auto refused = static_cast<int>(line.number);
    if (line.state == CheckState::Good) {
        words.cause = Words::tr("A signed event through the public address was stored in %1 ms.")
                          .arg(line.other);
    } else if (line.state == CheckState::Unknown) {
        words.cause = Words::tr("Not known while the relay is not reached.");
    } else if (line.reason == "others_refused"_L1) {
        words.symptom = Words::tr("%n events with a wrong signature were refused since the relay "
                                  "was started.",
            nullptr, refused);
        words.cause
            = Words::tr("Facebook signs with another App Secret, or somebody else has tried "
                        "to send events.");
        words.advice = Words::tr("If messages are missing, compare the App Secret of Meta's app "
                                 "dashboard with PAGEDESK_APP_SECRET.");
        words.cure = Cure::OpenDashboard;
    } else if (line.reason == "refused"_L1) {
        words.symptom = Words::tr("Events arrive and are refused.");
        words.cause = Words::tr("A signed event was refused on its way through the public address: "
                                "something there changes it, or another relay answers.");
        words.advice = Words::tr("Let the web server in front of the relay pass the body and the "
                                 "header X-Hub-Signature-256 on as they are.");
    } else {
        words.symptom = Words::tr("Events arrive and are not kept.");
        words.cause = Words::tr("The relay could not store a signed event.");
        words.advice = Words::tr("Look at the relay's log and at the free space of its disk.");
    }
    return words;
}

DoctorWords appWebhookWords(const DiagnosisLine &line)
{
    DoctorWords words{Words::tr("Webhooks of the app"), {}, {}, {}, Cure::None};
    if (line.state == CheckState::Good) {
        words.cause = Words::tr("They go to this relay.");
        return words;
    }
    if (line.state == CheckState::Unknown) {
        words.cause = line.reason == "no_app_id"_L1
            ? Words::tr("Not known: the relay was not told its App ID (PAGEDESK_APP_ID).")
            : notAsked();
        return words;
    }
    words.symptom = Words::tr("No event of any Page arrives.");
    words.cure = Cure::OpenDashboard;
    words.advice = Words::tr("In Meta's app dashboard, under Webhooks, set the address of the "
                             "object “Page” to this relay's /webhooks/messenger and verify it.");
    if (line.reason == "elsewhere"_L1) {
        words.cause
            = Words::tr("The app's webhooks go to another address, at %1.").arg(shown(line));
    } else if (line.reason == "not_active"_L1) {
        words.cause = Words::tr("The app's webhooks were not verified, or Facebook has switched "
                                "them off.");
    } else if (line.reason == "app_refused"_L1) {
        words.cause = Words::tr("Facebook does not accept the relay's App ID and App Secret.");
        words.advice
            = Words::tr("Compare both with Meta's app dashboard and start the relay again.");
    } else {
        words.cause = Words::tr("The app has no webhook for Pages.");
    }
    return words;
}

DoctorWords pageWebhookWords(const DiagnosisLine &line)
{
    DoctorWords words{Words::tr("Webhooks of the Page"), {}, {}, {}, Cure::None};
    if (line.state == CheckState::Good) {
        words.cause = Words::tr("Everything that is needed is delivered.");
        return words;
    }
    if (line.state == CheckState::Unknown) {
        words.cause = Words::tr("Receiving messages is switched off in the Page's settings.");
        return words;
    }
    words.cure = Cure::OrderFields;
    words.advice = Words::tr("Order them again.");
    if (line.reason == "fields"_L1) {
        words.symptom = Words::tr("Some of what happens on the Page is not seen at once.");
        words.cause = Words::tr("Facebook does not deliver %1.").arg(shown(line));
    } else {
        words.symptom = Words::tr("New messages of the Page do not arrive at once.");
        words.cause = line.text.isEmpty()
            ? Words::tr("Facebook does not deliver the Page's events to the app.")
            : Words::tr("Facebook does not deliver the Page's events to the app: %1.")
                  .arg(shown(line));
    }
    return words;
}

DoctorWords eventWords(const DiagnosisLine &line, qint64 now)
{
    DoctorWords words{Words::tr("Last event"), {}, {}, {}, Cure::None};
    if (line.state == CheckState::Good) {
        words.cause = Words::tr("The last one came %1.").arg(momentText(line.number, now));
    } else {
        words.symptom = Words::tr("No event of the Page has come yet.");
        words.cause = Words::tr("Nobody has written, or one of the other lines is red; in "
                                "development mode only people with a role in the app count.");
        words.advice = Words::tr("Write to the Page yourself.");
        words.cure = Cure::TestMessage;
    }
    return words;
}

DoctorWords delayWords(const DiagnosisLine &line)
{
    DoctorWords words{Words::tr("Delay"), {}, {}, {}, Cure::None};
    constexpr qint64 Minutes = 120'000;
    const QString span = line.number < 1000 ? Words::tr("%1 ms").arg(line.number)
        : line.number < Minutes
        ? Words::tr("%1 s").arg(QLocale().toString(double(line.number) / 1000, 'f', 1))
        : longSpan(line.number);
    if (line.state == CheckState::Unknown) {
        words.cause = Words::tr("Not known: no message has come yet.");
    } else if (line.state == CheckState::Good) {
        words.cause = Words::tr("From Facebook to the relay: %1, the quickest of the last three "
                                "messages.")
                          .arg(span);
    } else {
        words.symptom = Words::tr("Messages come late.");
        words.cause
            = Words::tr("From Facebook to the relay it takes %1. Facebook was out of order, "
                        "the relay was not reached, or its clock is wrong.")
                  .arg(span);
        words.advice = Words::tr("Measure each step with a test message.");
        words.cure = Cure::TestMessage;
    }
    return words;
}

DoctorWords modeWords(const DiagnosisLine &line, qint64 now)
{
    DoctorWords words{Words::tr("App live and reviewed"), {}, {}, {}, Cure::None};
    if (line.state == CheckState::Good) {
        words.cause = Words::tr("Facebook has refused nobody for it.");
    } else {
        words.symptom = Words::tr("Only people with a role in your app can write and be answered.");
        words.cause = Words::tr("The app is in development mode, or was not reviewed for "
                                "pages_messaging: a reply was refused for it %1.")
                          .arg(momentText(line.number, now));
        words.advice = Words::tr("In Meta's app dashboard, switch the app to live and get Advanced "
                                 "Access to pages_messaging.");
        words.cure = Cure::OpenDashboard;
    }
    return words;
}

DoctorWords agentWords(const DiagnosisLine &line, qint64 now)
{
    DoctorWords words{Words::tr("Human agent"), {}, {}, {}, Cure::None};
    if (line.reason == u"refused") {
        words.symptom = Words::tr("Replies end 24 hours after the customer's last message.");
        words.cause
            = Words::tr("Facebook refused an answer as a human agent on %1 (code %2): the app "
                        "does not have the feature “Human Agent”.",
                "moment, number")
                  .arg(momentText(line.number, now), displayLine(line.text, 40));
        words.advice = Words::tr("Ask for the feature in the app's review at Meta. Once it is "
                                 "granted, say yes in the Page's settings.");
        words.cure = Cure::OpenDashboard;
    } else if (line.reason == u"off") {
        words.cause = Words::tr("Not used, as an admin has decided: the Page may answer for 24 "
                                "hours.");
    } else if (line.state != CheckState::Good) {
        words.cause = Words::tr("Not known: the Page answers for 24 hours. Facebook grants the "
                                "feature “Human Agent” in its app review and does not tell who has "
                                "it; an admin says so in the Page's settings.");
    } else if (line.number == 0) {
        words.cause
            = Words::tr("People may answer for 7 days after the customer's last message, as "
                        "an admin has said. Facebook has not been asked yet.");
    } else {
        words.cause = Words::tr("People may answer for 7 days after the customer's last message; "
                                "Facebook has taken such answers since %1.",
            "moment")
                          .arg(momentText(line.number, now));
    }
    return words;
}

DoctorWords usageWords(const DiagnosisLine &line)
{
    DoctorWords words{Words::tr("Calls Facebook permits"), {},
        Words::tr("%1 % of them are used, as far as is known.").arg(line.number), {}, Cure::None};
    if (line.state == CheckState::Good)
        return words;
    words.symptom = Words::tr("Replies leave late, and older messages are read slowly.");
    words.advice = Words::tr("Nothing needs to be done: the relay slows down by itself. Other "
                             "programs of the same app use the same calls.");
    return words;
}

DoctorWords ownerWords(const DiagnosisLine &line)
{
    DoctorWords words{Words::tr("Other apps"), {}, {}, {}, Cure::None};
    if (line.state == CheckState::Good) {
        words.cause = Words::tr("No other app handles conversations of the Page.");
        return words;
    }
    words.symptom = Words::tr(
        "%n conversations cannot be answered here.", nullptr, static_cast<int>(line.number));
    words.cause = Words::tr("Another app handles them.");
    words.advice
        = Words::tr("Whoever answers them takes them over in the conversation. If Facebook "
                    "refuses that: in the Page's settings at Facebook, under conversation "
                    "routing, make your app the default one.");
    words.cure = Cure::OpenPage;
    return words;
}

} // namespace

DoctorWords doctorWords(const DiagnosisLine &line, qint64 now)
{
    switch (line.check) {
    case PageCheck::Token:
        return tokenWords(line);
    case PageCheck::Permissions:
        return permissionWords(line);
    case PageCheck::Task:
        return taskWords(line);
    case PageCheck::Published:
        return publishedWords(line);
    case PageCheck::Messaging:
        return messagingWords(line);
    case PageCheck::Address:
        return addressWords(line);
    case PageCheck::VerifyToken:
        return verifyWords(line);
    case PageCheck::Signature:
        return signatureWords(line);
    case PageCheck::AppWebhook:
        return appWebhookWords(line);
    case PageCheck::PageWebhook:
        return pageWebhookWords(line);
    case PageCheck::LastEvent:
        return eventWords(line, now);
    case PageCheck::Delay:
        return delayWords(line);
    case PageCheck::AppMode:
        return modeWords(line, now);
    case PageCheck::HumanAgent:
        return agentWords(line, now);
    case PageCheck::Usage:
        return usageWords(line);
    case PageCheck::ThreadOwner:
        return ownerWords(line);
    }
    return {};
}

QString cureText(Cure cure)
{
    switch (cure) {
    case Cure::ConnectAgain:
        return Words::tr("Connect again");
    case Cure::OrderFields:
        return Words::tr("Order again");
    case Cure::OpenPage:
        return Words::tr("Open the Page at Facebook");
    case Cure::OpenDashboard:
        return Words::tr("Open Meta's app dashboard");
    case Cure::TestMessage:
        return Words::tr("Send a test message");
    case Cure::None:
        break;
    }
    return {};
}

} // namespace Pagedesk::Ui
