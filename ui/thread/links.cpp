// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/thread/displaytext.h"

#include <QRegularExpression>
#include <QVarLengthArray>

namespace Pagedesk::Ui {

using namespace Qt::Literals::StringLiterals;

namespace {

// Where an address could begin: not inside a word, but right after a Han or Kana one, where no
// space is written. Their punctuation ends it.
const QRegularExpression &candidate()
{
    static const QRegularExpression expression(
        uR"((?<![\p{Latin}\p{Cyrillic}\p{Greek}\p{N}@/._-])(?:https?://|www\.))"
        uR"([^\s<>"\x{2028}\x{2060}\x{fffd}«»“”„。，、；：！？（）【】「」『』《》]+)"_s,
        QRegularExpression::CaseInsensitiveOption | QRegularExpression::UseUnicodePropertiesOption);
    return expression;
}

bool isSentencePunctuation(QChar c)
{
    return u".,;:!?'*_~…·؟،؛"_s.contains(c);
}

// The end of the address within [start, end): without the punctuation of the sentence around it and
// without a closing bracket whose opening one is outside.
qsizetype trimmedEnd(const QString &text, qsizetype start, qsizetype end)
{
    static const QString opening = u"([{"_s;
    static const QString closing = u")]}"_s;
    // How many closing brackets of each kind have no opening one.
    QVarLengthArray<qsizetype, 3> surplus(opening.size(), 0);
    for (qsizetype i = start; i < end; ++i) {
        if (const qsizetype open = opening.indexOf(text.at(i)); open >= 0)
            --surplus[open];
        else if (const qsizetype close = closing.indexOf(text.at(i)); close >= 0)
            ++surplus[close];
    }
    while (end > start) {
        const QChar last = text.at(end - 1);
        const qsizetype bracket = closing.indexOf(last);
        if (bracket >= 0 && surplus[bracket] > 0)
            --surplus[bracket];
        else if (!isSentencePunctuation(last))
            break;
        --end;
    }
    return end;
}

QUrl addressOf(const QString &text)
{
    const bool bare = text.startsWith(u"www."_s, Qt::CaseInsensitive);
    return QUrl(bare ? u"https://"_s + text : text, QUrl::TolerantMode);
}

} // namespace

bool isSafeLink(const QUrl &url)
{
    const QString scheme = url.scheme();
    return url.isValid() && (scheme == "http"_L1 || scheme == "https"_L1) && !url.host().isEmpty()
        && url.userInfo().isEmpty();
}

QList<TextLink> findLinks(const QString &text)
{
    QList<TextLink> links;
    // Most messages have none, and this is far cheaper than the expression.
    if (!text.contains(u"://"_s) && !text.contains(u"www."_s, Qt::CaseInsensitive))
        return links;
    auto matches = candidate().globalMatch(text);
    while (matches.hasNext()) {
        const QRegularExpressionMatch match = matches.next();
        const qsizetype start = match.capturedStart();
        const qsizetype end = trimmedEnd(text, start, match.capturedEnd());
        const QUrl url = addressOf(text.mid(start, end - start));
        const bool dotted = url.host().indexOf(u'.', 4) > 0 || !url.host().startsWith("www."_L1);
        if (isSafeLink(url) && dotted)
            links.append({start, end - start, url});
    }
    return links;
}

} // namespace Pagedesk::Ui
