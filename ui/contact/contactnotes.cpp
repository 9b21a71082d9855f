// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/contact/contactnotes.h"

#include "ui/inbox/timewords.h"
#include "ui/theme/icons.h"
#include "ui/theme/panel.h"
#include "ui/theme/themedlabel.h"
#include "ui/theme/themeprovider.h"
#include "ui/thread/displaytext.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

namespace Pagedesk::Ui {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int EditorHeight = 64;

} // namespace

ContactNotes::ContactNotes(const ThemeProvider &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    m_entries = new QVBoxLayout;
    m_entries->setSpacing(6);
    layout->addLayout(m_entries);
    m_text = new QPlainTextEdit(this);
    m_text->setObjectName(u"newNote"_s);
    m_text->setPlaceholderText(tr("Only your team sees notes"));
    m_text->setAccessibleName(tr("New note about this person"));
    m_text->setFixedHeight(EditorHeight);
    m_text->setTabChangesFocus(true);
    m_text->installEventFilter(this);
    m_add = new QPushButton(tr("Add note"), this);
    m_add->setObjectName(u"addNote"_s);
    m_add->setToolTip(tr("Ctrl+Enter"));
    layout->addWidget(m_text);
    layout->addWidget(m_add, 0, Qt::AlignLeft);
    connect(m_text, &QPlainTextEdit::textChanged, this, &ContactNotes::fit);
    connect(m_add, &QPushButton::clicked, this, &ContactNotes::add);
    fit();
}

bool ContactNotes::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_text && event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        const bool isEnter = key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter;
        if (isEnter && key->modifiers().testFlag(Qt::ControlModifier)) {
            add();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

void ContactNotes::setNotes(const ConversationId &id, const QList<ContactNote> &notes,
    const QList<ContactNote> &foreign, qint64 now)
{
    if (m_conversation != id) {
        m_unfinished.insert(m_conversation, m_text->toPlainText());
        m_text->setPlainText(m_unfinished.take(id));
        m_text->moveCursor(QTextCursor::End);
    } else if (m_notes == notes && m_foreign == foreign) {
        return;
    }
    m_conversation = id;
    m_notes = notes;
    m_foreign = foreign;
    while (QLayoutItem *item = m_entries->takeAt(0)) {
        item->widget()->hide();
        item->widget()->deleteLater();
        delete item;
    }
    for (const ContactNote &note : notes)
        m_entries->addWidget(entry(note, true, now));
    for (const ContactNote &note : foreign)
        m_entries->addWidget(entry(note, false, now));
}

QWidget *ContactNotes::entry(const ContactNote &note, bool isOwn, qint64 now)
{
    auto *box = new Panel(m_theme, &Theme::note, Qt::LeftEdge, this);
    auto *layout = new QVBoxLayout(box);
    layout->setContentsMargins(8, 6, 8, 6);
    layout->setSpacing(2);
    auto *head = new QHBoxLayout;
    head->setSpacing(2);
    auto *who = new ThemedLabel(m_theme, &Fonts::meta, &Theme::muted, box);
    const QString author = note.authorName.isEmpty() ? tr("Someone") : displayLine(note.authorName);
    who->setText(tr("%1, %2").arg(author, momentText(note.at, now)));
    who->setElided(true);
    head->addWidget(who, 1);
    if (isOwn) {
        auto *remove = new QToolButton(box);
        remove->setIcon(themedIcon(Icon::Close, m_theme.theme()));
        remove->setAutoRaise(true);
        remove->setToolTip(tr("Remove this note"));
        remove->setAccessibleName(tr("Remove the note of %1").arg(author));
        head->addWidget(remove);
        connect(remove, &QToolButton::clicked, this, [this, id = note.id] { Q_EMIT removed(id); });
    }
    auto *text = new ThemedLabel(m_theme, &Fonts::secondary, &Theme::text, box);
    text->setText(displayText(note.text));
    text->setWordWrap(true);
    text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    layout->addLayout(head);
    layout->addWidget(text);
    return box;
}

void ContactNotes::add()
{
    if (!m_add->isEnabled())
        return;
    const QString text = m_text->toPlainText();
    m_text->clear();
    Q_EMIT added(text);
}

void ContactNotes::fit()
{
    const qsizetype length = m_text->toPlainText().trimmed().size();
    m_add->setEnabled(length > 0 && length <= MaxContactNote);
    m_add->setText(length > MaxContactNote
            ? tr("Too long: %1 of %2 characters").arg(length).arg(MaxContactNote)
            : tr("Add note"));
}

} // namespace Pagedesk::Ui
