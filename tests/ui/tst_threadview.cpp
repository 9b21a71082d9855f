// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/base/clock.h"
#include "models/items/threadmodel.h"
#include "tests/ui/threadgallery.h"
#include "ui/theme/themeprovider.h"
#include "ui/thread/jumpbutton.h"
#include "ui/thread/threadview.h"

#include <QRandomGenerator>
#include <QRegularExpression>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <QWheelEvent>

using namespace Pagedesk;
using namespace Pagedesk::Test;
using namespace Pagedesk::Ui;
using namespace Qt::Literals::StringLiterals;

namespace {

// Messages of different heights, ten minutes apart.
QList<Message> mixed(int first, int count)
{
    QList<Message> all;
    for (int i = first; i < first + count; ++i) {
        const QString text = u"Message %1. "_s.arg(i).repeated(1 + i * 7 % 13);
        const qint64 at = Noonish - 3'000'000'000 + i * 10 * Minute;
        all.append(i % 3 == 0 ? reply(i, text, DeliveryState::Sent, at) : textMessage(i, text, at));
    }
    return all;
}

struct Window {
    explicit Window(const QList<Message> &messages, bool moreBefore = false)
        : themes(*qApp, ThemeProvider::Mode::Light)
        , view(model, themes, media, clock)
    {
        view.setOwnName(u"Leila"_s);
        view.setContactName(u"Amina Mansour"_s);
        view.resize(648, 500);
        model.reset(messages, moreBefore);
        view.show();
        settle();
    }

    void settle()
    {
        view.visibleRows();
        QCoreApplication::processEvents();
    }

    // Where a message stands, or nothing when it is out of sight.
    std::optional<int> y(const MessageId &id)
    {
        for (const ThreadView::VisibleRow &row : view.visibleRows()) {
            if (row.id == id)
                return row.rect.top();
        }
        return std::nullopt;
    }

    MessageId middle() { return view.visibleRows().at(view.visibleRows().size() / 2).id; }

    // Visible rows follow each other without gap or overlap, fill the viewport and are the model's.
    QString fault()
    {
        const QList<ThreadView::VisibleRow> rows = view.visibleRows();
        for (int i = 0; i < rows.size(); ++i) {
            if (model.rowOf(rows.at(i).id) != model.rowOf(rows.first().id) + i)
                return u"rows are not those of the model"_s;
            if (i > 0 && rows.at(i).rect.top() != rows.at(i - 1).rect.bottom() + 1)
                return u"gap or overlap"_s;
        }
        const bool first = rows.isEmpty() || model.rowOf(rows.first().id) == 0;
        const bool last = rows.isEmpty() || model.rowOf(rows.last().id) == model.rowCount() - 1;
        if (!first && rows.first().rect.top() > 0)
            return u"room above"_s;
        if (!last && rows.last().rect.bottom() < view.viewport()->height() - 1)
            return u"room below"_s;
        return {};
    }

    FixtureMedia media;
    ManualClock clock{Noonish + 30 * Minute};
    ThemeProvider themes;
    ThreadModel model;
    ThreadView view;
};

} // namespace

class TestThreadView : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void beginsAtTheNewest();
    void shortThreadStandsAtTheBottom();
    void followsTheEnd();
    void staysWhereItWasRead();
    void followsOnesOwnReply();
    void nothingMovesWhenOlderOnesComeIn();
    void nothingMovesWhenRowsAboveChange();
    void nothingMovesWhenTheWidthChanges();
    void scrollsByPixels();
    void asksForOlderNearTheTop();
    void saysWhereItBegins();
    void showsAMessage();
    void tellsWhenTheNewestIsShown();
    void randomChangesKeepItWhole();
    void todayBecomesYesterday();
    void emptyThread();
    void followsTheTheme();
    void asksForThumbnailsOfWhatIsSeen();
    void queuedReplyGetsItsPlace();
};

