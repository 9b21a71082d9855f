// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/server/http.h"

#include <boost/beast/http/basic_parser.hpp>

#include <string>
#include <string_view>

namespace Pagedesk::Server {

// Why a request is not served: the status and one English sentence.
struct Refusal {
    int status = 0; // 0: it is served
    std::string_view reason = {};

    explicit operator bool() const { return status != 0; }
};

// Reads one request straight into a Request; the grammar is Beast's, the rules for the head that
// Beast leaves to its user are refusal()'s.
class RequestParser final : public boost::beast::http::basic_parser<true> {
public:
    explicit RequestParser(const Limits &limits);

    // To be asked when the head is complete: is there a reason not to read on?
    Refusal refusal() const;
    // What an error of put() is answered with.
    static Refusal refusalFor(const boost::system::error_code &error);

    bool expectsContinue() const { return m_http11 && m_expectsContinue; }
    bool isHttp11() const { return m_http11; }
    bool isHead() const { return m_request.method == "HEAD"; }
    std::size_t bodySize() const { return m_request.body.size(); }
    // Empty unless the request wants to become a WebSocket.
    const std::string &webSocketKey() const { return m_webSocketKey; }

    // The request, once is_done(). Not callable twice.
    Request take();

private:
    using Field = boost::beast::http::field;
    using Text = boost::beast::string_view;
    using Error = boost::system::error_code;

    void on_request_impl(
        boost::beast::http::verb, Text method, Text target, int version, Error &error) override;
    void on_response_impl(int, Text, int, Error &) override { }
    void on_field_impl(Field field, Text name, Text value, Error &error) override;
    void on_header_impl(Error &error) override;
    void on_body_init_impl(const boost::optional<std::uint64_t> &length, Error &error) override;
    std::size_t on_body_impl(Text part, Error &error) override;
    void on_chunk_header_impl(std::uint64_t, Text, Error &) override { }
    std::size_t on_chunk_body_impl(std::uint64_t, Text part, Error &error) override;
    void on_finish_impl(Error &) override { }

    void noteField(Field field, std::string_view value);
    Refusal framingRefusal() const;
    Refusal upgradeRefusal() const;

    Request m_request;
    std::string m_webSocketKey;
    int m_hosts = 0;
    int m_contentLengths = 0;
    int m_transferEncodings = 0;
    bool m_headDone = false;
    bool m_http11 = true;
    bool m_badTarget = false;
    bool m_onlyChunked = true; // no transfer coding but "chunked"
    bool m_expectsContinue = false;
    bool m_expectsOther = false;
    bool m_upgradesToWebSocket = false;
    bool m_webSocketVersion13 = false;
};

} // namespace Pagedesk::Server
