// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/filekind.h"

#include <QHash>
#include <QtEndian>

namespace Pagedesk::Sandbox {

using namespace Qt::Literals::StringLiterals;

namespace {

PixelSize jpegSize(const QByteArray &bytes)
{
    // Segments: FF, marker, two bytes of length; a start-of-frame segment holds the size.
    qsizetype at = 2;
    while (at + 9 < bytes.size() && quint8(bytes[at]) == 0xFF) {
        const quint8 marker = quint8(bytes[at + 1]);
        const bool isFrame = marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8
            && marker != 0xCC;
        if (isFrame) {
            return {qFromBigEndian<quint16>(bytes.constData() + at + 7),
                qFromBigEndian<quint16>(bytes.constData() + at + 5)};
        }
        at += 2 + qFromBigEndian<quint16>(bytes.constData() + at + 2);
    }
    return {};
}

} // namespace

QString sniffedMimeType(const QByteArray &bytes)
{
    if (bytes.startsWith("\x89PNG\r\n"))
        return u"image/png"_s;
    if (bytes.startsWith("\xFF\xD8\xFF"))
        return u"image/jpeg"_s;
    if (bytes.startsWith("GIF8"))
        return u"image/gif"_s;
    if (bytes.startsWith("RIFF") && bytes.mid(8, 4) == "WEBP")
        return u"image/webp"_s;
    if (bytes.startsWith("%PDF-"))
        return u"application/pdf"_s;
    if (bytes.startsWith("PK\x03\x04"))
        return u"application/zip"_s;
    if (bytes.startsWith("OggS"))
        return u"audio/ogg"_s;
    if (bytes.startsWith("ID3"))
        return u"audio/mpeg"_s;
    if (bytes.startsWith("RIFF") && bytes.mid(8, 4) == "WAVE")
        return u"audio/wav"_s;
    if (bytes.mid(4, 4) == "ftyp")
        return u"video/mp4"_s;
    return {};
}

QString mimeTypeOfName(const QString &name)
{
    static const QHash<QString, QString> Types{{u"png"_s, u"image/png"_s},
        {u"jpg"_s, u"image/jpeg"_s}, {u"jpeg"_s, u"image/jpeg"_s}, {u"gif"_s, u"image/gif"_s},
        {u"webp"_s, u"image/webp"_s}, {u"pdf"_s, u"application/pdf"_s}, {u"mp4"_s, u"video/mp4"_s},
        {u"mov"_s, u"video/quicktime"_s}, {u"webm"_s, u"video/webm"_s}, {u"mp3"_s, u"audio/mpeg"_s},
        {u"m4a"_s, u"audio/mp4"_s}, {u"ogg"_s, u"audio/ogg"_s}, {u"wav"_s, u"audio/wav"_s},
        {u"txt"_s, u"text/plain"_s}, {u"csv"_s, u"text/csv"_s}, {u"zip"_s, u"application/zip"_s},
        {u"html"_s, u"text/html"_s}, {u"json"_s, u"application/json"_s}};
    return Types.value(name.section(u'.', -1).toLower(), u"application/octet-stream"_s);
}

bool suitsAttachmentType(const QString &mimeType, const QString &attachmentType)
{
    if (attachmentType == "file"_L1)
        return true;
    // Voice recordings come in containers that are usually named after video.
    const bool isMedia = mimeType.startsWith("audio/"_L1) || mimeType.startsWith("video/"_L1);
    if (attachmentType == "audio"_L1)
        return isMedia;
    return mimeType.section(u'/', 0, 0) == attachmentType;
}

PixelSize pixelSize(const QByteArray &bytes)
{
    const QString type = sniffedMimeType(bytes);
    if (type == "image/png"_L1 && bytes.size() >= 24) {
        return {int(qFromBigEndian<quint32>(bytes.constData() + 16)),
            int(qFromBigEndian<quint32>(bytes.constData() + 20))};
    }
    if (type == "image/gif"_L1 && bytes.size() >= 10) {
        return {qFromLittleEndian<quint16>(bytes.constData() + 6),
            qFromLittleEndian<quint16>(bytes.constData() + 8)};
    }
    if (type == "image/jpeg"_L1)
        return jpegSize(bytes);
    return {};
}

} // namespace Pagedesk::Sandbox
