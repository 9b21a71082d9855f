// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/desk/uploader.h"

#include "models/base/logging.h"
#include "models/desk/outgoingfiles.h"
#include "models/wire/uploads.h"

#include <QFile>
#include <QHash>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QUrlQuery>

#include <deque>
#include <vector>

namespace Pagedesk {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int MostAtOnce = 2;
constexpr qint64 PieceBytes = 256 * 1024; // small enough for progress, large enough for speed
static_assert(PieceBytes <= Wire::UploadPieceBytes);
constexpr auto Patience = 30s; // without a byte
constexpr int MostPiecesInVain = 5;

Result<Wire::UploadState> stateOf(QNetworkReply &reply)
{
    const int status = reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    const QByteArray body = reply.readAll();
    const QString text = QString::fromUtf8(body.left(200)).trimmed();
    switch (status) {
    case 200:
    case 409: // the relay is elsewhere in the file, and says where
        return Wire::decodeUploadState(body);
    case 400:
    case 404: // an older relay
        return failure(Error::Kind::Rejected, text);
    case 401:
        return failure(Error::Kind::Unauthorized, u"the relay does not accept this device"_s);
    case 403:
        return failure(Error::Kind::Forbidden, text);
    case 413:
        return failure(Error::Kind::TooLarge, text);
    case 422:
        return failure(Error::Kind::Damaged, text);
    case 429:
    case 503:
        return failure(Error::Kind::Storage, text);
    default:
        return failure(Error::Kind::Offline, u"%1 (%2)"_s.arg(reply.errorString()).arg(status));
    }
}

} // namespace

class Uploader::Implementation : public QObject {
public:
    Implementation(Uploader &uploader, OutgoingFiles &files)
        : m_uploader(uploader)
        , m_files(files)
    {
    }

    Task<> bring(const Attachment &file);
    double progress(const QString &hash) const;

    QUrl relay;
    Secret token;

private:
    struct Transfer {
        Attachment file;
        std::vector<Promise<>> waiting;
        qint64 received = 0;
        int inVain = 0; // pieces that brought nothing
    };
    using TransferHandle = std::shared_ptr<Transfer>;

    void startNext();
    QNetworkRequest request(const Transfer &transfer, qint64 offset) const;
    void follow(const TransferHandle &transfer, QNetworkReply *reply);
    void take(const TransferHandle &transfer, const Wire::UploadState &state);
    void sendPiece(const TransferHandle &transfer);
    void doubt(const TransferHandle &transfer, const Error &error);
    void finish(const TransferHandle &transfer, const Result<> &done);

    Uploader &m_uploader;
    OutgoingFiles &m_files;
    QNetworkAccessManager m_network;
    QHash<QString, TransferHandle> m_transfers; // by hash
    std::deque<TransferHandle> m_queue;
    int m_running = 0;
};

Task<> Uploader::Implementation::bring(const Attachment &file)
{
    if (relay.isEmpty())
        return Task<>::finished(failure(Error::Kind::Offline, u"there is no relay"_s));
    TransferHandle &transfer = m_transfers[file.hash];
    if (!transfer) {
        transfer = std::make_shared<Transfer>();
        transfer->file = file;
        m_queue.push_back(transfer);
    }
    transfer->waiting.emplace_back();
    auto task = transfer->waiting.back().task();
    startNext();
    return task;
}

double Uploader::Implementation::progress(const QString &hash) const
{
    const TransferHandle transfer = m_transfers.value(hash);
    if (!transfer || transfer->file.size <= 0)
        return -1;
    return static_cast<double>(transfer->received) / static_cast<double>(transfer->file.size);
}

void Uploader::Implementation::startNext()
{
    while (m_running < MostAtOnce && !m_queue.empty()) {
        const TransferHandle transfer = m_queue.front();
        m_queue.pop_front();
        ++m_running;
        follow(transfer, m_network.get(request(*transfer, -1))); // how far is it?
    }
}

