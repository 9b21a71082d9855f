// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/practiceworld.h"

#include "models/base/logging.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkReply>

namespace Pagedesk {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto ReadyWithin = 20s;
constexpr auto CommandWithin = 20s;
constexpr auto AnswerWithin = 5s;

// Who writes what the window asks for.
constexpr auto Visitor = "2400000000009001"_L1;

// The sandbox's sample Pages and their fixed tokens (pagedesk-sandbox --help).
struct SamplePage {
    const char *id;
    const char *name;
};
constexpr SamplePage SamplePages[]{{"70044", "Bloom Bakery"}, {"70055", "Harbour Bikes"}};

QString address(quint16 port)
{
    return u"127.0.0.1:%1"_s.arg(port);
}

Result<> writeToken(const QString &path, const QString &pageId)
{
    QFile file(path);
    const QByteArray token = "sandbox-page-token-" + pageId.toLatin1();
    if (!file.open(QIODevice::WriteOnly | QIODevice::Truncate) || file.write(token) < 0)
        return failure(Error::Kind::Storage, u"%1: %2"_s.arg(path, file.errorString()));
    return {};
}

} // namespace

PracticeWorld::PracticeWorld(
    const QString &profileFolder, const IdentityStore &identity, QObject *parent)
    : QObject(parent)
    , m_folder(profileFolder)
    , m_identity(identity)
{
    connect(&m_sandbox, &ChildProcess::ended, this, [this] {
        Q_EMIT broken(tr("The simulated customers have stopped. Start Pagedesk again."));
    });
    connect(&m_relay, &ChildProcess::ended, this,
        [this] { Q_EMIT broken(tr("The practice relay has stopped. Start Pagedesk again.")); });
}

PracticeWorld::~PracticeWorld()
{
    // First who writes, then who listens: nothing is left without an answer.
    m_sandbox.stop();
    m_relay.stop();
}

Task<QString> PracticeWorld::start()
{
    const auto setup = PracticeSetup::prepare(m_folder);
    if (!setup)
        return Task<QString>::finished(failure(setup.error()));
    m_setup = *setup;
    m_relayIsNew = !QDir(path(u"relay"_s)).exists();
    if (!QDir().mkpath(path(u"relay"_s)))
        return Task<QString>::finished(
            failure(Error::Kind::Storage, u"the practice folder cannot be made"_s));
    // The Pages come before the customers: nothing they write is without a Page.
    return connectPages()
        .andThen(this, [this](const QString &) { return startRelay(); })
        .andThen(this, [this](const QString &relayAddress) {
            return startSandbox().andThen(this,
                [this, relayAddress](const QString &) { return settleIdentity(relayAddress); });
        });
}

Task<> PracticeWorld::write(const PageId &page, const QString &text)
{
    QNetworkRequest request(QUrl(
        u"http://%1/_sandbox/customers/%2/messages"_s.arg(address(m_setup.sandboxPort), Visitor)));
    request.setHeader(QNetworkRequest::ContentTypeHeader, u"application/json"_s);
    request.setTransferTimeout(int(std::chrono::milliseconds(AnswerWithin).count()));
    const QJsonObject body{
        {u"pageId"_s, page.value}, {u"text"_s, text}, {u"name"_s, tr("Practice Visitor")}};
    QNetworkReply *reply = m_http.post(request, QJsonDocument(body).toJson(QJsonDocument::Compact));
    const auto promise = std::make_shared<Promise<>>();
    connect(reply, &QNetworkReply::finished, this, [reply, promise] {
        reply->deleteLater();
        const int status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
        if (status == 0)
            promise->finish(failure(Error::Kind::Offline, reply->errorString()));
        else if (status != 200)
            promise->finish(
                failure(Error::Kind::Rejected, u"the sandbox answered %1"_s.arg(status)));
        else
            promise->finish(Result<>());
    });
    return promise->task();
}

Task<QString> PracticeWorld::startSandbox()
{
    return m_sandbox.serve(
        {siblingProgram(u"pagedesk-sandbox"_s),
            {u"serve"_s, u"--practice"_s, u"--listen"_s, address(m_setup.sandboxPort),
                u"--media-listen"_s, address(m_setup.mediaPort), u"--webhook-url"_s,
                relayUrl(u"/webhooks/messenger"_s), u"--redirect-uri"_s,
                relayUrl(u"/oauth/callback"_s), u"--deauthorize-url"_s,
                relayUrl(u"/meta/deauthorize"_s), u"--data-deletion-url"_s,
                relayUrl(u"/meta/data-deletion"_s)},
            m_setup.environment(), path(u"sandbox.log"_s)},
        ReadyWithin);
}

Task<QString> PracticeWorld::startRelay()
{
    return m_relay.serve(
        {siblingProgram(u"pagedesk-relay"_s),
            {u"serve"_s, u"--data"_s, path(u"relay"_s), u"--listen"_s, address(m_setup.relayPort),
                u"--graph-url"_s, u"http://%1"_s.arg(address(m_setup.sandboxPort)),
                u"--login-url"_s, u"http://%1"_s.arg(address(m_setup.sandboxPort)),
                u"--media-hosts"_s, u"127.0.0.1"_s},
            m_setup.environment(), path(u"relay.log"_s)},
        ReadyWithin);
}

Task<QString> PracticeWorld::connectPages()
{
    auto task = Task<QString>::finished(QString());
    for (const SamplePage &page : SamplePages) {
        task = task.andThen(this,
            [this, id = QString::fromLatin1(page.id), name = QString::fromLatin1(page.name)](
                const QString &) { return connectPage(id, name); });
    }
    return task;
}

Task<QString> PracticeWorld::connectPage(const QString &id, const QString &name)
{
    const QString token = path(u"page-token"_s);
    if (const auto written = writeToken(token, id); !written)
        return Task<QString>::finished(failure(written.error()));
    return maintain({u"page"_s, u"add"_s, u"--data"_s, path(u"relay"_s), u"--page-id"_s, id,
                        u"--name"_s, name, u"--token-file"_s, token})
        .andThen(this, [token](const QString &printed) {
            QFile::remove(token);
            return Task<QString>::finished(printed);
        });
}

Task<QString> PracticeWorld::settleIdentity(const QString &relayAddress)
{
    auto identity = m_identity.load();
    // A relay that has just been made knows nobody.
    if (!identity || !*identity || m_relayIsNew)
        return invite();
    const QUrl relay(relayAddress);
    if ((*identity)->relay != relay) {
        (*identity)->relay = relay;
        if (const auto saved = m_identity.save(**identity); !saved)
            return Task<QString>::finished(failure(saved.error()));
    }
    return Task<QString>::finished(QString());
}

Task<QString> PracticeWorld::invite()
{
    return maintain({u"invite"_s, u"--data"_s, path(u"relay"_s), u"--name"_s, tr("You"),
                        u"--role"_s, u"admin"_s})
        .andThen(this,
            [](const QString &printed) { return Task<QString>::finished(printed.trimmed()); });
}

Task<QString> PracticeWorld::maintain(const QStringList &arguments)
{
    auto *command = new ChildProcess(this);
    connect(command, &ChildProcess::finished, command, &QObject::deleteLater);
    return command->run(
        {siblingProgram(u"pagedesk-relay"_s), arguments, m_setup.environment(), {}}, CommandWithin);
}

QString PracticeWorld::relayUrl(const QString &path) const
{
    return u"http://%1%2"_s.arg(address(m_setup.relayPort), path);
}

QString PracticeWorld::path(const QString &name) const
{
    return QDir(m_folder).filePath(name);
}

} // namespace Pagedesk
