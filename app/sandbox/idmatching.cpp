// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/idmatching.h"

#include "app/sandbox/paging.h"

namespace Pagedesk::Sandbox {

using namespace Qt::Literals::StringLiterals;

namespace {

bool areOne(const Customer &one, const Customer &other)
{
    return one.psid == other.psid || (!one.human.isEmpty() && one.human == other.human);
}

// The business of a Page the customer writes to; people are known within it and nowhere else.
QString businessOf(const QString &psid, World &world)
{
    for (const Thread *thread : world.threadsOf(psid)) {
        const Page *page = world.page(thread->pageId);
        if (page && !page->businessId.isEmpty())
            return page->businessId;
    }
    return {};
}

// By Page and PSID, in a steady order.
std::map<QString, QJsonObject> known(
    const Customer &customer, const QString &business, World &world)
{
    std::map<QString, QJsonObject> ids;
    for (const auto &[psid, other] : world.customers()) {
        if (!areOne(customer, other))
            continue;
        for (const Thread *thread : world.threadsOf(psid)) {
            const Page *page = world.page(thread->pageId);
            if (!page || page->businessId != business || thread->messages.empty())
                continue; // a Page has no id for somebody who has not written
            ids[page->id + u'-' + psid] = {{u"id"_s, psid},
                {u"page"_s,
                    QJsonObject{{u"id"_s, page->id}, {u"name"_s, page->name},
                        {u"category"_s, page->category}}}};
        }
    }
    return ids;
}

} // namespace

GraphResult idsForPages(const GraphRequest &request, const Caller &caller, World &world)
{
    const QString &psid = request.path.constFirst();
    if (caller.kind != Caller::Kind::App) {
        return graphFailure({15, 0, u"This method must be called with an app access_token."_s});
    }
    if (!request.has(u"appsecret_proof"_s)) {
        GraphError error
            = badParameter(u"API calls from the server require an appsecret_proof argument"_s);
        error.type = u"GraphMethodException"_s;
        return graphFailure(error);
    }
    const Customer *customer = world.customer(psid);
    if (!customer)
        return graphFailure(unsupportedRequest(request.method, psid));
    const QString business = businessOf(psid, world);
    if (business.isEmpty())
        return graphFailure({10, 0, u"Application does not have permission for this action"_s});
    const QString only = request.text(u"page"_s);
    QStringList keys;
    QJsonArray all;
    for (const auto &[key, id] : known(*customer, business, world)) {
        if (!only.isEmpty() && id[u"page"_s][u"id"_s].toString() != only)
            continue;
        keys.append(key);
        all.append(id);
    }
    const ListRange range = rangeOf(readPaging(request), keys);
    QJsonArray data;
    for (int i = range.begin; i < range.end; ++i)
        data.append(all.at(i));
    return listAnswer(data, range, keys, &request);
}

} // namespace Pagedesk::Sandbox
