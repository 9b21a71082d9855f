// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/server/net.h"
#include "models/base/result.h"

#include <boost/asio/buffer.hpp>

#include <array>
#include <functional>
#include <memory>
#include <string>
#include <type_traits>
#include <utility>

// OpenSSL's side of the server. Its templates are compiled in tls.cpp only.
namespace Pagedesk::Server {

// The handler of one operation, whatever its type; may be moved only.
class Completion {
public:
    template <typename Handler,
        typename = std::enable_if_t<!std::is_same_v<std::decay_t<Handler>, Completion>>>
    explicit Completion(Handler &&handler)
        : m_body(std::make_unique<Body<std::decay_t<Handler>>>(std::forward<Handler>(handler)))
    {
    }
    void operator()(const ErrorCode &error, std::size_t count)
    {
        const auto body = std::move(m_body); // the handler may free what holds this
        body->call(error, count);
    }

private:
    struct Base {
        virtual ~Base() = default;
        virtual void call(const ErrorCode &error, std::size_t count) = 0;
    };
    template <typename Handler> struct Body final : Base {
        explicit Body(Handler &&given)
            : handler(std::move(given))
        {
        }
        explicit Body(const Handler &given)
            : handler(given)
        {
        }
        void call(const ErrorCode &error, std::size_t count) override
        {
            std::move(handler)(error, count);
        }
        Handler handler;
    };

    std::unique_ptr<Base> m_body;
};

// A certificate with its key, and how TLS is spoken with them: 1.2 or newer.
class TlsContext {
public:
    // PEM files; the certificate's with the chain behind it. Rejected, naming the file and what is
    // wrong with it.
    static Result<std::shared_ptr<TlsContext>> load(
        const std::string &certificateFile, const std::string &keyFile);
    ~TlsContext();

private:
    friend class TlsStream;
    struct Implementation;
    explicit TlsContext(std::unique_ptr<Implementation> implementation);
    const std::unique_ptr<Implementation> m_implementation;
};

// One encrypted connection. Operations keep it alive.
class TlsStream : public std::enable_shared_from_this<TlsStream> {
public:
    static constexpr std::size_t RecordBytes = 16 * 1024;

    TlsStream(Socket socket, std::shared_ptr<TlsContext> context);
    ~TlsStream();

    Socket &socket();
    void handshake(std::function<void(const ErrorCode &)> done);
    void read(boost::asio::mutable_buffer buffer, Completion completion);
    void write(boost::asio::const_buffer buffer, Completion completion);
    // Says that no more will come; `done` once that has been written, or could not be.
    void end(std::function<void()> done);

    // Room for what is being written.
    std::array<char, RecordBytes> &scratch() { return m_scratch; }

private:
    struct Implementation;
    const std::shared_ptr<TlsContext> m_context;
    const std::unique_ptr<Implementation> m_implementation;
    std::array<char, RecordBytes> m_scratch;
};

} // namespace Pagedesk::Server