void TestThreadView::initTestCase()
{
    qputenv("TZ", "UTC");
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedKingdom));
}

void TestThreadView::beginsAtTheNewest()
{
    Window window(mixed(0, 500));
    QVERIFY(window.view.isAtNewest());
    QCOMPARE(window.view.visibleRows().constLast().id, window.model.at(499).id);
    QCOMPARE(window.view.verticalScrollBar()->value(), window.view.verticalScrollBar()->maximum());
    QCOMPARE(window.fault(), QString());
    window.model.reset(mixed(1000, 300), false);
    QCOMPARE(window.view.visibleRows().constLast().id, window.model.at(299).id);
}

void TestThreadView::shortThreadStandsAtTheBottom()
{
    Window window(mixed(0, 1));
    const QList<ThreadView::VisibleRow> rows = window.view.visibleRows();
    QCOMPARE(rows.size(), 1);
    QCOMPARE(rows.first().rect.bottom() + 1 + 4, window.view.viewport()->height());
    QCOMPARE(window.view.verticalScrollBar()->maximum(), 0);
    QTest::keyClick(&window.view, Qt::Key_PageUp);
    QCOMPARE(window.view.visibleRows().constFirst().rect, rows.first().rect);
}

void TestThreadView::followsTheEnd()
{
    Window window(mixed(0, 100));
    window.model.upsert(mixed(100, 3));
    QCOMPARE(window.view.visibleRows().constLast().id, window.model.at(102).id);
    QVERIFY(!window.view.findChild<JumpButton *>()->isVisible());
    QCOMPARE(window.fault(), QString());
}

void TestThreadView::staysWhereItWasRead()
{
    Window window(mixed(0, 100));
    QTest::keyClick(&window.view, Qt::Key_PageUp);
    QTest::keyClick(&window.view, Qt::Key_PageUp);
    const MessageId read = window.middle();
    const auto before = window.y(read);
    window.model.upsert(mixed(100, 4)); // one of them a reply
    window.settle();
    QCOMPARE(window.y(read), before);
    auto *jump = window.view.findChild<JumpButton *>();
    QVERIFY(jump->isVisible());
    QCOMPARE(jump->unseen(), 3);
    QVERIFY(jump->accessibleName().contains(u'3'));
    QTest::mouseClick(jump, Qt::LeftButton);
    QVERIFY(window.view.isAtNewest());
    QVERIFY(!jump->isVisible());
    QCOMPARE(jump->unseen(), 0);
}

void TestThreadView::followsOnesOwnReply()
{
    Window window(mixed(0, 100));
    QTest::keyClick(&window.view, Qt::Key_Home);
    QVERIFY(!window.view.isAtNewest());
    window.model.upsert({reply(900, u"On my way"_s, DeliveryState::Queued)});
    window.settle();
    QVERIFY(window.view.isAtNewest());
}

void TestThreadView::nothingMovesWhenOlderOnesComeIn()
{
    Window window(mixed(500, 60), true);
    QTest::keyClick(&window.view, Qt::Key_Home);
    const MessageId read = window.middle();
    const auto before = window.y(read);
    QVERIFY(before.has_value());
    window.model.upsert(mixed(300, 200));
    window.model.setMoreBefore(true);
    window.settle();
    QCOMPARE(window.y(read), before);
    QVERIFY(window.view.verticalScrollBar()->value() > 2000);
    QCOMPARE(window.fault(), QString());
}

void TestThreadView::nothingMovesWhenRowsAboveChange()
{
    Window window(mixed(0, 100));
    QTest::keyClick(&window.view, Qt::Key_PageUp);
    const MessageId read = window.middle();
    const auto before = window.y(read);
    const int row = window.model.rowOf(read);
    Message longer = window.model.at(row - 8);
    longer.text = longer.text.repeated(20);
    window.model.upsert({longer});
    window.settle();
    QCOMPARE(window.y(read), before);
    window.model.remove({window.model.at(row - 9).id, window.model.at(row - 30).id});
    window.settle();
    QCOMPARE(window.y(read), before);
    // One that comes late sorts in above.
    Message late = textMessage(950, u"Late"_s, window.model.at(4).sentAt + 1);
    window.model.upsert({late});
    window.settle();
    QCOMPARE(window.y(read), before);
    QCOMPARE(window.fault(), QString());
}

