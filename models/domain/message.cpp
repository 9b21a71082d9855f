// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/domain/message.h"

#include "models/domain/names.h"

#include <tuple>

namespace Pagedesk {

namespace {

constexpr NameTable<Direction, 3> DirectionNames{{
    {Direction::In, "in"},
    {Direction::Out, "out"},
    {Direction::Note, "note"},
}};

constexpr NameTable<Author, 5> AuthorNames{{
    {Author::Contact, "contact"},
    {Author::Operator, "operator"},
    {Author::Assistant, "assistant"},
    {Author::System, "system"},
    {Author::Elsewhere, "elsewhere"},
}};

} // namespace

bool isPending(const Message &message)
{
    return message.direction == Direction::Out
        && (message.state == DeliveryState::Queued || message.state == DeliveryState::Sending);
}

bool isBefore(const Message &a, const Message &b)
{
    const auto key
        = [](const Message &m) { return std::make_tuple(isPending(m), m.sentAt, m.arrival); };
    const auto left = key(a);
    const auto right = key(b);
    return left != right ? left < right : a.id < b.id;
}

QString previewText(const QString &text, int length)
{
    QString line = text.left(length * 4).simplified();
    if (line.size() <= length)
        return line;
    // Never between the halves of a surrogate pair.
    const qsizetype cut = line.at(length - 2).isHighSurrogate() ? length - 2 : length - 1;
    return line.first(cut) + u'…';
}

QString directionName(Direction direction)
{
    return nameOf(DirectionNames, direction);
}

std::optional<Direction> directionFromName(QStringView name)
{
    return fromName(DirectionNames, name);
}

std::optional<Direction> directionFromNumber(qint64 number)
{
    return fromNumber(DirectionNames, number);
}

QString authorName(Author author)
{
    return nameOf(AuthorNames, author);
}

std::optional<Author> authorFromName(QStringView name)
{
    return fromName(AuthorNames, name);
}

std::optional<Author> authorFromNumber(qint64 number)
{
    return fromNumber(AuthorNames, number);
}

} // namespace Pagedesk
