// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/commandline.h"

namespace Pagedesk::Relay {

Result<CommandLine> CommandLine::parse(
    const QStringList &words, const QStringList &known, const QStringList &flags)
{
    CommandLine line;
    for (qsizetype i = 0; i < words.size(); ++i) {
        const QString &word = words.at(i);
        if (!word.startsWith(QLatin1StringView("--")))
            return failure(Error::Kind::Rejected, QStringLiteral("unexpected word: %1").arg(word));
        const qsizetype equals = word.indexOf(u'=');
        const QString name = word.sliced(2, (equals < 0 ? word.size() : equals) - 2);
        if (flags.contains(name) && equals < 0) {
            line.m_values.insert(name, {});
            continue;
        }
        if (!known.contains(name))
            return failure(Error::Kind::Rejected, QStringLiteral("unknown option: --%1").arg(name));
        if (equals < 0 && i + 1 >= words.size())
            return failure(Error::Kind::Rejected, QStringLiteral("--%1 needs a value").arg(name));
        line.m_values.insert(name, equals < 0 ? words.at(++i) : word.sliced(equals + 1));
    }
    return line;
}

Result<QString> CommandLine::required(const QString &name) const
{
    const QString found = value(name);
    if (found.isEmpty())
        return failure(Error::Kind::Rejected, QStringLiteral("--%1 is missing").arg(name));
    return found;
}

} // namespace Pagedesk::Relay
