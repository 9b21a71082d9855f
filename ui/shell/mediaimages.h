// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/error.h"
#include "ui/thread/mediasource.h"

#include <QCache>
#include <QHash>
#include <QSet>
#include <QThreadPool>

namespace Pagedesk {
class MediaFetcher;
}

namespace Pagedesk::Ui {

// The thread's pictures: fetched by hash, decoded on a thread of its own, kept scaled within a
// bound.
class MediaImages : public MediaSource {
    Q_OBJECT

public:
    explicit MediaImages(MediaFetcher &fetcher, QObject *parent = nullptr);
    ~MediaImages() override;

    std::optional<QImage> thumbnail(const Attachment &attachment, QSize box) override;
    // Whether pictures are on their way.
    bool isBusy() const { return !m_loading.isEmpty(); }
    // What could not be fetched may be there now: a connection has come back.
    void tryAgain();

private:
    struct Wanted {
        QString hash; // of the attachment
        QString source; // what is fetched: it, or its small picture
        QSize box;
    };

    static QString sourceFor(const Attachment &attachment, QSize box);
    void load(const QString &key, const Wanted &wanted);
    void decode(const QString &key, const Wanted &wanted, const QString &path);
    void take(const QString &key, const Wanted &wanted, const QImage &image);
    void giveUp(const QString &key, const Wanted &wanted, const Error &error);

    MediaFetcher &m_fetcher;
    QThreadPool m_decoder;
    QCache<QString, QImage> m_images; // cost in KiB
    QSet<QString> m_loading;
    QHash<QString, Error::Kind> m_failed; // not asked for again
};

} // namespace Pagedesk::Ui
