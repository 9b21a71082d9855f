// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/result.h"

#include <QHash>
#include <QStringList>

namespace Pagedesk::Relay {

// The words after a command, as options with values: "--name value" or "--name=value".
class CommandLine {
public:
    // Rejected, naming the word, for an unknown option, one without a value, or a stray word.
    // `flags`: those that are given or not, without a value.
    static Result<CommandLine> parse(
        const QStringList &words, const QStringList &known, const QStringList &flags = {});

    bool has(const QString &name) const { return m_values.contains(name); }
    QString value(const QString &name, const QString &otherwise = {}) const
    {
        return m_values.value(name, otherwise);
    }
    // Rejected when the option was not given or is empty.
    Result<QString> required(const QString &name) const;

private:
    QHash<QString, QString> m_values;
};

} // namespace Pagedesk::Relay
