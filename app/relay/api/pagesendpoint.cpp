// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/api/pagesendpoint.h"

#include "app/relay/access/gate.h"
#include "app/relay/api/jsonanswer.h"

#include <QUrlQuery>

namespace Pagedesk::Relay {

namespace {

using namespace Qt::Literals::StringLiterals;
using Server::Request;
using Server::Responder;

constexpr size_t MostBodyBytes = 256 * 1024;
constexpr size_t MostQueryBytes = 1024;
constexpr std::string_view ProfilePath = "/pages/profile";

void answer(QObject *context, Task<Wire::ShownProfile> task, const Responder &responder)
{
    task.then(context, [responder](const Result<Wire::ShownProfile> &done) {
        responder.send(done ? jsonAnswer(200, Wire::encode(*done)) : refusal(done.error()));
    });
}

} // namespace

// What is asked, as far as the server's thread reads it.
struct PagesEndpoint::Order {
    PageId page; // to be read; empty: the body is to be applied
    QByteArray body;

    static Result<Order> from(const Request &request)
    {
        if (request.body.size() > MostBodyBytes || request.query.size() > MostQueryBytes)
            return failure(Error::Kind::TooLarge, u"the request is too long"_s);
        if (request.path != ProfilePath)
            return failure(Error::Kind::NotFound, u"nothing here"_s);
        if (request.method == "POST")
            return Order{{}, QByteArray::fromStdString(request.body)};
        if (request.method != "GET")
            return failure(Error::Kind::NotFound, u"nothing here"_s);
        const QUrlQuery query(QString::fromUtf8(QByteArray::fromStdString(request.query)));
        const QString page = query.queryItemValue(u"page"_s, QUrl::FullyDecoded).left(256);
        if (page.isEmpty())
            return failure(Error::Kind::Protocol, u"page: is missing"_s);
        return Order{{page}, {}};
    }
};

PagesEndpoint::PagesEndpoint(Ledger &ledger, MessengerProfiles &profiles, QObject *parent)
    : QObject(parent)
    , m_ledger(ledger)
    , m_profiles(profiles)
{
}

void PagesEndpoint::serve(const Request &request, const Responder &responder)
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

void PagesEndpoint::work(const Order &order, const Device &device, const Responder &responder)
{
    if (!order.page.isEmpty()) {
        answer(this, m_profiles.read(order.page), responder);
        return;
    }
    const auto wanted = Wire::decodeApplyProfile(order.body);
    if (wanted)
        answer(this, m_profiles.apply(device, *wanted), responder);
    else
        responder.send(refusal(wanted.error()));
}

} // namespace Pagedesk::Relay
