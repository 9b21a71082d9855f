// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include <memory>

class QSocketNotifier;

namespace Pagedesk::Sandbox {

// Turns SIGTERM and SIGINT into a Qt signal. Construct it before any thread is started: the
// signals are blocked for the thread that makes it and for those made later.
class Termination final : public QObject {
    Q_OBJECT
public:
    Termination();
    ~Termination() override;

Q_SIGNALS:
    void requested();

private:
    int m_descriptor = -1;
    std::unique_ptr<QSocketNotifier> m_notifier;
};

} // namespace Pagedesk::Sandbox
