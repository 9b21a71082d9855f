// SPDX-License-Identifier: GPL-3.0-or-later
// What ThreadView does with mouse and keyboard.
#include "models/items/threadmodel.h"
#include "ui/theme/themeprovider.h"
#include "ui/thread/jumpbutton.h"
#include "ui/thread/threadmenu.h"
#include "ui/thread/threadview.h"

#include <QAccessible>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QHelpEvent>
#include <QScrollBar>
#include <QToolTip>

namespace Pagedesk::Ui {

namespace {

constexpr int WheelStep = 60; // pixels of one notch
constexpr int LineStep = 40;

bool isClickable(const RowHit &hit)
{
    switch (hit.kind) {
    case RowHit::Kind::Link:
    case RowHit::Kind::Attachment:
    case RowHit::Kind::SendAgain:
    case RowHit::Kind::Quote:
        return true;
    default:
        return false;
    }
}

} // namespace

bool ThreadView::Spot::isSameTarget(const Spot &other) const
{
    return id == other.id && hit.kind == other.hit.kind && hit.url == other.hit.url
        && hit.attachment == other.hit.attachment;
}

ThreadView::Spot ThreadView::spotAt(const QPoint &point)
{
    for (const VisibleRow &row : visibleRows()) {
        if (point.y() < row.rect.top() || point.y() > row.rect.bottom())
            continue;
        const QPointF inRow = point - row.rect.topLeft();
        return {row.id, row.layout->hit(inRow), inRow, row.layout};
    }
    return {};
}

void ThreadView::hover(const QPoint &point)
{
    const Spot spot = spotAt(point);
    const bool changed = !spot.isSameTarget(m_hovered);
    m_hovered = spot;
    if (isClickable(spot.hit))
        viewport()->setCursor(Qt::PointingHandCursor);
    else
        viewport()->setCursor(
            spot.hit.kind == RowHit::Kind::Text ? Qt::IBeamCursor : Qt::ArrowCursor);
    if (changed)
        viewport()->update();
}

void ThreadView::activate(const Spot &spot)
{
    switch (spot.hit.kind) {
    case RowHit::Kind::Link:
        Q_EMIT linkActivated(spot.hit.url);
        break;
    case RowHit::Kind::Attachment: {
        const Attachment &attachment
            = m_model.at(m_model.rowOf(spot.id)).attachments.at(spot.hit.attachment);
        const QUrl link = attachmentLink(attachment);
        if (link.isEmpty())
            Q_EMIT attachmentActivated(spot.id, spot.hit.attachment);
        else
            Q_EMIT linkActivated(link);
        break;
    }
    case RowHit::Kind::SendAgain:
        Q_EMIT retryRequested(spot.id);
        break;
    case RowHit::Kind::Quote: {
        const int target = m_model.rowOf(m_model.at(m_model.rowOf(spot.id)).replyTo);
        if (target >= 0)
            showMessage(m_model.at(target).id);
        break;
    }
    default:
        break;
    }
}

QString ThreadView::tipAt(const Spot &spot) const
{
    switch (spot.hit.kind) {
    case RowHit::Kind::Meta:
        return exactTimeText(m_model.at(m_model.rowOf(spot.id)), m_words);
    case RowHit::Kind::Link:
        return spot.hit.url.toDisplayString(QUrl::FullyEncoded);
    case RowHit::Kind::Attachment:
        return displayLine(
            m_model.at(m_model.rowOf(spot.id)).attachments.at(spot.hit.attachment).name);
    default:
        return {};
    }
}

bool ThreadView::viewportEvent(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        const QString tip = tipAt(spotAt(help->pos()));
        // Names and addresses come from strangers: never as rich text.
        QToolTip::showText(
            help->globalPos(), Qt::mightBeRichText(tip) ? tip.toHtmlEscaped() : tip, viewport());
        return true;
    }
    if (event->type() == QEvent::Leave && !m_hovered.id.isEmpty()) {
        m_hovered = {};
        viewport()->update();
    }
    return QAbstractScrollArea::viewportEvent(event);
}

