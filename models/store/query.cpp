// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/query.h"

#include <QSqlDriver>
#include <QSqlError>

#include <sqlite3.h>

namespace Pagedesk {

namespace {

// What the database said, without the values that were bound: those may be messages.
Error storageError(const QSqlError &error)
{
    const int code = error.nativeErrorCode().toInt() & 0xff; // SQLite's primary result code
    const bool damaged = code == SQLITE_CORRUPT || code == SQLITE_NOTADB;
    return {damaged ? Error::Kind::Damaged : Error::Kind::Storage,
        QStringLiteral("%1 (%2)").arg(error.databaseText(), error.nativeErrorCode())};
}

// A null text or null bytes would be stored as NULL, which no column takes: Qt's null strings mean
// nothing more than empty ones. (QVariant::isNull() does not look into what it holds.)
QVariant bindable(const QVariant &value)
{
    switch (value.metaType().id()) {
    case QMetaType::QString:
        return static_cast<const QString *>(value.constData())->isNull()
            ? QVariant(QString(QLatin1StringView("")))
            : value;
    case QMetaType::QByteArray:
        return static_cast<const QByteArray *>(value.constData())->isNull()
            ? QVariant(QByteArray(""))
            : value;
    default:
        return value;
    }
}

void bind(QSqlQuery &query, const Values &values)
{
    for (qsizetype i = 0; i < values.size(); ++i)
        query.bindValue(static_cast<int>(i), bindable(values.at(i)));
}

} // namespace

Connection::Connection(QSqlDatabase database)
    : m_database(std::move(database))
{
}

Connection::~Connection()
{
    m_statements.clear();
    const QString name = m_database.connectionName();
    m_database.close();
    m_database = {};
    QSqlDatabase::removeDatabase(name);
}

Result<QSqlQuery *> Connection::prepared(const char *sql)
{
    auto &kept = m_statements[sql];
    if (!kept) {
        auto query = std::make_unique<QSqlQuery>(m_database);
        query->setForwardOnly(true);
        if (!query->prepare(QString::fromUtf8(sql)))
            return failure(storageError(query->lastError()));
        kept = std::move(query);
    }
    return kept.get();
}

Result<qint64> Connection::exec(const char *sql, const Values &values)
{
    const auto query = prepared(sql);
    if (!query)
        return failure(query.error());
    bind(**query, values);
    if (!(*query)->exec())
        return failure(storageError((*query)->lastError()));
    const qint64 changed = (*query)->numRowsAffected();
    (*query)->finish();
    return changed;
}

Result<> Connection::each(
    const char *sql, const Values &values, const std::function<void(const Row &)> &visit)
{
    const auto query = prepared(sql);
    if (!query)
        return failure(query.error());
    bind(**query, values);
    if (!(*query)->exec())
        return failure(storageError((*query)->lastError()));
    const Row row(**query);
    while ((*query)->next())
        visit(row);
    const QSqlError error = (*query)->lastError();
    (*query)->finish();
    if (error.isValid())
        return failure(storageError(error));
    return {};
}

Result<> Connection::run(const QString &sql)
{
    QSqlQuery query(m_database);
    if (!query.exec(sql))
        return failure(storageError(query.lastError()));
    return {};
}

Result<QVariant> Connection::pragma(const QString &sql)
{
    QSqlQuery query(m_database);
    if (!query.exec(sql))
        return failure(storageError(query.lastError()));
    return query.next() ? query.value(0) : QVariant();
}

sqlite3 *Connection::sqliteHandle() const
{
    const QVariant handle = m_database.driver()->handle();
    if (!handle.isValid() || qstrcmp(handle.typeName(), "sqlite3*") != 0)
        return nullptr;
    return *static_cast<sqlite3 *const *>(handle.constData());
}

} // namespace Pagedesk
