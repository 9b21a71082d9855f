// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/backup/archive.h"

#include "app/relay/backup/disk.h"

#include <QFile>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <numeric>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace Pagedesk::Relay {

namespace {

using namespace Qt::Literals::StringLiterals;

constexpr qsizetype BlockBytes = 512;
constexpr qsizetype PieceBytes = 1024 * 1024;
constexpr qint64 MostSumsBytes = 1024LL * 1024 * 1024;
constexpr auto SumsName = "SHA256SUMS"_L1;

// Places in a header (POSIX.1-2017, pax, "ustar Interchange Format").
constexpr qsizetype NameBytes = 100;
constexpr qsizetype SizeAt = 124;
constexpr qsizetype SizeBytes = 12;
constexpr qsizetype SumAt = 148;
constexpr qsizetype SumBytes = 8;
constexpr qsizetype TypeAt = 156;
constexpr qsizetype MagicAt = 257;
constexpr qsizetype BaseAboveOctal = 8LL * 1024 * 1024 * 1024;

void put(QByteArray &header, qsizetype at, const QByteArray &text)
{
    header.replace(at, text.size(), text);
}

// Octal digits, or for what has no room there GNU's binary form.
QByteArray sizeField(qint64 size)
{
    if (size < BaseAboveOctal)
        return QByteArray::number(size, 8).rightJustified(SizeBytes - 1, '0') + ' ';
    QByteArray field(SizeBytes, '\0');
    for (qsizetype i = SizeBytes - 1; i > 0; --i, size >>= 8)
        field[i] = static_cast<char>(size & 0xff);
    field[0] = static_cast<char>(0x80);
    return field;
}

std::optional<qint64> readSize(const QByteArray &field)
{
    if ((static_cast<unsigned char>(field[0]) & 0x80) == 0) {
        bool isNumber = false;
        const qint64 size = field.left(SizeBytes - 1).toLongLong(&isNumber, 8);
        return isNumber && size >= 0 ? std::optional(size) : std::nullopt;
    }
    qint64 size = 0;
    for (qsizetype i = 4; i < SizeBytes; ++i)
        size = (size << 8) | static_cast<unsigned char>(field[i]);
    return size >= 0 ? std::optional(size) : std::nullopt;
}

// Of all bytes, with blanks where the sum stands.
int sumOf(QByteArray header)
{
    header.replace(SumAt, SumBytes, QByteArray(SumBytes, ' '));
    return std::accumulate(header.cbegin(), header.cend(), 0,
        [](int sum, char byte) { return sum + static_cast<unsigned char>(byte); });
}

qint64 paddingOf(qint64 size)
{
    return (BlockBytes - size % BlockBytes) % BlockBytes;
}

QByteArray sumLine(const QByteArray &sum, const QString &name)
{
    return sum.toHex() + "  " + name.toUtf8() + '\n';
}

} // namespace

ArchiveWriter::ArchiveWriter(QString path)
    : m_path(std::move(path))
    , m_aside(QFile::encodeName(m_path) + ".part")
{
}

ArchiveWriter::~ArchiveWriter()
{
    if (m_file < 0)
        return;
    ::unlink(m_aside.constData());
    ::close(m_file);
}

Error ArchiveWriter::problem() const
{
    return Disk::cannotWrite(m_path);
}

Result<> ArchiveWriter::open()
{
    const int file = ::open(m_aside.constData(), O_CREAT | O_RDWR | O_CLOEXEC, 0600);
    if (file < 0)
        return failure(problem());
    if (::flock(file, LOCK_EX | LOCK_NB) != 0) {
        ::close(file);
        return failure(
            Error::Kind::Conflict, u"another program is writing %1 already"_s.arg(m_path));
    }
    m_file = file;
    if (::ftruncate(m_file, 0) != 0)
        return failure(problem());
    return {};
}

Result<> ArchiveWriter::write(const QByteArray &bytes)
{
    if (!Disk::writeAll(m_file, bytes))
        return failure(problem());
    m_size += bytes.size();
    return {};
}

Result<> ArchiveWriter::writeHeader(const QString &name, qint64 size)
{
    QByteArray header(BlockBytes, '\0');
    put(header, 0, name.toUtf8().left(NameBytes));
    put(header, 100, "0000600 0000000 0000000 "); // mode, user, group
    put(header, SizeAt, sizeField(size));
    put(header, 136, "00000000000 "); // time: the backup itself says when it was made
    put(header, TypeAt, "0");
    put(header, MagicAt,
        QByteArray("ustar\0"
                   "00",
            8));
    put(header, SumAt, QByteArray::number(sumOf(header), 8).rightJustified(6, '0') + '\0' + ' ');
    return write(header);
}

Result<> ArchiveWriter::endEntry(const QString &name, qint64 size, const QByteArray &sum)
{
    m_sums += sumLine(sum, name);
    return write(QByteArray(paddingOf(size), '\0'));
}

