// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/peoplecontrol.h"

#include "app/sandbox/callbacks.h"
#include "app/sandbox/graphrequest.h"
#include "app/sandbox/permissions.h"

namespace Pagedesk::Sandbox {

using namespace Qt::Literals::StringLiterals;

namespace {

const QJsonObject Success{{QStringLiteral("success"), true}};
constexpr int AppRemoved = 458;

auto wrong(const QString &sentence)
{
    return failure(Error::Kind::Rejected, sentence);
}

// An array of texts that are not empty.
std::optional<QStringList> texts(const QJsonValue &value)
{
    if (!value.isArray())
        return std::nullopt;
    QStringList list;
    for (const QJsonValue &each : value.toArray()) {
        const QString text = idText(each);
        if (text.isEmpty())
            return std::nullopt;
        list.append(text);
    }
    return list;
}

// Empty takes the address away.
Result<QUrl> address(const QJsonObject &body, const QString &field, const QUrl &now)
{
    if (!body.contains(field))
        return now;
    const QString text = body[field].toString();
    const QUrl url(text, QUrl::StrictMode);
    const bool isWeb = url.scheme() == "http"_L1 || url.scheme() == "https"_L1;
    if (!body[field].isString() || (!text.isEmpty() && (!isWeb || url.host().isEmpty())))
        return wrong(field + u": must be an http or https address"_s);
    return url;
}

} // namespace

PeopleControl::PeopleControl(
    World &world, Tokens &tokens, Callbacks &callbacks, AppSettings &settings)
    : m_world(world)
    , m_tokens(tokens)
    , m_callbacks(callbacks)
    , m_settings(settings)
{
}

QJsonObject PeopleControl::all() const
{
    QJsonArray people;
    for (const auto &[id, person] : m_world.people())
        people.append(shown(person));
    return {{u"people"_s, people}};
}

PeopleControl::Answer PeopleControl::one(const QString &personId) const
{
    const Person *person = m_world.person(personId);
    if (!person)
        return failure(Error::Kind::NotFound, u"there is no person %1"_s.arg(personId));
    return shown(*person);
}

QJsonObject PeopleControl::shown(const Person &person) const
{
    QJsonArray pages;
    for (const auto &[id, tasks] : person.tasks) {
        const Page *page = m_world.page(id);
        pages.append(QJsonObject{{u"id"_s, id}, {u"name"_s, page ? page->name : QString()},
            {u"tasks"_s, QJsonArray::fromStringList(tasks)}});
    }
    QJsonObject json{{u"id"_s, person.id}, {u"name"_s, person.name()}, {u"pages"_s, pages}};
    const Grant *grant = m_tokens.grantOf(person.id);
    if (!grant)
        return json;
    QJsonObject permissions;
    for (const auto &[permission, status] : grant->permissions) {
        QJsonObject each{{u"status"_s, toText(status)}};
        if (const auto targets = grant->targets(permission); targets && isForPages(permission))
            each[u"pageIds"_s] = QJsonArray::fromStringList(*targets);
        permissions[permission] = each;
    }
    json[u"permissions"_s] = permissions;
    json[u"loggedInAt"_s] = grant->loggedInAt;
    return json;
}

PeopleControl::Answer PeopleControl::act(
    const QString &personId, const QString &action, const QJsonObject &body)
{
    Person *person = m_world.person(personId);
    if (!person)
        return failure(Error::Kind::NotFound, u"there is no person %1"_s.arg(personId));
    if (action == "tokens"_L1)
        return kill(*person, body);
    if (action == "permissions"_L1)
        return permit(*person, body);
    if (action == "tasks"_L1)
        return setTasks(*person, body);
    if (action == "deletion"_L1)
        return requestDeletion(*person);
    return failure(
        Error::Kind::NotFound, u"there is no route POST /_sandbox/people/ID/%1"_s.arg(action));
}

// Source of the subcodes: Graph API, "Handle errors".
PeopleControl::Answer PeopleControl::kill(const Person &person, const QJsonObject &body)
{
    static const QList<int> Subcodes{0, AppRemoved, 459, 460, 463, 464, 467, 492};
    const int subcode = body[u"subcode"_s].toInt(-1);
    if (!Subcodes.contains(subcode))
        return wrong(u"subcode: must be 458, 459, 460, 463, 464, 467 or 492, or 0 for none"_s);
    const QString pageId = idText(body[u"pageId"_s]);
    if (!pageId.isEmpty() && !m_world.page(pageId))
        return wrong(u"pageId: there is no Page %1"_s.arg(pageId));
    if (subcode == 0) {
        m_tokens.revive(person.id);
    } else if (subcode == AppRemoved && pageId.isEmpty()) {
        m_tokens.removeApp(person.id);
        m_callbacks.deauthorize(person.id);
    } else {
        m_tokens.kill(person.id, subcode, pageId);
    }
    return Success;
}

PeopleControl::Answer PeopleControl::permit(const Person &person, const QJsonObject &body)
{
    const QString permission = body[u"permission"_s].toString();
    if (permissionInWords(permission).isEmpty())
        return wrong(u"permission: is not one that exists"_s);
    const auto status = statusFrom(body[u"status"_s].toString());
    if (!status)
        return wrong(u"status: must be granted, declined or expired"_s);
    const auto pageIds = texts(body[u"pageIds"_s]);
    if (body.contains(u"pageIds"_s) && (!pageIds || !isForPages(permission)))
        return wrong(u"pageIds: must be ids of Pages, for a permission that is for Pages"_s);
    Grant &grant = m_tokens.grant(person.id);
    grant.permissions[permission] = *status;
    grant.fewerPages.erase(permission);
    if (pageIds)
        grant.fewerPages[permission] = *pageIds;
    return shown(person);
}

PeopleControl::Answer PeopleControl::setTasks(Person &person, const QJsonObject &body)
{
    const QString pageId = idText(body[u"pageId"_s]);
    if (!m_world.page(pageId))
        return wrong(u"pageId: there is no Page %1"_s.arg(pageId));
    const auto tasks = texts(body[u"tasks"_s]);
    if (!tasks)
        return wrong(u"tasks: must be a list of tasks; an empty one takes the role away"_s);
    for (const QString &task : *tasks) {
        if (!everyTask().contains(task) && !task.startsWith("PROFILE_PLUS_"_L1))
            return wrong(u"tasks: there is no task %1"_s.arg(task));
    }
    if (tasks->isEmpty())
        person.tasks.erase(pageId);
    else
        person.tasks[pageId] = *tasks;
    return shown(person);
}

PeopleControl::Answer PeopleControl::requestDeletion(const Person &person)
{
    if (!m_callbacks.requestDeletion(person.id))
        return wrong(u"the app has no data deletion URL: give --data-deletion-url"_s);
    return Success;
}

PeopleControl::Answer PeopleControl::app(const QString &method, const QJsonObject &body)
{
    if (method == "POST"_L1) {
        const auto deauthorize = address(body, u"deauthorizeUrl"_s, m_settings.deauthorizeUrl);
        const auto deletion = address(body, u"dataDeletionUrl"_s, m_settings.dataDeletionUrl);
        const auto redirects = texts(body[u"redirectUris"_s]);
        if (!deauthorize)
            return failure(deauthorize.error());
        if (!deletion)
            return failure(deletion.error());
        if (body.contains(u"redirectUris"_s) && !redirects)
            return wrong(u"redirectUris: must be a list of addresses"_s);
        m_settings = {redirects.value_or(m_settings.redirectUris), *deauthorize, *deletion};
    }
    return QJsonObject{{u"redirectUris"_s, QJsonArray::fromStringList(m_settings.redirectUris)},
        {u"deauthorizeUrl"_s, m_settings.deauthorizeUrl.toString()},
        {u"dataDeletionUrl"_s, m_settings.dataDeletionUrl.toString()},
        {u"callbacks"_s, m_callbacks.list()}};
}

PeopleControl::Answer PeopleControl::publish(const QString &pageId, const QJsonObject &body)
{
    Page *page = m_world.page(pageId);
    if (!page)
        return failure(Error::Kind::NotFound, u"there is no Page %1"_s.arg(pageId));
    if (!body[u"published"_s].isBool())
        return wrong(u"published: must be true or false"_s);
    page->isPublished = body[u"published"_s].toBool();
    return Success;
}

} // namespace Pagedesk::Sandbox
