// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/options.h"

#include "models/base/result.h"

#include <QCommandLineParser>
#include <QFile>

#include <limits>
#include <optional>

namespace Pagedesk::Sandbox {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int LargestBatch = 1000; // Graph API, "Webhooks: Getting Started": updates in one POST

const QString Help = uR"(Usage: pagedesk-sandbox serve --webhook-url URL [options]

Plays Meta on this machine: Graph API, media host and signed Messenger webhooks, with sample Pages
and customers. It reaches out to nothing but the webhook URL and addresses of this machine.

  --webhook-url URL         where the webhooks are sent
  --listen HOST:PORT        Graph API and control routes (default 127.0.0.1:8490; port 0: a free one)
  --media-listen HOST:PORT  media host (default 127.0.0.1:0)
  --app-id ID               the app's id (default: PAGEDESK_APP_ID, else 330011)
  --app-secret-file FILE    signs the webhooks (default: PAGEDESK_APP_SECRET, else sandbox-app-secret)
  --verify-token-file FILE  for the handshake (default: PAGEDESK_VERIFY_TOKEN, else
                            sandbox-verify-token)
  --batch N                 put up to N waiting events into one webhook, 1 to 1000 (default 20)
  --redirect-uri URL        where the login dialog may lead back to; can be given several times
                            (default: any web address)
  --deauthorize-url URL     is told when a person removes the app
  --data-deletion-url URL   is told when a person wants the data deleted
  --practice                the sample customers write by themselves
  --seed N                  what they write, and when (default 1)
  --help, --version

Sample Pages: 70044 Bloom Bakery, token sandbox-page-token-70044
              70055 Harbour Bikes, token sandbox-page-token-70055
The person who manages both has the token sandbox-user-token. At /dialog/oauth anybody can log in
who runs a Page; three more Pages are offered there.

Control routes, all JSON (psid: a customer's id; an unknown one makes a new customer):
  POST   /_sandbox/customers/PSID/messages   {"pageId","text"|"attachment":{"type","url"|"name"+"base64"},
                                              "name"}   the customer writes; answers {"mid"}
  GET    /_sandbox/customers/PSID/messages   both sides; "direction":"received" is what the customer got
  POST   /_sandbox/customers/PSID/read       {"pageId"}          the customer reads
  POST   /_sandbox/customers/PSID/reaction   {"mid","emoji"}     "" takes it back
  POST   /_sandbox/customers/PSID/block      {"pageId","blocked"}
  POST   /_sandbox/customers/PSID/behaviour  {"receives","reads"}  receipts by themselves or not
  POST   /_sandbox/customers/PSID/same       {"psid"}  both are one human being
  POST   /_sandbox/pages                     {"pageId","name","token"}   one more Page
  POST   /_sandbox/pages/ID/published        {"published"}
  GET    /_sandbox/people[/ID]               who runs Pages, and what they have granted
  POST   /_sandbox/people/ID/tokens          {"subcode","pageId"}  end them; 0 takes that back
  POST   /_sandbox/people/ID/permissions     {"permission","status","pageIds"}
  POST   /_sandbox/people/ID/tasks           {"pageId","tasks"}
  POST   /_sandbox/people/ID/deletion        {}   asks the app to delete the person's data
  POST   /_sandbox/app                       {"redirectUris","deauthorizeUrl","dataDeletionUrl"}
                                             GET reads, with the callbacks that were made
  POST   /_sandbox/faults                    {"target","fault","count",...}  GET lists, DELETE clears
  POST   /_sandbox/clock                     {"advanceMs"} or {"setAt"}      GET reads
  POST   /_sandbox/load                      {"pageId","count","perSecond","customers"}
  POST   /_sandbox/past                      {"pageId","conversations","messages","untilAt"}  what was
                                              written before anybody was told
  GET    /_sandbox/calls?pageId=             the newest calls of the Graph API, with their times
  POST   /_sandbox/webhooks                  {"batch","concurrency","url"}
  POST   /_sandbox/handshake                 GET /_sandbox/state
)"_s;

void addOptions(QCommandLineParser &parser)
{
    parser.setSingleDashWordOptionMode(QCommandLineParser::ParseAsLongOptions);
    const auto valued = [&](const QString &name, const QString &fallback = {}) {
        parser.addOption(QCommandLineOption(name, {}, u"value"_s, fallback));
    };
    valued(u"listen"_s, u"127.0.0.1:8490"_s);
    valued(u"media-listen"_s, u"127.0.0.1:0"_s);
    valued(u"webhook-url"_s);
    valued(u"app-id"_s);
    valued(u"app-secret-file"_s);
    valued(u"verify-token-file"_s);
    valued(u"seed"_s, u"1"_s);
    valued(u"batch"_s, u"20"_s);
    for (const auto &address : {u"redirect-uri"_s, u"deauthorize-url"_s, u"data-deletion-url"_s})
        valued(address);
    for (const auto &flag : {u"practice"_s, u"help"_s, u"version"_s})
        parser.addOption(QCommandLineOption(flag));
}

Result<Address> address(const QCommandLineParser &parser, const QString &option)
{
    const QString value = parser.value(option);
    const auto colon = value.lastIndexOf(u':');
    bool isNumber = false;
    const quint16 port = QStringView(value).mid(colon + 1).toUShort(&isNumber);
    QString host = value.left(colon);
    if (host.startsWith(u'[') && host.endsWith(u']'))
        host = host.mid(1, host.size() - 2);
    if (colon < 1 || !isNumber || host.isEmpty()) {
        return failure(
            Error::Kind::Rejected, u"--%1 needs HOST:PORT, not \"%2\""_s.arg(option, value));
    }
    return Address{host, port};
}

Result<quint32> number(
    const QCommandLineParser &parser, const QString &option, quint32 smallest, quint32 largest)
{
    bool isNumber = false;
    const quint32 value = parser.value(option).toUInt(&isNumber);
    if (!isNumber || value < smallest || value > largest) {
        return failure(Error::Kind::Rejected,
            u"--%1 needs a number from %2 to %3, not \"%4\""_s.arg(
                option, QString::number(smallest), QString::number(largest), parser.value(option)));
    }
    return value;
}

// The option's file, else the variable, else the fallback.
Result<Secret> secret(const QCommandLineParser &parser, const QString &option,
    const QString &fromEnvironment, const QByteArray &fallback)
{
    if (!parser.isSet(option)) {
        // Several secrets may stand there during a rotation; Meta signs with one.
        const QString first = fromEnvironment.section(u',', 0, 0).trimmed();
        return Secret(first.isEmpty() ? fallback : first.toUtf8());
    }
    QFile file(parser.value(option));
    if (!file.open(QIODevice::ReadOnly)) {
        return failure(Error::Kind::Storage,
            u"the file of --%1 cannot be read: %2: %3"_s.arg(
                option, file.fileName(), file.errorString()));
    }
    const QByteArray content = file.read(4096).trimmed();
    if (content.isEmpty())
        return failure(
            Error::Kind::Storage, u"the file of --%1 is empty: %2"_s.arg(option, file.fileName()));
    return Secret(content);
}

ParsedOptions refused(const Error &error)
{
    if (error.kind == Error::Kind::Storage)
        return OptionsFailure{error.detail};
    return UsageError{error.detail};
}

// The first of several results that failed.
template <typename... Results> const Error *firstError(const Results &...results)
{
    const Error *found = nullptr;
    ((found = found || results ? found : &results.error()), ...);
    return found;
}

// What is wrong with the options that are web addresses.
std::optional<QString> wrongUrl(const QCommandLineParser &parser)
{
    if (!parser.isSet(u"webhook-url"_s))
        return u"--webhook-url is missing"_s;
    for (const auto &option :
        {u"webhook-url"_s, u"redirect-uri"_s, u"deauthorize-url"_s, u"data-deletion-url"_s}) {
        for (const QString &value : parser.values(option)) {
            const QUrl url(value, QUrl::StrictMode);
            const bool isWeb = url.scheme() == "http"_L1 || url.scheme() == "https"_L1;
            if (!isWeb || url.host().isEmpty())
                return u"--%1 needs an http or https address, not \"%2\""_s.arg(option, value);
        }
    }
    return std::nullopt;
}

QUrl url(const QCommandLineParser &parser, const QString &option)
{
    return QUrl(parser.value(option), QUrl::StrictMode);
}

ParsedOptions readServe(const QCommandLineParser &parser, const QProcessEnvironment &environment)
{
    if (const auto sentence = wrongUrl(parser))
        return UsageError{*sentence};
    const auto listen = address(parser, u"listen"_s);
    const auto media = address(parser, u"media-listen"_s);
    const auto seed = number(parser, u"seed"_s, 0, std::numeric_limits<quint32>::max());
    const auto batch = number(parser, u"batch"_s, 1, LargestBatch);
    const auto appSecret = secret(parser, u"app-secret-file"_s,
        environment.value(u"PAGEDESK_APP_SECRET"_s), "sandbox-app-secret");
    const auto verifyToken = secret(parser, u"verify-token-file"_s,
        environment.value(u"PAGEDESK_VERIFY_TOKEN"_s), "sandbox-verify-token");
    if (const Error *error = firstError(listen, media, seed, batch, appSecret, verifyToken))
        return refused(*error);
    const QString appId = parser.isSet(u"app-id"_s)
        ? parser.value(u"app-id"_s)
        : environment.value(u"PAGEDESK_APP_ID"_s, u"330011"_s);
    const AppSettings app{parser.values(u"redirect-uri"_s), url(parser, u"deauthorize-url"_s),
        url(parser, u"data-deletion-url"_s)};
    return Options{*listen, *media, url(parser, u"webhook-url"_s), appId, *appSecret, *verifyToken,
        *seed, int(*batch), parser.isSet(u"practice"_s), app};
}

} // namespace

ParsedOptions parseOptions(const QStringList &words, const QProcessEnvironment &environment)
{
    QCommandLineParser parser;
    addOptions(parser);
    const bool isParsed = parser.parse(QStringList{u"pagedesk-sandbox"_s} + words);
    if (!parser.unknownOptionNames().isEmpty())
        return UsageError{u"unknown option: --%1"_s.arg(parser.unknownOptionNames().constFirst())};
    if (!isParsed)
        return UsageError{parser.errorText()};
    if (parser.isSet(u"help"_s))
        return TextToPrint{Help};
    if (parser.isSet(u"version"_s))
        return TextToPrint{u"pagedesk-sandbox " PAGEDESK_VERSION "\n"_s};
    const QStringList commands = parser.positionalArguments();
    if (commands.isEmpty())
        return UsageError{u"no command given; try: pagedesk-sandbox serve --webhook-url URL"_s};
    if (commands.constFirst() != "serve"_L1)
        return UsageError{u"unknown command: %1"_s.arg(commands.constFirst())};
    if (commands.size() > 1)
        return UsageError{u"unexpected word: %1"_s.arg(commands.at(1))};
    return readServe(parser, environment);
}

} // namespace Pagedesk::Sandbox
