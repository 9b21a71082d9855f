// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QStringList>
#include <QUrl>
#include <QUrlQuery>

#include <memory>

class QNetworkAccessManager;

namespace Pagedesk::Tests {

// A browser as far as a login dialog needs one: pages with a form, check boxes, buttons and
// redirects, and cookies.
class DialogBrowser {
public:
    DialogBrowser();
    ~DialogBrowser();

    // Stops at an address that begins with this, and shows it in url(), without going there.
    void stopAt(const QUrl &prefix) { m_stop = prefix; }
    bool isStopped() const { return m_stopped; }

    void open(const QUrl &url);
    // The button that says this. False when there is none.
    bool press(const QString &words);
    // Takes a tick away, or sets one, at the check box with this value.
    bool setTick(const QString &value, bool ticked);
    // Presses on, never Cancel, until it is stopped or there is nothing to press.
    void goThrough();

    QUrl url() const { return m_url; }
    int status() const { return m_status; }
    QString page() const { return m_page; }
    QStringList buttons() const;

private:
    struct Field {
        QString name;
        QString value;
        QString words; // what a button says
        bool isButton = false;
        bool isChosen = true; // hidden, or ticked
    };

    void load(const QByteArray &method, QUrl url, const QByteArray &body);
    void readForm();

    std::unique_ptr<QNetworkAccessManager> m_network;
    QUrl m_stop;
    QUrl m_url;
    QString m_page;
    QUrl m_action;
    QList<Field> m_fields;
    int m_status = 0;
    bool m_stopped = false;
};

} // namespace Pagedesk::Tests
