// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/thread/threadaccessible.h"

#include "ui/thread/jumpbutton.h"
#include "ui/thread/threadview.h"

#include <QAccessibleWidget>
#include <QHash>

namespace Pagedesk::Ui {

namespace {

class ThreadAccessible final : public QAccessibleWidget {
public:
    explicit ThreadAccessible(ThreadView *view)
        : QAccessibleWidget(view, QAccessible::List)
    {
    }
    ~ThreadAccessible() override { forgetRows(); }

    // Null while the view is being destroyed.
    ThreadView *view() const { return qobject_cast<ThreadView *>(object()); }

    int childCount() const override;
    QAccessibleInterface *child(int index) const override;
    int indexOfChild(const QAccessibleInterface *searched) const override;
    QAccessibleInterface *childAt(int x, int y) const override;
    QAccessibleInterface *focusChild() const override;

private:
    QList<ThreadView::VisibleRow> rows() const;
    JumpButton *button() const;
    QAccessibleInterface *interfaceOf(const MessageId &id) const;
    void forgetRows() const;

    // What has been handed out, so that the same message is the same object.
    mutable QHash<MessageId, QAccessible::Id> m_rows;
};

// One message. It asks the view each time, so that it never tells what is no longer so. Its parent
// outlives it.
class RowAccessible final : public QAccessibleInterface {
public:
    RowAccessible(const ThreadAccessible &list, MessageId id)
        : m_list(list)
        , m_id(std::move(id))
    {
    }

    bool isValid() const override { return !text(QAccessible::Name).isEmpty(); }
    QObject *object() const override { return nullptr; }
    QAccessibleInterface *childAt(int, int) const override { return nullptr; }
    QAccessibleInterface *child(int) const override { return nullptr; }
    int childCount() const override { return 0; }
    int indexOfChild(const QAccessibleInterface *) const override { return -1; }
    QAccessible::Role role() const override { return QAccessible::ListItem; }
    void setText(QAccessible::Text, const QString &) override { }
    QAccessibleInterface *parent() const override
    {
        return QAccessible::queryAccessibleInterface(m_list.view());
    }
    QString text(QAccessible::Text kind) const override
    {
        const ThreadView *view = m_list.view();
        return view && kind == QAccessible::Name ? view->sentenceOf(m_id) : QString();
    }
    QRect rect() const override;
    QAccessible::State state() const override;

private:
    const ThreadAccessible &m_list;
    MessageId m_id;
};

QRect RowAccessible::rect() const
{
    ThreadView *view = m_list.view();
    if (!view)
        return {};
    for (const ThreadView::VisibleRow &row : view->visibleRows()) {
        if (row.id == m_id)
            return row.rect.translated(view->viewport()->mapToGlobal(QPoint()));
    }
    return {};
}

QAccessible::State RowAccessible::state() const
{
    const ThreadView *view = m_list.view();
    QAccessible::State state;
    state.readOnly = true;
    state.focusable = true;
    state.focused = view && view->hasFocus() && view->currentMessage() == m_id;
    state.offscreen = rect().isEmpty();
    return state;
}

int ThreadAccessible::childCount() const
{
    return static_cast<int>(rows().size()) + (button() ? 1 : 0);
}

QAccessibleInterface *ThreadAccessible::child(int index) const
{
    const QList<ThreadView::VisibleRow> visible = rows();
    if (index >= 0 && index < visible.size())
        return interfaceOf(visible.at(index).id);
    return index == visible.size() && button() ? QAccessible::queryAccessibleInterface(button())
                                               : nullptr;
}

int ThreadAccessible::indexOfChild(const QAccessibleInterface *searched) const
{
    for (int i = 0; i < childCount(); ++i) {
        if (child(i) == searched)
            return i;
    }
    return -1;
}

QAccessibleInterface *ThreadAccessible::childAt(int x, int y) const
{
    for (int i = childCount() - 1; i >= 0; --i) { // the button lies above the rows
        if (QAccessibleInterface *found = child(i); found && found->rect().contains(x, y))
            return found;
    }
    return nullptr;
}

QAccessibleInterface *ThreadAccessible::focusChild() const
{
    const ThreadView *focused = view();
    if (!focused || !focused->hasFocus())
        return nullptr;
    for (const ThreadView::VisibleRow &row : rows()) {
        if (row.id == focused->currentMessage())
            return interfaceOf(row.id);
    }
    return QAccessible::queryAccessibleInterface(object());
}

QList<ThreadView::VisibleRow> ThreadAccessible::rows() const
{
    return view() ? view()->visibleRows() : QList<ThreadView::VisibleRow>();
}

JumpButton *ThreadAccessible::button() const
{
    auto *found = view() ? view()->findChild<JumpButton *>() : nullptr;
    return found && found->isVisible() ? found : nullptr;
}

QAccessibleInterface *ThreadAccessible::interfaceOf(const MessageId &id) const
{
    constexpr int MostRows = 500; // far more than are ever visible
    if (const auto known = m_rows.constFind(id); known != m_rows.cend())
        return QAccessible::accessibleInterface(*known);
    if (m_rows.size() >= MostRows)
        forgetRows();
    auto *made = new RowAccessible(*this, id);
    m_rows.insert(id, QAccessible::registerAccessibleInterface(made));
    return made;
}

void ThreadAccessible::forgetRows() const
{
    for (const QAccessible::Id id : std::as_const(m_rows))
        QAccessible::deleteAccessibleInterface(id);
    m_rows.clear();
}

QAccessibleInterface *makeInterface(const QString &, QObject *object)
{
    auto *view = qobject_cast<ThreadView *>(object);
    return view ? new ThreadAccessible(view) : nullptr;
}

} // namespace

void installThreadAccessibility()
{
    QAccessible::installFactory(makeInterface);
}

} // namespace Pagedesk::Ui
