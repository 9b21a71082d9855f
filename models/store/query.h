// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/result.h"

#include <QByteArray>
#include <QHash>
#include <QList>
#include <QString>

#include <concepts>
#include <functional>
#include <initializer_list>
#include <memory>
#include <optional>
#include <span>
#include <unordered_map>
#include <utility>
#include <variant>

struct sqlite3;
struct sqlite3_stmt;

namespace Pagedesk {

// One row of an answer, read by column number; valid only while it is visited.
class Row {
public:
    explicit Row(sqlite3_stmt *statement)
        : m_statement(statement)
    {
    }
    QString text(int column) const;
    QByteArray bytes(int column) const;
    qint64 integer(int column) const;
    int number(int column) const { return static_cast<int>(integer(column)); }
    double real(int column) const;
    bool flag(int column) const { return integer(column) != 0; }

private:
    sqlite3_stmt *m_statement;
};

// What is bound to a `?`. A null QString binds as '' and null bytes as an empty blob: no column
// takes NULL, and Qt's null strings mean nothing more than empty ones. Made without a word, so that
// a list of values reads as such.
class Value {
public:
    template <std::integral T>
    Value(T number)
        : m_value(static_cast<qint64>(number))
    {
    }
    Value(double number)
        : m_value(number)
    {
    }
    Value(QString text)
        : m_value(std::move(text))
    {
    }
    Value(QByteArray bytes)
        : m_value(std::move(bytes))
    {
    }

private:
    friend class Statement;
    std::variant<qint64, double, QString, QByteArray> m_value;
};

using ValueList = QList<Value>;

// The values of one statement: a list in braces, or a ValueList. It only looks at them, so it is
// for arguments and never for variables.
class Values {
public:
    Values() = default;
    Values(std::initializer_list<Value> values)
        : m_values(values.begin(), values.size())
    {
    }
    Values(const ValueList &values)
        : m_values(values.constData(), static_cast<size_t>(values.size()))
    {
    }
    size_t size() const { return m_values.size(); }
    const Value &at(size_t index) const { return m_values[index]; }

private:
    std::span<const Value> m_values;
};

// Numbers reserved for the transaction under way: from `next` up to and without `end`.
struct ReservedNumbers {
    qint64 next = 0;
    qint64 end = 0;
};

class Connection;

// Rows of one table that a transaction changes again and again and writes once.
class PostponedRows {
public:
    virtual ~PostponedRows() = default;
    virtual Result<> write(Connection &connection) = 0;
};

// A prepared statement; defined where SQLite is known.
class Statement;

// A connection to one SQLite database, used on one thread at a time. Statements are prepared once
// and kept; the key is the address of the SQL text, so pass constants. Only `?` placeholders: a
// wrong number of values fails loudly.
//
// SQLite's own interface rather than QtSql: a statement costs a third of the time, which is what
// decides how many events a second the relay can promise to have on disk.
class Connection {
public:
    enum class Access {
        ReadOnly, // for looking at a file that must not change
        ReadWrite, // creates a missing file
    };
    // Storage when it cannot be opened. A locked database is waited for, 10 s at most.
    static Result<std::unique_ptr<Connection>> open(
        const QString &path, Access access = Access::ReadWrite);
    ~Connection();
    Connection(const Connection &) = delete;
    Connection &operator=(const Connection &) = delete;

    // A transaction that may write. A failed commit leaves nothing behind but needs rollBack().
    Result<> begin();
    Result<> commit();
    void rollBack();
    // A point inside it that can be gone back to; one at a time.
    Result<> setPoint();
    Result<> rollBackToPoint();
    Result<> releasePoint();
    // By name; forgotten when the transaction ends or is rolled back, even to a point.
    QHash<QString, ReservedNumbers> &reservedNumbers() { return m_reserved; }

    // Keeps rows of `table` back, of one table at a time; they are forgotten like the numbers. They
    // are written before the next statement that names the table, before a point is set or released
    // and before the commit, so that nobody ever sees the table without them.
    PostponedRows *postponed() const { return m_postponed.get(); }
    void postpone(const char *table, std::unique_ptr<PostponedRows> rows);
    Result<> writePostponed();
    // What postponed rows are made of is read and written beside them.
    template <typename Work> auto besidePostponed(Work work)
    {
        const bool before = std::exchange(m_minding, false);
        auto result = work();
        m_minding = before;
        return result;
    }

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

    // The key that the last INSERT of this connection made.
    qint64 lastInsertId() const;

    // SQL that is not kept: migrations, pragmas.
    Result<> run(const QString &sql);
    // The first column of the first row of SQL that is not kept, as a number; 0 without a row.
    Result<qint64> pragma(const QString &sql);
    // For backup, checkpoints and traces.
    sqlite3 *sqliteHandle() const { return m_database; }

private:
    explicit Connection(sqlite3 *database);
    void forgetKept();
    Result<Statement *> prepared(const char *sql);
    Result<std::unique_ptr<Statement>> prepare(const QByteArray &sql, bool keep);

    sqlite3 *m_database;
    QHash<QString, ReservedNumbers> m_reserved;
    std::unique_ptr<PostponedRows> m_postponed;
    const char *m_postponedTable = nullptr;
    bool m_minding = true; // postponed rows go before what names their table
    std::unordered_map<const char *, std::unique_ptr<Statement>> m_statements;
};

} // namespace Pagedesk
