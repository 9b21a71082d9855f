// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/clock.h"
#include "models/desk/connectionstatus.h"
#include "models/domain/operator.h"
#include "ui/theme/panel.h"

#include <QTimer>

class QHBoxLayout;
class QPushButton;

namespace Pagedesk::Ui {

class Tag;
class ThemedLabel;

// The line at the foot of the window: the connection, the Pages, the outbox, who I am.
class StatusStrip : public Panel {
    Q_OBJECT

public:
    StatusStrip(const ThemeProvider &theme, const Clock &clock, QWidget *parent = nullptr);

    void setStatus(const ConnectionStatus &status);
    void setPages(int pages);
    void setOutbox(int waiting);
    void setOperator(const Operator &self);
    // The customers are simulated.
    void setPractice(bool practice);
    // The device token lies in a file.
    void setUnprotected(bool unprotected);
    // A sentence about something that did not work; goes by itself.
    void showNotice(const QString &sentence);
    void setRetryKey(const QString &key);
    // Only what matters most.
    void setCompact(bool compact);
    QString connectionText() const;

Q_SIGNALS:
    void retryRequested();
    void joinRequested();

private:
    QPushButton *buildOffer(const QString &name, const QString &text, const QString &tip);
    void buildLeft(QHBoxLayout &layout);
    void buildRight(QHBoxLayout &layout);
    void showStatus();
    void showOperator();

    const Clock &m_clock;
    ConnectionStatus m_status;
    qint64 m_lastConnectedAt = 0;
    bool m_compact = false;
    QTimer m_countdown;
    QTimer m_noticeEnd;
    class Dot;
    Dot *m_dot = nullptr;
    ThemedLabel *m_connection = nullptr;
    QPushButton *m_retry = nullptr;
    QPushButton *m_join = nullptr;
    ThemedLabel *m_pages = nullptr;
    Tag *m_practice = nullptr;
    ThemedLabel *m_notice = nullptr;
    ThemedLabel *m_unprotected = nullptr;
    ThemedLabel *m_outbox = nullptr;
    ThemedLabel *m_operator = nullptr;
};

} // namespace Pagedesk::Ui
