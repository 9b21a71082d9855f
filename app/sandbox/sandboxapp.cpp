// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/sandboxapp.h"

#include "app/sandbox/callbacks.h"
#include "app/sandbox/control.h"
#include "app/sandbox/graphapi.h"
#include "app/sandbox/loginapi.h"
#include "app/sandbox/logindialog.h"
#include "app/sandbox/mediahost.h"
#include "app/sandbox/practice.h"
#include "app/sandbox/seed.h"
#include "app/server/httpserver.h"

namespace Pagedesk::Sandbox {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr std::size_t GraphBodyBytes = 40 * 1024 * 1024; // a 25 MB attachment and its wrapping

Server::Limits graphLimits()
{
    Server::Limits limits;
    limits.bodyBytes = GraphBodyBytes;
    return limits;
}

// Hands requests from a server's thread to the object's.
template <typename Handle> Server::RequestHandler onThreadOf(QObject *object, Handle handle)
{
    return [object, handle](Server::Request &&request, Server::Responder responder) {
        const auto shared = std::make_shared<Server::Request>(std::move(request));
        QMetaObject::invokeMethod(
            object, [handle, shared, responder] { handle(*shared, responder); },
            Qt::QueuedConnection);
    };
}

Result<QString> bind(Server::HttpServer &server, const Address &address)
{
    const auto port = server.listen(address.host.toStdString(), address.port);
    if (!port) {
        return failure(port.error().kind,
            u"cannot listen on %1:%2: %3"_s.arg(address.host)
                .arg(address.port)
                .arg(port.error().detail));
    }
    const QString host = address.host.contains(u':') ? u'[' + address.host + u']' : address.host;
    return u"http://%1:%2"_s.arg(host).arg(*port);
}

WebhookSender::Settings senderSettings(const Options &options)
{
    return {options.webhookUrl, options.appSecret, options.batch, 1};
}

} // namespace

struct SandboxApp::Parts {
    explicit Parts(const Options &from, QObject *owner)
        : options(from)
        , scheduler(clock)
        , faults(clock)
        , links(from.appSecret, clock)
        , sender(senderSettings(from), world, scheduler, clock, faults)
        , messaging(world, clock, scheduler, links, sender)
        , app{from.appId, from.appSecret}
        , tokens(world, clock, from.appSecret, from.appId)
        , services{world, clock, messaging, links, app, tokens}
        , callbacks(options.app, from.appSecret, clock)
        , loginApi(services, callbacks)
        , loginDialog(services, options.app)
        , sendApi(services)
        , handshake(from.verifyToken)
        , appApi(services, sender, handshake)
        , graphApi(services, scheduler, faults, sendApi, appApi, loginApi, loginDialog, callLog)
        , mediaHost(world, links, scheduler, faults)
        , load(world, messaging)
        , control({world, clock, messaging, faults, sender, handshake, sendApi, load, callLog,
              tokens, callbacks, options.app, from.appId})
        , practice(world, messaging, scheduler, clock, from.seed)
        , graphServer(graphLimits(),
              onThreadOf(owner,
                  [this](const Server::Request &request, const Server::Responder &responder) {
                      if (request.path.starts_with("/_sandbox"))
                          responder.send(control.handle(request));
                      else
                          graphApi.handle(request, responder);
                  }))
        , mediaServer({},
              onThreadOf(owner,
                  [this](const Server::Request &request, const Server::Responder &responder) {
                      mediaHost.handle(request, responder);
                  }))
    {
    }

    Options options;
    World world;
    SandboxClock clock;
    Scheduler scheduler;
    Faults faults;
    MediaLinks links;
    WebhookSender sender;
    Messaging messaging;
    AppIdentity app;
    Tokens tokens;
    Services services;
    Callbacks callbacks;
    LoginApi loginApi;
    LoginDialog loginDialog;
    SendApi sendApi;
    Handshake handshake;
    AppApi appApi;
    CallLog callLog;
    GraphApi graphApi;
    MediaHost mediaHost;
    Load load;
    Control control;
    Practice practice;
    Server::HttpServer graphServer; // last, so that no request arrives while parts go
    Server::HttpServer mediaServer;
};

SandboxApp::SandboxApp(const Options &options)
    : m_parts(std::make_unique<Parts>(options, this))
{
    seedWorld(m_parts->world);
    connect(&m_parts->handshake, &Handshake::verified, this, [this] {
        m_parts->sender.setReady(true);
        if (m_parts->options.practice)
            m_parts->practice.goOn();
    });
    if (options.practice) {
        connect(&m_parts->appApi, &AppApi::pageSubscribed, &m_parts->practice, &Practice::welcome);
    }
}

SandboxApp::~SandboxApp() = default;

Result<SandboxApp::Addresses> SandboxApp::start()
{
    const auto media = bind(m_parts->mediaServer, m_parts->options.mediaListen);
    if (!media)
        return failure(media.error());
    m_parts->links.setBase(*media);
    const auto graph = bind(m_parts->graphServer, m_parts->options.listen);
    if (!graph)
        return failure(graph.error());
    if (m_parts->options.practice)
        m_parts->practice.begin();
    m_parts->handshake.begin(m_parts->options.webhookUrl);
    return Addresses{*graph, *media};
}

void SandboxApp::stop()
{
    constexpr std::chrono::milliseconds Grace{200};
    m_parts->graphServer.shutDown(Grace);
    m_parts->mediaServer.shutDown(Grace);
}

} // namespace Pagedesk::Sandbox
