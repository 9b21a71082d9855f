// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/inspectiontext.h"

#include "ui/thread/displaytext.h"

#include <QCoreApplication>
#include <QDateTime>

#include <algorithm>

namespace Pagedesk::Ui {

using namespace Qt::Literals::StringLiterals;

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(InspectionText)
};

QString moment(qint64 ms, const QLocale &locale)
{
    const QDateTime at = QDateTime::fromMSecsSinceEpoch(ms);
    return Words::tr("%1 %2", "date, time")
        .arg(locale.toString(at.date(), QLocale::ShortFormat),
            at.time().toString(u"HH:mm:ss.zzz"_s));
}

class Page {
public:
    explicit Page(const QLocale &locale)
        : m_locale(locale)
    {
    }
    void title(const QString &words)
    {
        if (!m_lines.isEmpty())
            m_lines.append(QString());
        m_lines.append(words);
    }
    void line(const QString &words) { m_lines.append(u"  "_s + words); }
    // What comes from outside stands on one line and in one direction.
    void field(const QString &name, const QString &value)
    {
        if (!value.isEmpty())
            line(Words::tr("%1: %2", "name, value").arg(name, displayLine(value, 400)));
    }
    void at(const QString &name, qint64 ms)
    {
        if (ms > 0)
            line(Words::tr("%1: %2", "name, value").arg(name, moment(ms, m_locale)));
    }
    QString text() const { return m_lines.join(u'\n'); }
    const QLocale &locale() const { return m_locale; }

private:
    const QLocale &m_locale;
    QStringList m_lines;
};

void ids(Page &page, const Message &message)
{
    page.title(Words::tr("Ids"));
    page.field(Words::tr("Message here"), message.id.value);
    page.field(Words::tr("Message at Meta (mid)"), message.mid.value);
    page.field(Words::tr("Conversation"), message.conversationId.value);
    page.field(Words::tr("Page"), message.pageId.value);
    page.field(Words::tr("Answers the message"), message.replyTo.value);
    page.field(Words::tr("Sent by the app"), message.details.viaApp);
    page.field(Words::tr("Payload"), message.details.payload);
    page.field(Words::tr("Part of the reply"), message.details.group);
}

void hops(Page &page, const Wire::Inspection &inspection)
{
    const Message &message = *inspection.message;
    page.title(Words::tr("Way and times"));
    page.at(
        message.direction == Direction::In ? Words::tr("Written at Meta") : Words::tr("Written"),
        message.sentAt);
    page.at(Words::tr("Stored by the relay"), inspection.storedAt);
    if (inspection.storedAt > message.sentAt && message.direction == Direction::In) {
        page.line(
            Words::tr("On its way: %1 s")
                .arg(page.locale().toString(
                    static_cast<double>(inspection.storedAt - message.sentAt) / 1000, 'f', 3)));
    }
    page.at(Words::tr("Delivered"), message.deliveredAt);
    page.at(Words::tr("Read"), message.readAt);
    page.at(Words::tr("Taken back"), message.details.unsentAt);
    page.field(Words::tr("State"), deliveryStateName(message.state));
    page.field(Words::tr("Reason of the failure"), failureKindName(message.failure));
    if (message.details.recovered)
        page.line(Words::tr("Found by comparing with Meta, not delivered by a webhook"));
    if (message.details.standby)
        page.line(Words::tr("Seen while another app held the conversation"));
}

void attempts(Page &page, const QList<Wire::InspectedAttempt> &attempts)
{
    if (attempts.isEmpty())
        return;
    page.title(Words::tr("Calls of the Send API"));
    for (const Wire::InspectedAttempt &attempt : attempts) {
        page.line(Words::tr("%1, took %2 ms: %3, HTTP %4, code %5/%6, trace %7",
            "time, duration, outcome, status, code, subcode, Meta's trace id")
                      .arg(moment(attempt.startedAt, page.locale()))
                      .arg(attempt.endedAt - attempt.startedAt)
                      .arg(displayLine(attempt.outcome, 40))
                      .arg(attempt.httpStatus)
                      .arg(attempt.code)
                      .arg(attempt.subcode)
                      .arg(displayLine(attempt.traceId, 80)));
    }
}

void versions(Page &page, const Message &message)
{
    if (message.details.earlier.isEmpty())
        return;
    page.title(Words::tr("Every text it had"));
    for (const TextVersion &version : message.details.earlier)
        page.field(moment(version.at, page.locale()), version.text);
    page.field(moment(message.details.editedAt, page.locale()), message.text);
}

// JSON with a line for each member. Everything but blanks stays to the letter: a parser would give
// back other numbers than Meta's.
QString indented(const QString &json)
{
    constexpr int Step = 2;
    constexpr int Deepest = 16;
    constexpr qsizetype Longest = 64 * 1024; // of a hostile one nothing is made that is much longer
    if (json.size() > Longest)
        return json;
    QString text;
    int depth = 0;
    bool inString = false;
    const auto breakLine
        = [&] { text += u'\n' + QString(Step * std::clamp(depth, 0, Deepest), u' '); };
    for (qsizetype i = 0; i < json.size(); ++i) {
        const QChar c = json.at(i);
        if (inString) {
            text += c;
            if (c == u'\\' && i + 1 < json.size())
                text += json.at(++i);
            inString = c != u'"';
        } else if (c == u'{' || c == u'[') {
            text += c;
            ++depth;
            const bool isEmpty
                = i + 1 < json.size() && (json.at(i + 1) == u'}' || json.at(i + 1) == u']');
            if (!isEmpty)
                breakLine();
        } else if (c == u'}' || c == u']') {
            --depth;
            if (!text.endsWith(u'{') && !text.endsWith(u'['))
                breakLine();
            text += c;
        } else if (c == u',') {
            text += c;
            breakLine();
        } else if (c == u':') {
            text += u": "_s;
        } else if (!c.isSpace()) {
            text += c;
            inString = c == u'"';
        }
    }
    return text;
}

void events(Page &page, const QList<Wire::InspectedEvent> &events)
{
    for (const Wire::InspectedEvent &event : events) {
        page.title(Words::tr("Event %1 of %2: %3", "number, time, kind")
                       .arg(event.id)
                       .arg(moment(event.receivedAt, page.locale()), displayLine(event.kind, 60)));
        if (event.duplicate)
            page.line(Words::tr("A repeated delivery, which changed nothing"));
        const QStringList lines = indented(event.raw).split(u'\n');
        for (const QString &line : lines)
            page.line(displayText(line));
    }
}

} // namespace

QString inspectionText(const Wire::Inspection &inspection, const QLocale &locale)
{
    Page page(locale);
    if (!inspection.message)
        return Words::tr("The relay does not know this message.");
    ids(page, *inspection.message);
    hops(page, inspection);
    attempts(page, inspection.attempts);
    versions(page, *inspection.message);
    events(page, inspection.events);
    return page.text();
}

} // namespace Pagedesk::Ui