Result<> ArchiveWriter::add(const QString &name, const QByteArray &bytes)
{
    if (auto written = writeHeader(name, bytes.size()); !written)
        return written;
    if (auto written = write(bytes); !written)
        return written;
    return endEntry(
        name, bytes.size(), QCryptographicHash::hash(bytes, QCryptographicHash::Sha256));
}

Result<> ArchiveWriter::addFile(const QString &name, const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return failure(Error::Kind::Storage, u"cannot read %1: %2"_s.arg(path, file.errorString()));
    const qint64 size = file.size();
    if (auto written = writeHeader(name, size); !written)
        return written;
    QCryptographicHash hash(QCryptographicHash::Sha256);
    for (qint64 left = size; left > 0;) {
        const QByteArray piece = file.read(std::min<qint64>(left, PieceBytes));
        if (piece.isEmpty())
            return failure(Error::Kind::Storage, u"cannot read %1 to its end"_s.arg(path));
        hash.addData(piece);
        if (auto written = write(piece); !written)
            return written;
        left -= piece.size();
    }
    return endEntry(name, size, hash.result());
}

Result<> ArchiveWriter::finish()
{
    if (auto added = add(SumsName, QByteArray(m_sums)); !added)
        return added;
    if (auto ended = write(QByteArray(2 * BlockBytes, '\0')); !ended)
        return ended;
    const QByteArray path = QFile::encodeName(m_path);
    if (::fsync(m_file) != 0 || ::rename(m_aside.constData(), path.constData()) != 0)
        return failure(problem());
    ::close(std::exchange(m_file, -1));
    if (!Disk::syncFolderOf(m_path))
        return failure(problem());
    return {};
}

ArchiveReader::~ArchiveReader()
{
    if (m_file >= 0)
        ::close(m_file);
}

Result<> ArchiveReader::open(const QString &path)
{
    m_path = path;
    m_file = ::open(QFile::encodeName(path).constData(), O_RDONLY | O_CLOEXEC);
    if (m_file < 0) {
        return failure(errno == ENOENT ? Error::Kind::NotFound : Error::Kind::Storage,
            u"cannot read %1: %2"_s.arg(path, QString::fromLocal8Bit(std::strerror(errno))));
    }
    return {};
}

Result<QByteArray> ArchiveReader::readBlock(qint64 size)
{
    QByteArray bytes(size, Qt::Uninitialized);
    for (qint64 done = 0; done < size;) {
        const ssize_t count = ::read(m_file, bytes.data() + done, static_cast<size_t>(size - done));
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0) {
            return failure(Error::Kind::Storage,
                u"cannot read %1: %2"_s.arg(m_path, QString::fromLocal8Bit(std::strerror(errno))));
        }
        if (count == 0)
            return failure(Error::Kind::Damaged, u"%1 is cut off"_s.arg(m_path));
        done += count;
    }
    return bytes;
}

Result<std::optional<ArchiveReader::Entry>> ArchiveReader::next()
{
    if (m_unread) {
        if (auto passed = read([](const QByteArray &) -> Result<> { return {}; }); !passed)
            return failure(passed.error());
    }
    const auto header = readBlock(BlockBytes);
    if (!header)
        return failure(header.error());
    bool isNumber = false;
    const int sum = header->mid(SumAt, 6).toInt(&isNumber, 8);
    const auto size = readSize(header->mid(SizeAt, SizeBytes));
    if (!isNumber || sum != sumOf(*header) || header->mid(MagicAt, 5) != "ustar" || !size
        || header->at(TypeAt) != '0')
        return failure(Error::Kind::Damaged, u"%1 is not a whole backup"_s.arg(m_path));
    const QByteArray name = header->left(NameBytes);
    m_entry = {QString::fromUtf8(name.left(qstrnlen(name.constData(), NameBytes))), *size};
    if (m_entry.name == SumsName) {
        if (auto same = compareSums(*size); !same)
            return failure(same.error());
        return std::nullopt;
    }
    m_unread = true;
    return m_entry;
}

Result<> ArchiveReader::read(const std::function<Result<>(const QByteArray &)> &take)
{
    m_unread = false;
    QCryptographicHash hash(QCryptographicHash::Sha256);
    for (qint64 left = m_entry.size; left > 0;) {
        const auto piece = readBlock(std::min<qint64>(left, PieceBytes));
        if (!piece)
            return failure(piece.error());
        hash.addData(*piece);
        if (auto taken = take(*piece); !taken)
            return taken;
        left -= piece->size();
    }
    m_sums += sumLine(hash.result(), m_entry.name);
    if (const auto padding = readBlock(paddingOf(m_entry.size)); !padding)
        return failure(padding.error());
    return {};
}

Result<> ArchiveReader::compareSums(qint64 size)
{
    if (size > MostSumsBytes || size != m_sums.size())
        return failure(Error::Kind::Damaged, u"%1 does not have all its parts"_s.arg(m_path));
    const auto sums = readBlock(size);
    if (!sums)
        return failure(sums.error());
    if (*sums != m_sums) {
        return failure(Error::Kind::Damaged, u"%1 is damaged: a checksum is wrong"_s.arg(m_path));
    }
    return {};
}

} // namespace Pagedesk::Relay
