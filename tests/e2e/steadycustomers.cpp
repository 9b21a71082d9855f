// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/e2e/steadycustomers.h"

#include <QTest>

namespace Pagedesk::Tests {

namespace {

using namespace Qt::Literals::StringLiterals;

constexpr int Lines = 8; // a person always writes over the same one, so that the order is theirs
constexpr int Batch = 400;
const QString Prefix = u"m_steady_"_s;

static_assert(SteadyCustomers::People % Lines == 0 && Batch % SteadyCustomers::People == 0);

} // namespace

SteadyCustomers::SteadyCustomers(
    const QUrl &relay, const Secret &token, int perSecond, const QByteArray &secret)
    : m_perSecond(perSecond)
    , m_secret(secret)
    , m_client(relay, token)
    , m_port(static_cast<quint16>(relay.port()))
{
    m_time.start();
    m_tick.setInterval(5);
    m_tick.setTimerType(Qt::PreciseTimer);
    connect(&m_tick, &QTimer::timeout, this, &SteadyCustomers::tick);
    connect(&m_client, &SyncClient::changed, this,
        qOverload<const Wire::Changes &>(&SteadyCustomers::hear));
    m_client.wantAllAfter(u"70044"_s, 0);
    m_client.start();
    for (int i = 0; i < Lines; ++i) {
        m_lines.push_back(std::make_unique<Line>());
        Line *line = m_lines.back().get();
        connect(&line->socket, &QTcpSocket::readyRead, this, [this, line] { receive(*line); });
        connect(&line->socket, &QTcpSocket::connected, this, [this, line] { feed(*line); });
        connect(&line->socket, &QTcpSocket::disconnected, this, [this, line] {
            if (line->busy)
                fail(u"a customer's connection ended without an answer"_s);
            line->busy = false;
            line->answer.clear();
            line->socket.connectToHost(QHostAddress::LocalHost, m_port);
        });
        line->socket.connectToHost(QHostAddress::LocalHost, m_port);
    }
}

SteadyCustomers::~SteadyCustomers()
{
    for (const auto &line : m_lines)
        line->socket.disconnect(this);
}

void SteadyCustomers::start()
{
    m_startedAt = now();
    m_startedWith = m_next;
    m_tick.start();
}

bool SteadyCustomers::pause()
{
    m_tick.stop();
    return QTest::qWaitFor([this] { return m_open.isEmpty() || !m_problem.isEmpty(); }, 60'000)
        && m_problem.isEmpty();
}

SteadyCustomers::Times SteadyCustomers::takeTimes()
{
    for (auto open = m_open.cbegin(); open != m_open.cend(); ++open)
        m_times.heard.append(now() - m_dueAt.value(open.key()));
    return std::exchange(m_times, {});
}

QHash<QString, QStringList> SteadyCustomers::threads() const
{
    QHash<QString, QStringList> threads;
    for (int i = 0; i < m_next; ++i)
        threads[u"70044-24000000000%1"_s.arg(100'000 + i % People)].append(
            Prefix + QString::number(i));
    return threads;
}

void SteadyCustomers::tick()
{
    const double due = m_startedWith + (now() - m_startedAt) * m_perSecond / 1000;
    for (; m_next < due; ++m_next) {
        m_dueAt.insert(m_next, m_startedAt + (m_next - m_startedWith) * 1000.0 / m_perSecond);
        m_open.insert(m_next, 2);
        Line &line = *m_lines.at(static_cast<size_t>(m_next % Lines));
        line.waiting.append(m_next);
        feed(line);
    }
}

PreparedRequest &SteadyCustomers::request(int number)
{
    if (number >= m_batchBegin + m_batch.size()) {
        const int begin = number / Batch * Batch;
        // The last ones of the batch before may still wait in a line.
        m_batch = prepareMessages(u"steady"_s, std::max(0, begin - Batch),
            begin == 0 ? Batch : 2 * Batch, People, m_secret);
        m_batchBegin = std::max(0, begin - Batch);
    }
    if (number < m_batchBegin) {
        m_batchBegin = number / Batch * Batch;
        m_batch = prepareMessages(u"steady"_s, m_batchBegin, Batch, People, m_secret);
    }
    return m_batch[number - m_batchBegin];
}

void SteadyCustomers::feed(Line &line)
{
    if (line.busy || line.waiting.isEmpty() || line.socket.state() != QTcpSocket::ConnectedState)
        return;
    line.busy = true;
    line.socket.write(request(line.waiting.constFirst()).bytes);
    line.socket.flush();
}

void SteadyCustomers::receive(Line &line)
{
    line.answer += line.socket.readAll();
    const bool whole = line.answer.endsWith("EVENT_RECEIVED");
    if (!whole && (line.answer.startsWith("HTTP/1.1 200") || !line.answer.contains("\r\n\r\n")))
        return;
    if (!whole) {
        fail(u"a customer's message was answered "_s + QString::fromLatin1(line.answer.left(40)));
        return;
    }
    line.answer.clear();
    line.busy = false;
    const int number = line.waiting.takeFirst();
    m_times.answered.append(now() - m_dueAt.value(number));
    if (--m_open[number] == 0) {
        m_open.remove(number);
        m_dueAt.remove(number);
    }
    feed(line);
}

void SteadyCustomers::hear(const Wire::Changes &changes)
{
    for (const Wire::Entity &entity : changes.entities) {
        if (const auto *message = std::get_if<Message>(&entity))
            hear(*message);
    }
}

void SteadyCustomers::hear(const Message &message)
{
    if (!message.mid.value.startsWith(Prefix))
        return;
    const int number = QStringView(message.mid.value).sliced(Prefix.size()).toInt();
    const int person = number % People;
    const int expected = m_lastOf.value(person, person - People) + People;
    if (number != expected)
        fail(u"heard %1 where %2 was next"_s.arg(number).arg(expected));
    m_lastOf.insert(person, number);
    ++m_heard;
    m_times.heard.append(now() - m_dueAt.value(number));
    if (--m_open[number] == 0) {
        m_open.remove(number);
        m_dueAt.remove(number);
    }
}

void SteadyCustomers::fail(const QString &problem)
{
    if (m_problem.isEmpty())
        m_problem = problem;
}

} // namespace Pagedesk::Tests
