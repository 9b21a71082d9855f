// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/ledger/audit.h"

#include <QtEndian>

#include <sodium.h>

#include <limits>

#include <unistd.h>

namespace Pagedesk::Relay {

namespace {

using namespace Qt::Literals::StringLiterals;

constexpr qsizetype HashBytes = 32;
constexpr int Batch = 1000;

// Collects what a hash covers: each part with its length, so that no two rows read the same.
class Covered {
public:
    explicit Covered(const QByteArray &previous) { add(previous); }
    void add(const QByteArray &bytes)
    {
        add(bytes.size());
        m_bytes += bytes;
    }
    void add(const QString &text) { add(text.toUtf8()); }
    void add(qint64 number)
    {
        char bytes[sizeof number];
        qToLittleEndian(number, bytes);
        m_bytes.append(bytes, sizeof bytes);
    }
    QByteArray hash() const
    {
        QByteArray hash(HashBytes, Qt::Uninitialized);
        crypto_generichash(reinterpret_cast<unsigned char *>(hash.data()), HashBytes,
            reinterpret_cast<const unsigned char *>(m_bytes.constData()),
            static_cast<unsigned long long>(m_bytes.size()), nullptr, 0);
        return hash;
    }

private:
    QByteArray m_bytes;
};

QByteArray hashOf(const QByteArray &previous, const AuditRow &row)
{
    Covered covered(previous);
    covered.add(row.id);
    covered.add(row.at);
    for (const QString &text :
        {row.entry.actor, row.entry.action, row.entry.subject, row.entry.detail})
        covered.add(text);
    return covered.hash();
}

struct Head {
    qint64 entries = 0;
    QByteArray hash;
};

Result<Head> headOf(Connection &connection)
{
    constexpr const char *Sql = "SELECT entries, hash FROM audit_head WHERE id = 1";
    const auto head = connection.one(Sql, {}, [](const Row &row) {
        return Head{row.integer(0), row.bytes(1)};
    });
    if (!head)
        return failure(head.error());
    if (!*head)
        return failure(Error::Kind::Damaged, u"the head of the audit chain is missing"_s);
    return **head;
}

// What is wrong with `row` as the next one; empty when nothing is.
QString faultOf(const AuditRow &row, const AuditCheck &before)
{
    if (row.id != before.entries + 1)
        return u"entry %1 is missing"_s.arg(before.entries + 1);
    if (row.hash != hashOf(before.head, row))
        return u"entry %1 was changed"_s.arg(row.id);
    return {};
}

} // namespace

QString commandLineActor()
{
    return u"uid:%1"_s.arg(::getuid());
}

QString operatorActor(const OperatorId &id)
{
    return u"operator:"_s + id.value;
}

Result<> appendAudit(Connection &connection, qint64 now, const AuditEntry &entry)
{
    // The head's row is locked by this, so that two writers cannot take the same number.
    constexpr const char *Take = "UPDATE audit_head SET entries = entries + 1 WHERE id = 1";
    constexpr const char *Add = "INSERT INTO audit (id, at, actor, action, subject, detail, hash) "
                                "VALUES (?, ?, ?, ?, ?, ?, ?)";
    constexpr const char *Keep = "UPDATE audit_head SET hash = ? WHERE id = 1";
    if (const auto taken = connection.exec(Take); !taken)
        return failure(taken.error());
    const auto head = headOf(connection);
    if (!head)
        return failure(head.error());
    AuditRow row{head->entries, now, entry, {}};
    row.hash = hashOf(head->hash, row);
    const auto added = connection.exec(
        Add, {row.id, now, entry.actor, entry.action, entry.subject, entry.detail, row.hash});
    if (!added)
        return failure(added.error());
    if (const auto kept = connection.exec(Keep, {row.hash}); !kept)
        return failure(kept.error());
    return {};
}

Result<QList<AuditRow>> auditAfter(Connection &connection, qint64 afterId, int limit)
{
    constexpr const char *Sql = "SELECT id, at, actor, action, subject, detail, hash FROM audit "
                                "WHERE id > ? ORDER BY id LIMIT ?";
    return connection.all(Sql, {afterId, limit}, [](const Row &row) {
        return AuditRow{row.integer(0), row.integer(1),
            {row.text(2), row.text(3), row.text(4), row.text(5)}, row.bytes(6)};
    });
}

Result<AuditCheck> checkAudit(Connection &connection)
{
    AuditCheck check;
    const auto head = headOf(connection);
    if (!head && head.error().kind != Error::Kind::Damaged)
        return failure(head.error());
    for (qint64 after = std::numeric_limits<qint64>::min();;) {
        const auto rows = auditAfter(connection, after, Batch);
        if (!rows)
            return failure(rows.error());
        if (rows->isEmpty())
            break;
        for (const AuditRow &row : *rows) {
            check.fault = faultOf(row, check);
            if (!check.fault.isEmpty())
                return check;
            check.entries = row.id;
            check.head = row.hash;
        }
        after = rows->last().id;
    }
    if (!head)
        check.fault = head.error().detail;
    else if (head->entries != check.entries)
        check.fault = u"entry %1 is missing"_s.arg(check.entries + 1);
    else if (head->hash != check.head)
        check.fault = u"the head is not that of entry %1"_s.arg(check.entries);
    return check;
}

} // namespace Pagedesk::Relay
