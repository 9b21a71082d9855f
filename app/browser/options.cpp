// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/browser/options.h"

#include <QCommandLineParser>

namespace Pagedesk::Browser {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qsizetype MostHosts = 16;

const QString Help = uR"(Usage: pagedesk-browser --url URL --return URL [--allow-host HOST ...]

The window in which Facebook's login dialog is shown when a Page is connected. Pagedesk starts it.

  --url URL          the address of the dialog; "-": it is the first line of standard input, where
                     no other program can read it
  --return URL       the relay's callback, to which the dialog leads back
  --allow-host HOST  a host of the dialog beside facebook.com and its subdomains
  --help, --version

Addresses are https, or http on this computer. What happens is told on standard output, one JSON
object a line: opened, host, returned, blocked, loadFailed, systemBrowser, closed. The program ends
when its window or its standard input is closed. It keeps nothing on the disk.
)"_s;

UsageError unsafe(const QString &option)
{
    return {u"%1 needs an https address, or an http address on this computer"_s.arg(option)};
}

// Nothing when it is no host.
std::optional<QString> hostFrom(const QString &word)
{
    QUrl url;
    url.setScheme(u"https"_s);
    url.setHost(word, QUrl::StrictMode);
    if (url.host().isEmpty())
        return std::nullopt;
    return url.host();
}

ParsedOptions rulesFrom(
    const QCommandLineParser &parser, const std::function<QString()> &readAddress)
{
    QString dialog = parser.value(u"url"_s);
    if (dialog == "-"_L1 && readAddress)
        dialog = readAddress();
    const QString wayBack = parser.value(u"return"_s);
    for (const auto &[option, word] :
        {std::pair(u"url"_s, dialog), std::pair(u"return"_s, wayBack)}) {
        if (word.size() > LongestAddress || !isSafeAddress(QUrl(word, QUrl::StrictMode)))
            return unsafe(u"--"_s + option);
    }
    const QStringList words = parser.values(u"allow-host"_s);
    if (words.size() > MostHosts)
        return UsageError{u"--allow-host can be given %1 times"_s.arg(MostHosts)};
    QStringList hosts;
    for (const QString &word : words) {
        const auto host = hostFrom(word);
        if (!host)
            return UsageError{u"--allow-host needs a host"_s};
        hosts += *host;
    }
    const SiteRules rules(QUrl(dialog, QUrl::StrictMode), QUrl(wayBack, QUrl::StrictMode), hosts);
    if (!rules.mayShow(rules.dialog()))
        return UsageError{u"--url is no address of Facebook; its host needs --allow-host"_s};
    return rules;
}

} // namespace

ParsedOptions parseOptions(const QStringList &words, const std::function<QString()> &readAddress)
{
    QCommandLineParser parser;
    parser.setSingleDashWordOptionMode(QCommandLineParser::ParseAsLongOptions);
    for (const auto &flag : {u"help"_s, u"version"_s})
        parser.addOption(QCommandLineOption(flag));
    for (const auto &valued : {u"url"_s, u"return"_s, u"allow-host"_s})
        parser.addOption(QCommandLineOption(valued, {}, u"value"_s));
    const bool isParsed = parser.parse(QStringList{u"pagedesk-browser"_s} + words);
    // Not with the word itself: it may be a part of an address.
    if (!parser.unknownOptionNames().isEmpty() || !parser.positionalArguments().isEmpty())
        return UsageError{u"there is a word that is no option; see --help"_s};
    if (!isParsed)
        return UsageError{u"an option has no value; see --help"_s};
    if (parser.isSet(u"help"_s))
        return TextToPrint{Help};
    if (parser.isSet(u"version"_s))
        return TextToPrint{u"pagedesk-browser " PAGEDESK_VERSION "\n"_s};
    return rulesFrom(parser, readAddress);
}

} // namespace Pagedesk::Browser
