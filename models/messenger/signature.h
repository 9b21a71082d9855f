// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/secret.h"

#include <QByteArray>
#include <QList>

#include <memory>
#include <string_view>

namespace Pagedesk {

// Makes and checks X-Hub-Signature-256: "sha256=" and 64 hex digits of HMAC-SHA256 with the app
// secret over the raw body (Graph API, "Webhooks: Getting Started"). Keyed once; not thread-safe,
// one instance a thread. Several secrets are valid at once during a rotation.
class WebhookSignature {
public:
    explicit WebhookSignature(const QList<Secret> &appSecrets);
    ~WebhookSignature();
    WebhookSignature(const WebhookSignature &) = delete;
    WebhookSignature &operator=(const WebhookSignature &) = delete;

    // Compares with every secret in constant time. False for a missing or malformed header, and
    // when there is no secret.
    bool verify(std::string_view header, std::string_view body) const;
    // The same for the digest's 32 bytes themselves, as signed requests carry them.
    bool verifyDigest(std::string_view digest, std::string_view message) const;
    // The header's value for a body, with the first secret; empty when there is none.
    QByteArray sign(std::string_view body) const;

private:
    class Implementation;
    std::unique_ptr<Implementation> m_implementation;
};

} // namespace Pagedesk