QNetworkRequest Uploader::Implementation::request(const Transfer &transfer, qint64 offset) const
{
    QUrl url = relay;
    url.setPath(url.path() + QLatin1StringView(Wire::UploadPath) + transfer.file.hash);
    QUrlQuery query;
    query.addQueryItem(u"size"_s, QString::number(transfer.file.size));
    if (offset >= 0)
        query.addQueryItem(u"offset"_s, QString::number(offset));
    url.setQuery(query);
    QNetworkRequest request(url);
    request.setRawHeader("Authorization", "Bearer " + token.reveal());
    request.setHeader(QNetworkRequest::ContentTypeHeader, u"application/octet-stream"_s);
    // The token is for our relay only.
    request.setAttribute(
        QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    request.setTransferTimeout(static_cast<int>(std::chrono::milliseconds(Patience).count()));
    return request;
}

void Uploader::Implementation::follow(const TransferHandle &transfer, QNetworkReply *reply)
{
    connect(reply, &QNetworkReply::finished, this, [this, transfer, reply] {
        reply->deleteLater();
        const auto state = stateOf(*reply);
        if (state)
            take(transfer, *state);
        else if (state.error().kind == Error::Kind::Damaged)
            doubt(transfer, state.error());
        else
            finish(transfer, failure(state.error()));
    });
}

// What has arrived has another hash: it was spoiled on the way, or on this computer's disk.
void Uploader::Implementation::doubt(const TransferHandle &transfer, const Error &error)
{
    m_files.isWhole(transfer->file.hash)
        .then(this, [this, transfer, error](const Result<bool> &whole) {
            if (whole.value_or(false))
                finish(transfer, failure(error));
            else
                finish(transfer, failure(Error::Kind::NotFound, u"the copy is damaged"_s));
        });
}

void Uploader::Implementation::take(const TransferHandle &transfer, const Wire::UploadState &state)
{
    if (state.complete) {
        finish(transfer, {});
        return;
    }
    transfer->inVain = state.received > transfer->received ? 0 : transfer->inVain + 1;
    transfer->received = state.received;
    Q_EMIT m_uploader.progressed(transfer->file.hash);
    if (transfer->inVain > MostPiecesInVain || state.received >= transfer->file.size)
        finish(transfer, failure(Error::Kind::Timeout, u"the relay takes no more of it"_s));
    else
        sendPiece(transfer);
}

void Uploader::Implementation::sendPiece(const TransferHandle &transfer)
{
    QFile file(m_files.pathOf(transfer->file.hash));
    if (!file.open(QIODevice::ReadOnly) || !file.seek(transfer->received)) {
        finish(transfer, failure(Error::Kind::NotFound, u"the file is gone"_s));
        return;
    }
    const QByteArray piece
        = file.read(std::min(PieceBytes, transfer->file.size - transfer->received));
    if (piece.isEmpty()) {
        finish(transfer, failure(Error::Kind::NotFound, u"the file is not whole"_s));
        return;
    }
    follow(transfer, m_network.put(request(*transfer, transfer->received), piece));
}

void Uploader::Implementation::finish(const TransferHandle &transfer, const Result<> &done)
{
    --m_running;
    m_transfers.remove(transfer->file.hash);
    if (!done)
        qCWarning(logDesk) << "cannot bring" << transfer->file.hash << kindName(done.error().kind);
    Q_EMIT m_uploader.progressed(transfer->file.hash);
    for (Promise<> &promise : transfer->waiting)
        promise.finish(done);
    startNext();
}

Uploader::Uploader(OutgoingFiles &files, QObject *parent)
    : QObject(parent)
    , m_implementation(std::make_unique<Implementation>(*this, files))
{
}

Uploader::~Uploader() = default;

void Uploader::setSource(const QUrl &relay, const Secret &token)
{
    m_implementation->relay = relay;
    m_implementation->token = token;
}

Task<> Uploader::bring(const Attachment &file)
{
    return m_implementation->bring(file);
}

double Uploader::progress(const QString &hash) const
{
    return m_implementation->progress(hash);
}

} // namespace Pagedesk
