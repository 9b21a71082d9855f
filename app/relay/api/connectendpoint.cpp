// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/api/connectendpoint.h"

#include "app/relay/access/gate.h"
#include "app/relay/api/htmlpage.h"
#include "app/relay/api/jsonanswer.h"

#include <QUrlQuery>

namespace Pagedesk::Relay {

namespace {

using namespace Qt::Literals::StringLiterals;
using Server::Request;
using Server::Responder;
using Server::Response;

constexpr size_t MostBodyBytes = 64 * 1024;
constexpr size_t MostQueryBytes = 8 * 1024;
constexpr int MostReturning = 64;

template <typename T> void answer(QObject *context, Task<T> task, const Responder &responder)
{
    task.then(context, [responder](const Result<T> &done) {
        responder.send(done ? jsonAnswer(200, Wire::encode(*done)) : refusal(done.error()));
    });
}

// A parameter of the query, decoded; browsers write a space as "+".
QString parameter(const QUrlQuery &query, const QString &name)
{
    return query.queryItemValue(name, QUrl::FullyDecoded);
}

QUrlQuery queryOf(const Request &request)
{
    return QUrlQuery(QString::fromUtf8(QByteArray::fromStdString(request.query)));
}

struct Words {
    int status;
    QString title;
    QString sentence;
};

Words wordsFor(const FacebookLogins::Ending &ending)
{
    if (!ending.known) {
        return {403, u"This login is not expected"_s,
            u"Nobody is waiting for it: it was used before, ten minutes have passed, or it was not "
            "begun in Pagedesk. Nothing was changed. Begin again in Pagedesk with “Connect a "
            "Page”."_s};
    }
    switch (ending.problem) {
    case LoginProblem::None:
        return {200, u"You are logged in"_s,
            u"Go back to Pagedesk and choose your Pages. You can close this window."_s};
    case LoginProblem::Cancelled:
        return {200, u"Nothing was connected"_s,
            u"The login was cancelled. You can begin again in Pagedesk at any time."_s};
    case LoginProblem::WrongSettings:
        return {200, u"The app’s settings do not fit"_s,
            u"Facebook refused the app. In Meta’s app dashboard, compare the App ID, the App "
            "Secret and the valid OAuth redirect address with those of the relay, then begin "
            "again in Pagedesk."_s};
    case LoginProblem::NotReached:
        return {200, u"Facebook did not answer"_s,
            u"The relay could not reach Facebook to finish the login. Begin again in Pagedesk in "
            "a few minutes."_s};
    default:
        return {200, u"The login did not work"_s,
            u"Facebook did not accept it. Begin again in Pagedesk."_s};
    }
}

Response pageFor(const Words &words)
{
    return htmlPage(
        words.status, words.title, u"<p>%1</p>\n"_s.arg(words.sentence.toHtmlEscaped()));
}

} // namespace

// What is asked, as far as the server's thread reads it.
struct ConnectEndpoint::Order {
    enum class What { Begin, Progress, Logins, Offer, Pages, Manual, Check, Fields, Doctor };
    What what = What::Logins;
    QString id; // attempt or login
    QByteArray body;

