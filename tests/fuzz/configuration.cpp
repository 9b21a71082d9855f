// SPDX-License-Identifier: GPL-3.0-or-later
// The relay's environment, a variable a line, then NUL, then its TOML file.
#include "app/relay/relayconfig.h"
#include "tests/fuzz/fuzz.h"

#include <sys/mman.h>
#include <unistd.h>

using namespace Pagedesk;
using namespace Pagedesk::Relay;

namespace {

constexpr std::string_view Canary = "canary-of-the-app-secret";

// Sets the variables of the relay that are in `lines`; the others are empty.
void setEnvironment(std::string_view lines)
{
    for (const QString &option : serveOptions()) {
        const QByteArray name = option.toUpper().replace(u'-', u'_').toLatin1();
        qunsetenv(QByteArray("PAGEDESK_" + name).constData());
    }
    qputenv("PAGEDESK_APP_SECRET", Fuzz::bytes(Canary));
    while (!lines.empty()) {
        const std::string_view line = lines.substr(0, lines.find('\n'));
        lines.remove_prefix(std::min(line.size() + 1, lines.size()));
        const std::size_t equals = line.find('=');
        if (equals == std::string_view::npos || !line.starts_with("PAGEDESK_")
            || line.starts_with("PAGEDESK_CONFIG") || line.find("_FILE") != std::string_view::npos)
            continue;
        qputenv(
            Fuzz::bytes(line.substr(0, equals)).constData(), Fuzz::bytes(line.substr(equals + 1)));
    }
}

Result<RelayConfig> read(std::string_view file)
{
    const int memory = ::memfd_create("relay.toml", MFD_CLOEXEC);
    PAGEDESK_HOLDS(memory >= 0);
    PAGEDESK_HOLDS(::write(memory, file.data(), file.size()) == static_cast<ssize_t>(file.size()));
    const QString path = QStringLiteral("/proc/self/fd/%1").arg(memory);
    const auto line = CommandLine::parse({QStringLiteral("--config"), path}, serveOptions());
    auto config = line ? readConfig(*line) : Result<RelayConfig>(failure(line.error()));
    ::close(memory);
    return config;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    Fuzz::Input input(data, size);
    setEnvironment(input.part());
    const auto config = read(input.rest());
    if (!config) {
        PAGEDESK_HOLDS(config.error().kind == Error::Kind::Rejected);
        PAGEDESK_HOLDS(!config.error().detail.isEmpty());
        PAGEDESK_HOLDS(!config.error().detail.contains(Fuzz::text(Canary)));
        return 0;
    }
    const auto isWeb = [](const QUrl &url) {
        return (url.scheme() == u"http" || url.scheme() == u"https") && !url.host().isEmpty();
    };
    PAGEDESK_HOLDS(!config->data.isEmpty() && !config->listenHost.isEmpty());
    PAGEDESK_HOLDS(isWeb(config->graphUrl));
    PAGEDESK_HOLDS(config->publicUrl.isEmpty() || isWeb(config->publicUrl));
    PAGEDESK_HOLDS(!config->mediaHosts.isEmpty() && !config->mediaHosts.contains(QString()));
    PAGEDESK_HOLDS(!config->appSecrets.isEmpty());
    return 0;
}
