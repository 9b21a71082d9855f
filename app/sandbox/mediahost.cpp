// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/mediahost.h"

#include <QRegularExpression>
#include <QUrl>

#include <algorithm>

namespace Pagedesk::Sandbox {

using namespace Qt::Literals::StringLiterals;

namespace {

struct ByteRange {
    qint64 begin = 0;
    qint64 end = 0; // behind the last byte
};

// One range only; several are answered with the whole file, as the standard allows.
std::optional<ByteRange> readRange(std::string_view header, qint64 size)
{
    static const QRegularExpression Pattern(u"^bytes=(\\d{0,15})-(\\d{0,15})$"_s);
    const auto match = Pattern.match(QString::fromLatin1(header.data(), qsizetype(header.size())));
    const QString first = match.captured(1);
    const QString last = match.captured(2);
    if (!match.hasMatch() || (first.isEmpty() && last.isEmpty()))
        return std::nullopt;
    if (first.isEmpty())
        return ByteRange{std::max<qint64>(0, size - last.toLongLong()), size};
    const qint64 end = last.isEmpty() ? size : std::min(size, last.toLongLong() + 1);
    return ByteRange{first.toLongLong(), end};
}

Server::Response plain(int status, const std::string &text)
{
    return {status, text, "text/plain"};
}

} // namespace

MediaHost::MediaHost(
    const World &world, const MediaLinks &links, Scheduler &scheduler, Faults &faults)
    : m_world(world)
    , m_links(links)
    , m_scheduler(scheduler)
    , m_faults(faults)
{
}

void MediaHost::handle(const Server::Request &request, const Server::Responder &responder)
{
    Server::Response response = answer(request);
    qint64 delay = 0;
    for (const Fault &fault : m_faults.take(Fault::Target::Media, {})) {
        if (fault.kind == Fault::Kind::Delay)
            delay += fault.milliseconds;
        else if (fault.kind == Fault::Kind::Drop)
            response.hangUp = true;
        else if (fault.kind == Fault::Kind::ExpiredToken)
            response = plain(403, "URL signature expired");
        else if (fault.kind == Fault::Kind::Outage)
            response = plain(fault.httpStatus != 0 ? fault.httpStatus : 503, "Service Unavailable");
        else
            response = plain(fault.httpStatus != 0 ? fault.httpStatus : 404, "Not Found");
    }
    if (delay > 0)
        m_scheduler.after(delay, this, [responder, response] { responder.send(response); });
    else
        responder.send(std::move(response));
}

Server::Response MediaHost::answer(const Server::Request &request) const
{
    const QString path = QString::fromStdString(request.path);
    const MediaFile *file = m_world.media(MediaLinks::mediaId(path));
    if (request.method != "GET" && request.method != "HEAD")
        return plain(405, "Method Not Allowed");
    switch (m_links.check(path, QString::fromStdString(request.query))) {
    case MediaLinks::Verdict::Expired:
        return plain(403, "URL signature expired");
    case MediaLinks::Verdict::Mismatch:
        return plain(403, "URL signature mismatch");
    case MediaLinks::Verdict::Valid:
        break;
    }
    if (!file)
        return plain(404, "Not Found");
    return fileResponse(*file, request.header("Range"));
}

Server::Response fileResponse(const MediaFile &file, std::string_view range)
{
    Server::Response response;
    response.contentType = file.mimeType.toStdString();
    response.headers = {{"Accept-Ranges", "bytes"},
        {"Cache-Control", "max-age=1209600, no-transform"}, {"Access-Control-Allow-Origin", "*"}};
    if (!file.mimeType.startsWith("image/"_L1)) {
        response.headers.push_back({"Content-Disposition",
            "attachment; filename*=UTF-8''" + QUrl::toPercentEncoding(file.name).toStdString()});
    }
    const qint64 size = file.bytes.size();
    const auto part = readRange(range, size);
    if (!part) {
        response.body = file.bytes.toStdString();
        return response;
    }
    if (part->begin >= part->end) {
        response.status = 416;
        response.headers.push_back({"Content-Range", "bytes */" + std::to_string(size)});
        return response;
    }
    response.status = 206;
    response.body = file.bytes.mid(part->begin, part->end - part->begin).toStdString();
    response.headers.push_back({"Content-Range",
        "bytes " + std::to_string(part->begin) + '-' + std::to_string(part->end - 1) + '/'
            + std::to_string(size)});
    return response;
}

} // namespace Pagedesk::Sandbox
