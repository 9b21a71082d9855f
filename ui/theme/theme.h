// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QFont>

namespace Pagedesk::Ui {

// Lengths in pixels at a text scale of 1, all on a grid of 4. Pass them through Theme::px() where
// text decides the size.
struct Metrics {
    static constexpr int Unit = 4;
    static constexpr int Row = 64; // a row of the conversation list
    static constexpr int Header = 56;
    static constexpr int Control = 32; // buttons, fields, rows of the rail
    static constexpr int Strip = 28; // the status strip
    static constexpr int Gutter = 12;
    static constexpr int WideGutter = 20;
    static constexpr int Avatar = 40;
    static constexpr int LargeAvatar = 64;
    static constexpr int Icon = 16;
    static constexpr int PageEdge = 3; // the Page's colour at the edge of a row
    static constexpr int PageDot = 10;
    static constexpr int ControlRadius = 8;
    static constexpr int NavRadius = 6;
    static constexpr int ChipRadius = 4;
    static constexpr int RailWidth = 200;
    static constexpr int ListWidth = 320;
    static constexpr int SideWidth = 272;
    static constexpr int FoldSideBelow = 1100; // window width under which the contact panel folds
    static constexpr int FoldRailBelow = 800; // … under which the rail becomes icons
};

// The type of the window: 14/20 body, 13 secondary, 12 meta, 11 chips, 16 headings. Weight marks,
// size does not.
struct Fonts {
    QFont body;
    QFont bodyStrong;
    QFont secondary;
    QFont secondaryStrong;
    QFont meta;
    QFont metaStrong;
    QFont chip; // always strong
    QFont heading; // always strong
};

// Colours and fonts of one mode, a plain value. Every colour named for text keeps a contrast of
// 4.5:1 on every ground it is meant for.
struct Theme {
    bool dark = false;
    qreal textScale = 1.0; // 1 is 100 %

    QColor background; // rail, side panel, fields
    QColor surface; // list and thread
    QColor raised; // buttons, menus
    QColor line; // hairlines
    QColor text;
    QColor muted; // secondary text
    QColor faint; // times, captions; not on bubbles
    QColor accent; // where I am and what I can do
    QColor accentSoft; // ground of a chosen chip
    QColor accentText; // text on accent
    QColor incoming; // bubble of the customer
    QColor outgoing; // bubble of the team
    QColor outgoingText;
    QColor note; // what only the team sees
    QColor noteLine;
    QColor assistant;
    QColor assistantLine;
    QColor warn; // time running out
    QColor warnSoft;
    QColor bad; // escalated, closed, failed
    QColor badSoft;
    QColor ok;
    QColor selection; // ground of the chosen row

    Fonts fonts;

    // A length that grows with the text.
    int px(int length) const { return qRound(length * textScale); }
};

// `textScale` is kept within 0.5 and 3.
Theme lightTheme(qreal textScale = 1.0);
Theme darkTheme(qreal textScale = 1.0);

// Contrast ratio of two opaque colours, 1 to 21 (WCAG 2.1, 1.4.3).
double contrast(const QColor &a, const QColor &b);

} // namespace Pagedesk::Ui
