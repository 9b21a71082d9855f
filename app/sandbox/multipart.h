// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

#include <optional>

namespace Pagedesk::Sandbox {

struct FormPart {
    QString name;
    QString fileName; // of an upload; empty for a plain field
    bool isFile = false;
    QString contentType; // without parameters, lower case
    QByteArray content;
};

// Splits a multipart/form-data body (RFC 7578). Nothing when the header has no boundary or the
// body does not keep to it.
std::optional<QList<FormPart>> readMultipart(const QByteArray &contentType, const QByteArray &body);

} // namespace Pagedesk::Sandbox
