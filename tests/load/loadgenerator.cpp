// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/load/loadgenerator.h"

#include <QMessageAuthenticationCode>

#include <algorithm>
#include <chrono>
#include <vector>

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace Pagedesk::Tests {

namespace {

using Clock = std::chrono::steady_clock;
using namespace std::chrono_literals;

double seconds(Clock::duration span)
{
    return std::chrono::duration<double>(span).count();
}

struct Wire {
    int socket = -1;
    bool busy = false;
    int request = -1;
    Clock::time_point due;
    QByteArray answer;
};

class Load {
public:
    Load(const LoadPlan &plan, const QList<PreparedRequest> &requests)
        : m_plan(plan)
        , m_requests(requests)
        , m_wires(static_cast<size_t>(plan.connections))
        , m_epoll(::epoll_create1(EPOLL_CLOEXEC))
        , m_start(Clock::now())
    {
    }
    ~Load()
    {
        for (Wire &wire : m_wires)
            close(wire);
        ::close(m_epoll);
    }

    LoadResult run()
    {
        for (size_t i = 0; i < m_wires.size(); ++i)
            open(i);
        m_start = Clock::now(); // connecting is not what is measured
        auto last = m_start;
        while (m_open > 0 && !over()) {
            const timespec wait = feed();
            epoll_event events[256];
            const int count = ::epoll_pwait2(m_epoll, events, 256, &wait, nullptr);
            for (int i = 0; i < count; ++i) {
                if (receive(events[i].data.u64))
                    last = Clock::now();
            }
            if (m_next >= m_requests.size() && m_busy == 0)
                break;
        }
        m_result.seconds = seconds(last - m_start);
        return std::move(m_result);
    }

private:
    bool over() const
    {
        return seconds(Clock::now() - m_start) > m_plan.deadlineSeconds
            || (m_plan.enough && m_plan.enough(m_result));
    }

    void open(size_t index)
    {
        Wire &wire = m_wires[index];
        wire = {};
        wire.socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(m_plan.port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        if (::connect(wire.socket, reinterpret_cast<sockaddr *>(&address), sizeof address) != 0) {
            ::close(wire.socket);
            wire.socket = -1;
            return;
        }
        const int on = 1;
        ::setsockopt(wire.socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        epoll_event event{};
        event.events = EPOLLIN;
        event.data.u64 = index;
        ::epoll_ctl(m_epoll, EPOLL_CTL_ADD, wire.socket, &event);
        ++m_open;
        m_idle.push_back(index);
    }

    void close(Wire &wire)
    {
        if (wire.socket < 0)
            return;
        ::close(wire.socket);
        wire.socket = -1;
        --m_open;
        if (wire.busy)
            --m_busy;
        wire.busy = false;
    }

    Clock::time_point dueOf(qsizetype request) const
    {
        if (m_plan.perSecond <= 0)
            return Clock::now();
        const double at = static_cast<double>(request) / m_plan.perSecond;
        return m_start
            + std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(at));
    }

    // Gives every idle connection its next request; how long to wait for answers.
    timespec feed()
    {
        auto wait = Clock::duration(100ms);
        while (!m_idle.empty() && m_next < m_requests.size()) {
            const auto due = dueOf(m_next);
            if (const auto now = Clock::now(); due > now) {
                wait = std::min(wait, due - now);
                break;
            }
            Wire &wire = m_wires[m_idle.back()];
            m_idle.pop_back();
            if (wire.socket >= 0) // else it broke while idle, and stands here again if it came back
                send(wire, due);
        }
        return {0, std::chrono::duration_cast<std::chrono::nanoseconds>(wait).count()};
    }

    void send(Wire &wire, Clock::time_point due)
    {
        wire.request = static_cast<int>(m_next++);
        wire.due = due;
        wire.answer.clear();
        wire.busy = true;
        ++m_busy;
        const QByteArray &bytes = m_requests.at(wire.request).bytes;
        qsizetype written = 0;
        while (written < bytes.size()) {
            const auto n = ::send(wire.socket, bytes.constData() + written,
                static_cast<size_t>(bytes.size() - written), MSG_NOSIGNAL);
            if (n <= 0) {
                ++m_result.broken;
                close(wire);
                return;
            }
            written += n;
        }
    }

    bool receive(quint64 index)
    {
        Wire &wire = m_wires[index];
        char buffer[4096];
        const auto n = ::recv(wire.socket, buffer, sizeof buffer, 0);
        if (n <= 0) {
            m_result.broken += wire.busy ? 1 : 0;
            close(wire);
            open(index);
            return false;
        }
        wire.answer.append(buffer, n);
        const qsizetype head = wire.answer.indexOf("\r\n\r\n");
        if (head < 0
            || wire.answer.size()
                < head + 4 + contentLength(QByteArrayView(wire.answer).first(head)))
            return false;
        wire.busy = false;
        --m_busy;
        m_idle.push_back(index);
        if (wire.answer.startsWith("HTTP/1.1 200")) {
            m_result.acknowledged.append(m_requests.at(wire.request).mid);
            m_result.latenciesMs.append(seconds(Clock::now() - wire.due) * 1000);
        } else {
            ++m_result.refused;
            m_result.refusalsMs.append(seconds(Clock::now() - wire.due) * 1000);
        }
        return true;
    }

    static qsizetype contentLength(QByteArrayView head)
    {
        constexpr QByteArrayView Name = "content-length:";
        for (qsizetype at = head.indexOf('\n'); at >= 0; at = head.indexOf('\n', at + 1)) {
            QByteArrayView line = head.sliced(at + 1);
            if (line.size() < Name.size()
                || line.first(Name.size()).compare(Name, Qt::CaseInsensitive) != 0)
                continue;
            line = line.sliced(Name.size());
            const qsizetype end = line.indexOf('\r');
            return (end < 0 ? line : line.first(end)).trimmed().toLongLong();
        }
        return 0;
    }

    const LoadPlan &m_plan;
    const QList<PreparedRequest> &m_requests;
    std::vector<Wire> m_wires;
    std::vector<size_t> m_idle;
    int m_epoll;
    Clock::time_point m_start;
    LoadResult m_result;
    qsizetype m_next = 0;
    int m_open = 0;
    int m_busy = 0;
};

} // namespace

QList<PreparedRequest> prepareMessages(
    const QString &prefix, int first, int count, int people, const QByteArray &secret)
{
    constexpr qint64 Begin = 1'790'000'000'000;
    QList<PreparedRequest> requests;
    requests.reserve(count);
    for (int i = first; i < first + count; ++i) {
        const QString mid = QStringLiteral("m_%1_%2").arg(prefix).arg(i);
        const QByteArray at = QByteArray::number(Begin + i);
        const QByteArray body = R"({"object":"page","entry":[{"id":"70044","time":)" + at
            + R"(,"messaging":[{"sender":{"id":"24000000000)"
            + QByteArray::number(100'000 + i % people)
            + R"("},"recipient":{"id":"70044"},"timestamp":)" + at + R"(,"message":{"mid":")"
            + mid.toLatin1()
            + R"(","text":"Hello, do you still have the red one in size M? Number )"
            + QByteArray::number(i) + R"("}}]}]})";
        const QByteArray signature
            = QMessageAuthenticationCode::hash(body, secret, QCryptographicHash::Sha256).toHex();
        requests.append({mid,
            "POST /webhooks/messenger HTTP/1.1\r\nHost: relay\r\nContent-Type: application/json\r\n"
            "X-Hub-Signature-256: sha256="
                + signature + "\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n\r\n"
                + body});
    }
    return requests;
}

LoadResult sendLoad(const LoadPlan &plan, const QList<PreparedRequest> &requests)
{
    return Load(plan, requests).run();
}

double percentile(QList<double> values, double part)
{
    if (values.isEmpty())
        return 0;
    std::sort(values.begin(), values.end());
    const auto index = static_cast<qsizetype>(part * static_cast<double>(values.size() - 1));
    return values.at(index);
}

} // namespace Pagedesk::Tests
