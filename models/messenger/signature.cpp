// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/messenger/signature.h"

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/params.h>

#include <array>
#include <optional>
#include <vector>

namespace Pagedesk {

namespace {

constexpr std::string_view Prefix = "sha256=";
constexpr size_t DigestBytes = 32;
using Digest = std::array<unsigned char, DigestBytes>;

struct FreeMac {
    void operator()(EVP_MAC *mac) const { EVP_MAC_free(mac); }
    void operator()(EVP_MAC_CTX *context) const { EVP_MAC_CTX_free(context); }
};
using MacContext = std::unique_ptr<EVP_MAC_CTX, FreeMac>;

MacContext keyed(EVP_MAC *mac, const QByteArray &key)
{
    MacContext context(mac ? EVP_MAC_CTX_new(mac) : nullptr);
    if (!context)
        return {};
    char digest[] = "SHA256";
    const std::array<OSSL_PARAM, 2> params{
        OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest, 0),
        OSSL_PARAM_construct_end()};
    const auto *bytes = reinterpret_cast<const unsigned char *>(key.constData());
    if (EVP_MAC_init(context.get(), bytes, static_cast<size_t>(key.size()), params.data()) != 1)
        return {};
    return context;
}

std::optional<Digest> digestOf(EVP_MAC_CTX *context, std::string_view body)
{
    Digest digest;
    size_t length = 0;
    const auto *bytes = reinterpret_cast<const unsigned char *>(body.data());
    // Without a key it starts over with the one it has: the key schedule is not paid again.
    if (EVP_MAC_init(context, nullptr, 0, nullptr) != 1
        || EVP_MAC_update(context, bytes, body.size()) != 1
        || EVP_MAC_final(context, digest.data(), &length, digest.size()) != 1
        || length != digest.size())
        return std::nullopt;
    return digest;
}

int hexDigit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

std::optional<Digest> fromHeader(std::string_view header)
{
    if (header.size() != Prefix.size() + 2 * DigestBytes || !header.starts_with(Prefix))
        return std::nullopt;
    header.remove_prefix(Prefix.size());
    Digest digest;
    for (size_t i = 0; i < DigestBytes; ++i) {
        const int high = hexDigit(header[2 * i]);
        const int low = hexDigit(header[2 * i + 1]);
        if (high < 0 || low < 0)
            return std::nullopt;
        digest[i] = static_cast<unsigned char>(high * 16 + low);
    }
    return digest;
}

} // namespace

class WebhookSignature::Implementation {
public:
    std::vector<MacContext> contexts;
};

WebhookSignature::WebhookSignature(const QList<Secret> &appSecrets)
    : m_implementation(std::make_unique<Implementation>())
{
    const std::unique_ptr<EVP_MAC, FreeMac> mac(EVP_MAC_fetch(nullptr, "HMAC", nullptr));
    for (const Secret &secret : appSecrets) {
        if (secret.isEmpty()) // anybody could sign with it
            continue;
        if (MacContext context = keyed(mac.get(), secret.reveal()))
            m_implementation->contexts.push_back(std::move(context));
    }
}

WebhookSignature::~WebhookSignature() = default;

bool WebhookSignature::verify(std::string_view header, std::string_view body) const
{
    const auto claimed = fromHeader(header);
    if (!claimed)
        return false;
    return verifyDigest({reinterpret_cast<const char *>(claimed->data()), DigestBytes}, body);
}

bool WebhookSignature::verifyDigest(std::string_view digest, std::string_view message) const
{
    if (digest.size() != DigestBytes)
        return false;
    bool matches = false;
    for (const MacContext &context : m_implementation->contexts) {
        const auto right = digestOf(context.get(), message);
        // No early end: the time must not tell which of the secrets signed.
        if (right && CRYPTO_memcmp(right->data(), digest.data(), DigestBytes) == 0)
            matches = true;
    }
    return matches;
}

QByteArray WebhookSignature::sign(std::string_view body) const
{
    if (m_implementation->contexts.empty())
        return {};
    const auto digest = digestOf(m_implementation->contexts.front().get(), body);
    if (!digest)
        return {};
    const QByteArray bytes(reinterpret_cast<const char *>(digest->data()), DigestBytes);
    return QByteArray(Prefix.data(), Prefix.size()) + bytes.toHex();
}

} // namespace Pagedesk
