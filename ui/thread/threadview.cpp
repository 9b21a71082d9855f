// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/thread/threadview.h"

#include "models/base/clock.h"
#include "models/domain/foldedtext.h"
#include "models/items/threadmodel.h"
#include "ui/theme/themeprovider.h"
#include "ui/thread/bubblebuilder.h"
#include "ui/thread/jumpbutton.h"
#include "ui/thread/mediasource.h"
#include "ui/thread/threadaccessible.h"

#include <QCursor>
#include <QPaintEvent>
#include <QPainter>
#include <QScrollBar>

#include <algorithm>
#include <utility>

namespace Pagedesk::Ui {

namespace {

using namespace std::chrono_literals;

constexpr int RowsPerSlice = 4000; // estimated anew in one go, about a millisecond's work
constexpr int LineStep = 40; // pixels of one scroll bar click
constexpr int AutoScrollStep = 16; // pixels, while a selection is dragged past the edge

} // namespace

ThreadView::ThreadView(ThreadModel &model, ThemeProvider &themes, MediaSource &media,
    const Clock &clock, QWidget *parent)
    : QAbstractScrollArea(parent)
    , m_model(model)
    , m_themes(themes)
    , m_media(media)
    , m_clock(clock)
    , m_rows(model)
    , m_scroll(m_rows)
    , m_jump(new JumpButton(themes.theme(), viewport()))
{
    installThreadAccessibility();
    setObjectName(QStringLiteral("thread"));
    setAccessibleName(tr("Messages"));
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    // Always there, so that nothing moves sideways when a thread grows.
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOn);
    verticalScrollBar()->setSingleStep(LineStep);
    viewport()->setMouseTracking(true);
    viewport()->setAutoFillBackground(false);
    m_jump->hide();
    connect(m_jump, &JumpButton::clicked, this, &ThreadView::showNewest);
    connect(&m_themes, &ThemeProvider::changed, this, &ThreadView::updateStyle);
    connect(&m_media, &MediaSource::thumbnailReady, viewport(), qOverload<>(&QWidget::update));
    m_reestimate.setInterval(0);
    connect(&m_reestimate, &QTimer::timeout, this, [this] {
        if (!m_rows.reestimate(RowsPerSlice))
            m_reestimate.stop();
        settleLater();
    });
    m_autoScroll.setInterval(30ms);
    connect(&m_autoScroll, &QTimer::timeout, this, [this] {
        const QPoint point = viewport()->mapFromGlobal(QCursor::pos());
        scrollBy(point.y() < 0 ? -AutoScrollStep : AutoScrollStep);
        extendSelection(point);
    });
    m_markEnd.setSingleShot(true);
    m_markEnd.setInterval(2s);
    connect(&m_markEnd, &QTimer::timeout, this, [this] {
        m_marked = {};
        viewport()->update();
    });
    watchModel();
    watchTime();
    updateStyle();
    m_rows.reset();
}

void ThreadView::watchModel()
{
    connect(&m_model, &QAbstractItemModel::modelReset, this, [this] {
        m_rows.reset();
        m_scroll.reset();
        m_selection.clear();
        m_current = {};
        m_pressed = {};
        m_wasAtEnd = false;
        m_jump->setUnseen(0);
        settleLater();
    });
    connect(&m_model, &QAbstractItemModel::rowsInserted, this,
        [this](const QModelIndex &, int first, int last) { onRowsInserted(first, last); });
    connect(&m_model, &QAbstractItemModel::rowsRemoved, this,
        [this](const QModelIndex &, int first, int last) {
            m_rows.remove(first, last);
            m_scroll.removed(first, last - first + 1);
            settleLater();
        });
    connect(&m_model, &QAbstractItemModel::rowsMoved, this,
        [this](const QModelIndex &, int from, int, const QModelIndex &, int before) {
            const int to = before > from ? before - 1 : before;
            m_rows.move(from, to);
            m_scroll.moved(from, to);
            settleLater();
        });
    connect(&m_model, &QAbstractItemModel::dataChanged, this,
        [this](const QModelIndex &first, const QModelIndex &last) {
            m_rows.drop(first.row(), last.row());
            settleLater();
        });
    connect(&m_model, &ThreadModel::moreBeforeChanged, this, &ThreadView::settleLater);
}

// "Today" becomes "Yesterday" while the window stays open.
void ThreadView::watchTime()
{
    auto *timer = new QTimer(this);
    timer->setInterval(30s);
    connect(timer, &QTimer::timeout, this, [this] {
        if (localTime(m_clock.now()).date() != localTime(m_words.now).date())
            updateStyle();
    });
    timer->start();
}

