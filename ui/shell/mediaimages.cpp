// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/mediaimages.h"

#include "models/base/logging.h"
#include "models/desk/mediafetcher.h"
#include "models/picture/imagedecoder.h"
#include "models/picture/thumbnail.h"

namespace Pagedesk::Ui {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int CacheKiB = 64 * 1024;

int costOf(const QImage &image)
{
    return static_cast<int>(std::max<qsizetype>(1, image.sizeInBytes() / 1024));
}

} // namespace

MediaImages::MediaImages(MediaFetcher &fetcher, QObject *parent)
    : MediaSource(parent)
    , m_fetcher(fetcher)
    , m_images(CacheKiB)
{
    m_decoder.setMaxThreadCount(1);
}

MediaImages::~MediaImages()
{
    m_decoder.clear();
    m_decoder.waitForDone();
}

std::optional<QImage> MediaImages::thumbnail(const Attachment &attachment, QSize box)
{
    if (attachment.hash.isEmpty() || box.isEmpty())
        return std::nullopt;
    const QString key = u"%1@%2x%3"_s.arg(attachment.hash).arg(box.width()).arg(box.height());
    if (const QImage *known = m_images.object(key))
        return *known;
    if (!m_loading.contains(key) && !m_failed.contains(key))
        load(key, {attachment.hash, sourceFor(attachment, box), box});
    return std::nullopt;
}

// A small box is covered by the small picture, which comes sooner and is decoded sooner.
QString MediaImages::sourceFor(const Attachment &attachment, QSize box)
{
    if (attachment.thumbnail.isEmpty() || attachment.width <= 0 || attachment.height <= 0)
        return attachment.hash;
    const QSize small = QSize(attachment.width, attachment.height)
                            .scaled(Thumbnail::Side, Thumbnail::Side, Qt::KeepAspectRatio);
    const bool covers = small.width() >= box.width() && small.height() >= box.height();
    return covers ? attachment.thumbnail : attachment.hash;
}

void MediaImages::tryAgain()
{
    m_failed.removeIf([](const auto &failed) {
        return failed.value() == Error::Kind::Offline || failed.value() == Error::Kind::Timeout;
    });
    Q_EMIT thumbnailReady({}); // views ask again for what they show
}

void MediaImages::load(const QString &key, const Wanted &wanted)
{
    m_loading.insert(key);
    m_fetcher.fetch(wanted.source).then(this, [this, key, wanted](const Result<QString> &path) {
        if (path)
            decode(key, wanted, *path);
        else if (wanted.source != wanted.hash && path.error().kind == Error::Kind::NotFound)
            load(key, {wanted.hash, wanted.hash, wanted.box});
        else
            giveUp(key, wanted, path.error());
    });
}

void MediaImages::decode(const QString &key, const Wanted &wanted, const QString &path)
{
    // The destructor waits for this thread, so `this` outlives it.
    m_decoder.start([this, key, wanted, path] {
        const Result<QImage> image = decodeImage(path, wanted.box);
        QMetaObject::invokeMethod(
            this,
            [this, key, wanted, image] {
                if (image)
                    take(key, wanted, *image);
                else
                    giveUp(key, wanted, image.error());
            },
            Qt::QueuedConnection);
    });
}

void MediaImages::take(const QString &key, const Wanted &wanted, const QImage &image)
{
    m_loading.remove(key);
    m_images.insert(key, new QImage(image), costOf(image));
    Q_EMIT thumbnailReady(wanted.hash);
}

void MediaImages::giveUp(const QString &key, const Wanted &wanted, const Error &error)
{
    m_loading.remove(key);
    m_failed.insert(key, error.kind);
    qCInfo(logUi) << "no picture for" << wanted.hash << kindName(error.kind);
}

} // namespace Pagedesk::Ui
