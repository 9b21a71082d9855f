// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/icons.h"

#include "ui/theme/theme.h"

#include <QPainter>
#include <QPixmapCache>
#include <QSvgRenderer>

#include <array>

// A static library's resources are only linked in when somebody asks for them. Must stand outside
// of any namespace.
static void useIcons()
{
    Q_INIT_RESOURCE(pagedesk_icons);
}

namespace Pagedesk::Ui {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr std::array<const char *, IconCount> Names{
    "workspace",
    "inbox",
    "user",
    "circle",
    "flag",
    "clock",
    "check",
    "search",
    "paperclip",
    "smile",
    "slash",
    "send",
    "photo",
    "video",
    "audio",
    "file",
    "location",
    "link",
    "warning",
    "retry",
    "moon",
    "sun",
    "page",
    "close",
    "chevron-up",
    "chevron-down",
    "chevron-left",
    "chevron-right",
    "calendar",
    "layout",
    "note",
    "plus",
    "more",
    "download",
    "settings",
    "offline",
};

QPixmap render(Icon icon, const QColor &colour, int size, qreal devicePixelRatio)
{
    useIcons();
    const int pixels = std::max(1, qRound(size * devicePixelRatio));
    QImage image(pixels, pixels, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    QSvgRenderer renderer(iconFile(icon));
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    renderer.render(&painter, QRectF(0, 0, pixels, pixels));
    painter.setCompositionMode(QPainter::CompositionMode_SourceIn);
    painter.fillRect(image.rect(), colour);
    painter.end();
    QPixmap pixmap = QPixmap::fromImage(std::move(image));
    pixmap.setDevicePixelRatio(devicePixelRatio);
    return pixmap;
}

} // namespace

QPixmap iconPixmap(Icon icon, const QColor &colour, int size, qreal devicePixelRatio)
{
    const QString key = u"pagedesk/%1/%2/%3/%4"_s.arg(static_cast<int>(icon))
                            .arg(colour.rgba(), 0, 16)
                            .arg(size)
                            .arg(devicePixelRatio);
    QPixmap pixmap;
    if (!QPixmapCache::find(key, &pixmap)) {
        pixmap = render(icon, colour, size, devicePixelRatio);
        QPixmapCache::insert(key, pixmap);
    }
    return pixmap;
}

QIcon themedIcon(Icon icon, const Theme &theme)
{
    return themedIcon(icon, theme, theme.muted);
}

QIcon themedIcon(Icon icon, const Theme &theme, const QColor &colour)
{
    QIcon result;
    const int size = theme.px(Metrics::Icon);
    for (const qreal ratio : {1.0, 2.0}) {
        result.addPixmap(iconPixmap(icon, colour, size, ratio));
        result.addPixmap(iconPixmap(icon, theme.faint, size, ratio), QIcon::Disabled);
        result.addPixmap(iconPixmap(icon, theme.text, size, ratio), QIcon::Selected);
    }
    return result;
}

QString iconFile(Icon icon)
{
    return u":/icons/%1.svg"_s.arg(QLatin1StringView(Names.at(static_cast<size_t>(icon))));
}

} // namespace Pagedesk::Ui
