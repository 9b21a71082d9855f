// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/messenger/signedrequest.h"

#include "models/messenger/json.h"
#include "models/messenger/webhookitem.h"

#include <QCryptographicHash>

#include <algorithm>
#include <optional>

namespace Pagedesk {

namespace {

using namespace Qt::Literals::StringLiterals;

constexpr size_t MaxFormBytes = 3 * SignedRequestReader::MaxBytes + 1024; // all of it as %XX
constexpr qsizetype MaxIdCharacters = 64;
constexpr qsizetype KeyBytes = 16;
constexpr std::string_view Field = "signed_request";

tl::unexpected<Error> refused(const QString &why)
{
    return failure(Error::Kind::Unauthorized, why);
}

QByteArrayView viewOf(std::string_view text)
{
    return {text.data(), static_cast<qsizetype>(text.size())};
}

// Strict: no padding, no other characters, and no bits that would not count; so one value has one
// spelling.
std::optional<QByteArray> fromBase64Url(std::string_view text)
{
    constexpr auto Options = QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals;
    const auto decoded = QByteArray::fromBase64Encoding(
        viewOf(text).toByteArray(), Options | QByteArray::AbortOnBase64DecodingErrors);
    if (!decoded || (*decoded).toBase64(Options) != viewOf(text))
        return std::nullopt;
    return *decoded;
}

std::optional<char> hexByte(std::string_view digits)
{
    bool isNumber = false;
    const uint value = viewOf(digits).toByteArray().toUInt(&isNumber, 16);
    const bool plain = std::all_of(digits.begin(), digits.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    });
    return isNumber && plain ? std::optional(static_cast<char>(value)) : std::nullopt;
}

// The characters of a form's name or value; nothing when an escape is cut or no number.
std::optional<std::string> formDecoded(std::string_view text)
{
    std::string plain;
    plain.reserve(text.size());
    for (size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            plain += text[i] == '+' ? ' ' : text[i];
            continue;
        }
        const auto byte = i + 2 < text.size() ? hexByte(text.substr(i + 1, 2)) : std::nullopt;
        if (!byte)
            return std::nullopt;
        plain += *byte;
        i += 2;
    }
    return plain;
}

// An id in digits, given as string or number; empty when it is anything else.
QString idFrom(const JsonValue &value)
{
    const bool fits
        = value.kind() == JsonValue::Kind::String || value.kind() == JsonValue::Kind::Number;
    const QString text = fits ? value.text() : QString();
    const bool digits
        = std::all_of(text.begin(), text.end(), [](QChar c) { return c >= u'0' && c <= u'9'; });
    return digits && text.size() <= MaxIdCharacters ? text : QString();
}

} // namespace

Result<SignedRequest> SignedRequestReader::read(std::string_view text) const
{
    if (text.size() > MaxBytes)
        return failure(Error::Kind::TooLarge, u"the signed request is longer than any real one"_s);
    const size_t dot = text.find('.');
    if (dot == std::string_view::npos)
        return refused(u"there is no signature"_s);
    const std::string_view encoded = text.substr(dot + 1);
    const auto digest = fromBase64Url(text.substr(0, dot));
    if (!digest
        || !m_signature.verifyDigest(
            {digest->constData(), static_cast<size_t>(digest->size())}, encoded))
        return refused(u"the signature is wrong"_s);
    const auto payload = fromBase64Url(encoded);
    if (!payload)
        return failure(Error::Kind::Protocol, u"the payload is not base64url"_s);
    const auto document = JsonDocument::parse(*payload);
    if (!document)
        return failure(document.error());
    const JsonValue root = document->root();
    if (root["algorithm"].bytes() != "HMAC-SHA256")
        return refused(u"the algorithm is not HMAC-SHA256"_s);
    SignedRequest request;
    request.userId = idFrom(root["user_id"]);
    request.profileId = idFrom(root["profile_id"]);
    request.issuedAt = readTime(root["issued_at"]);
    // Of the digest, which is keyed: a hash of the payload would tell the id to whoever tries all.
    request.key = QCryptographicHash::hash(*digest, QCryptographicHash::Sha256).first(KeyBytes);
    if (request.userId.isEmpty())
        return failure(Error::Kind::Protocol, u"\"user_id\" is not an id"_s);
    return request;
}

Result<SignedRequest> SignedRequestReader::readForm(std::string_view body) const
{
    if (body.size() > MaxFormBytes)
        return failure(Error::Kind::TooLarge, u"the form is longer than any real one"_s);
    std::optional<std::string> found;
    while (!body.empty()) {
        const std::string_view pair = body.substr(0, body.find('&'));
        body.remove_prefix(std::min(pair.size() + 1, body.size()));
        const size_t equals = pair.find('=');
        if (equals == std::string_view::npos || formDecoded(pair.substr(0, equals)) != Field)
            continue;
        if (found)
            return refused(u"there is more than one signed request"_s);
        found = formDecoded(pair.substr(equals + 1));
        if (!found)
            return refused(u"the form is not readable"_s);
    }
    if (!found)
        return refused(u"there is no signed request"_s);
    return read(*found);
}

} // namespace Pagedesk
