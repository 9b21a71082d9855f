// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/sandbox/attachmentreader.h"
#include "app/sandbox/sendrules.h"
#include "app/sandbox/services.h"

namespace Pagedesk::Sandbox {

using GraphReply = std::function<void(const GraphResult &)>;

// POST /{page}/messages and POST /{page}/message_attachments.
// Source: Messenger Platform, "Send API" and "Attachment Upload API", 2026-06.
class SendApi final : public QObject {
    Q_OBJECT
public:
    explicit SendApi(const Services &services);

    // May answer later: an attachment can have to be fetched first.
    void send(const GraphRequest &request, const Page &page, const GraphReply &reply);
    void upload(const GraphRequest &request, const Page &page, const GraphReply &reply);

    // How many messages each `metadata` has brought to customers, so that a test can see that no
    // reply arrived twice.
    const QHash<QString, int> &commits() const { return m_commits; }
    int committed() const { return m_committed; }

private:
    tl::expected<Thread *, GraphError> checkRecipient(
        const SendOrder &order, const Page &page) const;
    GraphResult act(const SendOrder &order, Thread &thread);
    GraphResult commit(const SendOrder &order, Thread &thread, const AttachmentReader::Read &read);

    Services m_services;
    AttachmentReader m_attachments;
    QHash<QString, int> m_commits;
    int m_committed = 0;
};

} // namespace Pagedesk::Sandbox
