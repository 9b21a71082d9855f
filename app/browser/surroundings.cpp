// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/browser/surroundings.h"

#include <QList>
#include <QtGlobal>

#include <algorithm>
#include <unistd.h>

namespace Pagedesk::Browser {

namespace {

constexpr auto Flags = "QTWEBENGINE_CHROMIUM_FLAGS";
constexpr auto WithoutSandbox = "QTWEBENGINE_DISABLE_SANDBOX";

bool isAboutDrawing(const QByteArray &word)
{
    return std::ranges::any_of(
        std::initializer_list<QByteArrayView>{"--disable-gpu",
            "--use-gl=", "--use-angle=", "--ozone-platform=", "--force-device-scale-factor="},
        [&](QByteArrayView beginning) { return word.startsWith(beginning); });
}

} // namespace

QByteArray chromiumFlags(const QByteArray &wanted)
{
    // No calls home, no reports of crashes, no waking of addresses that were not asked for.
    QByteArray flags = "--disable-background-networking --disable-breakpad --no-pings";
    const QList<QByteArray> words = wanted.simplified().split(' ');
    for (const QByteArray &word : words) {
        if (isAboutDrawing(word))
            flags += ' ' + word;
    }
    return flags;
}

void tidyEnvironment()
{
    qunsetenv("QTWEBENGINE_REMOTE_DEBUGGING");
    if (geteuid() != 0)
        qunsetenv(WithoutSandbox);
    qputenv(Flags, chromiumFlags(qgetenv(Flags)));
}

bool canShowPages()
{
    return geteuid() != 0 || qEnvironmentVariableIntValue(WithoutSandbox) == 1;
}

} // namespace Pagedesk::Browser
