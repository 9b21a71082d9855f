// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/desk/session.h"

#include "models/base/logging.h"
#include "models/desk/livechannel.h"
#include "models/desk/pairingclient.h"
#include "models/desk/retryschedule.h"
#include "models/desk/secretstore.h"
#include "models/desk/syncer.h"

#include <QRandomGenerator>
#include <QTimer>

namespace Pagedesk {

using namespace Qt::Literals::StringLiterals;

namespace {

QString hostAndPort(const QUrl &relay)
{
    return relay.port() < 0 ? relay.host() : u"%1:%2"_s.arg(relay.host()).arg(relay.port());
}

Origin originOf(const Identity &identity)
{
    return {identity.relay.toString(QUrl::FullyEncoded), identity.self.id, identity.self.name};
}

} // namespace

class Session::Implementation : public QObject {
public:
    Implementation(Session &session, LiveChannel &channel, Syncer &syncer, IdentityStore &store,
        SecretStore &secrets, const Clock &clock);

    void start();
    void begin(const Identity &identity, const Secret &token);
    void connectNow();
    Task<> pair(const Wire::PairingLink &link, const QString &deviceName);
    Task<> forget();

    ConnectionStatus status;
    std::optional<Identity> identity;

private:
    Task<> join(const Identity &joined, const Secret &token);
    void handleWelcome(const Wire::Welcome &welcome);
    void takeSelf(const QString &workspace, const Operator &self);
    void handleBye(const Wire::Bye &bye);
    void handleClosed(const Error &error);
    void show(ConnectionState state, const std::optional<Error> &error = {}, qint64 retryAt = 0);

