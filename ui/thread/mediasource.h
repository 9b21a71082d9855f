// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/attachment.h"

#include <QImage>
#include <QObject>
#include <QSize>

#include <optional>

namespace Pagedesk::Ui {

// Where the thread gets its pictures from.
class MediaSource : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    // The picture of a captured attachment, scaled to cover `box` (device pixels) and never larger
    // than the original; the thread shows its middle. Nothing while it is not there: then loading
    // starts, and thumbnailReady() follows if it succeeds. Must return at once.
    virtual std::optional<QImage> thumbnail(const Attachment &attachment, QSize box) = 0;

Q_SIGNALS:
    void thumbnailReady(const QString &hash); // empty: ask again for every picture
};

} // namespace Pagedesk::Ui
