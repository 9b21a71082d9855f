// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/result.h"
#include "models/messenger/signature.h"

namespace Pagedesk {

// What Meta's deauthorize and data deletion callbacks say, once the signature was found right.
struct SignedRequest {
    QString userId; // app-scoped id of a person; never a PSID
    QString profileId; // deauthorize: the Page, where Meta names one; else empty
    qint64 issuedAt = 0; // ms UTC, 0 when not given
    QByteArray
        key; // 16 bytes, equal for repeated deliveries; without the app secret it tells nothing
};

// Reads B64URL(digest) "." B64URL(payload), both without padding; the digest is HMAC-SHA256 with
// the app secret over the encoded payload. Nothing of the payload is looked at before the
// signature. Not thread-safe, one instance a thread.
// Source: App Dashboard, "Data Deletion Request Callback", read 2026-09.
class SignedRequestReader {
public:
    static constexpr size_t MaxBytes = 8 * 1024; // real ones have some 250

    explicit SignedRequestReader(const QList<Secret> &appSecrets)
        : m_signature(appSecrets)
    {
    }

    // Unauthorized: missing, malformed, signed with none of our secrets, or by another algorithm.
    // TooLarge: over MaxBytes. Protocol: rightly signed, and does not name a person.
    Result<SignedRequest> read(std::string_view text) const;
    // The same for the field "signed_request" of a form (application/x-www-form-urlencoded), which
    // must be there once.
    Result<SignedRequest> readForm(std::string_view body) const;

private:
    WebhookSignature m_signature;
};

} // namespace Pagedesk