    Session &m_session;
    LiveChannel &m_channel;
    Syncer &m_syncer;
    IdentityStore &m_store;
    SecretStore &m_secrets;
    const Clock &m_clock;
    PairingClient m_pairing;
    Secret m_token;
    const RetrySchedule m_schedule;
    int m_failures = 0; // in a row
    QTimer m_retry;
};

Session::Implementation::Implementation(Session &session, LiveChannel &channel, Syncer &syncer,
    IdentityStore &store, SecretStore &secrets, const Clock &clock)
    : m_session(session)
    , m_channel(channel)
    , m_syncer(syncer)
    , m_store(store)
    , m_secrets(secrets)
    , m_clock(clock)
{
    m_retry.setSingleShot(true);
    connect(&m_retry, &QTimer::timeout, this, [this] { connectNow(); });
    connect(
        &channel, &LiveChannel::closed, this, [this](const Error &error) { handleClosed(error); });
    connect(&channel, &LiveChannel::frameReceived, this, [this](const Wire::ServerFrame &frame) {
        if (const auto *welcome = std::get_if<Wire::Welcome>(&frame))
            handleWelcome(*welcome);
        else if (const auto *changed = std::get_if<Wire::SelfChanged>(&frame))
            takeSelf(identity->workspace, changed->self);
        else if (const auto *bye = std::get_if<Wire::Bye>(&frame))
            handleBye(*bye);
    });
    connect(&syncer, &Syncer::caughtUp, this, [this] {
        m_failures = 0;
        show(ConnectionState::Live);
    });
}

void Session::Implementation::start()
{
    const auto stored = m_store.load();
    if (!stored) {
        show(ConnectionState::Unpaired, stored.error());
        return;
    }
    if (!*stored) {
        show(ConnectionState::Unpaired);
        return;
    }
    m_secrets.load().then(this, [this, paired = **stored](const Result<Secret> &token) {
        if (token) {
            begin(paired, *token);
            return;
        }
        identity = paired;
        Q_EMIT m_session.selfChanged();
        show(ConnectionState::Refused, token.error());
    });
}

void Session::Implementation::begin(const Identity &paired, const Secret &token)
{
    identity = paired;
    m_token = token;
    m_failures = 0;
    Q_EMIT m_session.selfChanged();
    Q_EMIT m_session.sourceChanged(paired.relay, token);
    connectNow();
}

// Whose rows the replica holds is settled before every connection: it may have been rebuilt.
void Session::Implementation::connectNow()
{
    m_retry.stop();
    show(ConnectionState::Connecting);
    m_syncer.adopt(originOf(*identity)).then(this, [this](const Result<> &adopted) {
        if (!identity)
            return; // it was forgotten meanwhile
        if (adopted)
            m_channel.open(identity->relay, m_token);
        else
            handleClosed(adopted.error());
    });
}

Task<> Session::Implementation::pair(const Wire::PairingLink &link, const QString &deviceName)
{
    return m_pairing.redeem(link, deviceName)
        .andThen(this, [this, relay = link.relay](const Wire::PairingAnswer &answer) {
            const Identity joined{relay, answer.workspace, answer.self};
            return m_secrets.save(answer.deviceToken)
                .andThen(this,
                    [this, joined, token = answer.deviceToken] { return join(joined, token); });
        });
}

Task<> Session::Implementation::join(const Identity &joined, const Secret &token)
{
    if (const auto saved = m_store.save(joined); !saved)
        return Task<>::finished(failure(saved.error()));
    qCInfo(logDesk) << "paired as operator" << joined.self.id.value;
    m_retry.stop();
    m_channel.close();
    begin(joined, token);
    return Task<>::finished({});
}

void Session::Implementation::handleWelcome(const Wire::Welcome &welcome)
{
    if (!m_channel.isOpen())
        return; // somebody could do nothing with this welcome and has hung up
    takeSelf(welcome.workspace, welcome.self);
    show(ConnectionState::CatchingUp);
}

// The key goes first: without it nothing can come back.
Task<> Session::Implementation::forget()
{
    m_retry.stop();
    m_channel.close();
    return m_secrets.remove().andThen(this, [this] {
        m_token = Secret();
        Q_EMIT m_session.forgetting();
        if (const auto wiped = m_syncer.forget(); !wiped)
            return Task<>::finished(failure(wiped.error()));
        if (const auto removed = m_store.remove(); !removed)
            return Task<>::finished(failure(removed.error()));
        identity.reset();
        qCInfo(logDesk) << "this device has forgotten its workspace";
        Q_EMIT m_session.sourceChanged({}, {});
        Q_EMIT m_session.selfChanged();
        show(ConnectionState::Unpaired);
        return Task<>::finished({});
    });
}

void Session::Implementation::takeSelf(const QString &workspace, const Operator &self)
{
    const Identity known{identity->relay, workspace, self};
    if (known == *identity)
        return;
    identity = known;
    if (const auto saved = m_store.save(known); !saved)
        qCWarning(logDesk) << "cannot store who we are" << saved.error().detail;
    Q_EMIT m_session.selfChanged();
}

void Session::Implementation::handleBye(const Wire::Bye &bye)
{
    if (bye.reason == "revoked"_L1)
        m_channel.drop({Error::Kind::Unauthorized, u"this device was revoked"_s});
    else if (bye.reason == "protocol"_L1)
        m_channel.drop({Error::Kind::Protocol, u"the relay does not understand us"_s});
    else
        m_channel.drop({Error::Kind::Offline, u"the relay said goodbye: %1"_s.arg(bye.reason)});
}

void Session::Implementation::handleClosed(const Error &error)
{
    if (!identity)
        return;
    if (error.kind == Error::Kind::Unauthorized) {
        m_retry.stop();
        show(ConnectionState::Refused, error);
        return;
    }
    const auto pause = m_schedule.pause(++m_failures, QRandomGenerator::global()->generateDouble());
    m_retry.start(pause);
    show(ConnectionState::Offline, error, m_clock.now() + pause.count());
}

void Session::Implementation::show(
    ConnectionState state, const std::optional<Error> &error, qint64 retryAt)
{
    ConnectionStatus next{state, {}, m_clock.now(), retryAt, error};
    if (identity)
        next.relay = hostAndPort(identity->relay);
    if (next.state == status.state && next.state != ConnectionState::Offline)
        next.since = status.since;
    if (next == status)
        return;
    status = next;
    Q_EMIT m_session.statusChanged(status);
}

Session::Session(LiveChannel &channel, Syncer &syncer, IdentityStore &identity,
    SecretStore &secrets, const Clock &clock, QObject *parent)
    : QObject(parent)
    , m_implementation(
          std::make_unique<Implementation>(*this, channel, syncer, identity, secrets, clock))
{
}

Session::~Session() = default;

void Session::start()
{
    m_implementation->start();
}

const ConnectionStatus &Session::status() const
{
    return m_implementation->status;
}

const Operator &Session::self() const
{
    static const Operator nobody;
    return m_implementation->identity ? m_implementation->identity->self : nobody;
}

QString Session::workspace() const
{
    return m_implementation->identity ? m_implementation->identity->workspace : QString();
}

Task<> Session::pair(const Wire::PairingLink &link, const QString &deviceName)
{
    return m_implementation->pair(link, deviceName);
}

Task<> Session::forget()
{
    return m_implementation->forget();
}

void Session::retryNow()
{
    const ConnectionState state = m_implementation->status.state;
    if (m_implementation->identity
        && (state == ConnectionState::Offline || state == ConnectionState::Refused))
        m_implementation->start();
}

} // namespace Pagedesk
