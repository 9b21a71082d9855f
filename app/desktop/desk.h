// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/desktop/devicesecrets.h"
#include "models/base/clock.h"
#include "models/desk/commandqueue.h"
#include "models/desk/contacts.h"
#include "models/desk/conversations.h"
#include "models/desk/drafts.h"
#include "models/desk/livechannel.h"
#include "models/desk/mediafetcher.h"
#include "models/desk/outbox.h"
#include "models/desk/outgoingfiles.h"
#include "models/desk/pageadministration.h"
#include "models/desk/pageconnections.h"
#include "models/desk/people.h"
#include "models/desk/search.h"
#include "models/desk/session.h"
#include "models/desk/syncer.h"
#include "models/desk/threads.h"
#include "models/desk/uploader.h"
#include "models/desk/workspaceroster.h"
#include "models/store/replica/replica.h"

namespace Pagedesk {

// Everything of a desktop that needs no screen, in order of dependency. Nothing connects before
// session.start().
struct Desk {
    Desk(const QString &profileFolder, DeviceSecrets::Place place);

    Result<> open();

    const QString replicaPath;
    SystemClock clock;
    DeviceSecrets secrets;
    IdentityStore identity;
    Replica replica;
    LiveChannel channel;
    Syncer syncer;
    CommandQueue commands;
    Conversations conversations;
    Contacts contacts;
    WorkspaceRoster roster;
    Threads threads;
    Drafts drafts;
    Outbox outbox;
    MediaFetcher media;
    OutgoingFiles outgoing;
    Uploader uploader;
    PageConnections connections;
    PageAdministration administration;
    People people;
    Search search;
    Session session;
};

} // namespace Pagedesk
