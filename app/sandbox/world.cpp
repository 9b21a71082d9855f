// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/world.h"

#include "app/sandbox/idmaker.h"

#include <algorithm>

namespace Pagedesk::Sandbox {

namespace {

template <typename Map> auto *find(Map &map, const typename Map::key_type &key)
{
    const auto it = map.find(key);
    return it == map.end() ? nullptr : &it->second;
}

} // namespace

QString Customer::name() const
{
    if (lastName.isEmpty())
        return firstName;
    if (lastName.front().script() == QChar::Script_Han)
        return lastName + firstName;
    return firstName + QLatin1Char(' ') + lastName;
}

Page &World::addPage(Page page)
{
    const QString id = page.id;
    return m_pages.insert_or_assign(id, std::move(page)).first->second;
}

Page *World::page(const QString &id)
{
    return find(m_pages, id);
}

Page *World::pageByToken(const QString &token)
{
    for (auto &[id, page] : m_pages) {
        if (!token.isEmpty() && page.token == token)
            return &page;
    }
    return nullptr;
}

Person &World::addPerson(Person person)
{
    const QString id = person.id;
    return m_people.insert_or_assign(id, std::move(person)).first->second;
}

Person *World::person(const QString &id)
{
    return find(m_people, id);
}

Customer &World::addCustomer(Customer customer)
{
    const QString psid = customer.psid;
    return m_customers.insert_or_assign(psid, std::move(customer)).first->second;
}

Customer *World::customer(const QString &psid)
{
    return find(m_customers, psid);
}

Thread *World::thread(const QString &pageId, const QString &psid)
{
    return find(m_threads, ThreadKey(pageId, psid));
}

Thread &World::openThread(const QString &pageId, const QString &psid)
{
    Thread &thread = m_threads[ThreadKey(pageId, psid)];
    if (thread.id.isEmpty()) {
        thread.id = threadIdFor(pageId, psid);
        thread.pageId = pageId;
        thread.psid = psid;
        m_threadsByPsid[psid].append(&thread);
    }
    return thread;
}

Thread *World::threadById(const QString &id)
{
    for (auto &[key, thread] : m_threads) {
        if (thread.id == id)
            return &thread;
    }
    return nullptr;
}

QList<Thread *> World::threadsOf(const QString &psid) const
{
    return m_threadsByPsid.value(psid);
}

QList<Thread *> World::threadsOfPage(const QString &pageId)
{
    QList<Thread *> found;
    for (auto &[key, thread] : m_threads) {
        if (key.first == pageId)
            found.append(&thread);
    }
    std::stable_sort(found.begin(), found.end(), [](const Thread *left, const Thread *right) {
        return lastActivity(*left) > lastActivity(*right);
    });
    return found;
}

Message &World::append(Thread &thread, Message message)
{
    m_messages.insert(message.mid, {&thread, thread.messages.size()});
    return thread.messages.emplace_back(std::move(message));
}

World::Found World::message(const QString &mid)
{
    const auto it = m_messages.constFind(mid);
    if (it == m_messages.constEnd())
        return {};
    const auto &[thread, index] = *it;
    return {thread, &thread->messages[index], index};
}

const MediaFile &World::addMedia(MediaFile file)
{
    if (file.id.isEmpty())
        file.id = newNumericId();
    const QString id = file.id;
    return m_media.insert_or_assign(id, std::move(file)).first->second;
}

const MediaFile *World::media(const QString &id) const
{
    return find(m_media, id);
}

const Upload &World::addUpload(Upload upload)
{
    if (upload.id.isEmpty())
        upload.id = newNumericId();
    const QString id = upload.id;
    return m_uploads.insert_or_assign(id, std::move(upload)).first->second;
}

const Upload *World::upload(const QString &id) const
{
    return find(m_uploads, id);
}

qint64 lastActivity(const Thread &thread)
{
    return thread.messages.empty() ? 0 : thread.messages.back().at;
}

} // namespace Pagedesk::Sandbox
