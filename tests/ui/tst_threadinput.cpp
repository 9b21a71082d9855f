// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/base/clock.h"
#include "models/items/threadmodel.h"
#include "tests/ui/threadgallery.h"
#include "ui/theme/themeprovider.h"
#include "ui/thread/jumpbutton.h"
#include "ui/thread/threadview.h"

#include <QAccessible>
#include <QClipboard>
#include <QHelpEvent>
#include <QMenu>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>
#include <QTextLine>
#include <QToolTip>

using namespace Pagedesk;
using namespace Pagedesk::Test;
using namespace Pagedesk::Ui;
using namespace Qt::Literals::StringLiterals;

namespace {

Message withAttachment(int number, const Attachment &shown)
{
    Message message = textMessage(number, {}, Noonish + number * 10 * Minute);
    message.attachments = {shown};
    return message;
}

struct Window {
    explicit Window(const QList<Message> &messages)
        : view(model, themes, media, clock)
    {
        view.setOwnName(u"Leila"_s);
        view.setContactName(u"Amina Mansour"_s);
        view.resize(648, 700);
        model.reset(messages, false);
        view.show();
        view.activateWindow();
        view.setFocus();
        QCoreApplication::processEvents();
    }

    ThreadView::VisibleRow row(int number)
    {
        for (const ThreadView::VisibleRow &visible : view.visibleRows()) {
            if (visible.id == model.at(number).id)
                return visible;
        }
        return {};
    }

    // In viewport coordinates: the left edge of a character of a message's text.
    QPoint character(int number, int position)
    {
        const ThreadView::VisibleRow visible = row(number);
        const TextBlock *body = visible.layout->body();
        const QTextLine line = body->layout->lineForTextPosition(position);
        const QPointF inRow = body->rect.topLeft()
            + QPointF(line.cursorToX(position) + 1, line.y() + line.height() / 2);
        return visible.rect.topLeft() + inRow.toPoint();
    }

    QPoint block(int number, TextBlock::Role role, int position = 0)
    {
        const ThreadView::VisibleRow visible = row(number);
        for (const TextBlock &text : visible.layout->texts) {
            if (text.role != role)
                continue;
            const QTextLine line = text.layout->lineForTextPosition(position);
            return visible.rect.topLeft()
                + (text.rect.topLeft() + QPointF(line.cursorToX(position) + 3, line.y() + 8))
                      .toPoint();
        }
        return {};
    }

    void click(const QPoint &point)
    {
        QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, point);
    }

    void drag(const QPoint &from, const QPoint &to)
    {
        QTest::mousePress(view.viewport(), Qt::LeftButton, {}, from);
        QMouseEvent move(QEvent::MouseMove, to, view.viewport()->mapToGlobal(to), Qt::NoButton,
            Qt::LeftButton, {});
        QCoreApplication::sendEvent(view.viewport(), &move);
        QTest::mouseRelease(view.viewport(), Qt::LeftButton, {}, to);
    }

    QString tip(const QPoint &point)
    {
        QHelpEvent event(QEvent::ToolTip, point, view.viewport()->mapToGlobal(point));
        QCoreApplication::sendEvent(view.viewport(), &event);
        return QToolTip::text();
    }

    // The entries of the context menu at a point; the chosen one is triggered.
    QStringList menu(const QPoint &point, const QString &choose = {})
    {
        QContextMenuEvent event(
            QContextMenuEvent::Mouse, point, view.viewport()->mapToGlobal(point));
        QCoreApplication::sendEvent(view.viewport(), &event);
        QStringList entries;
        auto *shown = view.findChild<QMenu *>();
        if (!shown)
            return entries;
        for (QAction *action : shown->actions()) {
            if (!action->isSeparator())
                entries.append(action->text());
            if (action->text() == choose)
                action->trigger();
        }
        shown->close();
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        return entries;
    }

    FixtureMedia media;
    ManualClock clock{Noonish + 30 * Minute};
    ThemeProvider themes{*qApp, ThemeProvider::Mode::Light};
    ThreadModel model;
    ThreadView view;
};

} // namespace

