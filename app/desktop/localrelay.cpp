// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/localrelay.h"

#include "app/desktop/practicesetup.h"
#include "models/base/clock.h"
#include "models/wire/pairing.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>
#include <QTcpServer>

namespace Pagedesk {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto ReadyWithin = 20s;
constexpr auto CommandWithin = 20s;
constexpr qint64 LongestFile = 64 * 1024;
constexpr int KeyBytes = 32;
constexpr auto Private = QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ExeOwner;

QString newKey()
{
    return QString::fromLatin1(
        QByteArray::fromBase64(randomToken(KeyBytes), QByteArray::Base64UrlEncoding).toHex());
}

quint16 freePort()
{
    QTcpServer server;
    return server.listen(QHostAddress::LocalHost, 0) ? server.serverPort() : quint16(0);
}

// What a new admin is called until they say otherwise.
QString userName()
{
    return qEnvironmentVariable("USER", LocalRelay::tr("Admin"));
}

// What a start that went wrong says, for people.
Error inWords(const Error &error)
{
    if (error.kind == Error::Kind::NotFound) {
        return {error.kind,
            LocalRelay::tr("the program pagedesk-relay is missing beside Pagedesk. Install it "
                           "again.")};
    }
    if (error.kind == Error::Kind::Timeout)
        return {error.kind, LocalRelay::tr("the relay did not get ready in time.")};
    return error;
}

} // namespace

LocalRelay::LocalRelay(QString profileFolder, DeviceSecrets::Place place,
    const IdentityStore &identity, QObject *parent)
    : LocalWorkspace(parent)
    , m_folder(std::move(profileFolder))
    , m_identity(identity)
    , m_secrets(m_folder, place, u"workspace-keys"_s)
{
    connect(&m_relay, &ChildProcess::ended, this, [this] {
        m_running = false;
        Q_EMIT broken(tr("The relay of this workspace has stopped. Start Pagedesk again. Its log "
                         "is %1.")
                          .arg(path(u"relay.log"_s)));
    });
}

LocalRelay::~LocalRelay()
{
    m_relay.stop();
}

bool LocalRelay::isHere() const
{
    return QFile::exists(path(u"workspace.json"_s));
}

QUrl LocalRelay::address() const
{
    const auto facts = load();
    return facts ? QUrl(u"http://127.0.0.1:%1"_s.arg(facts->port)) : QUrl();
}

Task<QString> LocalRelay::create()
{
    return prepare().andThen(this, [this] { return start(); }).andThen(this, [this] {
        return invite();
    });
}

// Makes what is not there yet. What is there is never made anew: a ledger belongs to its key.
Task<> LocalRelay::prepare()
{
    if (isHere())
        return Task<>::finished({});
    if (!QDir().mkpath(path({})) || !QFile::setPermissions(path({}), Private)) {
        return Task<>::finished(
            failure(Error::Kind::Storage, tr("the folder %1 cannot be made.").arg(path({}))));
    }
    return keep({newKey(), {}, newKey()}).andThen(this, [this] {
        return Task<>::finished(store({freePort(), {}, {}}));
    });
}

Task<> LocalRelay::start()
{
    if (m_running)
        return Task<>::finished({});
    return keys().andThen(this, [this](const Keys &known) { return serve(known); });
}

Task<> LocalRelay::serve(const Keys &known)
{
    auto facts = load();
    if (!facts)
        return Task<>::finished(failure(facts.error()));
    if (const auto settled = settlePort(*facts); !settled)
        return Task<>::finished(settled);
    QStringList arguments{u"serve"_s, u"--data"_s, path(u"relay"_s), u"--listen"_s,
        u"127.0.0.1:%1"_s.arg(facts->port)};
    if (!facts->publicUrl.isEmpty())
        arguments += {u"--public-url"_s, facts->publicUrl.toString(QUrl::FullyEncoded)};
    auto promise = std::make_shared<Promise<>>();
    auto task = promise->task();
    m_relay
        .serve({siblingProgram(u"pagedesk-relay"_s), arguments, environment(known, *facts),
                   path(u"relay.log"_s)},
            ReadyWithin)
        .then(this, [this, promise](const Result<QString> &ready) {
            m_running = ready.has_value();
            promise->finish(ready ? noteAddress() : failure(inWords(ready.error())));
        });
    return task;
}