    // NotFound: there is nothing at this address.
    static Result<Order> from(const Request &request)
    {
        struct Route {
            std::string_view method;
            std::string_view path;
            What what;
            QLatin1StringView parameter; // which names the id
        };
        static constexpr Route Routes[] = {
            {"POST", "/connect/login", What::Begin, {}},
            {"GET", "/connect/login", What::Progress, "id"_L1},
            {"GET", "/connect/logins", What::Logins, {}},
            {"GET", "/connect/pages", What::Offer, "login"_L1},
            {"POST", "/connect/pages", What::Pages, {}},
            {"POST", "/connect/manual", What::Manual, {}},
            {"POST", "/connect/check", What::Check, {}},
            {"POST", "/connect/fields", What::Fields, {}},
            {"POST", "/connect/doctor", What::Doctor, {}},
        };
        if (request.body.size() > MostBodyBytes || request.query.size() > MostQueryBytes)
            return failure(Error::Kind::TooLarge, u"the request is too long"_s);
        for (const Route &route : Routes) {
            if (request.method != route.method || request.path != route.path)
                continue;
            Order order{route.what, {}, QByteArray::fromStdString(request.body)};
            if (!route.parameter.isEmpty())
                order.id = parameter(queryOf(request), route.parameter).left(256);
            return order;
        }
        return failure(Error::Kind::NotFound, u"nothing here"_s);
    }
};

ConnectEndpoint::ConnectEndpoint(Ledger &ledger, const Workers &workers, QObject *parent)
    : QObject(parent)
    , m_ledger(ledger)
    , m_workers(workers)
{
}

void ConnectEndpoint::serve(const Request &request, const Responder &responder)
{
    const Gate::Asked asked = Gate::Asked::from(request);
    // Whoever may not ask learns nothing, not even what there is.
    const auto order = Order::from(request);
    m_ledger.database().submitRead([this, asked, order, responder](Connection &connection) {
        const auto device = Gate::pass(connection, asked);
        if (!device) {
            responder.send(refusal(device.error()));
            return;
        }
        if (!order) {
            responder.send(refusal(order.error()));
            return;
        }
        QMetaObject::invokeMethod(
            this,
            [this, order = *order, device = *device, responder] { work(order, device, responder); },
            Qt::QueuedConnection);
    });
}

void ConnectEndpoint::work(
    const Order &order, const Device &device, const Server::Responder &responder)
{
    const auto withBody = [this, &order, &responder](auto decode, auto apply) {
        const auto body = decode(order.body);
        if (body)
            answer(this, apply(*body), responder);
        else
            responder.send(refusal(body.error()));
    };
    switch (order.what) {
    case Order::What::Begin:
        withBody(Wire::decodeBeginLogin,
            [&](const Wire::BeginLogin &begin) { return m_workers.logins.begin(device, begin); });
        return;
    case Order::What::Progress:
        answer(this, m_workers.logins.progress(device, order.id), responder);
        return;
    case Order::What::Logins:
        answer(this, m_workers.connector.logins(), responder);
        return;
    case Order::What::Offer:
        answer(this, m_workers.connector.offer(order.id), responder);
        return;
    case Order::What::Pages:
        withBody(Wire::decodeConnectPages, [&](const Wire::ConnectPages &chosen) {
            return m_workers.connector.connectPages(device, chosen);
        });
        return;
    case Order::What::Manual:
        withBody(Wire::decodeManualPage, [&](const Wire::ManualPage &manual) {
            return m_workers.connector.connectByHand(device, manual);
        });
        return;
    case Order::What::Check:
        withBody(Wire::decodePageChoice, [&](const Wire::PageChoice &choice) {
            return m_workers.inspector.inspect(choice.page);
        });
        return;
    case Order::What::Fields:
        withBody(Wire::decodePageChoice, [&](const Wire::PageChoice &choice) {
            return m_workers.inspector.orderFields(choice.page);
        });
        return;
    case Order::What::Doctor:
        withBody(Wire::decodePageChoice,
            [&](const Wire::PageChoice &choice) { return m_workers.doctor.diagnose(choice.page); });
        return;
    }
}

// Everything in the query was written by somebody else; none of it is shown or logged.
void ConnectEndpoint::handleReturn(const Request &request, const Responder &responder)
{
    if (request.query.size() > MostQueryBytes) {
        responder.send(pageFor(wordsFor({})));
        return;
    }
    // Whoever knows no state gets as far as this too.
    const auto count = m_returning;
    const std::shared_ptr<void> place(count.get(), [count](void *) { count->fetch_sub(1); });
    if (count->fetch_add(1) >= MostReturning) {
        responder.send(pageFor({503, u"Too many at once"_s,
            u"The relay is busy with other logins. Load this page again in a moment."_s}));
        return;
    }
    const QUrlQuery query = queryOf(request);
    FacebookLogins::Returned returned;
    returned.state = parameter(query, u"state"_s);
    returned.code = Secret(parameter(query, u"code"_s).toUtf8());
    returned.error = parameter(query, u"error"_s);
    QMetaObject::invokeMethod(
        this,
        [this, returned, responder, place] {
            m_workers.logins.finish(returned).then(
                this, [responder, place](const Result<FacebookLogins::Ending> &ending) {
                    if (ending) {
                        responder.send(pageFor(wordsFor(*ending)));
                        return;
                    }
                    responder.send(pageFor({503, u"Not now"_s,
                        u"The relay cannot store anything at the moment. Begin again in Pagedesk "
                        "in a few minutes."_s}));
                });
        },
        Qt::QueuedConnection);
}

} // namespace Pagedesk::Relay