class TestThreadInput : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s));
    }
    void clickOpensALink();
    void pressAndReleaseElsewhereOpensNothing();
    void clickOpensAnAttachment();
    void clickOnLinkCardOpensItsAddress();
    void clickSendsAgain();
    void clickOnQuoteShowsIt();
    void dragSelectsText();
    void doubleClickSelectsAWord();
    void copyIsSafe();
    void cursorTellsWhatCanBeDone();
    void tipShowsExactTime();
    void tipsAreNeverRich();
    void menus();
    void menuCopies();
    void arrowsGoFromMessageToMessage();
    void arrowsScrollThroughALongMessage();
    void enterDoesTheOneThing();
    void accessibleRows();
    void accessibleFocus();
};

void TestThreadInput::initTestCase()
{
    qputenv("TZ", "UTC");
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedKingdom));
}

void TestThreadInput::clickOpensALink()
{
    Window window({textMessage(0, u"See https://example.org/a?b=c, ok"_s)});
    QSignalSpy opened(&window.view, &ThreadView::linkActivated);
    window.click(window.character(0, 8));
    QCOMPARE(opened.count(), 1);
    QCOMPARE(opened.first().first().toUrl(), QUrl(u"https://example.org/a?b=c"_s));
    window.click(window.character(0, 1));
    window.click({600, 5});
    QCOMPARE(opened.count(), 1);
    QTest::ignoreMessage(
        QtWarningMsg, "Mouse event \"MousePress\" not accepted by receiving widget");
    QTest::mouseClick(window.view.viewport(), Qt::RightButton, {}, window.character(0, 8));
    QCOMPARE(opened.count(), 1);
}

void TestThreadInput::pressAndReleaseElsewhereOpensNothing()
{
    Window window({textMessage(0, u"https://a.example and https://b.example"_s)});
    QSignalSpy opened(&window.view, &ThreadView::linkActivated);
    window.drag(window.character(0, 3), window.character(0, 25));
    QCOMPARE(opened.count(), 0);
    QVERIFY(!window.view.selectedText().isEmpty());
}

void TestThreadInput::clickOpensAnAttachment()
{
    Window window({withAttachment(0, attachment(AttachmentKind::File, AttachmentState::Captured)),
        withAttachment(1, attachment(AttachmentKind::File, AttachmentState::Expired)),
        withAttachment(2, attachment(AttachmentKind::Image, AttachmentState::Captured))});
    QSignalSpy opened(&window.view, &ThreadView::attachmentActivated);
    const auto centre = [&](int number) {
        const ThreadView::VisibleRow row = window.row(number);
        const QRectF box = row.layout->cards.empty() ? row.layout->pictures.front().rect
                                                     : row.layout->cards.front().rect;
        return row.rect.topLeft() + box.center().toPoint();
    };
    window.click(centre(0));
    window.click(centre(1)); // gone: nothing to open
    window.click(centre(2));
    QCOMPARE(opened.count(), 2);
    QCOMPARE(opened.at(0).at(0).value<MessageId>(), window.model.at(0).id);
    QCOMPARE(opened.at(1).at(0).value<MessageId>(), window.model.at(2).id);
    QCOMPARE(opened.at(1).at(1).toInt(), 0);
}

void TestThreadInput::clickOnLinkCardOpensItsAddress()
{
    Attachment good = attachment(AttachmentKind::Link, AttachmentState::None, u"Cakes"_s);
    good.url = u"https://example.org/cakes"_s;
    Attachment bad = attachment(AttachmentKind::Link, AttachmentState::None, u"Script"_s);
    bad.url = u"javascript:alert(1)"_s;
    Window window({withAttachment(0, good), withAttachment(1, bad)});
    QSignalSpy links(&window.view, &ThreadView::linkActivated);
    QSignalSpy files(&window.view, &ThreadView::attachmentActivated);
    window.click(window.block(0, TextBlock::Role::Title));
    window.click(window.block(1, TextBlock::Role::Title));
    QCOMPARE(links.count(), 1);
    QCOMPARE(links.first().first().toUrl(), QUrl(good.url));
    QCOMPARE(files.count(), 0);
}

