// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/sandbox/fieldspec.h"
#include "app/sandbox/services.h"

// Pages, people and what a person manages.
namespace Pagedesk::Sandbox {

GraphResult readPage(const QList<FieldSpec> &fields, const Page &page, const Services &services);
// The User Profile API, for a customer of the caller's Page.
// Source: Messenger Platform, "User Profile", 2026.
GraphResult readProfile(const QString &psid, const QList<FieldSpec> &fields, const Page &page,
    const Services &services, const QString &method);
GraphResult readUser(const QList<FieldSpec> &fields);
// GET /me/accounts
GraphResult readAccounts(
    const GraphRequest &request, const QList<FieldSpec> &fields, const Services &services);
// GET /me/permissions
GraphResult readPermissions();
// GET /debug_token
GraphResult debugToken(const GraphRequest &request, const Services &services);

} // namespace Pagedesk::Sandbox