void ThreadView::wheelEvent(QWheelEvent *event)
{
    if (event->modifiers().testFlag(Qt::ControlModifier)) {
        event->ignore(); // zooming is the window's
        return;
    }
    const QPoint pixels = event->pixelDelta();
    m_wheelRest
        += pixels.isNull() ? QPointF(event->angleDelta()) * WheelStep / 120.0 : QPointF(pixels);
    const int step = static_cast<int>(m_wheelRest.y());
    m_wheelRest -= QPointF(m_wheelRest.x(), step);
    if (step != 0)
        scrollBy(-step);
    event->accept();
}

void ThreadView::mousePressEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton) {
        event->ignore();
        return;
    }
    m_pressed = spotAt(event->position().toPoint());
    m_current = {};
    m_selection.clear();
    const bool onText
        = m_pressed.hit.kind == RowHit::Kind::Text || m_pressed.hit.kind == RowHit::Kind::Link;
    if (onText)
        m_selection.begin(m_pressed.id, m_pressed.layout->bodyPosition(m_pressed.inRow));
    viewport()->update();
}

void ThreadView::mouseMoveEvent(QMouseEvent *event)
{
    const QPoint point = event->position().toPoint();
    if (!event->buttons().testFlag(Qt::LeftButton)) {
        hover(point);
        return;
    }
    extendSelection(point);
    // Past the edge the thread follows, for texts taller than the window.
    const bool outside = point.y() < 0 || point.y() >= viewport()->height();
    if (outside && !m_selection.isEmpty())
        m_autoScroll.start();
    else
        m_autoScroll.stop();
}

void ThreadView::mouseReleaseEvent(QMouseEvent *event)
{
    m_autoScroll.stop();
    if (event->button() != Qt::LeftButton)
        return;
    const Spot released = spotAt(event->position().toPoint());
    const Spot pressed = std::exchange(m_pressed, {});
    if (!m_selection.isEmpty())
        publishSelection();
    else if (isClickable(released.hit) && released.isSameTarget(pressed))
        activate(released);
}

void ThreadView::mouseDoubleClickEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton)
        return;
    m_pressed = spotAt(event->position().toPoint());
    if (m_pressed.hit.kind == RowHit::Kind::Text || m_pressed.hit.kind == RowHit::Kind::Link) {
        m_selection.selectWord(m_pressed.id, m_pressed.layout->body()->layout->text(),
            m_pressed.layout->bodyPosition(m_pressed.inRow));
        publishSelection();
    }
    viewport()->update();
}

void ThreadView::extendSelection(const QPoint &point)
{
    if (!m_selection.isIn(m_pressed.id))
        return;
    for (const VisibleRow &row : visibleRows()) {
        if (row.id != m_pressed.id || !row.layout->body())
            continue;
        m_selection.extend(row.layout->body()->layout->text(),
            row.layout->bodyPosition(point - row.rect.topLeft()));
        viewport()->update();
    }
}

QString ThreadView::selectedText() const
{
    const int row = m_model.rowOf(m_selection.message());
    return row < 0 ? QString() : m_selection.textOf(displayText(m_model.at(row).text));
}

// The X11 habit: what is selected can be pasted with the middle button.
void ThreadView::publishSelection() const
{
    if (QGuiApplication::clipboard()->supportsSelection())
        QGuiApplication::clipboard()->setText(selectedText(), QClipboard::Selection);
}

void ThreadView::copySelection() const
{
    const QString text = selectedText();
    if (!text.isEmpty())
        QGuiApplication::clipboard()->setText(text);
}

void ThreadView::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Copy)) {
        copySelection();
    } else if (event->matches(QKeySequence::SelectAll)) {
        selectCurrent();
    } else if (event->key() == Qt::Key_Escape && !(m_selection.isEmpty() && m_current.isEmpty())) {
        m_selection.clear();
        m_current = {};
    } else if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter
        || event->key() == Qt::Key_Space) {
        activateCurrent();
    } else if (!handleScrollKey(event->key())) {
        event->ignore(); // not QAbstractScrollArea: it would scroll once more
        return;
    }
    viewport()->update();
    event->accept();
}

