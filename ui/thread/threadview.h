// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/thread/bubblepainter.h"
#include "ui/thread/threadscroll.h"
#include "ui/thread/threadselection.h"

#include <QAbstractScrollArea>
#include <QTimer>
#include <QUrl>

namespace Pagedesk {
class Clock;
class ThreadModel;
} // namespace Pagedesk

namespace Pagedesk::Ui {

class JumpButton;
class MediaSource;
class ThemeProvider;

// The messages of one conversation as bubbles. Only what can be seen is laid out, so that a hundred
// thousand messages cost no more than a hundred. It shows and asks; it opens, saves and sends
// nothing itself.
class ThreadView : public QAbstractScrollArea {
    Q_OBJECT

public:
    ThreadView(ThreadModel &model, ThemeProvider &themes, MediaSource &media, const Clock &clock,
        QWidget *parent = nullptr);

    void setContactName(const QString &name);
    void setOwnName(const QString &name);
    void setOnline(bool online);
    // Why replies of this Page wait.
    void setSendingBlock(SendingBlock block);
    void setAdmin(bool isAdmin); // whether whoever reads can put a Page right
    // How much of a file is at the relay, per cent; -1: it is not under way any more.
    void setUpload(const QString &hash, int percent);

    void showNewest();
    // False when the message is not loaded.
    bool showMessage(const MessageId &id);
    // The same, with some of what stands before it, unless it is in sight already.
    bool jumpTo(const MessageId &id);
    bool isAtNewest() const;
    // Marks a text of foldedForFind() in every message; `current` is the one that was gone to.
    void setFound(const QString &folded, const MessageId &current);
    // Goes there, and marks it for a moment.
    bool markMessage(const MessageId &id);
    const MessageId &markedMessage() const { return m_marked; }
    QString selectedText() const;

    // What can be seen now, for assistive technology and tests.
    struct VisibleRow {
        MessageId id;
        QRect rect; // in viewport coordinates
        std::shared_ptr<const RowLayout> layout; // relative to rect's top left
    };
    QList<VisibleRow> visibleRows();
    QString sentenceOf(const MessageId &id) const;
    MessageId currentMessage() const { return m_current; }

Q_SIGNALS:
    void linkActivated(const QUrl &url);
    void attachmentActivated(const Pagedesk::MessageId &message, int attachment);
    void attachmentSaveRequested(const Pagedesk::MessageId &message, int attachment);
    void retryRequested(const Pagedesk::MessageId &message);
    void inspectionRequested(const Pagedesk::MessageId &message);
    void newestWanted(); // it is not loaded
    void newestShown(); // the end of the thread has come into sight

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void changeEvent(QEvent *event) override;
    void scrollContentsBy(int dx, int dy) override;
    bool viewportEvent(QEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;

private:
    struct Spot { // what is under a point
        MessageId id;
        RowHit hit;
        QPointF inRow;
        std::shared_ptr<const RowLayout> layout;

        bool isSameTarget(const Spot &other) const;
    };

    void watchModel();
    void watchTime();
    void onRowsInserted(int first, int last);
    void updateStyle();
    void settleLater();
    void settle();
    void settleIfNeeded();
    void syncScrollBar();
    void syncJumpButton();
    void scrollBy(int pixels);
    int contentX() const;

    Spot spotAt(const QPoint &point);
    void hover(const QPoint &point);
    void activate(const Spot &spot);
    QString tipAt(const Spot &spot) const;
    void extendSelection(const QPoint &point);
    void publishSelection() const;
    void copySelection() const;
    void selectCurrent();
    void moveCurrent(int step);
    void activateCurrent();
    bool handleScrollKey(int key);

    ThreadModel &m_model;
    ThemeProvider &m_themes;
    MediaSource &m_media;
    const Clock &m_clock;
    ThreadWords m_words;
    ThreadRows m_rows;
    ThreadScroll m_scroll;
    ThreadSelection m_selection;
    JumpButton *m_jump;
    QTimer m_reestimate;
    QTimer m_autoScroll;
    MessageId m_current; // where the keyboard is
    QString m_found;
    MessageId m_foundCurrent;
    MessageId m_marked; // for a moment
    QTimer m_markEnd;
    Spot m_pressed;
    Spot m_hovered;
    QPointF m_wheelRest;
    bool m_dirty = true;
    bool m_syncing = false;
    bool m_wasAtEnd = false;
};

} // namespace Pagedesk::Ui
