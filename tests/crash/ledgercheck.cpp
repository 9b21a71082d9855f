// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/crash/ledgercheck.h"

#include <QDir>
#include <QJsonDocument>
#include <QSet>

#include <sqlite3.h>

namespace Pagedesk::Tests {

namespace {

using namespace Qt::Literals::StringLiterals;

QByteArray problemOfCounts(const QHash<QByteArray, int> &found, const QList<MixedEvent> &events)
{
    for (const MixedEvent &event : events) {
        const QByteArray identity = identityOf(event.item);
        if (const int count = found.value(identity); count != 1)
            return "stored as new " + QByteArray::number(count) + " times: " + identity;
    }
    return {};
}

QByteArray problemOfEvents(World &world, const QList<MixedEvent> &events)
{
    QHash<QByteArray, int> found;
    for (const QJsonObject &line : world.lines({u"events"_s})) {
        if (line.value(u"dedup"_s).toString() == u"new"_s)
            ++found[identityOf(line.value(u"item"_s).toObject())];
    }
    return problemOfCounts(found, events);
}

class ReadFile {
public:
    explicit ReadFile(const QString &path)
    {
        m_open = sqlite3_open_v2(
                     path.toUtf8().constData(), &m_database, SQLITE_OPEN_READWRITE, nullptr)
            == SQLITE_OK;
    }
    ~ReadFile() { sqlite3_close_v2(m_database); }
    ReadFile(const ReadFile &) = delete;
    ReadFile &operator=(const ReadFile &) = delete;

    // The first column of every row; false when it cannot be read to its end.
    bool column(const char *sql, QByteArrayList &values)
    {
        sqlite3_stmt *statement = nullptr;
        if (!m_open || sqlite3_prepare_v2(m_database, sql, -1, &statement, nullptr) != SQLITE_OK)
            return false;
        int step = SQLITE_ERROR;
        while ((step = sqlite3_step(statement)) == SQLITE_ROW)
            values.append(QByteArray(static_cast<const char *>(sqlite3_column_blob(statement, 0)),
                sqlite3_column_bytes(statement, 0)));
        sqlite3_finalize(statement);
        return step == SQLITE_DONE;
    }

private:
    sqlite3 *m_database = nullptr;
    bool m_open = false;
};

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
    QByteArrayList answer;
    if (!ReadFile(databasePath).column("PRAGMA integrity_check", answer))
        return databasePath.toUtf8() + ": cannot be read";
    return answer == QByteArrayList{"ok"} ? QByteArray()
                                          : databasePath.toUtf8() + ": " + answer.join(", ");
}

QByteArray problemOfStored(const QString &databasePath, const QList<MixedEvent> &events)
{
    ReadFile file(databasePath);
    QByteArrayList mids;
    QByteArrayList items;
    if (!file.column("SELECT mid FROM message", mids)
        || !file.column("SELECT item FROM event WHERE duplicate = 0", items))
        return databasePath.toUtf8() + ": cannot be read";
    QHash<QByteArray, int> messages;
    for (const QByteArray &mid : std::as_const(mids))
        ++messages[mid];
    for (const MixedEvent &event : events) {
        const int count = event.mid.isEmpty() ? 1 : messages.value(event.mid.toUtf8());
        if (count != 1)
            return event.mid.toUtf8() + " is there " + QByteArray::number(count) + " times";
    }
    QHash<QByteArray, int> found;
    for (const QByteArray &item : std::as_const(items))
        ++found[identityOf(QJsonDocument::fromJson(item).object())];
    if (const QByteArray problem = problemOfCounts(found, events); !problem.isEmpty())
        return problem;
    return problemOfFile(databasePath);
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
