// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/query.h"

#include "models/base/logging.h"

#include <QStringEncoder>

#include <sqlite3.h>

#include <vector>

namespace Pagedesk {

namespace {

using namespace Qt::Literals::StringLiterals;

constexpr int BusyTimeoutMs = 10'000;

// Not the statement is at fault but the machine: the same may succeed a moment later.
bool isMachineFault(int primary)
{
    switch (primary) {
    case SQLITE_FULL:
    case SQLITE_IOERR:
    case SQLITE_NOMEM:
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN:
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_PROTOCOL:
        return true;
    default:
        return false;
    }
}

// What the database said, without the values that were bound: those may be messages. With
// retryAfter when another try makes sense.
Error storageError(sqlite3 *database, int code)
{
    const int primary = code & 0xff;
    const bool damaged = primary == SQLITE_CORRUPT || primary == SQLITE_NOTADB;
    Error error{damaged ? Error::Kind::Damaged : Error::Kind::Storage,
        u"%1 (%2)"_s.arg(QString::fromUtf8(sqlite3_errmsg(database))).arg(code)};
    if (isMachineFault(primary))
        error.retryAfter = std::chrono::seconds(0);
    return error;
}

void ignoreRow(const Row &) { }

// Whether the SQL has `table` in it as a word of its own.
bool holdsWord(std::string_view sql, std::string_view table)
{
    const auto isWordPart = [](char c) {
        return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z')
            || (c >= 'A' && c <= 'Z');
    };
    for (size_t at = sql.find(table); at != sql.npos; at = sql.find(table, at + 1)) {
        const size_t end = at + table.size();
        if ((at == 0 || !isWordPart(sql[at - 1])) && (end == sql.size() || !isWordPart(sql[end])))
            return true;
    }
    return false;
}

// Without its statistics about memory SQLite need not lock a mutex at each allocation.
void configureOnce()
{
    static const int configured = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    Q_UNUSED(configured)
}

} // namespace

// Bound values must outlive the steps of their statement: texts are kept here as UTF-8 until then.
class Statement {
public:
    explicit Statement(sqlite3_stmt *handle)
        : m_handle(handle)
    {
    }
    ~Statement() { sqlite3_finalize(m_handle); }
    Statement(const Statement &) = delete;
    Statement &operator=(const Statement &) = delete;

    // Runs it with these values and calls `visit` for each row; SQLITE_DONE or an error code.
    template <typename Visit> int run(const Values &values, Visit visit)
    {
        if (static_cast<size_t>(sqlite3_bind_parameter_count(m_handle)) != values.size())
            return SQLITE_RANGE;
        makeRoom(values);
        int code = SQLITE_OK;
        for (size_t i = 0; i < values.size() && code == SQLITE_OK; ++i)
            code = bind(static_cast<int>(i) + 1, values.at(i));
        if (code == SQLITE_OK) {
            while ((code = sqlite3_step(m_handle)) == SQLITE_ROW)
                visit(Row(m_handle));
        }
        return code;
    }
    void reset()
    {
        sqlite3_reset(m_handle);
        if (m_texts.size() > KeptTextBytes)
            m_texts = {};
    }
    bool names(const char *table)
    {
        if (std::exchange(m_askedFor, table) != table)
            m_names = holdsWord(sqlite3_sql(m_handle), table);
        return m_names;
    }

private:
    static constexpr size_t KeptTextBytes = 4096; // of the memory for texts

    // For every text at once, so that none of them moves while others are added.
    void makeRoom(const Values &values)
    {
        QStringEncoder encoder(QStringEncoder::Utf8, QStringEncoder::Flag::Stateless);
        qsizetype needed = 0;
        for (size_t i = 0; i < values.size(); ++i) {
            if (const auto *text = std::get_if<QString>(&values.at(i).m_value))
                needed += encoder.requiredSpace(text->size());
        }
        m_textsUsed = 0;
        if (static_cast<size_t>(needed) > m_texts.size())
            m_texts.resize(static_cast<size_t>(needed));
    }

    int bind(int index, const Value &value)
    {
        const auto bytes = [&](const QByteArray &b) {
            return sqlite3_bind_blob64(m_handle, index, b.constData(),
                static_cast<sqlite3_uint64>(b.size()), SQLITE_STATIC);
        };
        if (const auto *number = std::get_if<qint64>(&value.m_value))
            return sqlite3_bind_int64(m_handle, index, *number);
        if (const auto *real = std::get_if<double>(&value.m_value))
            return sqlite3_bind_double(m_handle, index, *real);
        if (const auto *blob = std::get_if<QByteArray>(&value.m_value))
            return bytes(*blob);
        QStringEncoder encoder(QStringEncoder::Utf8, QStringEncoder::Flag::Stateless);
        char *text = m_texts.data() + m_textsUsed;
        const char *end = encoder.appendToBuffer(text, std::get<QString>(value.m_value));
        m_textsUsed += static_cast<size_t>(end - text);
        return sqlite3_bind_text64(m_handle, index, m_texts.empty() ? "" : text,
            static_cast<sqlite3_uint64>(end - text), SQLITE_STATIC, SQLITE_UTF8);
    }

