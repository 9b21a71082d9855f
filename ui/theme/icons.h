// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QIcon>
#include <QPixmap>

namespace Pagedesk::Ui {

struct Theme;

// The line icons of the window. Each is resources/icons/<name>.svg, 16 x 16, one stroke colour.
enum class Icon {
    Workspace,
    Inbox,
    User,
    Circle,
    Flag,
    Clock,
    Check,
    Search,
    Paperclip,
    Smile,
    Slash,
    Send,
    Photo,
    Video,
    Audio,
    File,
    Location,
    Link,
    Warning,
    Retry,
    Moon,
    Sun,
    Page,
    Close,
    ChevronUp,
    ChevronDown,
    ChevronLeft,
    ChevronRight,
    Calendar,
    Layout,
    Note,
    Plus,
    More,
    Download,
    Settings,
    Offline,
};

inline constexpr int IconCount = static_cast<int>(Icon::Offline) + 1;

// The icon drawn crisply in one colour. `size` in device-independent pixels; the pixmap has the
// given device pixel ratio. Cached.
QPixmap iconPixmap(Icon icon, const QColor &colour, int size, qreal devicePixelRatio);

// For buttons and menus: normal, disabled and chosen states in the theme's colours.
QIcon themedIcon(Icon icon, const Theme &theme);
// … with a normal state of another colour.
QIcon themedIcon(Icon icon, const Theme &theme, const QColor &colour);

// The resource file of an icon.
QString iconFile(Icon icon);

} // namespace Pagedesk::Ui
