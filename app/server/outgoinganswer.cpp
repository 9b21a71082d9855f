// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/server/outgoinganswer.h"

#include "models/base/logging.h"

#include <boost/beast/core/string.hpp>
#include <boost/beast/http/rfc7230.hpp>
#include <boost/beast/http/status.hpp>

#include <algorithm>

namespace Pagedesk::Server {

namespace {

namespace http = boost::beast::http;

// RFC 9110, 6.4.1
bool mayHaveBody(int status)
{
    return status != 204 && status != 304;
}

// These say where the answer ends, which only the server can know.
bool isFraming(std::string_view name)
{
    return boost::beast::iequals(name, "Content-Length")
        || boost::beast::iequals(name, "Transfer-Encoding")
        || boost::beast::iequals(name, "Connection");
}

// A line break in a header would let its author write the rest of the answer.
bool isSafe(const Header &header)
{
    const auto isToken = [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z')
            || std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
    };
    const auto isText = [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return c == '\t' || (byte >= 0x20 && byte != 0x7f);
    };
    return !header.name.empty() && std::all_of(header.name.begin(), header.name.end(), isToken)
        && std::all_of(header.value.begin(), header.value.end(), isText);
}

} // namespace

void OutgoingAnswer::set(Response response, const Frame &frame)
{
    if (response.status < 200 || response.status > 599)
        response.status = 500;
    m_written = 0;
    m_head.assign("HTTP/1.1 ");
    m_head += std::to_string(response.status);
    m_head += ' ';
    const auto reason = http::obsolete_reason(static_cast<http::status>(response.status));
    m_head.append(reason.data(), reason.size());
    m_head += "\r\n";
    appendHeader("Date", frame.date);
    if (!frame.keepAlive)
        appendHeader("Connection", "close");
    else if (!frame.http11)
        appendHeader("Connection", "keep-alive");
    if (mayHaveBody(response.status)) {
        if (!response.body.empty())
            appendHeader("Content-Type", response.contentType);
        appendHeader("Content-Length", std::to_string(response.body.size()));
    }
    appendOwnHeaders(response);
    m_head += "\r\n";
    if (mayHaveBody(response.status) && !frame.head)
        m_body = std::move(response.body);
    else
        m_body.clear();
}

void OutgoingAnswer::setContinue()
{
    m_written = 0;
    m_head.assign("HTTP/1.1 100 Continue\r\n\r\n");
    m_body.clear();
}

std::array<std::string_view, 2> OutgoingAnswer::remaining() const
{
    const std::string_view head(m_head);
    const std::string_view body(m_body);
    if (m_written < head.size())
        return {head.substr(m_written), body};
    return {std::string_view(), body.substr(m_written - head.size())};
}

bool OutgoingAnswer::advance(std::size_t count)
{
    m_written += count;
    if (m_written < m_head.size() + m_body.size())
        return false;
    m_body = {}; // a large one should not stay with an idle connection
    return true;
}

void OutgoingAnswer::appendHeader(std::string_view name, std::string_view value)
{
    m_head += name;
    m_head += ": ";
    m_head += value;
    m_head += "\r\n";
}

void OutgoingAnswer::appendOwnHeaders(const Response &response)
{
    for (const Header &header : response.headers) {
        if (isFraming(header.name))
            continue;
        if (isSafe(header))
            appendHeader(header.name, header.value);
        else
            qCWarning(logServer, "left out a response header that is not valid");
    }
}

} // namespace Pagedesk::Server
