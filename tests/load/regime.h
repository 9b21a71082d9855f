// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QRandomGenerator>

// What the tests of load and faults have in common: they come in a short and a long form, and their
// choices follow from a seed that is printed, so that a failure can be had again.
namespace Pagedesk::Tests {

// PAGEDESK_TEST_LONG=1: as often as a release asks for.
bool isLongForm();

// PAGEDESK_TEST_SEED, or a new one; the same for the whole run.
quint32 testSeed();

// The generator that the seed makes; `salt` tells the tests of one program apart.
QRandomGenerator randomFor(quint32 salt = 0);

// A line of the report, on stdout: name, seed and figures.
void report(const QByteArray &name, const QByteArray &figures);

} // namespace Pagedesk::Tests
