// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/desk/contacts.h"
#include "models/items/inboxfeed.h"
#include "ui/contact/contactpanel.h"

namespace Pagedesk::Ui {

// Fills the contact panel, and hands on what is done in it.
class ContactDesk : public QObject {
    Q_OBJECT

public:
    ContactDesk(Contacts &contacts, InboxFeed &inbox, QObject *parent = nullptr);

    // Conversations on other Pages that may be with the same person as the shown one.
    QList<PersonLinks::Entry> candidates(const QString &words) const;
    void attach(ContactPanel &panel);
    void show(const ContactPanel::Facts &facts);

Q_SIGNALS:
    void openRequested(const Pagedesk::ConversationId &id);

private:
    void load();
    void loadNames();
    void take(const ContactView &view);
    // Says in the panel what did not work.
    void tell(const Task<> &task);
    std::optional<PersonLinks::Entry> entryOf(const ConversationId &id) const;
    QList<PersonLinks::Suggestion> suggestionsOf(const ContactView &view);

    Contacts &m_contacts;
    InboxFeed &m_inbox;
    ContactPanel *m_panel = nullptr;
    ConversationId m_shown;
    QSet<ConversationId> m_group; // the shown person's other conversations
    QSet<PageId> m_pages; // where the person is known already
    bool m_isPartial = false; // a suggestion is about somebody who is not listed yet
};

} // namespace Pagedesk::Ui
