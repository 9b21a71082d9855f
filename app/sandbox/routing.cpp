// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/routing.h"

#include "app/sandbox/sendrules.h"

namespace Pagedesk::Sandbox {

using namespace Qt::Literals::StringLiterals;

namespace {

const QJsonObject Done{{QStringLiteral("success"), true}};

bool isDefaultApp(const Page &page, const QString &app)
{
    return page.defaultApp == app || page.defaultApp == "self"_L1;
}

GraphResult take(const Page &page, Thread &thread, const Services &services)
{
    if (!isDefaultApp(page, services.app.id))
        return graphFailure(notDefaultApp());
    thread.ownerApp.clear();
    return Done;
}

GraphResult pass(
    const GraphRequest &request, const Page &page, Thread &thread, const Services &services)
{
    const QString target = idText(request.json(u"target_app_id"_s));
    if (target.isEmpty())
        return graphFailure(badParameter(u"The parameter target_app_id is required"_s));
    const bool isHeld = isHeldByOther(thread, services.clock.now());
    if (isHeld && !isDefaultApp(page, services.app.id))
        return graphFailure(notDefaultApp());
    thread.ownerApp = target == services.app.id ? QString() : target;
    return Done;
}

QJsonObject owner(const Thread &thread, const Services &services)
{
    const qint64 now = services.clock.now();
    if (!isStandardWindowOpen(thread, now))
        return {{u"data"_s, QJsonArray()}}; // idle
    const QString app = isHeldByOther(thread, now) ? thread.ownerApp : services.app.id;
    const QJsonObject held{
        {u"app_id"_s, app}, {u"expiration"_s, (thread.lastCustomerAt + StandardWindowMs) / 1000}};
    return {{u"data"_s, QJsonArray{QJsonObject{{u"thread_owner"_s, held}}}}};
}

} // namespace

bool isHeldByOther(const Thread &thread, qint64 now)
{
    return !thread.ownerApp.isEmpty() && isStandardWindowOpen(thread, now);
}

bool isRoutingEdge(const QString &edge)
{
    static const QStringList Edges{u"take_thread_control"_s, u"pass_thread_control"_s,
        u"release_thread_control"_s, u"thread_owner"_s};
    return Edges.contains(edge);
}

GraphResult routeThread(const GraphRequest &request, const Page &page, const Services &services)
{
    const QString &edge = request.path.at(1);
    const bool isRead = edge == "thread_owner"_L1;
    if (request.method != (isRead ? "GET"_L1 : "POST"_L1))
        return graphFailure(unsupportedRequest(request.method, request.path.constFirst()));
    const QString psid = isRead ? request.text(u"recipient"_s)
                                : idText(request.json(u"recipient"_s).toObject()[u"id"_s]);
    Thread *thread = services.world.thread(page.id, psid);
    if (!thread)
        return graphFailure(noMatchingUser());
    if (isRead)
        return owner(*thread, services);
    if (edge == "take_thread_control"_L1)
        return take(page, *thread, services);
    if (edge == "pass_thread_control"_L1)
        return pass(request, page, *thread, services);
    if (isHeldByOther(*thread, services.clock.now()))
        return graphFailure(heldByOtherApp());
    return Done; // released: it is idle, and the default app's again
}

} // namespace Pagedesk::Sandbox
