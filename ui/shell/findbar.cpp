// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/findbar.h"

#include "ui/theme/icons.h"
#include "ui/theme/themedlabel.h"
#include "ui/theme/themeprovider.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QToolButton>

namespace Pagedesk::Ui {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int LongestText = 200;
constexpr int Edge = 16;

} // namespace

FindBar::FindBar(const ThemeProvider &theme, QWidget *parent)
    : Panel(theme, &Theme::surface, Qt::BottomEdge, parent)
{
    setObjectName(u"findBar"_s);
    m_field = new QLineEdit(this);
    m_field->setObjectName(u"findField"_s);
    m_field->setAccessibleName(tr("Find in this conversation"));
    m_field->setPlaceholderText(tr("Find in this conversation"));
    m_field->setMaxLength(LongestText);
    m_field->installEventFilter(this);
    m_count = new ThemedLabel(theme, &Fonts::meta, &Theme::muted, this);
    m_count->setObjectName(u"findCount"_s);
    m_earlier = button(u"findEarlier"_s, tr("Earlier match (Enter)"));
    m_later = button(u"findLater"_s, tr("Later match (Shift+Enter)"));
    m_close = button(u"findClose"_s, tr("Close (Esc)"));
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(Edge, 8, Edge, 8);
    layout->setSpacing(8);
    layout->addWidget(m_field, 1);
    layout->addWidget(m_count);
    layout->addWidget(m_earlier);
    layout->addWidget(m_later);
    layout->addWidget(m_close);
    connect(m_field, &QLineEdit::textChanged, this, &FindBar::textChanged);
    connect(m_earlier, &QAbstractButton::clicked, this, &FindBar::earlierWanted);
    connect(m_later, &QAbstractButton::clicked, this, &FindBar::laterWanted);
    connect(m_close, &QAbstractButton::clicked, this, &FindBar::left);
    connect(&theme, &ThemeProvider::changed, this, &FindBar::applyTheme);
    applyTheme();
    hide();
}

void FindBar::open()
{
    show();
    m_field->setFocus(Qt::ShortcutFocusReason);
    m_field->selectAll();
}

void FindBar::setCount(const QString &words)
{
    m_count->setText(words);
    m_field->setAccessibleDescription(words);
}

QString FindBar::text() const
{
    return m_field->text();
}

bool FindBar::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::KeyPress)
        return handleKey(*static_cast<QKeyEvent *>(event));
    return Panel::eventFilter(watched, event);
}

bool FindBar::handleKey(const QKeyEvent &event)
{
    switch (event.key()) {
    case Qt::Key_Escape:
        Q_EMIT left();
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (event.modifiers().testFlag(Qt::ShiftModifier))
            Q_EMIT laterWanted();
        else
            Q_EMIT earlierWanted();
        return true;
    case Qt::Key_Up:
        Q_EMIT earlierWanted();
        return true;
    case Qt::Key_Down:
        Q_EMIT laterWanted();
        return true;
    default:
        return false;
    }
}

QToolButton *FindBar::button(const QString &name, const QString &words)
{
    auto *button = new QToolButton(this);
    button->setObjectName(name);
    button->setAutoRaise(true);
    button->setAccessibleName(words.section(u" ("_s, 0, 0));
    button->setToolTip(words);
    return button;
}

void FindBar::applyTheme()
{
    const Theme &theme = m_theme.theme();
    m_field->setFont(theme.fonts.secondary);
    m_earlier->setIcon(themedIcon(Icon::ChevronUp, theme));
    m_later->setIcon(themedIcon(Icon::ChevronDown, theme));
    m_close->setIcon(themedIcon(Icon::Close, theme));
}

} // namespace Pagedesk::Ui
