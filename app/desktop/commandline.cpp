// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/commandline.h"

#include <QCommandLineParser>
#include <QJsonDocument>
#include <QJsonObject>
#include <QUrl>

namespace Pagedesk {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qsizetype LongestId = 256;

const QString Help = uR"(Usage: pagedesk [options] [LINK]

The inbox for the Messenger conversations of Facebook Pages.

  --profile DIR        folder of replica, settings and identity (default: the platform's)
  --pair LINK          join a workspace with a link from `pagedesk-relay invite`
  --open CONVERSATION  open this conversation
  --practice           a simulated Meta, a relay and this desktop on this machine alone
  --headless           with --practice: no window; say what becomes of the first message
  --measure-start      exit after the first frame that shows conversations; print the
                       milliseconds since the program was executed and the memory it holds
  --help, --version

LINK is pagedesk://conversation/ID or pagedesk://pair?…; it opens a window or a question.
PAGEDESK_KEYCHAIN=file keeps the device token in the profile.
)"_s;

std::optional<QString> unknownOption(const QCommandLineParser &parser)
{
    if (parser.unknownOptionNames().isEmpty())
        return std::nullopt;
    return parser.unknownOptionNames().constFirst();
}

std::optional<UsageError> readPairing(const QCommandLineParser &parser, Options &options)
{
    if (!parser.isSet(u"pair"_s))
        return std::nullopt;
    const auto link = Wire::pairingLinkFrom(parser.value(u"pair"_s));
    if (!link)
        return UsageError{u"--pair needs a pairing link: %1"_s.arg(link.error().detail)};
    options.pair = *link;
    return std::nullopt;
}

// A link that the platform or a person has handed over.
std::optional<UsageError> readLink(const QString &word, Options &options)
{
    const QUrl url(word, QUrl::StrictMode);
    if (url.scheme() != "pagedesk"_L1)
        return UsageError{u"unexpected word: %1"_s.arg(word)};
    if (url.host() == "conversation"_L1) {
        const QString id = url.path().mid(1);
        if (id.isEmpty() || id.size() > LongestId)
            return UsageError{u"a link without a conversation: %1"_s.arg(word)};
        options.open = {id};
        return std::nullopt;
    }
    if (!Wire::pairingLinkFrom(word))
        return UsageError{u"a link that leads nowhere: %1"_s.arg(word)};
    options.offeredPairing = word;
    return std::nullopt;
}

std::optional<UsageError> readWords(const QCommandLineParser &parser, Options &options)
{
    if (auto error = readPairing(parser, options))
        return error;
    const QStringList words = parser.positionalArguments();
    if (words.size() > 1)
        return UsageError{u"unexpected word: %1"_s.arg(words.at(1))};
    if (!words.isEmpty()) {
        if (auto error = readLink(words.constFirst(), options))
            return error;
    }
    if (options.headless && !options.practice)
        return UsageError{u"--headless goes only with --practice"_s};
    return std::nullopt;
}

} // namespace

ParsedOptions parseOptions(const QStringList &words)
{
    QCommandLineParser parser;
    parser.setSingleDashWordOptionMode(QCommandLineParser::ParseAsLongOptions);
    for (const auto &flag :
        {u"practice"_s, u"headless"_s, u"measure-start"_s, u"help"_s, u"version"_s})
        parser.addOption(QCommandLineOption(flag));
    for (const auto &valued : {u"profile"_s, u"pair"_s, u"open"_s})
        parser.addOption(QCommandLineOption(valued, {}, u"value"_s));
    const bool isParsed = parser.parse(QStringList{u"pagedesk"_s} + words);
    if (const auto unknown = unknownOption(parser))
        return UsageError{u"unknown option: --%1"_s.arg(*unknown)};
    if (!isParsed)
        return UsageError{parser.errorText()};
    if (parser.isSet(u"help"_s))
        return TextToPrint{Help};
    if (parser.isSet(u"version"_s))
        return TextToPrint{u"pagedesk " PAGEDESK_VERSION "\n"_s};
    Options options;
    options.practice = parser.isSet(u"practice"_s);
    options.headless = parser.isSet(u"headless"_s);
    options.measureStart = parser.isSet(u"measure-start"_s);
    options.profile = parser.value(u"profile"_s);
    options.open = {parser.value(u"open"_s).left(LongestId)};
    if (parser.isSet(u"profile"_s) && options.profile.isEmpty())
        return UsageError{u"--profile needs a folder"_s};
    if (auto error = readWords(parser, options))
        return *error;
    return options;
}

QByteArray encodeRequest(const Options &options)
{
    const QString pairing = options.pair ? Wire::toLink(*options.pair) : options.offeredPairing;
    const QJsonObject request{{"open"_L1, options.open.value}, {"pairing"_L1, pairing}};
    return QJsonDocument(request).toJson(QJsonDocument::Compact);
}

Options decodeRequest(const QByteArray &bytes)
{
    const QJsonObject request = QJsonDocument::fromJson(bytes).object();
    Options options;
    options.open = {request.value("open"_L1).toString().left(LongestId)};
    // Whoever asked, the window that is there asks again before it joins anything.
    options.offeredPairing = request.value("pairing"_L1).toString();
    return options;
}

} // namespace Pagedesk
