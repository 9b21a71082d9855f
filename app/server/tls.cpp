// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/server/tls.h"

#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>

#include <openssl/err.h>
#include <openssl/ssl.h>

#include <string_view>

namespace Pagedesk::Server {

namespace ssl = boost::asio::ssl;

namespace {

// HTTP/1.1 for whoever names it; a client that names only others is refused (RFC 7301, 3.2).
int chooseProtocol(SSL *, const unsigned char **chosen, unsigned char *length,
    const unsigned char *offered, unsigned int size, void *)
{
    static constexpr unsigned char Http11[] = {8, 'h', 't', 't', 'p', '/', '1', '.', '1'};
    unsigned char *found = nullptr;
    if (SSL_select_next_proto(&found, length, Http11, sizeof Http11, offered, size)
        != OPENSSL_NPN_NEGOTIATED)
        return SSL_TLSEXT_ERR_ALERT_FATAL;
    *chosen = found;
    return SSL_TLSEXT_ERR_OK;
}

tl::unexpected<Error> cannotUse(const std::string &file, const std::string &why)
{
    return failure(Error::Kind::Rejected,
        QStringLiteral("cannot use %1 for TLS: %2")
            .arg(QString::fromStdString(file), QString::fromStdString(why)));
}

} // namespace

struct TlsContext::Implementation {
    ssl::context context{ssl::context::tls_server};
};

TlsContext::TlsContext(std::unique_ptr<Implementation> implementation)
    : m_implementation(std::move(implementation))
{
}

TlsContext::~TlsContext() = default;

Result<std::shared_ptr<TlsContext>> TlsContext::load(
    const std::string &certificateFile, const std::string &keyFile)
{
    auto made = std::make_unique<Implementation>();
    ssl::context &context = made->context;
    SSL_CTX *native = context.native_handle();
    ErrorCode error;
    SSL_CTX_set_min_proto_version(native, TLS1_2_VERSION);
    SSL_CTX_set_options(
        native, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_CIPHER_SERVER_PREFERENCE);
    SSL_CTX_set_mode(native, SSL_MODE_RELEASE_BUFFERS); // an idle connection keeps no buffers
    SSL_CTX_set_alpn_select_cb(native, &chooseProtocol, nullptr);
    // A key with a pass phrase is refused: nobody is there to type it.
    context.set_password_callback(
        [](std::size_t, ssl::context::password_purpose) { return std::string(); }, error);
    context.use_certificate_chain_file(certificateFile, error);
    if (error)
        return cannotUse(certificateFile, error.message());
    context.use_private_key_file(keyFile, ssl::context::pem, error);
    if (error)
        return cannotUse(keyFile, error.message());
    if (SSL_CTX_check_private_key(native) != 1) {
        ERR_clear_error();
        return cannotUse(keyFile, "it is not the key of " + certificateFile);
    }
    return std::shared_ptr<TlsContext>(new TlsContext(std::move(made)));
}

struct TlsStream::Implementation {
    Implementation(Socket socket, ssl::context &context)
        : stream(std::move(socket), context)
    {
    }
    ssl::stream<Socket> stream;
};

TlsStream::TlsStream(Socket socket, std::shared_ptr<TlsContext> context)
    : m_context(std::move(context))
    , m_implementation(
          std::make_unique<Implementation>(std::move(socket), m_context->m_implementation->context))
{
}

TlsStream::~TlsStream() = default;

Socket &TlsStream::socket()
{
    return m_implementation->stream.next_layer();
}

void TlsStream::handshake(std::function<void(const ErrorCode &)> done)
{
    m_implementation->stream.async_handshake(ssl::stream_base::server,
        [self = shared_from_this(), done = std::move(done)](
            const ErrorCode &error) { done(error); });
}

void TlsStream::read(boost::asio::mutable_buffer buffer, Completion completion)
{
    m_implementation->stream.async_read_some(buffer,
        [self = shared_from_this(), completion = std::move(completion)](
            const ErrorCode &error, std::size_t count) mutable { completion(error, count); });
}

void TlsStream::write(boost::asio::const_buffer buffer, Completion completion)
{
    m_implementation->stream.async_write_some(buffer,
        [self = shared_from_this(), completion = std::move(completion)](
            const ErrorCode &error, std::size_t count) mutable { completion(error, count); });
}

void TlsStream::end(std::function<void()> done)
{
    // As if the peer had said so first: else this would wait for its word.
    SSL_set_shutdown(m_implementation->stream.native_handle(), SSL_RECEIVED_SHUTDOWN);
    m_implementation->stream.async_shutdown(
        [self = shared_from_this(), done = std::move(done)](const ErrorCode &) { done(); });
}

} // namespace Pagedesk::Server