void ThreadView::onRowsInserted(int first, int last)
{
    m_rows.insert(first, last);
    const bool atEnd = last + 1 == m_model.rowCount() && !m_model.hasMoreAfter();
    if (m_model.hasMoreAfter()) // a part further down was loaded: nothing moves
        m_scroll.hold();
    if (!m_scroll.isAtEnd() && atEnd) {
        int incoming = 0;
        for (int row = first; row <= last; ++row)
            incoming += m_model.at(row).direction == Direction::In ? 1 : 0;
        m_jump->setUnseen(m_jump->unseen() + incoming);
        if (isPending(m_model.at(last))) // one's own reply is always followed
            m_scroll.toEnd();
    }
    m_scroll.inserted(first, last - first + 1);
    m_wasAtEnd = m_wasAtEnd && !atEnd;
    settleLater();
}

void ThreadView::setContactName(const QString &name)
{
    if (std::exchange(m_words.contactName, name) != name)
        updateStyle();
}

void ThreadView::setOwnName(const QString &name)
{
    if (std::exchange(m_words.ownName, name) != name)
        updateStyle();
}

void ThreadView::setOnline(bool online)
{
    if (std::exchange(m_words.online, online) != online)
        updateStyle();
}

void ThreadView::setSendingBlock(SendingBlock block)
{
    if (std::exchange(m_words.block, block) != block)
        updateStyle();
}

void ThreadView::setAdmin(bool isAdmin)
{
    if (std::exchange(m_words.isAdmin, isAdmin) != isAdmin)
        updateStyle();
}

void ThreadView::setUpload(const QString &hash, int percent)
{
    if (m_words.uploads.value(hash, -1) == percent)
        return;
    if (percent < 0)
        m_words.uploads.remove(hash);
    else
        m_words.uploads.insert(hash, percent);
    m_rows.setUploads(m_words.uploads);
    // What waits stands at the end.
    for (int row = m_model.rowCount() - 1; row >= 0 && isPending(m_model.at(row)); --row) {
        const Message &message = m_model.at(row);
        if (!message.attachments.isEmpty() && message.attachments.constFirst().hash == hash)
            m_rows.drop(row, row);
    }
    settleLater();
}

void ThreadView::showNewest()
{
    if (m_model.hasMoreAfter()) {
        Q_EMIT newestWanted();
        return;
    }
    m_scroll.toEnd();
    settle();
}

bool ThreadView::isAtNewest() const
{
    return m_scroll.isAtEnd() && !m_model.hasMoreAfter();
}

bool ThreadView::jumpTo(const MessageId &id)
{
    const int row = m_model.rowOf(id);
    if (row < 0)
        return false;
    settleIfNeeded();
    const auto &visible = m_scroll.visible();
    const bool inSight
        = std::any_of(visible.begin(), visible.end(), [this, row](const ThreadScroll::Placed &one) {
              return one.row == row && one.y >= 0
                  && one.y + one.layout->height <= viewport()->height();
          });
    if (!inSight)
        m_scroll.place(row, viewport()->height() / 3);
    m_current = id;
    settle();
    return true;
}

void ThreadView::setFound(const QString &folded, const MessageId &current)
{
    m_found = folded;
    m_foundCurrent = current;
    viewport()->update();
}

bool ThreadView::showMessage(const MessageId &id)
{
    const int row = m_model.rowOf(id);
    if (row < 0)
        return false;
    settleIfNeeded();
    m_scroll.reveal(row);
    m_current = id;
    settle();
    return true;
}

bool ThreadView::markMessage(const MessageId &id)
{
    if (!jumpTo(id))
        return false;
    m_marked = id;
    m_markEnd.start();
    viewport()->update();
    return true;
}

void ThreadView::updateStyle()
{
    m_words.locale = locale();
    m_words.now = m_clock.now();
    const Theme &theme = m_themes.theme();
    // The scroll bar covers a part of the margin, so the whole width counts.
    m_rows.setStyle({theme, m_words, width(), layoutDirection()});
    m_scroll.setViewport(
        viewport()->height(), theme.px(ThreadMetrics::EndMargin), theme.px(ThreadMetrics::Gap));
    m_jump->setUnseen(m_jump->unseen());
    m_reestimate.start();
    settleLater();
}

void ThreadView::settleLater()
{
    if (!m_dirty)
        QMetaObject::invokeMethod(this, &ThreadView::settleIfNeeded, Qt::QueuedConnection);
    m_dirty = true;
    viewport()->update();
}

void ThreadView::settleIfNeeded()
{
    if (m_dirty)
        settle();
}

void ThreadView::settle()
{
    m_dirty = false;
    m_scroll.settle();
    syncScrollBar();
    syncJumpButton();
    viewport()->update();
    const bool nearTop = m_scroll.value() < 2 * viewport()->height();
    if (nearTop && m_model.hasMoreBefore() && isVisible())
        QMetaObject::invokeMethod(&m_model, &ThreadModel::requestOlder, Qt::QueuedConnection);
    const bool nearBottom = m_scroll.maximum() - m_scroll.value() < 2 * viewport()->height();
    if (nearBottom && m_model.hasMoreAfter() && isVisible())
        QMetaObject::invokeMethod(&m_model, &ThreadModel::requestNewer, Qt::QueuedConnection);
    const bool atEnd = isAtNewest() && m_model.rowCount() > 0 && isVisible();
    if (atEnd && !m_wasAtEnd)
        Q_EMIT newestShown();
    m_wasAtEnd = atEnd;
}

