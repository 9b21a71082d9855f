// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/desk/contacts.h"
#include "models/desk/mediafetcher.h"
#include "models/desk/outgoingfiles.h"
#include "models/desk/pageadministration.h"
#include "models/desk/pageconnections.h"
#include "models/desk/people.h"
#include "models/desk/search.h"
#include "models/desk/uploader.h"
#include "models/desk/workspaceroster.h"
#include "models/items/inboxfeed.h"
#include "tests/desk/desk.h"
#include "ui/shell/mainwindow.h"
#include "ui/shell/mediaimages.h"
#include "ui/shell/windowsettings.h"
#include "ui/theme/themeprovider.h"

#include <memory>

namespace Pagedesk::Testing {

inline constexpr qint64 SampleNow = 1'793'801'340'000; // 2026-11-04 14:09:00 UTC, a Wednesday
inline constexpr qint64 MinuteMs = 60'000;
inline constexpr qint64 HourMs = 60 * MinuteMs;

// The ids of the sample conversations that tests name.
namespace Sample {
inline const QString Bakery = QStringLiteral("70044");
inline const QString Bikes = QStringLiteral("70055");
inline const QString Studio = QStringLiteral("70066");
inline const ConversationId Amina{QStringLiteral("70044-2400000000000017")}; // 1 h 40 left
inline const ConversationId Jonas{QStringLiteral("70055-2400000000000031")}; // two unread photos
inline const ConversationId Nameless{QStringLiteral("70044-2400000000004821")};
inline const ConversationId Nadia{QStringLiteral("70066-2400000000000059")}; // Arabic, unread
inline const ConversationId Rosa{QStringLiteral("70055-2400000000000089")}; // closed, with a draft
inline const ConversationId Wang{QStringLiteral("70055-2400000000000073")}; // Chinese, 3 h 05 left
inline const ConversationId Done{QStringLiteral("70044-2400000000000131")}; // resolved
} // namespace Sample

// Three Pages and a dozen conversations as the replica has them after a sync.
Result<> seedSample(TemporaryReplica &replica);

// The real window over a real replica; the relay cannot be reached.
class WindowFixture {
public:
    enum class Content { Sample, Nothing };
    explicit WindowFixture(Content content = Content::Sample,
        Ui::ThemeProvider::Mode mode = Ui::ThemeProvider::Mode::Light);
    ~WindowFixture();

    // Shows the window, waits until it is active and its conversations are there.
    bool show(QSize size = {1440, 900});
    bool open(const ConversationId &id);
    // Connects to a relay that has nothing new to say; cuts that, or finds nobody there.
    bool goLive();
    bool goOffline();
    template <typename T> T *child(const char *name) const
    {
        return window->findChild<T *>(QLatin1StringView(name));
    }
    // What the relay would have sent.
    Result<> receive(const Conversation &conversation, const Message &message);
    Conversation conversation(const ConversationId &id);
    QList<Message> pending(const ConversationId &id);
    QString storedDraft(const ConversationId &id);

    std::unique_ptr<ScriptedRelay> relay = std::make_unique<ScriptedRelay>();
    TemporaryReplica replica;
    Desk desk;
    Ui::WindowSettings settings;
    Ui::ThemeProvider theme;
    InboxFeed inbox;
    MediaFetcher media;
    Ui::MediaImages images;
    OutgoingFiles outgoing;
    Uploader uploader;
    PageConnections connections;
    PageAdministration administration;
    People people;
    Contacts contacts;
    Search search;
    WorkspaceRoster roster;
    std::unique_ptr<Ui::MainWindow> window;
};

} // namespace Pagedesk::Testing