void TestThreadView::nothingMovesWhenTheWidthChanges()
{
    Window window(mixed(0, 300));
    for (int i = 0; i < 5; ++i)
        QTest::keyClick(&window.view, Qt::Key_PageUp);
    MessageId top;
    for (const ThreadView::VisibleRow &row : window.view.visibleRows()) {
        if (row.rect.top() >= 0) {
            top = row.id;
            break;
        }
    }
    const auto before = window.y(top);
    for (const int width : {400, 900, 360, 648}) {
        window.view.resize(width, 500);
        QCOMPARE(window.y(top), before);
        // … nor when all the heights out of sight have been estimated anew.
        for (int slice = 0; slice < 3; ++slice)
            QCoreApplication::processEvents();
        QCOMPARE(window.y(top), before);
        QCOMPARE(window.fault(), QString());
    }
}

void TestThreadView::scrollsByPixels()
{
    Window window(mixed(0, 300));
    const QPointF centre(300, 200);
    const auto wheel = [&](QPoint pixels, QPoint angle, Qt::KeyboardModifiers keys = {}) {
        QWheelEvent event(centre, window.view.viewport()->mapToGlobal(centre), pixels, angle,
            Qt::NoButton, keys, Qt::NoScrollPhase, false);
        QCoreApplication::sendEvent(window.view.viewport(), &event);
    };
    wheel({0, 400}, {});
    const MessageId id = window.middle();
    const int before = *window.y(id);
    wheel({0, 7}, {});
    QCOMPARE(window.y(id), before + 7);
    wheel({0, -3}, {});
    QCOMPARE(window.y(id), before + 4);
    wheel({}, {0, 120}); // one notch
    QCOMPARE(window.y(id), before + 64);
    wheel({}, {0, 1}); // half a pixel each
    wheel({}, {0, 1});
    QCOMPARE(window.y(id), before + 65);
    wheel({}, {0, 120}, Qt::ControlModifier);
    QCOMPARE(window.y(id), before + 65);
    QTest::keyClick(&window.view, Qt::Key_End);
    QVERIFY(window.view.isAtNewest());
    // Dragging the bar reaches every part, and both ends exactly.
    QScrollBar *bar = window.view.verticalScrollBar();
    bar->setValue(bar->maximum() / 2);
    const int row = window.model.rowOf(window.middle());
    QVERIFY2(row > 100 && row < 200, qPrintable(QString::number(row)));
    QCOMPARE(window.fault(), QString());
    bar->setValue(0);
    QCOMPARE(window.view.visibleRows().constFirst().id, window.model.at(0).id);
    QCOMPARE(window.view.visibleRows().constFirst().rect.top(), 16);
    bar->setValue(bar->maximum());
    QVERIFY(window.view.isAtNewest());
}

void TestThreadView::asksForOlderNearTheTop()
{
    Window window(mixed(500, 200), true);
    QSignalSpy older(&window.model, &ThreadModel::olderRequested);
    QCOMPARE(older.count(), 0);
    QTest::keyClick(&window.view, Qt::Key_PageUp);
    QCoreApplication::processEvents();
    QCOMPARE(older.count(), 0);
    QTest::keyClick(&window.view, Qt::Key_Home);
    QTRY_COMPARE(older.count(), 1);
    QTest::keyClick(&window.view, Qt::Key_Home);
    QCoreApplication::processEvents();
    QCOMPARE(older.count(), 1); // one request at a time
    window.model.upsert(mixed(490, 10));
    window.model.setMoreBefore(true);
    QTest::keyClick(&window.view, Qt::Key_Home);
    QTRY_COMPARE(older.count(), 2);
}