void ThreadView::syncScrollBar()
{
    m_syncing = true;
    QScrollBar *bar = verticalScrollBar();
    bar->setPageStep(viewport()->height());
    bar->setRange(0, m_scroll.maximum());
    bar->setValue(m_scroll.value());
    bar->setEnabled(m_scroll.maximum() > 0);
    m_syncing = false;
}

void ThreadView::syncJumpButton()
{
    const bool far = m_scroll.maximum() - m_scroll.value() > m_themes.theme().px(Metrics::Row);
    if (isAtNewest() && m_jump->unseen() > 0)
        m_jump->setUnseen(0);
    m_jump->setVisible(!isAtNewest() && (far || m_model.hasMoreAfter() || m_jump->unseen() > 0));
    const int margin = m_themes.theme().px(Metrics::Gutter);
    const int x = layoutDirection() == Qt::RightToLeft
        ? margin
        : viewport()->width() - m_jump->width() - margin;
    m_jump->move(x, viewport()->height() - m_jump->height() - margin);
}

void ThreadView::scrollBy(int pixels)
{
    settleIfNeeded();
    m_scroll.scrollBy(pixels);
    settle();
}

int ThreadView::contentX() const
{
    return -viewport()->x();
}

QList<ThreadView::VisibleRow> ThreadView::visibleRows()
{
    settleIfNeeded();
    QList<VisibleRow> rows;
    for (const ThreadScroll::Placed &placed : m_scroll.visible())
        rows.append({m_model.at(placed.row).id,
            QRect(contentX(), placed.y, width(), placed.layout->height), placed.layout});
    return rows;
}

QString ThreadView::sentenceOf(const MessageId &id) const
{
    const int row = m_model.rowOf(id);
    return row < 0 ? QString() : accessibleSentence(m_model.at(row), m_words);
}

void ThreadView::paintEvent(QPaintEvent *event)
{
    settleIfNeeded();
    QPainter painter(viewport());
    painter.fillRect(event->rect(), m_themes.theme().surface);
    for (const ThreadScroll::Placed &placed : m_scroll.visible()) {
        if (placed.y >= event->rect().bottom() + 1
            || placed.y + placed.layout->height <= event->rect().top())
            continue;
        const Message &message = m_model.at(placed.row);
        RowDecoration decoration;
        if (m_selection.isIn(message.id)) {
            decoration.selectionStart = m_selection.start();
            decoration.selectionLength = m_selection.length();
        }
        if (const TextBlock *body = placed.layout->body(); body != nullptr && !m_found.isEmpty()) {
            decoration.found = findFolded(body->layout->text(), m_found);
            decoration.isFoundCurrent = message.id == m_foundCurrent;
        }
        decoration.current = (hasFocus() && message.id == m_current) || message.id == m_marked;
        decoration.hoversAction
            = message.id == m_hovered.id && m_hovered.hit.kind == RowHit::Kind::SendAgain;
        painter.save();
        painter.translate(contentX(), placed.y);
        paintRow(painter, *placed.layout, message, m_rows.style(), m_media, decoration);
        painter.restore();
    }
}

void ThreadView::resizeEvent(QResizeEvent *)
{
    if (m_rows.style().width != width()) {
        updateStyle();
    } else {
        const Theme &theme = m_themes.theme();
        m_scroll.setViewport(
            viewport()->height(), theme.px(ThreadMetrics::EndMargin), theme.px(ThreadMetrics::Gap));
    }
    settle();
}

// What is only done in sight (asking for older messages, telling that the newest are shown) is due.
void ThreadView::showEvent(QShowEvent *event)
{
    QAbstractScrollArea::showEvent(event);
    m_wasAtEnd = false;
    settleLater();
}

void ThreadView::changeEvent(QEvent *event)
{
    QAbstractScrollArea::changeEvent(event);
    if (event->type() == QEvent::LayoutDirectionChange || event->type() == QEvent::LocaleChange)
        updateStyle();
}

void ThreadView::scrollContentsBy(int, int dy)
{
    if (m_syncing)
        return;
    const QScrollBar *bar = verticalScrollBar();
    if (bar->value() >= bar->maximum())
        m_scroll.toEnd();
    else if (bar->value() == 0)
        m_scroll.toBeginning();
    else if (std::abs(dy) <= viewport()->height())
        m_scroll.scrollBy(-dy);
    else
        m_scroll.scrollTo(bar->value());
    settle();
}

} // namespace Pagedesk::Ui
