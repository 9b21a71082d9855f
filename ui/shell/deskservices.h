// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace Pagedesk {
class Clock;
class Contacts;
class Conversations;
class Drafts;
class InboxFeed;
class LocalWorkspace;
class MediaFetcher;
class Outbox;
class OutgoingFiles;
class PageAdministration;
class PageConnections;
class People;
class PracticeCustomers;
class Search;
class Session;
class Threads;
class Uploader;
class WorkspaceRoster;
} // namespace Pagedesk

namespace Pagedesk::Ui {

class MediaImages;

// What the main window hands on to its parts. Made by the program, which outlives the window.
struct DeskServices {
    Session &session;
    InboxFeed &inbox;
    Conversations &conversations;
    Contacts &contacts;
    WorkspaceRoster &roster;
    Threads &threads;
    Drafts &drafts;
    Outbox &outbox;
    MediaFetcher &media;
    OutgoingFiles &outgoing;
    Uploader &uploader;
    PageConnections &connections;
    PageAdministration &administration;
    People &people;
    Search &search;
    MediaImages &images;
    const Clock &clock;
    LocalWorkspace *local = nullptr; // none in practice
    PracticeCustomers *practice = nullptr; // only in practice
};

} // namespace Pagedesk::Ui