void TestThreadInput::clickSendsAgain()
{
    Message failed = reply(0, u"Hello"_s, DeliveryState::Failed);
    failed.failure = FailureKind::Unreachable;
    Window window({failed});
    QSignalSpy again(&window.view, &ThreadView::retryRequested);
    int action = 0;
    for (const TextBlock &block : window.row(0).layout->texts) {
        if (block.role == TextBlock::Role::Meta)
            action = static_cast<int>(block.actionStart);
    }
    window.click(window.block(0, TextBlock::Role::Meta, 3));
    QCOMPARE(again.count(), 0);
    window.click(window.block(0, TextBlock::Role::Meta, action + 3));
    QCOMPARE(again.count(), 1);
    QCOMPARE(again.first().first().value<MessageId>(), failed.id);
}

void TestThreadInput::clickOnQuoteShowsIt()
{
    QList<Message> messages;
    for (int i = 0; i < 60; ++i)
        messages.append(textMessage(i, u"Message %1"_s.arg(i), Noonish + i * 10 * Minute));
    messages.last().replyTo = messages.first().mid;
    Window window(messages);
    QVERIFY(!window.row(0).layout);
    window.click(window.block(59, TextBlock::Role::Quote));
    QVERIFY(window.row(0).layout);
    QCOMPARE(window.view.currentMessage(), messages.first().id);
}

void TestThreadInput::dragSelectsText()
{
    Window window({textMessage(0, u"Hello there\nsecond line"_s), textMessage(1, u"Other"_s)});
    window.drag(window.character(0, 6), window.character(0, 18));
    QCOMPARE(window.view.selectedText(), u"there\nsecond"_s);
    QTest::keySequence(&window.view, QKeySequence::Copy);
    QCOMPARE(QGuiApplication::clipboard()->text(), u"there\nsecond"_s);
    // Backwards, and past the end of the bubble: only this one's text.
    window.drag(window.character(0, 8), window.character(0, 2));
    QCOMPARE(window.view.selectedText(), u"llo th"_s);
    window.drag(window.character(0, 12), window.character(1, 3) + QPoint(200, 0));
    QCOMPARE(window.view.selectedText(), u"second line"_s);
    const QImage selected = window.view.grab().toImage();
    QTest::keyClick(&window.view, Qt::Key_Escape);
    QCOMPARE(window.view.selectedText(), QString());
    QVERIFY(window.view.grab().toImage() != selected);
}

void TestThreadInput::doubleClickSelectsAWord()
{
    Window window({textMessage(0, u"Hello there, friend"_s)});
    QTest::mouseDClick(window.view.viewport(), Qt::LeftButton, {}, window.character(0, 8));
    QCOMPARE(window.view.selectedText(), u"there"_s);
    QTest::mouseDClick(window.view.viewport(), Qt::LeftButton, {}, window.character(0, 0));
    QCOMPARE(window.view.selectedText(), u"Hello"_s);
}

void TestThreadInput::copyIsSafe()
{
    Window window({textMessage(0, u"a\u202Eb\u0007c"_s)});
    QTest::keyClick(&window.view, Qt::Key_Up);
    QTest::keySequence(&window.view, QKeySequence::SelectAll);
    QTest::keySequence(&window.view, QKeySequence::Copy);
    QCOMPARE(QGuiApplication::clipboard()->text(), u"ab\uFFFDc"_s);
}

void TestThreadInput::cursorTellsWhatCanBeDone()
{
    Window window({textMessage(0, u"See https://example.org"_s)});
    const auto shapeAt = [&window](const QPoint &point) {
        QMouseEvent move(QEvent::MouseMove, point, window.view.viewport()->mapToGlobal(point),
            Qt::NoButton, Qt::NoButton, {});
        QCoreApplication::sendEvent(window.view.viewport(), &move);
        return window.view.viewport()->cursor().shape();
    };
    QCOMPARE(shapeAt(window.character(0, 10)), Qt::PointingHandCursor);
    QCOMPARE(shapeAt(window.character(0, 1)), Qt::IBeamCursor);
    QCOMPARE(shapeAt({620, 20}), Qt::ArrowCursor);
}

