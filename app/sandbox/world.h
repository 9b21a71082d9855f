// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/sandbox/entities.h"

#include <QHash>

#include <map>

namespace Pagedesk::Sandbox {

// Pages, people, their conversations and media. Only keeps them: what happens between them is
// decided elsewhere. Pointers stay valid for the life of the World.
class World {
public:
    World() = default;
    World(const World &) = delete;
    World &operator=(const World &) = delete;

    Page &addPage(Page page); // replaces one of the same id
    Page *page(const QString &id);
    Page *pageByToken(const QString &token);
    const std::map<QString, Page> &pages() const { return m_pages; }

    Person &addPerson(Person person);
    Person *person(const QString &id);
    const std::map<QString, Person> &people() const { return m_people; }

    Customer &addCustomer(Customer customer);
    Customer *customer(const QString &psid);
    const std::map<QString, Customer> &customers() const { return m_customers; }

    Thread *thread(const QString &pageId, const QString &psid);
    Thread &openThread(const QString &pageId, const QString &psid);
    Thread *threadById(const QString &id);
    QList<Thread *> threadsOf(const QString &psid) const;
    QList<Thread *> threadsOfPage(const QString &pageId); // newest activity first

    Message &append(Thread &thread, Message message);
    struct Found {
        Thread *thread = nullptr;
        Message *message = nullptr;
        std::size_t index = 0; // in thread->messages
    };
    Found message(const QString &mid);

    const MediaFile &addMedia(MediaFile file); // makes an id when it has none
    const MediaFile *media(const QString &id) const;

    const Upload &addUpload(Upload upload);
    const Upload *upload(const QString &id) const;

private:
    using ThreadKey = std::pair<QString, QString>; // Page id, PSID

    std::map<QString, Page> m_pages;
    std::map<QString, Person> m_people;
    std::map<QString, Customer> m_customers;
    std::map<ThreadKey, Thread> m_threads;
    QHash<QString, QList<Thread *>> m_threadsByPsid;
    QHash<QString, std::pair<Thread *, std::size_t>> m_messages; // by mid
    std::map<QString, MediaFile> m_media;
    std::map<QString, Upload> m_uploads;
};

// When the newest message came; 0 for an empty conversation.
qint64 lastActivity(const Thread &thread);

} // namespace Pagedesk::Sandbox
