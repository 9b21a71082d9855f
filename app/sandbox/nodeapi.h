// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/sandbox/fieldspec.h"
#include "app/sandbox/services.h"

// Pages, and the people who write to them.
namespace Pagedesk::Sandbox {

// What depends on who reads a Page.
struct PageReader {
    QStringList tasks; // that the person may do there
    QString accessToken; // empty: the person has no right to one
};

GraphResult readPage(const QList<FieldSpec> &fields, const Page &page, const PageReader &reader,
    const Services &services);
// The User Profile API, for a customer of the caller's Page.
// Source: Messenger Platform, "User Profile", 2026.
GraphResult readProfile(const QString &psid, const QList<FieldSpec> &fields, const Page &page,
    const Services &services, const QString &method);

} // namespace Pagedesk::Sandbox
