// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/sandbox/fieldspec.h"
#include "app/sandbox/services.h"

// Messages as the Conversations API shows them.
namespace Pagedesk::Sandbox {

// {name, email, id} of either side.
QJsonObject participant(const Thread &thread, bool isCustomer, const Services &services);
QJsonArray attachmentNodes(const Message &message, const Services &services);
GraphResult messageNode(const QList<FieldSpec> &fields, const Thread &thread,
    const Message &message, const Services &services);

} // namespace Pagedesk::Sandbox
