// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/wire/rowsize.h"

#include "models/base/jsonfields.h"

#include <algorithm>
#include <concepts>

namespace Pagedesk::Wire {

namespace {

constexpr qsizetype RowFields = 1024; // names of the fields, numbers, words of enums
constexpr qsizetype PartFields = 384; // the same of an object within a row
// Every day's times and every day off, as they are written.
constexpr qsizetype HoursFields
    = 7 * BusinessHours::MostSpans * 16 + BusinessHours::MostDaysOff * 16;
constexpr qsizetype BytesPerCharacter = 6; // "\u0001"
constexpr qsizetype Reserve = RowRoom / 8; // what long texts leave to names and addresses
constexpr qsizetype ShortText = 120; // characters of a name
constexpr char16_t Cut = u'…';
constexpr qsizetype CutBytes = 3;

template <typename Row> constexpr qsizetype roomOf()
{
    if constexpr (std::same_as<Row, ContactCard>)
        return ContactRoom;
    else if constexpr (std::same_as<Row, Inspection>)
        return RowsRoom - RowRoom; // beside its message, which is a row
    else
        return RowRoom;
}

// How a list is ordered, so that the part that matters most is looked at first.
enum class Order { FirstMatters, LastMatters };

// Looks at every text of a row, what matters most first; the walkers say which those are.
template <typename Visitor, typename Part>
using Seen = std::conditional_t<Visitor::Reads, const Part, Part> &;

// Adds up the most that a row may take. Frames hold no longer texts; see putText().
struct Sum {
    static constexpr bool Reads = true;
    qsizetype bytes = 0;

    void fields(qsizetype most) { bytes += most; }
    void text(const QString &text)
    {
        bytes += std::min(text.size(), MaxTextCharacters) * BytesPerCharacter;
    }
    void address(const QString &address)
    {
        text(address);
        if (address.size() > MaxTextCharacters)
            bytes += RowsRoom; // it has to be left out
    }
    void id(const QString &id)
    {
        text(id);
        if (id.size() > MaxIdCharacters)
            bytes += RowsRoom; // no reader takes it: the row has to be fitted
    }
    template <typename Part> void list(const QList<Part> &parts, Order /*order*/)
    {
        if (parts.size() > MaxListEntries)
            bytes += RowsRoom;
        for (const Part &part : parts) {
            bytes += PartFields;
            walk(*this, part);
        }
    }
};

// Cuts what does not fit into the room that is left.
class Cutter {
public:
    static constexpr bool Reads = false;

    // A long text leaves a little room for the names and addresses behind it.
    explicit Cutter(qsizetype room)
        : m_left(room)
    {
    }
    void fields(qsizetype most) { m_left -= most; }
    void text(QString &text)
    {
        const qsizetype room = m_left - Reserve;
        if (fits(text, room) || (text.size() <= ShortText && fits(text, m_left - Reserve / 2)))
            return;
        qsizetype length = 0;
        qsizetype bytes = CutBytes;
        for (; length + 1 < MaxTextCharacters && length < text.size(); ++length) {
            bytes += bytesOf(text.at(length));
            if (bytes > room)
                break;
        }
        if (length > 0 && text.at(length - 1).isHighSurrogate())
            --length;
        text.truncate(length);
        text += Cut;
        m_left -= bytesOf(text);
    }
    void address(QString &address)
    {
        if (!fits(address, m_left))
            address.clear();
    }
    void id(QString &id)
    {
        id.truncate(MaxIdCharacters);
        m_left -= bytesOf(id);
    }
    template <typename Part> void list(QList<Part> &parts, Order order)
    {
        QList<Part> kept;
        const bool fromLast = order == Order::LastMatters;
        for (qsizetype i = 0; i < parts.size() && kept.size() < MaxListEntries; ++i) {
            if (m_left < PartFields + Reserve / 2)
                break;
            m_left -= PartFields;
            kept.append(parts.at(fromLast ? parts.size() - 1 - i : i));
            walk(*this, kept.last());
        }
        if (fromLast)
            std::reverse(kept.begin(), kept.end());
        parts = kept;
    }

private:
    // A pair of surrogates takes 4 bytes, one alone is written as an escape.
    static qsizetype bytesOf(QChar character)
    {
        const char16_t code = character.unicode();
        if (code < 0x20 || character.isSurrogate())
            return BytesPerCharacter;
        if (code == u'"' || code == u'\\')
            return 2;
        return code < 0x80 ? 1 : code < 0x800 ? 2 : 3;
    }
    static qsizetype bytesOf(const QString &text)
    {
        qsizetype sum = 0;
        for (const QChar character : text)
            sum += bytesOf(character);
        return sum;
    }
    bool fits(const QString &text, qsizetype room)
    {
        if (text.size() > MaxTextCharacters)
            return false;
        const qsizetype bytes = bytesOf(text);
        if (bytes > room)
            return false;
        m_left -= bytes;
        return true;
    }

