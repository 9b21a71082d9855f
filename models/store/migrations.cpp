// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/migrations.h"

#include "models/base/logging.h"

#include <QFile>

namespace Pagedesk {

namespace {

using namespace Qt::Literals::StringLiterals;

Result<QStringList> statementsOf(const Migration &migration)
{
    QFile file(QString::fromLatin1(migration.file));
    if (!file.open(QIODevice::ReadOnly))
        return failure(Error::Kind::NotFound, u"migration %1 is missing"_s.arg(file.fileName()));
    QStringList statements;
    for (const QString &part : QString::fromUtf8(file.readAll()).split(u";\n\n"_s)) {
        if (!part.trimmed().isEmpty())
            statements.append(part);
    }
    return statements;
}

Result<> apply(Connection &connection, const Migration &migration)
{
    const auto statements = statementsOf(migration);
    if (!statements)
        return failure(statements.error());
    for (const QString &statement : *statements) {
        if (const auto done = connection.run(statement); !done)
            return done;
    }
    return connection.run(u"PRAGMA user_version = %1"_s.arg(migration.version));
}

Result<> applyAtOnce(Connection &connection, const Migration &migration)
{
    if (const auto begun = connection.begin(); !begun)
        return begun;
    // Two programs may open a fresh database at once; the second finds the work done.
    const auto version = schemaVersion(connection);
    Result<> done = version ? Result<>() : failure(version.error());
    if (version && *version < migration.version)
        done = apply(connection, migration);
    if (done)
        done = connection.commit();
    if (!done) {
        connection.rollBack();
        return done;
    }
    qCInfo(logStore) << "migrated to version" << migration.version;
    return {};
}

} // namespace

Result<int> schemaVersion(Connection &connection)
{
    const auto version = connection.pragma(u"PRAGMA user_version"_s);
    if (!version)
        return failure(version.error());
    return static_cast<int>(*version);
}

Result<> migrate(Connection &connection, std::span<const Migration> migrations)
{
    const auto version = schemaVersion(connection);
    if (!version)
        return failure(version.error());
    const int newest = migrations.empty() ? 0 : migrations.back().version;
    if (*version > newest) {
        return failure(Error::Kind::NewerVersion,
            u"the database has version %1, this program knows up to %2"_s.arg(*version).arg(
                newest));
    }
    for (const Migration &migration : migrations) {
        if (migration.version <= *version)
            continue;
        if (const auto done = applyAtOnce(connection, migration); !done)
            return done;
    }
    return {};
}

} // namespace Pagedesk
