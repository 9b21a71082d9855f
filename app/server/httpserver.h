// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/server/http.h"
#include "models/base/result.h"

namespace Pagedesk::Server {

// HTTP/1.1 and WebSocket on one port, on one thread of its own. Knows nothing of the product.
class HttpServer {
public:
    HttpServer(Limits limits, RequestHandler handler);
    ~HttpServer(); // stops at once
    HttpServer(const HttpServer &) = delete;
    HttpServer &operator=(const HttpServer &) = delete;

    // Binds and starts serving. `host` is an address or "localhost"; port 0 picks a free one.
    // Returns the port. Error::Conflict: the port is in use; Rejected: no such address.
    Result<std::uint16_t> listen(const std::string &host, std::uint16_t port);

    // The same on a socket that listens already, as a service manager passes it.
    Result<std::uint16_t> listenOn(int socket);

    // From the next connection on everything is encrypted under this certificate (PEM files, the
    // certificate's with its chain). May be called again to change it; open connections stay.
    // Rejected, naming the file, and then nothing has changed.
    Result<> useTls(const std::string &certificateFile, const std::string &keyFile);

    // Calls back on the server's thread, as soon as it comes to that; never when it has ended.
    void ping(std::function<void()> answer);

    // Stops accepting, lets requests that have been read be answered (at most `grace`), closes
    // WebSockets with 1001, then ends the thread. Blocks the caller. May be called once.
    void shutDown(std::chrono::milliseconds grace);

    Statistics statistics() const;

private:
    class Implementation;
    std::unique_ptr<Implementation> m_implementation;
};

} // namespace Pagedesk::Server
