// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/result.h"

#include <QList>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QVariant>

#include <functional>
#include <memory>
#include <optional>
#include <unordered_map>

struct sqlite3;

namespace Pagedesk {

// One row of an answer, read by column number.
class Row {
public:
    explicit Row(const QSqlQuery &query)
        : m_query(query)
    {
    }
    QString text(int column) const { return m_query.value(column).toString(); }
    QByteArray bytes(int column) const { return m_query.value(column).toByteArray(); }
    qint64 integer(int column) const { return m_query.value(column).toLongLong(); }
    int number(int column) const { return m_query.value(column).toInt(); }
    double real(int column) const { return m_query.value(column).toDouble(); }
    bool flag(int column) const { return m_query.value(column).toInt() != 0; }

private:
    const QSqlQuery &m_query;
};

using Values = QVariantList;

// A connection to one database, used on the one thread that made it. Statements are prepared once
// and kept; the key is the address of the SQL text, so pass constants. Only `?` placeholders: a
// wrong number of them fails loudly. A null QString binds as ''.
class Connection {
public:
    explicit Connection(QSqlDatabase database);
    ~Connection();
    Connection(const Connection &) = delete;
    Connection &operator=(const Connection &) = delete;

    // Runs a statement; the number of rows changed.
    Result<qint64> exec(const char *sql, const Values &values = {});
    // Every row, mapped by `map(const Row &)`.
    template <typename Map>
    auto all(const char *sql, const Values &values, Map map)
        -> Result<QList<std::invoke_result_t<Map, const Row &>>>
    {
        QList<std::invoke_result_t<Map, const Row &>> rows;
        const auto done = each(sql, values, [&](const Row &row) { rows.append(map(row)); });
        if (!done)
            return failure(done.error());
        return rows;
    }
    // The first row, or nothing.
    template <typename Map>
    auto one(const char *sql, const Values &values, Map map)
        -> Result<std::optional<std::invoke_result_t<Map, const Row &>>>
    {
        std::optional<std::invoke_result_t<Map, const Row &>> found;
        const auto done = each(sql, values, [&](const Row &row) {
            if (!found)
                found.emplace(map(row));
        });
        if (!done)
            return failure(done.error());
        return found;
    }
    // Calls `visit` for each row, without keeping them.
    Result<> each(
        const char *sql, const Values &values, const std::function<void(const Row &)> &visit);

    // SQL that is not kept: migrations, pragmas, BEGIN.
    Result<> run(const QString &sql);
    // The first column of the first row of SQL that is not kept.
    Result<QVariant> pragma(const QString &sql);
    // The C handle of SQLite, for backup and checkpoints; null for other databases.
    sqlite3 *sqliteHandle() const;

private:
    Result<QSqlQuery *> prepared(const char *sql);

    QSqlDatabase m_database;
    std::unordered_map<const char *, std::unique_ptr<QSqlQuery>> m_statements;
};

} // namespace Pagedesk
