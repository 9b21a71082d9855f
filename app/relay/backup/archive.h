// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/result.h"

#include <QByteArray>
#include <QCryptographicHash>
#include <QString>

#include <functional>
#include <optional>

namespace Pagedesk::Relay {

// A backup is a tar file (POSIX ustar) whose last entry, SHA256SUMS, holds the checksum of every
// other one, as sha256sum writes it: any tar can unpack it and any sha256sum can check it.

// Writes one under a name of its own; it takes its place when it is whole and on the disk. Nothing
// is left of one that was not finished.
class ArchiveWriter {
public:
    explicit ArchiveWriter(QString path);
    ~ArchiveWriter();
    ArchiveWriter(const ArchiveWriter &) = delete;
    ArchiveWriter &operator=(const ArchiveWriter &) = delete;

    // Conflict: somebody else is writing this file.
    Result<> open();
    Result<> add(const QString &name, const QByteArray &bytes);
    Result<> addFile(const QString &name, const QString &path);
    Result<> finish();
    qint64 size() const { return m_size; }

private:
    Result<> writeHeader(const QString &name, qint64 size);
    Result<> write(const QByteArray &bytes);
    Result<> endEntry(const QString &name, qint64 size, const QByteArray &sum);
    Error problem() const; // what errno says

    QString m_path;
    QByteArray m_aside; // the name until it is whole
    QByteArray m_sums;
    qint64 m_size = 0;
    int m_file = -1;
};

// Reads one from its beginning to its end.
class ArchiveReader {
public:
    struct Entry {
        QString name;
        qint64 size = 0;
    };

    ArchiveReader() = default;
    ~ArchiveReader();
    ArchiveReader(const ArchiveReader &) = delete;
    ArchiveReader &operator=(const ArchiveReader &) = delete;

    Result<> open(const QString &path);
    // The next entry; none at the end. Damaged: not an archive, cut off, or not what SHA256SUMS
    // says, which is known only after the last entry. What was not read of the one before is
    // passed over.
    Result<std::optional<Entry>> next();
    // The whole entry, piece by piece.
    Result<> read(const std::function<Result<>(const QByteArray &piece)> &take);

private:
    Result<QByteArray> readBlock(qint64 size);
    Result<> compareSums(qint64 size);

    QString m_path;
    QByteArray m_sums; // of the entries read so far, as SHA256SUMS has them
    Entry m_entry;
    bool m_unread = false;
    int m_file = -1;
};

} // namespace Pagedesk::Relay
