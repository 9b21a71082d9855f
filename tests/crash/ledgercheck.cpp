// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/crash/ledgercheck.h"

#include <QDir>
#include <QSet>

#include <sqlite3.h>

namespace Pagedesk::Tests {

namespace {

using namespace Qt::Literals::StringLiterals;

QByteArray problemOfEvents(World &world, const QList<MixedEvent> &events)
{
    QHash<QByteArray, int> found;
    for (const QJsonObject &line : world.lines({u"events"_s})) {
        if (line.value(u"dedup"_s).toString() == u"new"_s)
            ++found[identityOf(line.value(u"item"_s).toObject())];
    }
    for (const MixedEvent &event : events) {
        const QByteArray identity = identityOf(event.item);
        if (const int count = found.value(identity); count != 1)
            return "stored as new " + QByteArray::number(count) + " times: " + identity;
    }
    return {};
}

} // namespace

QByteArray problemOfMessages(World &world, const QSet<QString> &mids)
{
    QSet<QString> found;
    QHash<QString, qint64> lastAt;
    for (const QJsonObject &line : world.lines({u"export"_s})) {
        if (line.value(u"type"_s).toString() != u"message"_s)
            continue;
        const QString mid = line.value(u"mid"_s).toString();
        if (found.contains(mid))
            return mid.toUtf8() + " is there more than once";
        found.insert(mid);
        const QString conversation = line.value(u"conversationId"_s).toString();
        const qint64 at = line.value(u"sentAt"_s).toInteger();
        if (at < lastAt.value(conversation))
            return conversation.toUtf8() + " is out of order";
        lastAt.insert(conversation, at);
    }
    for (const QString &mid : mids) {
        if (!found.contains(mid))
            return mid.toUtf8() + " is lost";
    }
    return {};
}

QByteArray problemOfFile(const QString &databasePath)
{
    sqlite3 *database = nullptr;
    sqlite3_stmt *statement = nullptr;
    QByteArray answer = "cannot be opened";
    if (sqlite3_open_v2(
            databasePath.toUtf8().constData(), &database, SQLITE_OPEN_READWRITE, nullptr)
            == SQLITE_OK
        && sqlite3_prepare_v2(database, "PRAGMA integrity_check", -1, &statement, nullptr)
            == SQLITE_OK
        && sqlite3_step(statement) == SQLITE_ROW)
        answer = reinterpret_cast<const char *>(sqlite3_column_text(statement, 0));
    sqlite3_finalize(statement);
    sqlite3_close_v2(database);
    return answer == "ok" ? QByteArray() : databasePath.toUtf8() + ": " + answer;
}

QByteArray problemOfLedger(World &world, const QList<MixedEvent> &events)
{
    QSet<QString> mids;
    for (const MixedEvent &event : events) {
        if (!event.mid.isEmpty())
            mids.insert(event.mid);
    }
    if (const QByteArray problem = problemOfMessages(world, mids); !problem.isEmpty())
        return problem;
    if (const QByteArray problem = problemOfEvents(world, events); !problem.isEmpty())
        return problem;
    return problemOfFile(QDir(world.data()).filePath(u"ledger.db"_s));
}

} // namespace Pagedesk::Tests