void TestThreadView::saysWhereItBegins()
{
    Window window(mixed(0, 3), true);
    const auto edge = [&] { return window.view.visibleRows().constFirst().layout->context.edge; };
    QCOMPARE(edge(), RowContext::Edge::Loading);
    window.model.setMoreBefore(false);
    QCOMPARE(edge(), RowContext::Edge::Beginning);
    const auto layout = window.view.visibleRows().constFirst().layout;
    QCOMPARE(layout->texts.front().layout->text(), beginningText());
}

void TestThreadView::showsAMessage()
{
    Window window(mixed(0, 300));
    const MessageId wanted = window.model.at(40).id;
    QVERIFY(window.view.showMessage(wanted));
    const auto y = window.y(wanted);
    QVERIFY(y.has_value());
    QVERIFY(*y >= 0);
    QCOMPARE(window.view.currentMessage(), wanted);
    QVERIFY(!window.view.showMessage(MessageId{u"unknown"_s}));
}

void TestThreadView::tellsWhenTheNewestIsShown()
{
    Window window(mixed(0, 100));
    QSignalSpy shown(&window.view, &ThreadView::newestShown);
    window.model.upsert(mixed(100, 1));
    window.settle();
    QCOMPARE(shown.count(), 1);
    QTest::keyClick(&window.view, Qt::Key_PageUp);
    window.model.upsert(mixed(101, 1));
    window.settle();
    QCOMPARE(shown.count(), 1);
    QTest::keyClick(&window.view, Qt::Key_End);
    QCOMPARE(shown.count(), 2);
    // What comes while nobody can look is told when it is looked at.
    window.view.hide();
    window.model.upsert(mixed(102, 1));
    window.settle();
    QCOMPARE(shown.count(), 2);
    window.view.show();
    QTRY_COMPARE(shown.count(), 3);
}

void TestThreadView::randomChangesKeepItWhole()
{
    QRandomGenerator random(42);
    Window window(mixed(0, 120), true);
    int next = 1000;
    for (int round = 0; round < 400; ++round) {
        const MessageId read = window.middle();
        const auto before = window.y(read);
        bool still = !window.view.isAtNewest();
        const int row = random.bounded(window.model.rowCount());
        switch (random.bounded(7)) {
        case 0:
            window.model.upsert(mixed(next, 1 + random.bounded(5)));
            next += 5;
            break;
        case 1: {
            Message changed = window.model.at(row);
            changed.text = u"changed "_s.repeated(random.bounded(1, 80));
            window.model.upsert({changed});
            still = still && !window.y(changed.id);
            break;
        }
        case 2:
            still = still && !window.y(window.model.at(row).id);
            window.model.remove({window.model.at(row).id});
            break;
        case 3: // to another place
        {
            Message moved = window.model.at(row);
            moved.sentAt = window.model.at(random.bounded(window.model.rowCount())).sentAt + 1;
            window.model.upsert({moved});
            still = false;
            break;
        }
        case 4:
            QTest::keyClick(&window.view, random.bounded(2) ? Qt::Key_PageUp : Qt::Key_Up);
            still = false;
            break;
        case 5:
            window.view.verticalScrollBar()->setValue(
                random.bounded(window.view.verticalScrollBar()->maximum()));
            still = false;
            break;
        default:
            window.view.resize(random.bounded(360, 900), random.bounded(200, 700));
            still = false;
        }
        window.settle();
        QCOMPARE(window.fault(), QString());
        QScrollBar *bar = window.view.verticalScrollBar();
        QCOMPARE(window.view.isAtNewest(), bar->value() == bar->maximum());
        if (still && !window.view.isAtNewest())
            QCOMPARE(window.y(read), before);
    }
}