    qsizetype m_left;
};

template <typename V> void walk(V &visitor, Seen<V, QString> word)
{
    visitor.id(word);
}

template <typename V> void walk(V &visitor, Seen<V, TeamId> team)
{
    visitor.id(team.value);
}

template <typename V> void walk(V &visitor, Seen<V, Attachment> attachment)
{
    visitor.id(attachment.hash);
    visitor.id(attachment.thumbnail);
    visitor.id(attachment.stickerId);
    visitor.text(attachment.name);
    visitor.address(attachment.url);
    visitor.text(attachment.reason);
    visitor.text(attachment.mimeType);
}

template <typename V> void walk(V &visitor, Seen<V, TextVersion> version)
{
    visitor.text(version.text);
}

template <typename V> void walk(V &visitor, Seen<V, Reaction> reaction)
{
    visitor.text(reaction.emoji);
}

template <typename V> void walk(V &visitor, Seen<V, Referral> referral)
{
    visitor.text(referral.source);
    visitor.text(referral.type);
    visitor.text(referral.adTitle);
    visitor.text(referral.adId);
    visitor.text(referral.ref);
    visitor.address(referral.uri);
}

template <typename V> void walk(V &visitor, Seen<V, CustomField> field)
{
    visitor.text(field.name);
    visitor.text(field.value);
}

template <typename V> void walk(V &visitor, Seen<V, ContactNote> note)
{
    visitor.id(note.id);
    visitor.id(note.author.value);
    visitor.text(note.authorName);
    visitor.text(note.text);
}

template <typename V> void walk(V &visitor, Seen<V, InspectedEvent> event)
{
    visitor.text(event.kind);
    visitor.text(event.raw);
}

template <typename V> void walk(V &visitor, Seen<V, InspectedAttempt> attempt)
{
    visitor.text(attempt.outcome);
    visitor.text(attempt.traceId);
}

template <typename V> void walk(V &visitor, Seen<V, Message> message)
{
    visitor.fields(RowFields + 2 * PartFields);
    visitor.id(message.id.value);
    visitor.id(message.conversationId.value);
    visitor.id(message.pageId.value);
    visitor.id(message.mid.value);
    visitor.id(message.replyTo.value);
    visitor.id(message.details.group);
    visitor.text(message.text);
    visitor.text(message.authorName);
    visitor.text(message.details.viaApp);
    visitor.text(message.details.subject);
    visitor.list(message.attachments, Order::FirstMatters);
    visitor.text(message.details.payload);
    walk(visitor, message.details.referral);
    visitor.list(message.details.reactions, Order::LastMatters);
    visitor.list(message.details.earlier, Order::LastMatters);
}

template <typename V> void walk(V &visitor, Seen<V, Conversation> conversation)
{
    visitor.fields(RowFields);
    visitor.id(conversation.id.value);
    visitor.id(conversation.contact.pageId.value);
    visitor.id(conversation.contact.psid.value);
    visitor.id(conversation.contact.pictureHash);
    visitor.id(conversation.assignee.value);
    visitor.id(conversation.team.value);
    visitor.id(conversation.ownerApp);
    visitor.text(conversation.contact.name);
    visitor.text(conversation.lastText);
    visitor.list(conversation.labels, Order::FirstMatters);
}

template <typename V> void walk(V &visitor, Seen<V, Page> page)
{
    visitor.fields(4 * RowFields);
    visitor.id(page.id.value);
    visitor.text(page.name);
    visitor.text(page.settings.nickname);
    visitor.id(page.settings.defaultTeam.value);
    visitor.text(page.settings.awayText);
    visitor.text(page.settings.hours.zone);
    if (page.settings.hours.isKept())
        visitor.fields(HoursFields);
    visitor.text(page.colour);
    visitor.text(page.health.policyAction);
    visitor.text(page.health.policyReason);
    visitor.text(page.health.subscriptionProblem);
    visitor.text(page.health.historyProblem);
    visitor.text(page.health.care.matchProblem);
    visitor.text(page.health.care.agentProblem);
    visitor.list(page.health.care.missingPermissions, Order::FirstMatters);
    visitor.list(page.health.care.missingFields, Order::FirstMatters);
}

template <typename V> void walk(V &visitor, Seen<V, Team> team)
{
    visitor.fields(RowFields);
    visitor.id(team.id.value);
    visitor.text(team.name);
}

template <typename V> void walk(V &visitor, Seen<V, Label> label)
{
    visitor.fields(RowFields);
    visitor.id(label.id.value);
    visitor.text(label.name);
    visitor.text(label.colour);
}

template <typename V> void walk(V &visitor, Seen<V, Operator> person)
{
    visitor.fields(RowFields);
    visitor.id(person.id.value);
    visitor.text(person.name);
    visitor.list(person.teams, Order::FirstMatters);
}

template <typename V> void walk(V &visitor, Seen<V, ContactCard> card)
{
    visitor.fields(2 * RowFields);
    visitor.id(card.id.value);
    visitor.id(card.pageId.value);
    visitor.id(card.personId);
    visitor.list(card.suggestions, Order::FirstMatters);
    visitor.text(card.corrections.name);
    visitor.text(card.profile.name);
    visitor.text(card.profile.firstName);
    visitor.text(card.profile.lastName);
    visitor.text(card.corrections.locale);
    visitor.text(card.profile.locale);
    visitor.text(card.corrections.gender);
    visitor.text(card.profile.gender);
    visitor.list(card.fields, Order::FirstMatters);
    visitor.list(card.notes, Order::LastMatters);
    visitor.text(card.origin.text);
    walk(visitor, card.origin.referral);
}

template <typename V> void walk(V &visitor, Seen<V, Tombstone> gone)
{
    visitor.fields(RowFields);
    visitor.id(gone.kind);
    visitor.id(gone.id);
}

// Its message is fitted as a row of its own.
template <typename V> void walk(V &visitor, Seen<V, Inspection> inspection)
{
    visitor.fields(RowFields);
    visitor.list(inspection.attempts, Order::LastMatters);
    visitor.list(inspection.events, Order::FirstMatters);
}

template <typename Row> qsizetype bytesOf(const Row &row)
{
    Sum sum;
    walk(sum, row);
    return sum.bytes;
}

} // namespace

qsizetype mostBytes(const Entity &entity)
{
    return std::visit(
        []<typename Row>(const Row &row) { return std::min(bytesOf(row), roomOf<Row>()); }, entity);
}

template <typename Row> Row fitted(const Row &row)
{
    if (bytesOf(row) <= roomOf<Row>())
        return row;
    Row smaller = row;
    Cutter cutter(roomOf<Row>());
    walk(cutter, smaller);
    return smaller;
}

template Message fitted(const Message &);
template Conversation fitted(const Conversation &);
template Page fitted(const Page &);
template Operator fitted(const Operator &);
template Team fitted(const Team &);
template Label fitted(const Label &);
template ContactCard fitted(const ContactCard &);
template Tombstone fitted(const Tombstone &);
template Inspection fitted(const Inspection &);

} // namespace Pagedesk::Wire