// A proxy in front expects the relay where it is; without one any port will do.
Result<> LocalRelay::settlePort(Facts &facts) const
{
    if (facts.port != 0 && isFree(facts.port))
        return {};
    if (facts.port != 0 && !facts.publicUrl.isEmpty()) {
        return failure(Error::Kind::Conflict,
            tr("port %1 is taken by another program, and %2 expects the relay there. End that "
               "program and start Pagedesk again.")
                .arg(facts.port)
                .arg(facts.publicUrl.host()));
    }
    facts.port = freePort();
    if (facts.port == 0)
        return failure(Error::Kind::Conflict, tr("there is no free port on this computer."));
    return store(facts);
}

Result<> LocalRelay::noteAddress() const
{
    auto identity = m_identity.load();
    if (!identity || !*identity || (*identity)->relay == address())
        return {};
    if ((*identity)->relay.host() != address().host())
        return {}; // this profile belongs to a relay elsewhere now
    (*identity)->relay = address();
    return m_identity.save(**identity);
}

// A maintenance command on the relay's data; finishes with what it prints.
Task<QString> LocalRelay::command(const Keys &known, const QStringList &words)
{
    auto *process = new ChildProcess(this);
    connect(process, &ChildProcess::finished, process, &QObject::deleteLater);
    return process->run(
        {siblingProgram(u"pagedesk-relay"_s), words + QStringList{u"--data"_s, path(u"relay"_s)},
            environment(known, load().value_or(Facts{})), {}},
        CommandWithin);
}

// The only admin, whatever they call themselves now; among several the one who is called as the
// user of this computer.
Task<QString> LocalRelay::admin(const Keys &known)
{
    return command(known, {u"operator"_s, u"list"_s}).andThen(this, [](const QString &printed) {
        QStringList admins;
        QString namesake;
        const QStringList lines = printed.split(u'\n', Qt::SkipEmptyParts);
        for (const QString &line : lines) {
            // id, role, state, name
            if (line.section(u'\t', 1, 2) != u"admin\tactive")
                continue;
            admins.append(line.section(u'\t', 0, 0));
            if (namesake.isEmpty() && line.section(u'\t', 3) == userName())
                namesake = admins.constLast();
        }
        return Task<QString>::finished(admins.size() == 1 ? admins.constFirst() : namesake);
    });
}

Task<QString> LocalRelay::invite()
{
    return keys().andThen(this, [this](const Keys &known) {
        return admin(known)
            .andThen(this,
                [this, known](const QString &id) {
                    return command(known,
                        id.isEmpty() ? QStringList{u"invite"_s, u"--name"_s, userName(),
                            u"--role"_s, u"admin"_s}
                                     : QStringList{u"invite"_s, u"--operator"_s, id});
                })
            .andThen(this, [this](const QString &printed) {
                // Whatever address is told to others, this computer takes the short way.
                auto link = Wire::pairingLinkFrom(printed.trimmed());
                if (!link)
                    return Task<QString>::finished(failure(link.error()));
                link->relay = address();
                return Task<QString>::finished(Wire::toLink(*link));
            });
    });
}

// Out of the way in one step: what is deleted by halves would neither start nor be missing.
Result<> LocalRelay::putAside() const
{
    const QString aside = u"workspace-deleted-%1"_s.arg(SystemClock().now());
    if (QDir(m_folder).rename(u"workspace"_s, aside))
        return {};
    return failure(Error::Kind::Storage,
        tr("The folder %1 cannot be deleted. Delete it by hand.").arg(folder()));
}

Result<> LocalRelay::removeAsides() const
{
    const QDir profile(m_folder);
    const QStringList asides
        = profile.entryList({u"workspace-deleted-*"_s}, QDir::Dirs | QDir::NoDotAndDotDot);
    for (const QString &name : asides) {
        if (!QDir(profile.filePath(name)).removeRecursively()) {
            return failure(Error::Kind::Storage,
                tr("The folder %1 cannot be deleted completely. Delete it by hand.")
                    .arg(profile.filePath(name)));
        }
    }
    return {};
}

Task<> LocalRelay::remove()
{
    m_relay.stop();
    m_running = false;
    if (isHere()) {
        if (const auto moved = putAside(); !moved)
            return Task<>::finished(moved);
    }
    // The keys last, and also when files are left: without them nobody can read those.
    const auto removed = removeAsides();
    return m_secrets.remove().andThen(this, [removed] { return Task<>::finished(removed); });
}

Task<LocalWorkspace::AppSettings> LocalRelay::appSettings()
{
    const auto facts = load();
    if (!facts)
        return Task<AppSettings>::finished(failure(facts.error()));
    return keys().andThen(this, [facts = *facts](const Keys &known) {
        return Task<AppSettings>::finished(AppSettings{facts.appId,
            Secret(known.appSecret.toUtf8()), Secret(known.verifyToken.toUtf8()), facts.publicUrl});
    });
}

