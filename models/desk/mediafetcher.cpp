// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/desk/mediafetcher.h"

#include "models/base/logging.h"
#include "models/desk/mediacache.h"
#include "models/wire/pairing.h"

#include <QHash>
#include <QNetworkAccessManager>
#include <QNetworkReply>

#include <deque>
#include <vector>

namespace Pagedesk {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int MostAtOnce = 4;
constexpr qint64 MostBytes = 32LL * 1024 * 1024; // Meta's largest attachment has 25 MiB
constexpr auto Patience = 30s; // without a byte

Result<QByteArray> bytesOf(QNetworkReply &reply)
{
    const int status = reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (reply.property("tooLarge").toBool())
        return failure(Error::Kind::TooLarge, u"the attachment exceeds the limit"_s);
    if (status == 200 && reply.error() == QNetworkReply::NoError)
        return reply.readAll();
    if (status == 404 || status == 410)
        return failure(Error::Kind::NotFound, u"the relay does not have it"_s);
    if (status == 401)
        return failure(Error::Kind::Unauthorized, u"the relay does not accept this device"_s);
    if (status == 403)
        return failure(Error::Kind::Forbidden, u"not an attachment of ours"_s);
    return failure(Error::Kind::Offline, u"%1 (%2)"_s.arg(reply.errorString()).arg(status));
}

} // namespace

class MediaFetcher::Implementation : public QObject {
public:
    explicit Implementation(QString folder)
        : cache(std::move(folder))
    {
    }

    Task<QString> fetch(const QString &hash);

    MediaCache cache;
    QUrl relay;
    Secret token;

private:
    void startNext();
    void start(const QString &hash);
    void handleFinished(const QString &hash, QNetworkReply &reply);

    QNetworkAccessManager m_network;
    QHash<QString, std::shared_ptr<std::vector<Promise<QString>>>> m_wanted; // who waits for what
    std::deque<QString> m_waiting;
    int m_running = 0;
};

Task<QString> MediaFetcher::Implementation::fetch(const QString &hash)
{
    if (!MediaCache::isHash(hash))
        return Task<QString>::finished(failure(Error::Kind::NotFound, u"not a hash"_s));
    if (const QString path = cache.find(hash); !path.isEmpty())
        return Task<QString>::finished(path);
    if (relay.isEmpty())
        return Task<QString>::finished(failure(Error::Kind::Offline, u"there is no relay"_s));
    auto &wanted = m_wanted[hash];
    if (!wanted) {
        wanted = std::make_shared<std::vector<Promise<QString>>>();
        m_waiting.push_back(hash);
    }
    wanted->emplace_back();
    auto task = wanted->back().task();
    startNext();
    return task;
}

void MediaFetcher::Implementation::startNext()
{
    while (m_running < MostAtOnce && !m_waiting.empty()) {
        const QString hash = m_waiting.front();
        m_waiting.pop_front();
        start(hash);
    }
}

void MediaFetcher::Implementation::start(const QString &hash)
{
    QUrl url = relay;
    url.setPath(url.path() + QLatin1StringView(Wire::MediaPath) + hash);
    QNetworkRequest request(url);
    request.setRawHeader("Authorization", "Bearer " + token.reveal());
    // The token is for our relay only.
    request.setAttribute(
        QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    request.setTransferTimeout(static_cast<int>(std::chrono::milliseconds(Patience).count()));
    QNetworkReply *reply = m_network.get(request);
    ++m_running;
    connect(reply, &QNetworkReply::downloadProgress, reply, [reply](qint64 got, qint64 total) {
        if (got > MostBytes || total > MostBytes) {
            reply->setProperty("tooLarge", true);
            reply->abort();
        }
    });
    connect(reply, &QNetworkReply::finished, this, [this, hash, reply] {
        reply->deleteLater();
        handleFinished(hash, *reply);
    });
}

void MediaFetcher::Implementation::handleFinished(const QString &hash, QNetworkReply &reply)
{
    --m_running;
    const auto bytes = bytesOf(reply);
    const Result<QString> path
        = bytes ? cache.store(hash, *bytes) : Result<QString>(failure(bytes.error()));
    if (!path)
        qCWarning(logDesk) << "no attachment" << hash << kindName(path.error().kind);
    const auto wanted = m_wanted.take(hash);
    for (Promise<QString> &promise : *wanted)
        promise.finish(path);
    startNext();
}

MediaFetcher::MediaFetcher(QString cacheFolder, QObject *parent)
    : QObject(parent)
    , m_implementation(std::make_unique<Implementation>(std::move(cacheFolder)))
{
}

MediaFetcher::~MediaFetcher() = default;

void MediaFetcher::setSource(const QUrl &relay, const Secret &token)
{
    m_implementation->relay = relay;
    m_implementation->token = token;
}

void MediaFetcher::setCacheLimit(qint64 bytes)
{
    m_implementation->cache.setLimit(bytes);
}

Task<QString> MediaFetcher::fetch(const QString &hash)
{
    return m_implementation->fetch(hash);
}

void MediaFetcher::clear()
{
    m_implementation->cache.clear();
}

void MediaFetcher::remove(const QSet<QString> &hashes)
{
    for (const QString &hash : hashes)
        m_implementation->cache.remove(hash);
}

void MediaFetcher::adopt(const QString &hash, const QString &path)
{
    m_implementation->cache.adopt(hash, path);
}

} // namespace Pagedesk
