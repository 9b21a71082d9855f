// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/replica/searchterms.h"

#include <algorithm>

namespace Pagedesk::SearchTerms {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int RowBits = 28;
constexpr qint64 MostSeconds = (qint64(1) << 34) - 1;

// FNV-1a, 64 bits: the same on every machine and in every version.
QString hashed(QChar kind, const QString &text)
{
    constexpr quint64 Basis = 14695981039346656037ULL;
    constexpr quint64 Prime = 1099511628211ULL;
    quint64 hash = Basis;
    const QByteArray bytes = text.toUtf8();
    for (const char byte : bytes)
        hash = (hash ^ static_cast<uchar>(byte)) * Prime;
    return u'_' + QString(kind) + QString::number(hash, 36);
}

std::optional<SearchMatter> matterOf(AttachmentKind kind)
{
    switch (kind) {
    case AttachmentKind::Image:
        return SearchMatter::Photo;
    case AttachmentKind::Video:
        return SearchMatter::Video;
    case AttachmentKind::Audio:
        return SearchMatter::Audio;
    case AttachmentKind::File:
        return SearchMatter::File;
    case AttachmentKind::Link:
    case AttachmentKind::Reel:
    case AttachmentKind::Post:
        return SearchMatter::Link;
    default:
        return std::nullopt;
    }
}

bool hasLink(const QString &text)
{
    return text.contains("://"_L1) || text.contains("www."_L1, Qt::CaseInsensitive);
}

void appendWords(QString &terms, const QString &text)
{
    const QList<SearchWord> words = searchWords(composedForSearch(text));
    for (const SearchWord &word : words) {
        terms += u' ';
        terms += word.text;
    }
}

} // namespace

QString direction(Direction direction)
{
    return u"_d"_s + QString::number(static_cast<int>(direction));
}

QString conversation(const ConversationId &id)
{
    return hashed(u'c', id.value);
}

QString page(const PageId &id)
{
    return hashed(u'p', id.value);
}

QString author(const QString &name)
{
    return hashed(u'a', name.trimmed().toCaseFolded());
}

QString matter(SearchMatter matter)
{
    return u"_h"_s + QString::number(static_cast<int>(matter));
}

qint64 place(qint64 sentAt, qint64 row)
{
    return row >> RowBits == 0 ? firstPlace(sentAt) | row : 0;
}

qint64 rowOf(qint64 place)
{
    return place & ((qint64(1) << RowBits) - 1);
}

qint64 firstPlace(qint64 sentAt)
{
    return std::clamp<qint64>(sentAt / 1000, 0, MostSeconds) << RowBits;
}

QString searchedText(const Message &message)
{
    QString text = message.text;
    for (const Attachment &attachment : message.attachments) {
        if (!attachment.name.isEmpty())
            text += u'\n' + attachment.name;
    }
    return text;
}

QString ofMessage(const Message &message)
{
    if (message.details.unsentAt > 0)
        return {};
    QStringList facts{
        direction(message.direction), conversation(message.conversationId), page(message.pageId)};
    if (message.direction != Direction::In && message.author == Author::Operator)
        facts.append(author(message.authorName));
    if (message.direction == Direction::Note)
        facts.append(matter(SearchMatter::Note));
    if (hasLink(message.text))
        facts.append(matter(SearchMatter::Link));
    for (const Attachment &attachment : message.attachments) {
        const auto kind = matterOf(attachment.kind);
        if (kind && !facts.contains(matter(*kind)))
            facts.append(matter(*kind));
    }
    QString terms = facts.join(u' ');
    appendWords(terms, searchedText(message));
    return terms;
}

QString ofText(const QString &text)
{
    QString terms;
    appendWords(terms, text);
    return terms;
}

} // namespace Pagedesk::SearchTerms
