// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

// Small pictures made from nothing, without Qt Gui.
namespace Pagedesk::Sandbox {

struct Picture {
    int width = 0;
    int height = 0;
    QByteArray rgb; // three bytes a pixel, rows from the top
};

// An uncommented 8-bit RGB file (PNG specification, W3C 2003).
QByteArray encodePng(const Picture &picture);

// A landscape in colours that follow from the seed.
Picture drawPhoto(int width, int height, quint32 seed);
// A head and shoulders on a plain ground, square.
Picture drawPortrait(int side, quint32 seed);
// A thumb turned up, on white.
Picture drawThumb(int side);

} // namespace Pagedesk::Sandbox
