// SPDX-License-Identifier: GPL-3.0-or-later
// The bytes of a connection, behind one that says in what pieces they arrive.
#include "app/server/requestparser.h"
#include "tests/fuzz/fuzz.h"

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/error.hpp>

#include <optional>

using namespace Pagedesk;
using namespace Pagedesk::Server;

namespace {

namespace http = boost::beast::http;

constexpr Limits Small{.headBytes = 1024, .bodyBytes = 4096};

struct Outcome {
    int status = 0; // of a refusal
    bool complete = false;
    Request request = {};
};

// Reads one request as a connection does, in pieces of `step` bytes.
Outcome read(std::string_view bytes, std::size_t step)
{
    RequestParser parser(Small);
    std::size_t begin = 0; // of what the parser has not taken yet
    std::size_t end = 0; // of what has arrived
    while (!parser.is_done()) {
        if (end == bytes.size())
            return {};
        end = std::min(bytes.size(), end + step);
        boost::system::error_code error;
        const bool inHead = !parser.is_header_done();
        begin += parser.put(boost::asio::buffer(bytes.data() + begin, end - begin), error);
        if (error == http::error::need_more)
            error = {};
        if (error)
            return {RequestParser::refusalFor(error).status};
        if (!inHead || !parser.is_header_done())
            continue;
        if (const Refusal refusal = parser.refusal()) {
            PAGEDESK_HOLDS(!refusal.reason.empty());
            return {refusal.status};
        }
        parser.eager(true);
        if (begin < end && !parser.is_done()) {
            begin += parser.put(boost::asio::buffer(bytes.data() + begin, end - begin), error);
            if (error && error != http::error::need_more)
                return {RequestParser::refusalFor(error).status};
        }
    }
    return {0, true, parser.take()};
}

bool same(const Request &a, const Request &b)
{
    const auto equal
        = [](const Header &x, const Header &y) { return x.name == y.name && x.value == y.value; };
    return a.method == b.method && a.path == b.path && a.query == b.query && a.body == b.body
        && a.wantsWebSocket == b.wantsWebSocket
        && std::equal(
            a.headers.begin(), a.headers.end(), b.headers.begin(), b.headers.end(), equal);
}

void check(const Request &request)
{
    PAGEDESK_HOLDS(!request.path.empty() && (request.path.front() == '/' || request.path == "*"));
    PAGEDESK_HOLDS(request.path.find_first_of("? \r\n") == std::string::npos);
    PAGEDESK_HOLDS(request.body.size() <= Small.bodyBytes);
    for (const Header &header : request.headers) {
        const std::string_view text = header.value;
        PAGEDESK_HOLDS(!header.name.empty());
        PAGEDESK_HOLDS(text.find_first_of(std::string_view("\r\n\0", 3)) == std::string::npos);
    }
    const bool both
        = !request.header("Content-Length").empty() && !request.header("Transfer-Encoding").empty();
    PAGEDESK_HOLDS(!both); // what a proxy may read differently
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    Fuzz::Input input(data, size);
    const auto step = static_cast<std::size_t>(1 + input.number(64));
    const Outcome pieces = read(input.rest(), step);
    const Outcome whole = read(input.rest(), std::max<std::size_t>(input.rest().size(), 1));
    if (pieces.complete)
        check(pieces.request);
    if (whole.complete)
        check(whole.request);
    // How it was cut must not decide what it says. (The limit of the head counts pieces anew.)
    if (pieces.complete && whole.complete)
        PAGEDESK_HOLDS(same(pieces.request, whole.request));
    if (input.rest().size() < Small.headBytes) {
        PAGEDESK_HOLDS(pieces.complete == whole.complete);
        PAGEDESK_HOLDS(pieces.status == 0 || whole.status == 0 || pieces.status == whole.status);
    }
    return 0;
}