bool ThreadView::handleScrollKey(int key)
{
    const int page = std::max(LineStep, viewport()->height() - LineStep);
    switch (key) {
    case Qt::Key_Up:
        moveCurrent(-1);
        return true;
    case Qt::Key_Down:
        moveCurrent(1);
        return true;
    case Qt::Key_PageUp:
        scrollBy(-page);
        return true;
    case Qt::Key_PageDown:
        scrollBy(page);
        return true;
    case Qt::Key_Home:
        m_scroll.toBeginning();
        settle();
        return true;
    case Qt::Key_End:
        showNewest();
        return true;
    default:
        return false;
    }
}

void ThreadView::selectCurrent()
{
    for (const VisibleRow &row : visibleRows()) {
        if (row.id == m_current && row.layout->body())
            m_selection.selectAll(m_current, row.layout->body()->layout->text());
    }
}

// From message to message; through the lines of one that does not fit.
void ThreadView::moveCurrent(int step)
{
    const QList<VisibleRow> rows = visibleRows();
    if (rows.isEmpty())
        return;
    const auto shown = std::find_if(
        rows.begin(), rows.end(), [this](const VisibleRow &row) { return row.id == m_current; });
    if (shown == rows.end()) {
        m_current = step < 0 ? rows.last().id : rows.first().id;
    } else if (step < 0 ? shown->rect.top() < 0 : shown->rect.bottom() >= viewport()->height()) {
        scrollBy(step * LineStep);
        return;
    } else {
        const int row = std::clamp(m_model.rowOf(m_current) + step, 0, m_model.rowCount() - 1);
        m_current = m_model.at(row).id;
    }
    m_scroll.reveal(m_model.rowOf(m_current));
    settle();
    for (int i = 0; i < static_cast<int>(m_scroll.visible().size()); ++i) {
        if (m_model.at(m_scroll.visible()[static_cast<size_t>(i)].row).id != m_current)
            continue;
        QAccessibleEvent focus(this, QAccessible::Focus);
        focus.setChild(i);
        QAccessible::updateAccessibility(&focus);
    }
}

// The one thing Enter can mean for the current message.
void ThreadView::activateCurrent()
{
    for (const VisibleRow &row : visibleRows()) {
        if (row.id != m_current)
            continue;
        const Message &message = m_model.at(m_model.rowOf(row.id));
        RowHit hit;
        if (canSendAgain(message))
            hit.kind = RowHit::Kind::SendAgain;
        else if (!row.layout->pictures.empty())
            hit = {RowHit::Kind::Attachment, {}, row.layout->pictures.front().attachment};
        else if (!row.layout->cards.empty() && !row.layout->cards.front().muted)
            hit = {RowHit::Kind::Attachment, {}, row.layout->cards.front().attachment};
        else if (row.layout->body() && !row.layout->body()->links.isEmpty())
            hit = {RowHit::Kind::Link, row.layout->body()->links.first().url, -1};
        activate({row.id, hit, {}, row.layout});
        return;
    }
}

void ThreadView::focusInEvent(QFocusEvent *event)
{
    QAbstractScrollArea::focusInEvent(event);
    viewport()->update();
}

void ThreadView::focusOutEvent(QFocusEvent *event)
{
    QAbstractScrollArea::focusOutEvent(event);
    viewport()->update();
}

void ThreadView::contextMenuEvent(QContextMenuEvent *event)
{
    Spot spot = spotAt(event->pos());
    QPoint where = event->globalPos();
    if (event->reason() == QContextMenuEvent::Keyboard) {
        spot = {};
        for (const VisibleRow &row : visibleRows()) {
            if (row.id != m_current)
                continue;
            spot = {row.id, {}, {}, row.layout};
            where = viewport()->mapToGlobal(
                (row.layout->outline.topLeft() + row.rect.topLeft()).toPoint());
        }
    }
    if (spot.id.isEmpty())
        return;
    const MessageId id = spot.id;
    const ThreadMenuRequest request{
        m_model.at(m_model.rowOf(id)), spot.hit, m_selection.isIn(id) ? selectedText() : QString()};
    QMenu *menu = makeThreadMenu(request,
        {.open = [this, spot] { activate(spot); },
            .save = [this, id](int index) { Q_EMIT attachmentSaveRequested(id, index); },
            .sendAgain = [this, id] { Q_EMIT retryRequested(id); },
            .inspect = [this, id] { Q_EMIT inspectionRequested(id); }},
        this);
    menu->popup(where);
}

} // namespace Pagedesk::Ui
