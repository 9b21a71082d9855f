// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/inbox/emptynote.h"

#include "ui/theme/themedlabel.h"

#include <QVBoxLayout>

namespace Pagedesk::Ui {

EmptyNote::EmptyNote(const ThemeProvider &theme, QWidget *parent)
    : QWidget(parent)
    , m_title(new ThemedLabel(theme, &Fonts::bodyStrong, &Theme::text, this))
    , m_sentence(new ThemedLabel(theme, &Fonts::secondary, &Theme::muted, this))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(24, 24, 24, 24);
    layout->setSpacing(4);
    for (ThemedLabel *label : {m_title, m_sentence}) {
        label->setAlignment(Qt::AlignCenter);
        label->setWordWrap(true);
    }
    layout->addStretch(2);
    layout->addWidget(m_title);
    layout->addWidget(m_sentence);
    layout->addStretch(3);
}

void EmptyNote::setWords(const QString &title, const QString &sentence)
{
    m_title->setText(title);
    m_sentence->setText(sentence);
    m_sentence->setVisible(!sentence.isEmpty());
}

QString EmptyNote::title() const
{
    return m_title->text();
}

} // namespace Pagedesk::Ui
