// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/task.h"
#include "models/picture/thumbnail.h"

#include <QObject>

#include <deque>

class QProcess;

namespace Pagedesk::Relay {

// Has thumbnails made by the program pagedesk-thumbnailer, which stands beside the relay's: what
// strangers send is not decoded in a process that holds tokens. A few at a time, each within a
// bounded time.
class Thumbnailer : public QObject {
    Q_OBJECT

public:
    explicit Thumbnailer(QString program = programBeside(), QObject *parent = nullptr);
    ~Thumbnailer() override;

    // Rejected: no picture that can be shown. NotFound: the program is not there. Timeout.
    Task<Thumbnail> make(const QByteArray &picture);

    // Where this program's own folder has it.
    static QString programBeside();

private:
    struct Work {
        QByteArray picture;
        std::shared_ptr<Promise<Thumbnail>> promise;
    };

    void startNext();
    void start(const Work &work);
    void ended(QProcess *process, const Work &work, const Result<Thumbnail> &result);

    QString m_program;
    std::deque<Work> m_waiting;
    int m_running = 0;
};

} // namespace Pagedesk::Relay
