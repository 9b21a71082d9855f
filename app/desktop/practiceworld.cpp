// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/practiceworld.h"

#include <QDir>
#include <QFile>
#include <QHostAddress>
#include <QSaveFile>
#include <QTcpServer>

namespace Pagedesk {

namespace {

using namespace Qt::Literals::StringLiterals;

// The sandbox's sample Pages; its access tokens are fixed and open nothing but the sandbox.
struct SamplePage {
    const char *id;
    const char *name;
};
constexpr SamplePage SamplePages[] = {{"70044", "Bloom Bakery"}, {"70055", "Harbour Bikes"}};

// The port this practice used before, if it is free, so that the paired desktop finds its relay
// again; else any free one. 0 when there is none at all.
quint16 choosePort(const QString &rememberedIn)
{
    QFile file(rememberedIn);
    const quint16 before
        = file.open(QIODevice::ReadOnly) ? file.readAll().trimmed().toUShort() : quint16(0);
    file.close();
    QTcpServer probe;
    if (before == 0 || !probe.listen(QHostAddress::LocalHost, before))
        probe.listen(QHostAddress::LocalHost);
    const quint16 port = probe.serverPort();
    if (port != before && file.open(QIODevice::WriteOnly))
        file.write(QByteArray::number(port));
    return port;
}

// A secret that is made once and kept, readable by this user only.
Result<QString> keptSecret(const QString &path)
{
    QFile file(path);
    if (file.open(QIODevice::ReadOnly)) {
        const QString kept = QString::fromLatin1(file.readAll().trimmed());
        if (!kept.isEmpty())
            return kept;
    }
    const QByteArray made = randomToken(24);
    QSaveFile fresh(path);
    if (!fresh.open(QIODevice::WriteOnly)
        || !fresh.setPermissions(QFile::ReadOwner | QFile::WriteOwner) || fresh.write(made) < 0
        || !fresh.commit())
        return failure(Error::Kind::Storage, u"cannot write %1"_s.arg(path));
    return QString::fromLatin1(made);
}

QUrl loopback(quint16 port, const QString &path = {})
{
    return QUrl(u"http://127.0.0.1:%1%2"_s.arg(port).arg(path));
}

} // namespace

PracticeWorld::PracticeWorld(QString folder, QObject *parent)
    : QObject(parent)
    , m_folder(std::move(folder))
{
}

PracticeWorld::~PracticeWorld()
{
    m_sandbox.reset(); // first, so that it does not post to a relay that is gone
    m_relay.reset();
}

QString PracticeWorld::path(const QString &name) const
{
    return QDir(m_folder).filePath(name);
}

Task<> PracticeWorld::start()
{
    if (const auto prepared = prepareFolder(); !prepared)
        return Task<>::finished(prepared);
    m_relayUrl = loopback(choosePort(path(u"relay.port"_s)));
    m_sandboxUrl = loopback(choosePort(path(u"sandbox.port"_s)));
    Task<> task = startRelay();
    for (const SamplePage &page : SamplePages) {
        task = task.andThen(this, [this, page] {
            return connectPage(QString::fromLatin1(page.id), QString::fromLatin1(page.name));
        });
    }
    return task.andThen(this, [this] { return startSandbox(); });
}

Result<> PracticeWorld::prepareFolder()
{
    if (!QDir().mkpath(m_folder))
        return failure(Error::Kind::Storage, u"cannot make the folder %1"_s.arg(m_folder));
    const auto appSecret = keptSecret(path(u"app-secret"_s));
    if (!appSecret)
        return failure(appSecret.error());
    const auto verifyToken = keptSecret(path(u"verify-token"_s));
    if (!verifyToken)
        return failure(verifyToken.error());
    m_appSecret = *appSecret;
    m_verifyToken = *verifyToken;
    return {};
}

void PracticeWorld::giveSecrets(ChildProgram &program) const
{
    program.setEnvironment(u"PAGEDESK_APP_SECRET"_s, m_appSecret);
    program.setEnvironment(u"PAGEDESK_VERIFY_TOKEN"_s, m_verifyToken);
}

Task<> PracticeWorld::startRelay()
{
    m_relay = std::make_unique<ChildProgram>(u"pagedesk-relay"_s);
    giveSecrets(*m_relay);
    m_relay->setLogFile(path(u"relay.log"_s));
    return m_relay
        ->start({u"serve"_s, u"--data"_s, path(u"relay"_s), u"--listen"_s, m_relayUrl.authority(),
                    u"--graph-url"_s, m_sandboxUrl.toString(), u"--media-hosts"_s, u"127.0.0.1"_s},
            u"pagedesk-relay listening on "_s)
        .andThen(this, [](const QString &) { return Task<>::finished({}); });
}

Task<> PracticeWorld::startSandbox()
{
    m_sandbox = std::make_unique<ChildProgram>(u"pagedesk-sandbox"_s);
    giveSecrets(*m_sandbox);
    m_sandbox->setLogFile(path(u"sandbox.log"_s));
    return m_sandbox
        ->start({u"serve"_s, u"--listen"_s, m_sandboxUrl.authority(), u"--webhook-url"_s,
                    m_relayUrl.toString() + u"/webhooks/messenger"_s, u"--practice"_s},
            u"pagedesk-sandbox listening on "_s)
        .andThen(this, [](const QString &) { return Task<>::finished({}); });
}

Task<> PracticeWorld::connectPage(const QString &id, const QString &name)
{
    const QString tokenPath = path(u"token-"_s + id);
    QSaveFile token(tokenPath);
    if (!token.open(QIODevice::WriteOnly) || token.write("sandbox-page-token-" + id.toLatin1()) < 0
        || !token.commit())
        return Task<>::finished(failure(Error::Kind::Storage, u"cannot write %1"_s.arg(tokenPath)));
    return maintain(
        {u"page"_s, u"add"_s, u"--page-id"_s, id, u"--name"_s, name, u"--token-file"_s, tokenPath})
        .andThen(this, [](const QString &) { return Task<>::finished({}); });
}

Task<Wire::PairingLink> PracticeWorld::invite()
{
    return maintain({u"invite"_s, u"--name"_s, u"You"_s, u"--role"_s, u"agent"_s})
        .andThen(this, [](const QString &link) {
            return Task<Wire::PairingLink>::finished(Wire::pairingLinkFrom(link));
        });
}

Task<QString> PracticeWorld::maintain(const QStringList &words)
{
    auto *program = new ChildProgram(u"pagedesk-relay"_s, this);
    return program->run(words + QStringList{u"--data"_s, path(u"relay"_s)})
        .andThen(this, [program](const QString &output) {
            program->deleteLater();
            return Task<QString>::finished(output);
        });
}

} // namespace Pagedesk
