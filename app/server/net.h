// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <chrono>

// The concrete Asio types of the server, for its .cpp files only. They name the executor of one
// io_context instead of any_io_executor, which saves an indirect call for every step.
namespace Pagedesk::Server {

using SteadyClock = std::chrono::steady_clock;
using ErrorCode = boost::system::error_code;
using Tcp = boost::asio::ip::tcp;
using Executor = boost::asio::io_context::executor_type;
using Socket = boost::asio::basic_stream_socket<Tcp, Executor>;
using Acceptor = boost::asio::basic_socket_acceptor<Tcp, Executor>;
using Timer = boost::asio::basic_waitable_timer<SteadyClock, boost::asio::wait_traits<SteadyClock>,
    Executor>;

} // namespace Pagedesk::Server
