// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/messenger/outgoingfile.h"

#include "models/messenger/limits.h"

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace Pagedesk {

namespace {

constexpr qsizetype NameCharacters = 200;

bool isHarmless(QChar c)
{
    const auto category = c.category();
    return category != QChar::Other_Control && category != QChar::Other_Format
        && category != QChar::Separator_Line && category != QChar::Separator_Paragraph;
}

} // namespace

AttachmentKind outgoingKind(const QString &mimeType)
{
    if (mimeType == u"image/png" || mimeType == u"image/jpeg" || mimeType == u"image/gif")
        return AttachmentKind::Image;
    if (mimeType.startsWith(u"video/"))
        return AttachmentKind::Video;
    if (mimeType.startsWith(u"audio/"))
        return AttachmentKind::Audio;
    return AttachmentKind::File;
}

Result<> checkOutgoingSize(qint64 bytes)
{
    if (bytes <= 0)
        return failure(Error::Kind::Rejected, u"the file is empty"_s);
    if (bytes > Limits::OutgoingFileBytes) {
        return failure(Error::Kind::TooLarge,
            u"the file has %1 bytes, Meta takes %2"_s.arg(bytes).arg(Limits::OutgoingFileBytes));
    }
    return {};
}

QString outgoingName(const QString &name)
{
    const qsizetype slash = std::max(name.lastIndexOf(u'/'), name.lastIndexOf(u'\\'));
    QString clean = name.sliced(slash + 1);
    clean.removeIf([](QChar c) { return !isHarmless(c); });
    clean = clean.simplified();
    if (clean.size() > NameCharacters) {
        // The end says what it is.
        const qsizetype dot = clean.lastIndexOf(u'.');
        const QString ending = dot >= 0 && clean.size() - dot <= 12 ? clean.sliced(dot) : QString();
        clean = clean.first(NameCharacters - ending.size());
        if (clean.back().isHighSurrogate())
            clean.chop(1);
        clean += ending;
    }
    return clean.isEmpty() || clean == u"." || clean == u".." ? u"file"_s : clean;
}

} // namespace Pagedesk
