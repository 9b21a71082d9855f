// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/multipart.h"

#include <QRegularExpression>

namespace Pagedesk::Sandbox {

using namespace Qt::Literals::StringLiterals;

namespace {

// A parameter of a header such as: form-data; name="filedata"; filename="a.png"
std::optional<QString> parameter(const QString &header, const QString &name)
{
    const QRegularExpression pattern(
        uR"re((?:^|[;\s])%1=(?:"((?:[^"\\]|\\.)*)"|([^;\s]+)))re"_s.arg(
            QRegularExpression::escape(name)),
        QRegularExpression::CaseInsensitiveOption);
    const auto match = pattern.match(header);
    if (!match.hasMatch())
        return std::nullopt;
    QString value = match.captured(1).isNull() ? match.captured(2) : match.captured(1);
    return value.replace(u"\\\""_s, u"\""_s);
}

void readHeader(const QByteArray &line, FormPart &part)
{
    const auto colon = line.indexOf(':');
    const QByteArray name = line.left(colon).trimmed().toLower();
    const QString value = QString::fromUtf8(line.mid(colon + 1).trimmed());
    if (name == "content-type") {
        part.contentType = value.section(u';', 0, 0).trimmed().toLower();
    } else if (name == "content-disposition") {
        part.name = parameter(value, u"name"_s).value_or(QString());
        const auto fileName = parameter(value, u"filename"_s);
        part.isFile = fileName.has_value();
        // Only the last part: some clients send a whole path.
        part.fileName = fileName.value_or(QString()).section(QRegularExpression(u"[/\\\\]"_s), -1);
    }
}

std::optional<FormPart> readPart(const QByteArray &bytes)
{
    const auto end = bytes.indexOf("\r\n\r\n");
    if (end < 0)
        return std::nullopt;
    FormPart part;
    const QList<QByteArray> lines = bytes.left(end).split('\n');
    for (const QByteArray &line : lines)
        readHeader(line.trimmed(), part);
    part.content = bytes.mid(end + 4);
    if (part.name.isEmpty())
        return std::nullopt;
    return part;
}

} // namespace

std::optional<QList<FormPart>> readMultipart(const QByteArray &contentType, const QByteArray &body)
{
    const auto boundary = parameter(QString::fromLatin1(contentType), u"boundary"_s);
    if (!boundary || boundary->isEmpty())
        return std::nullopt;
    const QByteArray delimiter = "\r\n--" + boundary->toLatin1();
    const QByteArray text = "\r\n" + body; // so that the first delimiter is like the others
    QList<FormPart> parts;
    auto at = text.indexOf(delimiter);
    while (at >= 0) {
        const auto begin = at + delimiter.size();
        if (text.mid(begin, 2) == "--")
            return parts;
        const auto lineEnd = text.indexOf("\r\n", begin); // spaces may follow the delimiter
        const auto next = text.indexOf(delimiter, begin);
        if (lineEnd < 0 || next < lineEnd)
            return std::nullopt;
        auto part = readPart(text.mid(lineEnd + 2, next - lineEnd - 2));
        if (!part)
            return std::nullopt;
        parts.append(*std::move(part));
        at = next;
    }
    return std::nullopt;
}

} // namespace Pagedesk::Sandbox