void TestThreadInput::tipShowsExactTime()
{
    Window window({textMessage(0, u"Hello"_s)});
    QCOMPARE(window.tip(window.block(0, TextBlock::Role::Meta)),
        u"Received: Wednesday, 4 November 2026, 13:58:00"_s);
}

void TestThreadInput::tipsAreNeverRich()
{
    Window window({withAttachment(
        0, attachment(AttachmentKind::File, AttachmentState::Captured, u"<b>x</b><img src=y>"_s))});
    const QString tip = window.tip(window.block(0, TextBlock::Role::Title));
    QVERIFY(tip.contains(u"x"_s));
    QVERIFY2(!Qt::mightBeRichText(tip) || tip.contains(u"&lt;"_s), qPrintable(tip));
}

void TestThreadInput::menus()
{
    Message failed = reply(2, u"Hello"_s, DeliveryState::Failed, Noonish + 30 * Minute);
    failed.failure = FailureKind::Unreachable;
    Window window({textMessage(0, u"See https://example.org"_s),
        withAttachment(1, attachment(AttachmentKind::File, AttachmentState::Captured)), failed});
    QCOMPARE(window.menu(window.character(0, 1)), (QStringList{u"Copy text"_s, u"Details…"_s}));
    QCOMPARE(window.menu(window.character(0, 10)),
        (QStringList{u"Copy text"_s, u"Open link"_s, u"Copy link"_s, u"Details…"_s}));
    QSignalSpy saved(&window.view, &ThreadView::attachmentSaveRequested);
    QCOMPARE(window.menu(window.block(1, TextBlock::Role::Title), u"Save attachment as…"_s),
        (QStringList{u"Save attachment as…"_s, u"Details…"_s}));
    QCOMPARE(saved.count(), 1);
    QCOMPARE(saved.first().first().value<MessageId>(), window.model.at(1).id);
    QSignalSpy again(&window.view, &ThreadView::retryRequested);
    QCOMPARE(window.menu(window.character(2, 1), u"Send again"_s),
        (QStringList{u"Copy text"_s, u"Send again"_s, u"Details…"_s}));
    QCOMPARE(again.count(), 1);
    QSignalSpy inspected(&window.view, &ThreadView::inspectionRequested);
    window.menu(window.character(0, 1), u"Details…"_s);
    QCOMPARE(inspected.count(), 1);
    QCOMPARE(inspected.first().first().value<MessageId>(), window.model.at(0).id);
}

void TestThreadInput::menuCopies()
{
    Window window({textMessage(0, u"See https://example.org/ä"_s)});
    window.menu(window.character(0, 10), u"Copy link"_s);
    QCOMPARE(QGuiApplication::clipboard()->text(), u"https://example.org/%C3%A4"_s);
    window.menu(window.character(0, 1), u"Copy text"_s);
    QCOMPARE(QGuiApplication::clipboard()->text(), u"See https://example.org/ä"_s);
    window.drag(window.character(0, 0), window.character(0, 3));
    window.menu(window.character(0, 1), u"Copy selected text"_s);
    QCOMPARE(QGuiApplication::clipboard()->text(), u"See"_s);
}

void TestThreadInput::arrowsGoFromMessageToMessage()
{
    QList<Message> messages;
    for (int i = 0; i < 60; ++i)
        messages.append(textMessage(i, u"Message %1"_s.arg(i), Noonish + i * 10 * Minute));
    Window window(messages);
    for (int i = 59; i >= 20; --i) {
        QTest::keyClick(&window.view, Qt::Key_Up);
        QCOMPARE(window.view.currentMessage(), messages.at(i).id);
        QVERIFY(window.view.viewport()->rect().contains(window.row(i).rect.adjusted(0, 0, -20, 0)));
    }
    QTest::keyClick(&window.view, Qt::Key_Down);
    QCOMPARE(window.view.currentMessage(), messages.at(21).id);
    QTest::keyClick(&window.view, Qt::Key_Escape);
    QCOMPARE(window.view.currentMessage(), MessageId{});
}

