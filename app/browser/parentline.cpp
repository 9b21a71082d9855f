// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/browser/parentline.h"

#include "app/browser/siterules.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QSocketNotifier>

#include <array>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <unistd.h>

namespace Pagedesk::Browser {

using namespace Qt::Literals::StringLiterals;

ParentLine::ParentLine(QObject *parent)
    : QObject(parent)
{
    std::signal(SIGPIPE, SIG_IGN); // the write says it, too
    m_output = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
    dup2(STDERR_FILENO, STDOUT_FILENO);
}

ParentLine::~ParentLine()
{
    if (m_output >= 0)
        close(m_output);
}

QString ParentLine::readAddress()
{
    QByteArray line;
    while (line.size() <= LongestAddress) {
        char next = 0; // one at a time: what follows the line is not ours
        const ssize_t count = read(STDIN_FILENO, &next, 1);
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0)
            break;
        if (next == '\n')
            return QString::fromUtf8(line);
        line += next;
    }
    return {};
}

void ParentLine::watch()
{
    m_input = new QSocketNotifier(STDIN_FILENO, QSocketNotifier::Read, this);
    connect(m_input, &QSocketNotifier::activated, this, [this] {
        std::array<char, 4096> ignored{}; // nothing is said this way
        const ssize_t count = read(STDIN_FILENO, ignored.data(), ignored.size());
        if (count > 0 || (count < 0 && (errno == EAGAIN || errno == EINTR)))
            return;
        m_input->setEnabled(false);
        Q_EMIT gone();
    });
}

void ParentLine::tell(const QString &event)
{
    write({{"event"_L1, event}});
}

void ParentLine::tell(const QString &event, const QString &host)
{
    write({{"event"_L1, event}, {"host"_L1, host}});
}

void ParentLine::tellFailure(const QString &host, const QString &reason)
{
    write({{"event"_L1, u"loadFailed"_s}, {"host"_L1, host}, {"reason"_L1, reason}});
}

void ParentLine::write(const QJsonObject &object)
{
    const QByteArray line = QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n';
    qsizetype written = 0;
    while (written < line.size()) {
        const ssize_t count
            = ::write(m_output, line.constData() + written, size_t(line.size() - written));
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0) {
            Q_EMIT gone();
            return;
        }
        written += count;
    }
}

} // namespace Pagedesk::Browser
