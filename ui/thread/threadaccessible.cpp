// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/thread/threadaccessible.h"

#include "ui/thread/jumpbutton.h"
#include "ui/thread/threadview.h"

#include <QAccessibleWidget>
#include <QHash>
#include <QPointer>

namespace Pagedesk::Ui {

namespace {

// One message. It asks the view each time, so that it never tells what is no longer so.
class RowAccessible final : public QAccessibleInterface {
public:
    RowAccessible(ThreadView *view, MessageId id)
        : m_view(view)
        , m_id(std::move(id))
    {
    }

    bool isValid() const override { return m_view && !m_view->sentenceOf(m_id).isEmpty(); }
    QObject *object() const override { return nullptr; }
    QAccessibleInterface *childAt(int, int) const override { return nullptr; }
    QAccessibleInterface *child(int) const override { return nullptr; }
    int childCount() const override { return 0; }
    int indexOfChild(const QAccessibleInterface *) const override { return -1; }
    QAccessible::Role role() const override { return QAccessible::ListItem; }
    QAccessibleInterface *parent() const override
    {
        return m_view ? QAccessible::queryAccessibleInterface(m_view) : nullptr;
    }
    void setText(QAccessible::Text, const QString &) override { }

    QString text(QAccessible::Text kind) const override
    {
        return m_view && kind == QAccessible::Name ? m_view->sentenceOf(m_id) : QString();
    }

    QRect rect() const override
    {
        if (!m_view)
            return {};
        for (const ThreadView::VisibleRow &row : m_view->visibleRows()) {
            if (row.id == m_id)
                return row.rect.translated(m_view->viewport()->mapToGlobal(QPoint()));
        }
        return {};
    }

    QAccessible::State state() const override
    {
        QAccessible::State state;
        state.readOnly = true;
        state.focusable = true;
        state.focused = m_view && m_view->hasFocus() && m_view->currentMessage() == m_id;
        state.offscreen = rect().isEmpty();
        return state;
    }

private:
    QPointer<ThreadView> m_view;
    MessageId m_id;
};

class ThreadAccessible final : public QAccessibleWidget {
public:
    explicit ThreadAccessible(ThreadView *view)
        : QAccessibleWidget(view, QAccessible::List)
    {
    }
    ~ThreadAccessible() override
    {
        for (const QAccessible::Id id : std::as_const(m_children))
            QAccessible::deleteAccessibleInterface(id);
    }

    int childCount() const override { return static_cast<int>(rows().size()) + (button() ? 1 : 0); }

    QAccessibleInterface *child(int index) const override
    {
        const QList<ThreadView::VisibleRow> visible = rows();
        if (index >= 0 && index < visible.size())
            return interfaceOf(visible.at(index).id);
        return index == visible.size() && button() ? QAccessible::queryAccessibleInterface(button())
                                                   : nullptr;
    }

    int indexOfChild(const QAccessibleInterface *searched) const override
    {
        for (int i = 0; i < childCount(); ++i) {
            if (child(i) == searched)
                return i;
        }
        return -1;
    }

    QAccessibleInterface *childAt(int x, int y) const override
    {
        for (int i = childCount() - 1; i >= 0; --i) {
            if (QAccessibleInterface *found = child(i); found && found->rect().contains(x, y))
                return found;
        }
        return nullptr;
    }

    QAccessibleInterface *focusChild() const override
    {
        for (const ThreadView::VisibleRow &row : rows()) {
            if (view()->hasFocus() && row.id == view()->currentMessage())
                return interfaceOf(row.id);
        }
        return view()->hasFocus() ? const_cast<ThreadAccessible *>(this) : nullptr;
    }

private:
    ThreadView *view() const { return static_cast<ThreadView *>(object()); }
    QList<ThreadView::VisibleRow> rows() const { return view()->visibleRows(); }

    JumpButton *button() const
    {
        auto *found = view()->findChild<JumpButton *>();
        return found && found->isVisible() ? found : nullptr;
    }

    // The same interface for the same message, as long as the message is there.
    QAccessibleInterface *interfaceOf(const MessageId &id) const
    {
        if (const auto known = m_children.constFind(id); known != m_children.cend())
            return QAccessible::accessibleInterface(*known);
        forgetUnseen();
        auto *made = new RowAccessible(view(), id);
        m_children.insert(id, QAccessible::registerAccessibleInterface(made));
        return made;
    }

    void forgetUnseen() const
    {
        constexpr int Kept = 500;
        if (m_children.size() < Kept)
            return;
        for (const QAccessible::Id id : std::as_const(m_children))
            QAccessible::deleteAccessibleInterface(id);
        m_children.clear();
    }

    mutable QHash<MessageId, QAccessible::Id> m_children;
};

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
