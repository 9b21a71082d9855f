// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/sandbox/grapherrors.h"

#include <QHash>
#include <QList>

#include <functional>

namespace Pagedesk::Sandbox {

// One asked-for field of a Graph object: name.modifier(value){its own fields}
struct FieldSpec {
    QString name;
    QHash<QString, QString> modifiers; // "limit" -> "20"
    QList<FieldSpec> fields;
};

// Reads the `fields` parameter (Graph API, "Field expansion"). Empty text gives an empty list;
// a text that cannot be read gives error 2500.
tl::expected<QList<FieldSpec>, GraphError> readFields(const QString &text);
// Names without modifiers, for default lists.
QList<FieldSpec> plainFields(const QStringList &names);

// Makes one field of a node; Undefined leaves it out.
using FieldMaker = std::function<QJsonValue(const FieldSpec &)>;

// The asked-for fields of a node, `id` always among them. A field that is not in `makers` is
// error 100: "Tried accessing nonexisting field".
GraphResult makeNode(
    const QString &type, const QList<FieldSpec> &fields, const QHash<QString, FieldMaker> &makers);

} // namespace Pagedesk::Sandbox
