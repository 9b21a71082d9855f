// SPDX-License-Identifier: GPL-3.0-or-later
// A first byte that says how the rest is meant: a form, a signed request, a payload to be signed,
// or one to be encoded and signed.
#include "models/messenger/signedrequest.h"
#include "tests/fuzz/fuzz.h"

using namespace Pagedesk;

namespace {

constexpr auto UrlWithoutPadding = QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals;

QByteArray joined(const QByteArray &encoded)
{
    static const WebhookSignature Signature({Secret("secret-one")});
    const QByteArray digest = QByteArray::fromHex(Signature.sign(Fuzz::view(encoded)).sliced(7));
    return digest.toBase64(UrlWithoutPadding) + '.' + encoded;
}

bool isId(const QString &text)
{
    return text.size() <= 64
        && std::all_of(text.begin(), text.end(), [](QChar c) { return c >= u'0' && c <= u'9'; });
}

// Whatever was signed: what is read from it are ids, and the same however it arrives.
void checkSigned(const SignedRequestReader &reader, const QByteArray &request)
{
    const auto read = reader.read(Fuzz::view(request));
    const auto form
        = reader.readForm(Fuzz::view("signed%5Frequest=" + request.toPercentEncoding()));
    PAGEDESK_HOLDS(read.has_value() == form.has_value());
    PAGEDESK_HOLDS(read || read.error() == form.error());
    if (!read)
        return;
    PAGEDESK_HOLDS(read->key == form->key && read->userId == form->userId);
    PAGEDESK_HOLDS(!read->userId.isEmpty() && isId(read->userId) && isId(read->profileId));
    PAGEDESK_HOLDS(read->issuedAt >= 0 && read->key.size() == 16);
    const SignedRequestReader other({Secret("secret-two")});
    PAGEDESK_HOLDS(!other.read(Fuzz::view(request)));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    static const SignedRequestReader Reader({Secret("secret-one")});
    Fuzz::Input input(data, size);
    switch (input.number(4)) {
    case 0:
        (void)Reader.readForm(input.rest());
        break;
    case 1: {
        const auto read = Reader.read(input.rest());
        const std::size_t dot = input.rest().find('.');
        PAGEDESK_HOLDS(!read
            || joined(Fuzz::bytes(input.rest().substr(dot + 1))) == Fuzz::bytes(input.rest()));
        break;
    }
    case 2:
        checkSigned(Reader, joined(Fuzz::bytes(input.rest())));
        break;
    default:
        checkSigned(Reader, joined(Fuzz::bytes(input.rest()).toBase64(UrlWithoutPadding)));
        break;
    }
    return 0;
}
