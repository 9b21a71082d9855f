// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/mediafetcher.h"

#include "app/sandbox/filekind.h"
#include "app/sandbox/png.h"
#include "models/messenger/limits.h"

#include <QHostAddress>
#include <QNetworkReply>

namespace Pagedesk::Sandbox {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int FetchTimeoutMs = 10'000; // Meta's for everything but video

bool isOfThisMachine(const QUrl &url)
{
    return url.host() == "localhost"_L1 || QHostAddress(url.host()).isLoopback();
}

QString nameIn(const QUrl &url, const QString &attachmentType)
{
    const QString name = url.fileName();
    return name.isEmpty() ? attachmentType : name;
}

MediaFile standIn(const QUrl &url, const QString &attachmentType)
{
    MediaFile file;
    file.name = nameIn(url, attachmentType);
    if (attachmentType == "image"_L1) {
        const Picture picture = drawPhoto(320, 240, quint32(qHash(url.toString(), 0)));
        file.bytes = encodePng(picture);
        file.mimeType = u"image/png"_s;
        file.width = picture.width;
        file.height = picture.height;
        return file;
    }
    file.bytes = "In the place of " + url.toEncoded() + '\n';
    file.mimeType = mimeTypeOfName(file.name);
    return file;
}

tl::expected<MediaFile, GraphError> fetched(QNetworkReply &reply, const QString &attachmentType)
{
    const int status = reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    const QByteArray bytes = reply.readAll();
    if (status != 200 || bytes.isEmpty())
        return graphFailure(badParameter(u"Failed to fetch the file from the url"_s, 2018008));
    const bool isTooLarge = bytes.size() > Limits::AttachmentBytes
        || (attachmentType == "image"_L1 && bytes.size() > Limits::ImageByUrlBytes);
    if (isTooLarge)
        return graphFailure(badParameter(u"Attachment size exceeds allowable limit"_s, 2018109));
    MediaFile file;
    file.bytes = bytes;
    file.name = nameIn(reply.url(), attachmentType);
    file.mimeType = reply.header(QNetworkRequest::ContentTypeHeader).toString().section(u';', 0, 0);
    if (file.mimeType.isEmpty())
        file.mimeType = mimeTypeOfName(file.name);
    const PixelSize size = pixelSize(bytes);
    file.width = size.width;
    file.height = size.height;
    return file;
}

} // namespace

MediaFetcher::MediaFetcher()
{
    m_network.setRedirectPolicy(QNetworkRequest::SameOriginRedirectPolicy);
}

void MediaFetcher::fetch(const QUrl &url, const QString &attachmentType, const Answer &answer)
{
    const bool isWeb = url.scheme() == "http"_L1 || url.scheme() == "https"_L1;
    if (!isWeb || url.host().isEmpty()) {
        answer(
            graphFailure(badParameter(u"Param message[attachment][payload][url] must be a URL"_s)));
        return;
    }
    if (!isOfThisMachine(url)) {
        answer(standIn(url, attachmentType));
        return;
    }
    QNetworkRequest request(url);
    request.setHeader(QNetworkRequest::UserAgentHeader, u"facebookexternalhit/1.1"_s);
    request.setTransferTimeout(FetchTimeoutMs);
    QNetworkReply *reply = m_network.get(request);
    connect(reply, &QNetworkReply::finished, this, [reply, attachmentType, answer] {
        reply->deleteLater();
        answer(fetched(*reply, attachmentType));
    });
}

} // namespace Pagedesk::Sandbox
