// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/relayconfig.h"

#include "app/relay/media/mediarules.h"

#include <QFile>

#include <toml++/toml.h>

#include <sstream>

namespace Pagedesk::Relay {

namespace {

using namespace Qt::Literals::StringLiterals;

constexpr int MostCheckMinutes = 7 * 24 * 60;
constexpr int MostEventsPerMinute = 1'000'000;

tl::unexpected<Error> rejected(const QString &detail)
{
    return failure(Error::Kind::Rejected, detail);
}

QByteArray environmentName(const QString &option)
{
    return "PAGEDESK_" + option.toUpper().replace(u'-', u'_').toLatin1();
}

// A value as the text it would be on the command line; nothing for a kind we do not take.
std::optional<QString> textOf(const toml::node &node)
{
    if (const auto text = node.value<std::string>())
        return QString::fromStdString(*text);
    if (const auto number = node.value_exact<int64_t>())
        return QString::number(*number);
    const toml::array *list = node.as_array();
    if (!list)
        return std::nullopt;
    QStringList words;
    for (const toml::node &entry : *list) {
        const auto word = entry.value<std::string>();
        if (!word)
            return std::nullopt;
        words.append(QString::fromStdString(*word));
    }
    return words.join(u',');
}

Result<QHash<QString, QString>> readFile(const QString &path)
{
    QHash<QString, QString> values;
    if (path.isEmpty())
        return values;
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return rejected(u"cannot read %1: %2"_s.arg(path, file.errorString()));
    try {
        const toml::table table = toml::parse(file.readAll().toStdString());
        for (const auto &[key, node] : table) {
            const QString name = QString::fromStdString(std::string(key.str()));
            if (!serveOptions().contains(name) || name == u"config")
                return rejected(u"unknown key in %1: %2"_s.arg(path, name));
            const auto text = textOf(node);
            if (!text)
                return rejected(
                    u"%1: %2 must be a text, a whole number or a list of texts"_s.arg(path, name));
            values.insert(name, *text);
        }
    } catch (const toml::parse_error &error) {
        std::ostringstream where;
        where << error.source().begin;
        return rejected(u"%1 is not valid TOML at %2: %3"_s.arg(
            path, QString::fromStdString(where.str()), QString::fromUtf8(error.what())));
    }
    return values;
}

Result<QUrl> webAddress(const QString &text, const QString &option)
{
    const QUrl url(text, QUrl::StrictMode);
    if (!url.isValid() || url.host().isEmpty()
        || (url.scheme() != u"https" && url.scheme() != u"http"))
        return rejected(u"--%1 is not a web address: %2"_s.arg(option, text));
    return url;
}

// A whole number from 0; `number` stays as it is when the option is not given.
Result<> readNumber(const std::function<QString(const QString &)> &value, const QString &option,
    int most, int &number)
{
    const QString text = value(option);
    if (text.isEmpty())
        return {};
    bool isNumber = false;
    const int read = text.toInt(&isNumber);
    if (!isNumber || read < 0 || read > most)
        return rejected(u"--%1 is a number from 0 to %2: %3"_s.arg(option).arg(most).arg(text));
    number = read;
    return {};
}

// "127.0.0.1:8480", "[::1]:8480" or "localhost:0".
Result<> readListen(const QString &text, RelayConfig &config)
{
    const qsizetype colon = text.lastIndexOf(u':');
    bool isNumber = false;
    const uint port = text.sliced(colon + 1).toUInt(&isNumber);
    QString host = text.left(colon);
    if (host.startsWith(u'[') && host.endsWith(u']') && host.size() > 1)
        host = host.sliced(1, host.size() - 2);
    const bool named = colon > 0 && !host.isEmpty() && !host.contains(u'[') && !host.contains(u']');
    if (!named || !isNumber || port > 65'535)
        return rejected(u"--listen is not HOST:PORT: %1"_s.arg(text));
    config.listenHost = host;
    config.listenPort = static_cast<quint16>(port);
    return {};
}

// Minutes, 0 to a week; 30 when nothing is given.
Result<> readSecrets(RelayConfig &config)
{
    const auto appSecrets = secretFromEnvironment("PAGEDESK_APP_SECRET");
    const auto verifyToken = secretFromEnvironment("PAGEDESK_VERIFY_TOKEN");
    for (const auto *secret : {&appSecrets, &verifyToken}) {
        if (!*secret)
            return failure(secret->error());
    }
    for (const QByteArray &part : appSecrets->reveal().split(',')) {
        if (!part.trimmed().isEmpty())
            config.appSecrets.append(Secret(part.trimmed()));
    }
    if (config.appSecrets.isEmpty()) {
        return rejected(
            u"PAGEDESK_APP_SECRET is not set: without the app secret no webhook can be verified"_s);
    }
    const auto appId = secretFromEnvironment("PAGEDESK_APP_ID");
    if (!appId)
        return failure(appId.error());
    config.appId = QString::fromUtf8(appId->reveal()).trimmed();
    config.verifyToken = *verifyToken;
    return {};
}

Result<RelayConfig> build(const std::function<QString(const QString &)> &value)
{
    RelayConfig config;
    config.data = value(u"data"_s);
    if (config.data.isEmpty())
        return rejected(u"--data is missing"_s);
    const QString listen = value(u"listen"_s);
    if (auto read = readListen(listen.isEmpty() ? u"127.0.0.1:8480"_s : listen, config); !read)
        return failure(read.error());
    const QString graph = value(u"graph-url"_s);
    const auto graphUrl
        = webAddress(graph.isEmpty() ? u"https://graph.facebook.com"_s : graph, u"graph-url"_s);
    if (!graphUrl)
        return failure(graphUrl.error());
    config.graphUrl = *graphUrl;
    const QString login = value(u"login-url"_s);
    const auto loginUrl
        = webAddress(login.isEmpty() ? u"https://www.facebook.com"_s : login, u"login-url"_s);
    if (!loginUrl)
        return failure(loginUrl.error());
    config.loginUrl = *loginUrl;
    config.loginConfigId = value(u"login-config-id"_s);
    if (const QString address = value(u"public-url"_s); !address.isEmpty()) {
        const auto publicUrl = webAddress(address, u"public-url"_s);
        if (!publicUrl)
            return failure(publicUrl.error());
        config.publicUrl = *publicUrl;
    }
    for (const QString &host : value(u"media-hosts"_s).split(u',')) {
        if (!host.trimmed().isEmpty()) // an empty one would allow every name that ends in a dot
            config.mediaHosts.append(host.trimmed().toLower());
    }
    if (config.mediaHosts.isEmpty())
        config.mediaHosts = metaMediaHosts();
    if (auto read = readNumber(value, u"check-minutes"_s, MostCheckMinutes, config.checkMinutes);
        !read)
        return failure(read.error());
    if (auto read
        = readNumber(value, u"events-per-minute"_s, MostEventsPerMinute, config.eventsPerMinute);
        !read)
        return failure(read.error());
    config.tlsCertificate = value(u"tls-certificate"_s);
    config.tlsKey = value(u"tls-key"_s);
    if (config.tlsCertificate.isEmpty() != config.tlsKey.isEmpty())
        return rejected(u"--tls-certificate and --tls-key belong together"_s);
    if (auto read = readSecrets(config); !read)
        return failure(read.error());
    return config;
}

} // namespace

QStringList serveOptions()
{
    return {u"data"_s, u"listen"_s, u"public-url"_s, u"graph-url"_s, u"login-url"_s,
        u"login-config-id"_s, u"media-hosts"_s, u"check-minutes"_s, u"events-per-minute"_s,
        u"tls-certificate"_s, u"tls-key"_s, u"config"_s};
}

Result<RelayConfig> readConfig(const CommandLine &line)
{
    const QString path = line.value(u"config"_s, qEnvironmentVariable("PAGEDESK_CONFIG"));
    const auto file = readFile(path);
    if (!file)
        return failure(file.error());
    return build([&line, &file](const QString &name) {
        if (line.has(name))
            return line.value(name);
        const QString fromEnvironment = qEnvironmentVariable(environmentName(name).constData());
        return fromEnvironment.isEmpty() ? file->value(name) : fromEnvironment;
    });
}

Result<Secret> secretFromEnvironment(const char *name)
{
    const QByteArray direct = qgetenv(name);
    if (!direct.isEmpty())
        return Secret(direct);
    const QString path = qEnvironmentVariable((QByteArray(name) + "_FILE").constData());
    if (path.isEmpty())
        return Secret();
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return rejected(
            u"cannot read the file named by %1_FILE: %2"_s.arg(QString::fromLatin1(name), path));
    return Secret(file.readAll().trimmed());
}

} // namespace Pagedesk::Relay
