// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/load/regime.h"

#include <QString>

#include <cstdio>

namespace Pagedesk::Tests {

bool isLongForm()
{
    return qEnvironmentVariableIntValue("PAGEDESK_TEST_LONG") > 0;
}

quint32 testSeed()
{
    static const quint32 seed = [] {
        bool given = false;
        const quint32 number = qEnvironmentVariable("PAGEDESK_TEST_SEED").toUInt(&given);
        const quint32 chosen = given ? number : QRandomGenerator::system()->generate();
        // At once: a test that fails makes no report.
        std::fprintf(stderr, "PAGEDESK_TEST_SEED=%u\n", chosen);
        return chosen;
    }();
    return seed;
}

QRandomGenerator randomFor(quint32 salt)
{
    const quint32 numbers[] = {testSeed(), salt};
    return QRandomGenerator(numbers, 2);
}

void report(const QByteArray &name, const QByteArray &figures)
{
    std::printf("%s: seed %u, %s form: %s\n", name.constData(), testSeed(),
        isLongForm() ? "long" : "short", figures.constData());
    std::fflush(stdout);
}

} // namespace Pagedesk::Tests
