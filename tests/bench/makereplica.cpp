// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/desk/identity.h"
#include "models/desk/mediacache.h"
#include "tests/bench/samplepicture.h"
#include "tests/bench/samplereplica.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QCryptographicHash>
#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QTextStream>

using namespace Pagedesk;
using namespace Pagedesk::Testing;
using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int PictureCount = 12;
constexpr int WrongUsage = 2;

int fail(int status, const QString &why)
{
    QTextStream(stderr) << u"make-replica: "_s << why << Qt::endl;
    return status;
}

// Pictures in the profile's cache, by their hashes.
Result<QStringList> makePictures(const QString &folder)
{
    MediaCache cache(folder);
    QStringList hashes;
    for (int i = 0; i < PictureCount; ++i) {
        const QByteArray bytes = samplePicture(i);
        hashes.append(QString::fromLatin1(
            QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex()));
        if (const auto stored = cache.store(hashes.constLast(), bytes); !stored)
            return failure(stored.error());
    }
    return hashes;
}

// Paired with a relay that nobody runs: port 9 of loopback.
Result<> makeIdentity(const QDir &profile)
{
    Identity identity;
    identity.relay = QUrl(u"http://127.0.0.1:9"_s);
    identity.workspace = u"Sample"_s;
    identity.self = {{u"operator-sample"_s}, u"Amal"_s, Role::Agent, true, 1};
    QFile token(profile.filePath(u"device-token"_s));
    if (!token.open(QIODevice::WriteOnly) || token.write("sample") < 0
        || !token.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner))
        return failure(Error::Kind::Storage, token.errorString());
    return IdentityStore(profile.path()).save(identity);
}

Result<> makeProfile(const QDir &profile, const SampleSize &size)
{
    if (!QDir().mkpath(profile.path()))
        return failure(Error::Kind::Storage, u"cannot make %1"_s.arg(profile.path()));
    const QString replica = profile.filePath(u"replica.sqlite"_s);
    if (QFile::exists(replica))
        return failure(Error::Kind::Conflict, u"%1 is there already"_s.arg(replica));
    const auto pictures = makePictures(profile.filePath(u"media"_s));
    if (!pictures)
        return failure(pictures.error());
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    if (const auto made = makeSampleReplica(replica, size, *pictures, now); !made)
        return made;
    return makeIdentity(profile);
}

} // namespace

int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    QCommandLineParser parser;
    parser.setApplicationDescription(
        u"Makes a desktop profile with sample conversations, paired but without a relay. "
        "Open it with PAGEDESK_KEYCHAIN=file pagedesk --profile DIR."_s);
    parser.addHelpOption();
    parser.addOptions({{u"messages"_s, u"How many messages, from 1."_s, u"N"_s, u"1000"_s},
        {u"conversations"_s, u"How many conversations, from 1 to N."_s, u"M"_s, u"50"_s},
        {u"out"_s, u"The folder of the profile."_s, u"DIR"_s}});
    if (!parser.parse(application.arguments()))
        return fail(WrongUsage, parser.errorText());
    if (parser.isSet(u"help"_s))
        parser.showHelp();
    const SampleSize size{
        parser.value(u"messages"_s).toInt(), parser.value(u"conversations"_s).toInt()};
    if (!parser.isSet(u"out"_s) || size.conversations < 1 || size.messages < size.conversations)
        return fail(
            WrongUsage, u"give --messages N, --conversations M (at most N) and --out DIR"_s);
    const auto made = makeProfile(QDir(parser.value(u"out"_s)), size);
    return made ? 0 : fail(1, made.error().detail);
}
