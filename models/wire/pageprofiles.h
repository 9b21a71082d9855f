// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/ids.h"
#include "models/domain/messengerprofile.h"

#include <QByteArray>

// What admins ask about a Page's Messenger profile, over HTTP:
//   GET  /pages/profile?page=ID   -> ShownProfile, as Meta has it now
//   POST /pages/profile           ApplyProfile -> ShownProfile, as it is then
// A refusal is an error object (models/wire/connecting.h) whose detail is a sentence for people.
namespace Pagedesk::Wire {

inline constexpr const char *PagesPath = "/pages/";

struct ShownProfile {
    PageId pageId;
    MessengerProfile profile;

    bool operator==(const ShownProfile &) const = default;
};

struct ApplyProfile {
    PageId pageId;
    MessengerProfile seen; // what the admin has changed it from: Conflict when it is another now
    MessengerProfile wanted;

    bool operator==(const ApplyProfile &) const = default;
};

QByteArray encode(const ShownProfile &shown);
QByteArray encode(const ApplyProfile &apply);

// Protocol, naming the field that is wrong.
Result<ShownProfile> decodeShownProfile(const QByteArray &bytes);
Result<ApplyProfile> decodeApplyProfile(const QByteArray &bytes);

} // namespace Pagedesk::Wire
