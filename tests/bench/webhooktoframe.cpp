// SPDX-License-Identifier: GPL-3.0-or-later
// webhook_to_frame: from the POST of a customer's message at a real relay to the frame in which
// the desktop's thread view has painted it.
#include "models/items/threadfeed.h"
#include "tests/e2e/testdesk.h"
#include "tests/e2e/world.h"
#include "tests/load/loadgenerator.h"
#include "ui/theme/themeprovider.h"
#include "ui/thread/mediasource.h"
#include "ui/thread/threadview.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QTcpSocket>
#include <QTimer>

#include <cstdio>

namespace {

using namespace Pagedesk;
using namespace Pagedesk::Tests;
using namespace Qt::Literals::StringLiterals;

class NoMedia final : public Ui::MediaSource {
public:
    std::optional<QImage> thumbnail(const Attachment &, QSize) override { return std::nullopt; }
};

// Notes when the view has painted while its last row was the message that is waited for.
class PaintWatch final : public QObject {
public:
    PaintWatch(Ui::ThreadView &view, ThreadModel &model)
        : m_view(view)
        , m_model(model)
    {
        view.viewport()->installEventFilter(this);
    }
    void expect(const QString &mid)
    {
        m_mid = mid;
        m_painted = false;
    }
    // Runs the event loop until then, as the program does: a wait that looks now and then would
    // measure itself.
    bool wait()
    {
        QTimer deadline;
        deadline.setSingleShot(true);
        QObject::connect(&deadline, &QTimer::timeout, &m_loop, &QEventLoop::quit);
        deadline.start(std::chrono::seconds(10));
        if (!m_painted)
            m_loop.exec();
        return m_painted;
    }

protected:
    bool eventFilter(QObject *object, QEvent *event) override
    {
        const int rows = m_model.rowCount();
        if (event->type() == QEvent::Paint && rows > 0 && m_model.at(rows - 1).mid.value == m_mid
            && m_view.isAtNewest())
            QMetaObject::invokeMethod(
                this,
                [this] {
                    m_painted = true;
                    m_loop.quit();
                },
                Qt::QueuedConnection);
        return QObject::eventFilter(object, event);
    }

private:
    Ui::ThreadView &m_view;
    ThreadModel &m_model;
    QString m_mid;
    QEventLoop m_loop;
    bool m_painted = false;
};

int measure(int count)
{
    World world;
    // One person writes all of them, faster than people write; the screen updates of such a person
    // would be spread out.
    world.relay.setEnvironment(u"PAGEDESK_EVENTS_PER_MINUTE"_s, u"0"_s);
    TestDesk desk(world.folder() + u"/desk"_s);
    if (!world.start() || !desk.start() || !desk.pair(world.invite(u"Ada"_s))
        || !desk.waitFor(ConnectionState::Live)) {
        std::fprintf(stderr, "%s\n", world.why().constData());
        return 1;
    }
    const auto requests = prepareMessages(u"frame"_s, 0, count + 1, 1, World::AppSecret);
    Ui::ThemeProvider themes(*qApp);
    NoMedia media;
    ThreadFeed feed(desk.threads);
    Ui::ThreadView view(feed.model(), themes, media, desk.clock);
    view.resize(620, 800);
    view.show();
    PaintWatch watch(view, feed.model());
    QTcpSocket socket;
    socket.connectToHost(u"127.0.0.1"_s, static_cast<quint16>(world.relayUrl().port()));
    if (!socket.waitForConnected(5000))
        return 1;
    QList<double> times;
    for (int i = 0; i <= count; ++i) {
        watch.expect(requests.at(i).mid);
        QElapsedTimer timer;
        timer.start();
        socket.write(requests.at(i).bytes);
        socket.flush();
        if (i == 0)
            feed.open({u"70044-24000000000100000"_s});
        if (!watch.wait()) {
            if (i > 0) {
                std::fprintf(stderr, "message %d was not painted\n", i);
                return 1;
            }
            feed.reload(); // the conversation began after it was opened
            continue;
        }
        if (i > 0)
            times.append(static_cast<double>(timer.nsecsElapsed()) / 1e6);
    }
    std::printf("{\"bench\":\"webhook_to_frame\",\"value\":%.2f,\"unit\":\"ms p99\",\"limit\":100,"
                "\"peer\":\"%d messages, one after the other\",\"p50\":%.2f}\n",
        percentile(times, 0.99), count, percentile(times, 0.5));
    return 0;
}

} // namespace

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    return measure(QCoreApplication::arguments().contains(u"--quick"_s) ? 200 : 1000);
}