void TestThreadView::todayBecomesYesterday()
{
    Window window({textMessage(1, u"Hello"_s)});
    const auto day
        = [&] { return window.view.visibleRows().constFirst().layout->texts.at(1).layout->text(); };
    QCOMPARE(day(), u"Today"_s);
    window.clock.advance(24 * 60 * Minute);
    window.view.setOnline(false); // any change of words looks at the clock
    QCOMPARE(day(), u"Yesterday"_s);
    // The same words anew cost nothing.
    const auto kept = window.view.visibleRows().constFirst().layout;
    window.view.setOnline(false);
    window.view.setOwnName(u"Leila"_s);
    window.view.setContactName(u"Amina Mansour"_s);
    QCOMPARE(window.view.visibleRows().constFirst().layout, kept);
}

void TestThreadView::emptyThread()
{
    Window window({});
    QVERIFY(window.view.visibleRows().isEmpty());
    for (const Qt::Key key : {Qt::Key_Up, Qt::Key_Down, Qt::Key_Home, Qt::Key_End, Qt::Key_Return})
        QTest::keyClick(&window.view, key);
    QTest::mouseClick(window.view.viewport(), Qt::LeftButton, {}, {100, 100});
    window.model.upsert(mixed(0, 2));
    QCOMPARE(window.view.visibleRows().size(), 2);
    window.model.remove({window.model.at(0).id, window.model.at(1).id});
    QVERIFY(window.view.visibleRows().isEmpty());
    QVERIFY(!window.view.grab().isNull());
}

void TestThreadView::followsTheTheme()
{
    Window window(mixed(0, 20));
    QCOMPARE(window.view.grab().toImage().pixelColor(2, 2).rgb(), lightTheme().surface.rgb());
    window.themes.setMode(ThemeProvider::Mode::Dark);
    QCOMPARE(window.view.grab().toImage().pixelColor(2, 2).rgb(), darkTheme().surface.rgb());
    const int before = window.view.visibleRows().constLast().rect.height();
    window.themes.setTextScale(2.0);
    QVERIFY(window.view.visibleRows().constLast().rect.height() > before * 3 / 2);
    QCOMPARE(window.fault(), QString());
}

void TestThreadView::asksForThumbnailsOfWhatIsSeen()
{
    QList<Message> messages = mixed(0, 200);
    for (Message &message : messages) {
        message.attachments = {attachment(AttachmentKind::Image, AttachmentState::Captured)};
        message.attachments.first().hash = message.id.value;
    }
    messages.last().attachments.first().hash = u"none"_s;
    Window window(messages);
    window.view.grab();
    QVERIFY(!window.media.asked.isEmpty());
    QVERIFY(window.media.asked.contains(u"none"_s));
    QVERIFY(!window.media.asked.contains(window.model.at(0).id.value));
    // A placeholder is as large as its picture: nothing moves when it comes.
    const QList<ThreadView::VisibleRow> before = window.view.visibleRows();
    Q_EMIT window.media.thumbnailReady(u"none"_s);
    window.settle();
    QCOMPARE(window.view.visibleRows().constLast().rect, before.last().rect);
}

void TestThreadView::queuedReplyGetsItsPlace()
{
    Window window(mixed(0, 50));
    Message queued = reply(900, u"On my way"_s, DeliveryState::Queued, Noonish);
    window.model.upsert({queued});
    window.model.upsert({textMessage(901, u"And?"_s, Noonish + Minute)});
    QCOMPARE(window.view.visibleRows().constLast().id, queued.id);
    queued.state = DeliveryState::Sent;
    window.model.upsert({queued});
    QCOMPARE(window.view.visibleRows().constLast().id, window.model.at(51).id);
    QCOMPARE(window.model.rowOf(queued.id), 50);
    QCOMPARE(window.fault(), QString());
}

QTEST_MAIN(TestThreadView)
#include "tst_threadview.moc"
