// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/task.h"

#include <QEventLoop>
#include <QTest>
#include <QTimer>

namespace Pagedesk::Testing {

// Runs the event loop until the task has finished: its result, or Timeout.
template <typename T>
Result<T> await(Task<T> task, std::chrono::milliseconds deadline = std::chrono::seconds(20))
{
    QObject context;
    std::optional<Result<T>> result;
    QEventLoop loop;
    QTimer::singleShot(deadline, &loop, &QEventLoop::quit);
    task.then(&context, [&result, &loop](const Result<T> &finished) {
        result.emplace(finished);
        loop.quit();
    });
    if (!result)
        loop.exec();
    if (!result)
        return failure(Error::Kind::Timeout, QStringLiteral("the task did not finish in time"));
    return *result;
}

// For QVERIFY2: nothing to say about a success.
template <typename T> QByteArray problemOf(const Result<T> &result)
{
    if (result)
        return {};
    return (kindName(result.error().kind) + QStringLiteral(": ") + result.error().detail).toUtf8();
}

} // namespace Pagedesk::Testing

// The value of a task or of a result that must succeed; on failure the test ends with the error.
#define PAGEDESK_SUCCEEDS(result)                                                                  \
    do {                                                                                           \
        const auto &pagedeskResult = (result);                                                     \
        QVERIFY2(pagedeskResult, Pagedesk::Testing::problemOf(pagedeskResult).constData());        \
    } while (false)
