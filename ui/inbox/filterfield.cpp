// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/inbox/filterfield.h"

#include "ui/theme/icons.h"
#include "ui/theme/keyhint.h"
#include "ui/theme/themeprovider.h"

#include <QAction>
#include <QKeyEvent>
#include <QPainter>
#include <QStyle>

namespace Pagedesk::Ui {

FilterField::FilterField(const ThemeProvider &theme, QWidget *parent)
    : QLineEdit(parent)
    , m_theme(theme)
    , m_search(new QAction(this))
    , m_clear(new QAction(this))
{
    setPlaceholderText(tr("Filter conversations"));
    setAccessibleName(tr("Filter conversations"));
    setMaxLength(200);
    addAction(m_search, QLineEdit::LeadingPosition);
    addAction(m_clear, QLineEdit::TrailingPosition);
    m_clear->setToolTip(tr("Show all (Esc)"));
    m_clear->setVisible(false);
    connect(m_clear, &QAction::triggered, this, &QLineEdit::clear);
    connect(m_search, &QAction::triggered, this, [this] { setFocus(); });
    connect(this, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_clear->setVisible(!text.isEmpty());
        makeRoom();
    });
    connect(&theme, &ThemeProvider::changed, this, &FilterField::applyTheme);
    applyTheme();
}

void FilterField::setKeys(const QString &keys)
{
    m_key = keys.section(u' ', 0, 0);
    setToolTip(keys.isEmpty() ? tr("Filter by name or last message")
                              : tr("Filter by name or last message (%1)").arg(keys));
    makeRoom();
    update();
}

void FilterField::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Escape:
        if (text().isEmpty())
            Q_EMIT leftDownwards();
        clear();
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (!text().trimmed().isEmpty()) {
            Q_EMIT searchRequested(text());
            return;
        }
        [[fallthrough]];
    case Qt::Key_Down:
        Q_EMIT leftDownwards();
        return;
    default:
        QLineEdit::keyPressEvent(event);
    }
}

void FilterField::paintEvent(QPaintEvent *event)
{
    QLineEdit::paintEvent(event);
    if (!text().isEmpty() || hasFocus() || m_key.isEmpty())
        return;
    const Theme &theme = m_theme.theme();
    const QSize size = keyHintSize(theme, m_key);
    const QRect place(
        width() - size.width() - 10, (height() - size.height()) / 2, size.width(), size.height());
    QPainter painter(this);
    paintKeyHint(painter, QStyle::visualRect(layoutDirection(), rect(), place), theme, m_key,
        theme.faint, theme.line, theme.surface);
}

void FilterField::changeEvent(QEvent *event)
{
    QLineEdit::changeEvent(event);
    if (event->type() == QEvent::LayoutDirectionChange)
        makeRoom();
}

void FilterField::makeRoom()
{
    // The words end where the key begins.
    const bool isShown = text().isEmpty() && !m_key.isEmpty();
    const int key = isShown ? keyHintSize(m_theme.theme(), m_key).width() + 4 : 0;
    const bool mirrored = layoutDirection() == Qt::RightToLeft;
    setTextMargins(mirrored ? key : 0, 0, mirrored ? 0 : key, 0);
}

void FilterField::applyTheme()
{
    setFont(m_theme.theme().fonts.secondary);
    makeRoom();
    m_search->setIcon(themedIcon(Icon::Search, m_theme.theme()));
    m_clear->setIcon(themedIcon(Icon::Close, m_theme.theme()));
}

} // namespace Pagedesk::Ui
