// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include <memory>

class QSocketNotifier;

namespace Pagedesk {

// Turns SIGTERM, SIGINT and SIGHUP into a Qt signal, so that drafts are written and children end.
class Termination final : public QObject {
    Q_OBJECT

public:
    // Call first in main(), before any thread is started: threads inherit the mask.
    static void blockSignals();

    explicit Termination(QObject *parent = nullptr);
    ~Termination() override;

Q_SIGNALS:
    void requested();

private:
    int m_descriptor = -1;
    std::unique_ptr<QSocketNotifier> m_notifier;
};

} // namespace Pagedesk
