// SPDX-License-Identifier: GPL-3.0-or-later
// Makes a small picture of a stranger's large one: reads it from standard input and writes the
// thumbnail to standard output. It is a program of its own, because decoders have had holes: it
// holds no secret, and before it looks at the picture it gives up opening anything.
#include "app/thumbnailer/confinement.h"
#include "models/picture/makethumbnail.h"

#include <QCoreApplication>
#include <QFile>
#include <QImageReader>

#include <cstdio>

namespace {

using namespace Pagedesk;

constexpr qint64 MostBytes = 32LL * 1024 * 1024;
constexpr qint64 PartBytes = 64LL * 1024;
int fail(const char *why, int code)
{
    std::fprintf(stderr, "pagedesk-thumbnailer: %s\n", why);
    return code;
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.contains(QStringLiteral("--version"))) {
        std::puts("pagedesk-thumbnailer " PAGEDESK_VERSION);
        return 0;
    }
    if (arguments.size() > 1) {
        std::puts(
            "Usage: pagedesk-thumbnailer < picture > thumbnail\n\n"
            "The output begins with a line \"WIDTH HEIGHT\" of the picture in pixels; the\n"
            "thumbnail follows, unless the picture is small enough itself. Exits with 3 when\n"
            "the input is no picture that can be shown.");
        return arguments.contains(QStringLiteral("--help")) ? 0 : 2;
    }
    QFile input;
    if (!input.open(stdin, QIODevice::ReadOnly))
        return fail("cannot read the standard input", 1);
    QByteArray picture;
    // A pipe gives what there is, not what was asked for.
    for (QByteArray part = input.read(PartBytes); !part.isEmpty(); part = input.read(PartBytes)) {
        picture += part;
        if (picture.size() > MostBytes)
            return fail("the picture is too large", 3);
    }
    QImageReader::supportedImageFormats(); // loads the decoders while files can be opened
    if (!Thumbnailer::confine())
        return fail("cannot give up its rights", 1);
    const auto thumbnail = makeThumbnail(picture);
    if (!thumbnail)
        return fail("no picture that can be shown", 3);
    const QByteArray bytes = encodeThumbnail(*thumbnail);
    const bool written
        = std::fwrite(bytes.constData(), 1, static_cast<size_t>(bytes.size()), stdout)
            == static_cast<size_t>(bytes.size())
        && std::fflush(stdout) == 0;
    return written ? 0 : fail("cannot write the standard output", 1);
}