void TestThreadInput::arrowsScrollThroughALongMessage()
{
    Window window(longThread());
    for (int i = 0; i < 3; ++i)
        QTest::keyClick(&window.view, Qt::Key_Up);
    QCOMPARE(window.view.currentMessage(), window.model.at(1).id);
    const int before = window.row(1).rect.top();
    QVERIFY(before < 0);
    QTest::keyClick(&window.view, Qt::Key_Up);
    QCOMPARE(window.view.currentMessage(), window.model.at(1).id);
    QCOMPARE(window.row(1).rect.top(), before + 40);
}

void TestThreadInput::enterDoesTheOneThing()
{
    Message failed = reply(2, u"Hello"_s, DeliveryState::Failed, Noonish + 30 * Minute);
    failed.failure = FailureKind::Unreachable;
    Window window({textMessage(0, u"See https://example.org"_s),
        withAttachment(1, attachment(AttachmentKind::File, AttachmentState::Captured)), failed});
    QSignalSpy again(&window.view, &ThreadView::retryRequested);
    QSignalSpy files(&window.view, &ThreadView::attachmentActivated);
    QSignalSpy links(&window.view, &ThreadView::linkActivated);
    QTest::keyClick(&window.view, Qt::Key_Return);
    for (QSignalSpy *expected : {&again, &files, &links}) {
        QCOMPARE(expected->count(), 0);
        QTest::keyClick(&window.view, Qt::Key_Up);
        QTest::keyClick(&window.view, Qt::Key_Return);
        QCOMPARE(expected->count(), 1);
    }
}

void TestThreadInput::accessibleRows()
{
    Window window(bakeryThread());
    QAccessibleInterface *list = QAccessible::queryAccessibleInterface(&window.view);
    QVERIFY(list);
    QCOMPARE(list->role(), QAccessible::List);
    QCOMPARE(list->text(QAccessible::Name), u"Messages"_s);
    const QList<ThreadView::VisibleRow> rows = window.view.visibleRows();
    QCOMPARE(list->childCount(), rows.size());
    for (int i = 0; i < rows.size(); ++i) {
        QAccessibleInterface *row = list->child(i);
        QCOMPARE(row->role(), QAccessible::ListItem);
        QCOMPARE(row->parent(), list);
        QCOMPARE(list->indexOfChild(row), i);
        QCOMPARE(row->text(QAccessible::Name), window.view.sentenceOf(rows.at(i).id));
        QVERIFY(!row->text(QAccessible::Name).isEmpty());
        QVERIFY(row->rect().height() > 0);
        const QPoint centre = row->rect().center();
        if (list->rect().contains(centre))
            QCOMPARE(list->childAt(centre.x(), centre.y()), row);
    }
    QVERIFY(list->child(static_cast<int>(rows.size()) - 1)
                ->text(QAccessible::Name)
                .contains(u"Can I pick it up at six?"_s));
    // A message that is gone has no interface that lies.
    QAccessibleInterface *last = list->child(static_cast<int>(rows.size()) - 1);
    QVERIFY(last->isValid());
    window.model.remove({rows.last().id});
    QVERIFY(!last->isValid());
    QCOMPARE(list->childCount(), window.view.visibleRows().size());
}

void TestThreadInput::accessibleFocus()
{
    QList<Message> messages;
    for (int i = 0; i < 60; ++i)
        messages.append(textMessage(i, u"Message %1"_s.arg(i), Noonish + i * 10 * Minute));
    Window window(messages);
    QAccessibleInterface *list = QAccessible::queryAccessibleInterface(&window.view);
    QTRY_VERIFY(window.view.hasFocus());
    QTest::keyClick(&window.view, Qt::Key_Up);
    QTest::keyClick(&window.view, Qt::Key_Up);
    QVERIFY(list->focusChild());
    QVERIFY(list->focusChild()->text(QAccessible::Name).contains(u"Message 58"_s));
    QVERIFY(list->focusChild()->state().focused);
    QTest::keyClick(&window.view, Qt::Key_Home);
    // The way back to the newest is a child as well.
    QAccessibleInterface *button = list->child(list->childCount() - 1);
    QCOMPARE(button->object(), window.view.findChild<JumpButton *>());
    QVERIFY(button->text(QAccessible::Name).startsWith(u"Jump"_s));
}

QTEST_MAIN(TestThreadInput)
#include "tst_threadinput.moc"