Task<> LocalRelay::useApp(const AppSettings &settings)
{
    return keys()
        .andThen(this,
            [this, settings](Keys known) {
                known.appSecret = QString::fromUtf8(settings.appSecret.reveal());
                return keep(known);
            })
        .andThen(this, [this, settings] {
            auto facts = load();
            if (!facts)
                return Task<>::finished(failure(facts.error()));
            facts->appId = settings.appId;
            facts->publicUrl = settings.publicUrl;
            if (const auto stored = store(*facts); !stored)
                return Task<>::finished(stored);
            m_relay.stop();
            m_running = false;
            return start();
        });
}

Result<LocalRelay::Facts> LocalRelay::load() const
{
    QFile file(path(u"workspace.json"_s));
    if (!file.open(QIODevice::ReadOnly))
        return failure(Error::Kind::NotFound, u"workspace.json: %1"_s.arg(file.errorString()));
    const QJsonObject object = QJsonDocument::fromJson(file.read(LongestFile)).object();
    const int port = object.value("port"_L1).toInt();
    Facts facts;
    facts.port = port > 0 && port <= 65535 ? quint16(port) : quint16(0);
    facts.appId = object.value("appId"_L1).toString();
    facts.publicUrl = QUrl(object.value("publicUrl"_L1).toString(), QUrl::StrictMode);
    return facts;
}

Result<> LocalRelay::store(const Facts &facts) const
{
    const QJsonObject object{{"port"_L1, facts.port}, {"appId"_L1, facts.appId},
        {"publicUrl"_L1, facts.publicUrl.toString(QUrl::FullyEncoded)}};
    QSaveFile file(path(u"workspace.json"_s));
    if (!file.open(QIODevice::WriteOnly) || file.write(QJsonDocument(object).toJson()) < 0
        || !file.commit())
        return failure(Error::Kind::Storage, u"workspace.json: %1"_s.arg(file.errorString()));
    return {};
}

Task<LocalRelay::Keys> LocalRelay::keys()
{
    auto promise = std::make_shared<Promise<Keys>>();
    auto task = promise->task();
    m_secrets.load().then(this, [promise](const Result<Secret> &kept) {
        const QJsonObject object
            = kept ? QJsonDocument::fromJson(kept->reveal()).object() : QJsonObject();
        const Keys known{object.value("masterKey"_L1).toString(),
            object.value("appSecret"_L1).toString(), object.value("verifyToken"_L1).toString()};
        if (known.masterKey.isEmpty()) {
            promise->finish(failure(Error::Kind::NotFound,
                tr("the keys of this workspace are not in the keychain any more.")));
        } else {
            promise->finish(known);
        }
    });
    return task;
}

Task<> LocalRelay::keep(const Keys &keys)
{
    const QJsonObject object{{"masterKey"_L1, keys.masterKey}, {"appSecret"_L1, keys.appSecret},
        {"verifyToken"_L1, keys.verifyToken}};
    const Secret secret(QJsonDocument(object).toJson(QJsonDocument::Compact));
    auto promise = std::make_shared<Promise<>>();
    auto task = promise->task();
    m_secrets.save(secret).then(this, [this, promise, secret](const Result<> &saved) {
        if (saved || m_secrets.isProtected()) {
            promise->finish(saved);
            return;
        }
        // No keychain after all: the file, as for the device's own key, which the window says.
        m_secrets.save(secret).then(
            this, [promise](const Result<> &again) { promise->finish(again); });
    });
    return task;
}

QProcessEnvironment LocalRelay::environment(const Keys &keys, const Facts &facts) const
{
    // Nothing of the outside: a variable meant for another relay must not reach this one.
    QProcessEnvironment environment;
    const QProcessEnvironment ours = QProcessEnvironment::systemEnvironment();
    for (const QString &name : ours.keys()) {
        if (!name.startsWith(u"PAGEDESK_"))
            environment.insert(name, ours.value(name));
    }
    if (!facts.appId.isEmpty())
        environment.insert(u"PAGEDESK_APP_ID"_s, facts.appId);
    // Before there is an app nothing can be signed for it: a secret that nobody knows.
    environment.insert(
        u"PAGEDESK_APP_SECRET"_s, keys.appSecret.isEmpty() ? newKey() : keys.appSecret);
    environment.insert(u"PAGEDESK_VERIFY_TOKEN"_s, keys.verifyToken);
    environment.insert(u"PAGEDESK_MASTER_KEY"_s, keys.masterKey);
    return environment;
}

QString LocalRelay::path(const QString &name) const
{
    const QDir folder(QDir(m_folder).filePath(u"workspace"_s));
    return name.isEmpty() ? folder.path() : folder.filePath(name);
}

} // namespace Pagedesk
