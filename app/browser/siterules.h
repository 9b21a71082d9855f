// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>
#include <QUrl>

namespace Pagedesk::Browser {

inline constexpr qsizetype LongestAddress = 16 * 1024;

// Where the login dialog may lead: its own https hosts and the relay's callback, nowhere else. A
// dialog on this computer (practice mode) may use any http port of this computer.
class SiteRules {
public:
    enum class Verdict {
        Dialog, // a page of the login dialog
        Return, // the relay's callback, whatever its query
        Elsewhere, // an https address that a browser of the person's own may open
        Refused, // no web address, or an unsafe one
    };

    // `hosts`: allowed beside facebook.com and its subdomains, each exactly as it is.
    SiteRules(QUrl dialog, QUrl returnAddress, QStringList hosts = {});

    // Of an address for the whole window.
    Verdict judge(const QUrl &url) const;
    bool mayShow(const QUrl &url) const;
    // Of a part of a page: a picture, a script, a frame. Pages from the network reach nothing on
    // this computer or in its network.
    bool mayLoad(const QUrl &url) const;

    const QUrl &dialog() const { return m_dialog; }
    const QUrl &returnAddress() const { return m_returnAddress; }

private:
    bool isOfReturnSite(const QUrl &url) const;

    QUrl m_dialog;
    QUrl m_returnAddress;
    QStringList m_hosts;
};

// An address on this computer itself.
bool isLoopback(const QUrl &url);
// https, or http on this computer; with a host and without a name or password in it.
bool isSafeAddress(const QUrl &url);

} // namespace Pagedesk::Browser
