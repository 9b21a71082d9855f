// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/inbox/emptynote.h"

#include "ui/theme/themedlabel.h"

#include <QPushButton>
#include <QVBoxLayout>

namespace Pagedesk::Ui {

using namespace Qt::Literals::StringLiterals;

EmptyNote::EmptyNote(const ThemeProvider &theme, QWidget *parent)
    : QWidget(parent)
    , m_title(new ThemedLabel(theme, &Fonts::bodyStrong, &Theme::text, this))
    , m_sentence(new ThemedLabel(theme, &Fonts::secondary, &Theme::muted, this))
    , m_action(new QPushButton(tr("Go on"), this))
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
    layout->addSpacing(12);
    m_action->setObjectName(u"emptyAction"_s);
    m_action->setProperty("kind", u"primary"_s);
    m_action->hide();
    layout->addWidget(m_action, 0, Qt::AlignHCenter);
    layout->addStretch(3);
    connect(m_action, &QAbstractButton::clicked, this, &EmptyNote::pressed);
}

void EmptyNote::setWords(const QString &title, const QString &sentence, const QString &action)
{
    m_title->setText(title);
    m_sentence->setText(sentence);
    m_sentence->setVisible(!sentence.isEmpty());
    m_action->setVisible(!action.isEmpty());
    if (!action.isEmpty())
        m_action->setText(action);
}

QString EmptyNote::title() const
{
    return m_title->text();
}

} // namespace Pagedesk::Ui
