// SPDX-License-Identifier: GPL-3.0-or-later
// The compiled parts of Asio and Beast, once for the whole library.
#include <boost/asio/impl/src.hpp>
#include <boost/asio/ssl/impl/src.hpp>
#include <boost/beast/src.hpp>
