// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

struct sockaddr;

namespace Pagedesk::Relay {

// Whether an IPv4 or IPv6 address can be reached by anybody: not loopback, private, link-local,
// shared, multicast, reserved, nor an IPv4 address of those kinds inside an IPv6 one. Networks as
// in the IANA special-purpose address registries, 2026.
bool isPublicAddress(const sockaddr *address);

} // namespace Pagedesk::Relay
