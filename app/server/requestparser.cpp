// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/server/requestparser.h"

#include <boost/beast/http/error.hpp>
#include <boost/beast/http/rfc7230.hpp>

#include <algorithm>

namespace Pagedesk::Server {

namespace {

namespace http = boost::beast::http;

// A length that a client only claims is not memory we set aside.
constexpr std::uint64_t BodyReserve = 64 * KiB;

std::string_view view(boost::beast::string_view text)
{
    return {text.data(), text.size()};
}

// Splits a request target (RFC 9112, 3.2) into path and query; false when it is neither
// "/path", "http://host/path" nor the "*" of OPTIONS.
bool splitTarget(std::string_view target, Request &request)
{
    if (const auto scheme = target.find("://");
        scheme != std::string_view::npos && target.front() != '/') {
        const auto path = target.find_first_of("/?", scheme + 3);
        target = path == std::string_view::npos ? "/" : target.substr(path);
    }
    const auto question = target.find('?');
    request.path = target.substr(0, question);
    if (request.path.empty())
        request.path = "/";
    if (question != std::string_view::npos)
        request.query = target.substr(question + 1);
    return request.path.front() == '/' || (request.path == "*" && request.method == "OPTIONS");
}

} // namespace

RequestParser::RequestParser(const Limits &limits)
{
    header_limit(static_cast<std::uint32_t>(limits.headBytes));
    body_limit(limits.bodyBytes);
}

Refusal RequestParser::refusal() const
{
    if (m_badTarget)
        return {400, "The request target is not a path."};
    if (m_hosts > 1 || (m_http11 && m_hosts == 0))
        return {400, "There must be exactly one Host header."};
    if (const Refusal framing = framingRefusal())
        return framing;
    if (m_http11 && m_expectsOther)
        return {417, "The only expectation that can be met is 100-continue."};
    return m_request.wantsWebSocket ? upgradeRefusal() : Refusal{};
}

// Whatever a proxy in front of us might read differently is refused: it could hide a second
// request in the first one's body.
Refusal RequestParser::framingRefusal() const
{
    if (m_contentLengths > 1)
        return {400, "There is more than one Content-Length."};
    if (m_transferEncodings == 0)
        return {};
    if (m_contentLengths > 0 || m_transferEncodings > 1 || !m_http11)
        return {400, "Transfer-Encoding cannot be used here."};
    if (!m_onlyChunked || !chunked())
        return {501, "The only transfer coding understood is chunked."};
    return {};
}

Refusal RequestParser::upgradeRefusal() const
{
    if (!m_webSocketVersion13)
        return {426, "The WebSocket version must be 13."};
    if (m_webSocketKey.size() != 24) // 16 bytes in base64 (RFC 6455, 4.1)
        return {400, "The Sec-WebSocket-Key is not valid."};
    if (!is_done())
        return {400, "An upgrade request has no body."};
    return {};
}

Refusal RequestParser::refusalFor(const boost::system::error_code &error)
{
    if (error == http::error::header_limit)
        return {431, "The head of the request is too large."};
    if (error == http::error::body_limit)
        return {413, "The body of the request is too large."};
    return {400, "The request is not valid HTTP/1.1."};
}

Request RequestParser::take()
{
    return std::move(m_request);
}

void RequestParser::on_request_impl(http::verb, Text method, Text target, int version, Error &)
{
    m_http11 = version >= 11;
    m_request.method = view(method);
    m_badTarget = !splitTarget(view(target), m_request);
    m_request.headers.reserve(12);
}

void RequestParser::on_field_impl(Field field, Text name, Text value, Error &)
{
    // Trailers come after the head was judged, so they must not pass for headers.
    if (m_headDone)
        return;
    noteField(field, view(value));
    m_request.headers.push_back({std::string(view(name)), std::string(view(value))});
}

void RequestParser::noteField(Field field, std::string_view value)
{
    switch (field) {
    case Field::host:
        ++m_hosts;
        break;
    case Field::content_length:
        m_contentLengths += 1 + static_cast<int>(std::count(value.begin(), value.end(), ','));
        break;
    case Field::transfer_encoding:
        ++m_transferEncodings;
        m_onlyChunked = boost::beast::iequals(value, "chunked");
        break;
    case Field::expect:
        (boost::beast::iequals(value, "100-continue") ? m_expectsContinue : m_expectsOther) = true;
        break;
    case Field::upgrade:
        m_upgradesToWebSocket |= http::token_list(value).exists("websocket");
        break;
    case Field::sec_websocket_key:
        m_webSocketKey = value;
        break;
    case Field::sec_websocket_version:
        m_webSocketVersion13 = value == "13";
        break;
    default:
        break;
    }
}

void RequestParser::on_header_impl(Error &)
{
    m_headDone = true;
    m_request.wantsWebSocket
        = m_upgradesToWebSocket && upgrade() && m_http11 && m_request.method == "GET";
    if (!m_request.wantsWebSocket)
        m_webSocketKey.clear();
}

void RequestParser::on_body_init_impl(const boost::optional<std::uint64_t> &length, Error &)
{
    m_request.body.reserve(static_cast<std::size_t>(std::min(length.value_or(0), BodyReserve)));
}

std::size_t RequestParser::on_body_impl(Text part, Error &)
{
    m_request.body.append(part.data(), part.size());
    return part.size();
}

std::size_t RequestParser::on_chunk_body_impl(std::uint64_t, Text part, Error &)
{
    m_request.body.append(part.data(), part.size());
    return part.size();
}

} // namespace Pagedesk::Server
