// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/server/http.h"

#include <array>
#include <string>
#include <string_view>

namespace Pagedesk::Server {

// The bytes of one answer and how many of them have been written. Kept from answer to answer, so
// that its memory is reused.
class OutgoingAnswer {
public:
    struct Frame {
        bool http11 = true; // the version of the request
        bool keepAlive = false;
        bool head = false; // answers HEAD: everything but the body
        std::string_view date = {};
    };

    void set(Response response, const Frame &frame);
    // The interim answer to "Expect: 100-continue".
    void setContinue();

    // What is still to be written, in order; either part may be empty.
    std::array<std::string_view, 2> remaining() const;
    // `count` more bytes have been written; true when that was all.
    bool advance(std::size_t count);

private:
    void appendHeader(std::string_view name, std::string_view value);
    void appendOwnHeaders(const Response &response);

    std::string m_head;
    std::string m_body;
    std::size_t m_written = 0;
};

} // namespace Pagedesk::Server