    sqlite3_stmt *m_handle;
    std::vector<char> m_texts;
    size_t m_textsUsed = 0;
    const char *m_askedFor = nullptr; // the table names() was last asked for
    bool m_names = false;
};

QString Row::text(int column) const
{
    const auto *text = reinterpret_cast<const char *>(sqlite3_column_text(m_statement, column));
    return QString::fromUtf8(text, sqlite3_column_bytes(m_statement, column));
}

QByteArray Row::bytes(int column) const
{
    const auto *bytes = static_cast<const char *>(sqlite3_column_blob(m_statement, column));
    return {bytes, sqlite3_column_bytes(m_statement, column)};
}

qint64 Row::integer(int column) const
{
    return sqlite3_column_int64(m_statement, column);
}

double Row::real(int column) const
{
    return sqlite3_column_double(m_statement, column);
}

Connection::Connection(sqlite3 *database)
    : m_database(database)
{
}

Connection::~Connection()
{
    m_statements.clear();
    sqlite3_close_v2(m_database);
}

Result<std::unique_ptr<Connection>> Connection::open(const QString &path, Connection::Access access)
{
    const int flags = access == Access::ReadOnly ? SQLITE_OPEN_READONLY
                                                 : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    configureOnce();
    sqlite3 *database = nullptr;
    const int code = sqlite3_open_v2(
        path.toUtf8().constData(), &database, flags | SQLITE_OPEN_NOMUTEX, nullptr);
    if (code != SQLITE_OK) {
        const QString reason
            = QString::fromUtf8(database ? sqlite3_errmsg(database) : sqlite3_errstr(code));
        sqlite3_close_v2(database);
        return failure(Error::Kind::Storage, u"cannot open %1: %2"_s.arg(path, reason));
    }
    sqlite3_extended_result_codes(database, 1);
    sqlite3_busy_timeout(database, BusyTimeoutMs);
    return std::unique_ptr<Connection>(new Connection(database));
}

Result<std::unique_ptr<Statement>> Connection::prepare(const QByteArray &sql, bool keep)
{
    sqlite3_stmt *handle = nullptr;
    const char *rest = nullptr;
    const int code = sqlite3_prepare_v3(m_database, sql.constData(), static_cast<int>(sql.size()),
        keep ? SQLITE_PREPARE_PERSISTENT : 0, &handle, &rest);
    if (code != SQLITE_OK)
        return failure(storageError(m_database, code));
    auto statement = std::make_unique<Statement>(handle);
    if (!handle || !QByteArrayView(rest).trimmed().isEmpty())
        return failure(
            Error::Kind::Storage, u"not one statement: %1"_s.arg(QString::fromUtf8(sql)));
    return statement;
}

Result<> Connection::begin()
{
    constexpr const char *Sql = "BEGIN IMMEDIATE";
    forgetKept();
    return each(Sql, {}, ignoreRow);
}

Result<> Connection::commit()
{
    constexpr const char *Sql = "COMMIT";
    if (auto written = writePostponed(); !written)
        return written;
    forgetKept();
    return each(Sql, {}, ignoreRow);
}

void Connection::rollBack()
{
    constexpr const char *Sql = "ROLLBACK";
    forgetKept();
    // A full disk or a failed sync has already ended the transaction.
    if (sqlite3_get_autocommit(m_database) != 0)
        return;
    if (const auto undone = each(Sql, {}, ignoreRow); !undone)
        qCWarning(logStore) << "rollback failed:" << undone.error().detail;
}

Result<> Connection::setPoint()
{
    constexpr const char *Sql = "SAVEPOINT point";
    if (auto written = writePostponed(); !written)
        return written;
    return each(Sql, {}, ignoreRow);
}

Result<> Connection::rollBackToPoint()
{
    constexpr const char *Sql = "ROLLBACK TO point";
    forgetKept();
    return each(Sql, {}, ignoreRow);
}

Result<> Connection::releasePoint()
{
    constexpr const char *Sql = "RELEASE point";
    if (auto written = writePostponed(); !written)
        return written;
    return each(Sql, {}, ignoreRow);
}

void Connection::postpone(const char *table, std::unique_ptr<PostponedRows> rows)
{
    m_postponedTable = table;
    m_postponed = std::move(rows);
}

Result<> Connection::writePostponed()
{
    if (!m_postponed)
        return {};
    const auto rows = std::move(m_postponed); // what it writes does not find it any more
    return rows->write(*this);
}

void Connection::forgetKept()
{
    m_reserved.clear();
    m_postponed.reset();
}

Result<Statement *> Connection::prepared(const char *sql)
{
    auto &kept = m_statements[sql];
    if (!kept) {
        auto statement = prepare(QByteArray(sql), true);
        if (!statement)
            return failure(statement.error());
        kept = std::move(*statement);
    }
    return kept.get();
}

Result<qint64> Connection::exec(const char *sql, const Values &values)
{
    const auto done = each(sql, values, ignoreRow);
    if (!done)
        return failure(done.error());
    return sqlite3_changes64(m_database);
}

Result<> Connection::each(
    const char *sql, const Values &values, const std::function<void(const Row &)> &visit)
{
    const auto statement = prepared(sql);
    if (!statement)
        return failure(statement.error());
    if (m_postponed && m_minding && (*statement)->names(m_postponedTable)) {
        if (auto written = writePostponed(); !written)
            return written;
    }
    const int code = (*statement)->run(values, visit);
    Result<> done;
    if (code != SQLITE_DONE)
        done = failure(storageError(m_database, code));
    (*statement)->reset();
    return done;
}

qint64 Connection::lastInsertId() const
{
    return sqlite3_last_insert_rowid(m_database);
}

Result<> Connection::run(const QString &sql)
{
    const auto done = pragma(sql);
    if (!done)
        return failure(done.error());
    return {};
}

Result<qint64> Connection::pragma(const QString &sql)
{
    const auto statement = prepare(sql.toUtf8(), false);
    if (!statement)
        return failure(statement.error());
    std::optional<qint64> first;
    const int code = (*statement)->run({}, [&first](const Row &row) {
        if (!first)
            first = row.integer(0);
    });
    if (code != SQLITE_DONE)
        return failure(storageError(m_database, code));
    return first.value_or(0);
}

} // namespace Pagedesk
