// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/admin/confirmline.h"

#include "ui/theme/themedlabel.h"

#include <QHBoxLayout>
#include <QPushButton>

namespace Pagedesk::Ui {

using namespace Qt::Literals::StringLiterals;

ConfirmLine::ConfirmLine(const ThemeProvider &theme, const QString &name, const QString &text,
    const QString &sentence, QWidget *parent)
    : QWidget(parent)
    , m_first(new QPushButton(text, this))
    , m_sentence(new ThemedLabel(theme, &Fonts::secondary, &Theme::bad, this))
    , m_yes(new QPushButton(text, this))
    , m_no(new QPushButton(tr("Keep"), this))
{
    m_first->setObjectName(name);
    m_yes->setObjectName(name + u"-yes"_s);
    m_no->setObjectName(name + u"-no"_s);
    for (QPushButton *button : {m_first, m_yes, m_no})
        button->setAutoDefault(false);
    m_sentence->setText(sentence);
    m_sentence->setWordWrap(true);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(m_first);
    layout->addWidget(m_sentence, 1);
    layout->addWidget(m_yes);
    layout->addWidget(m_no);
    layout->addStretch(0);
    connect(m_first, &QAbstractButton::clicked, this, [this] { ask(true); });
    connect(m_no, &QAbstractButton::clicked, this, [this] { ask(false); });
    connect(m_yes, &QAbstractButton::clicked, this, [this] {
        ask(false);
        Q_EMIT confirmed();
    });
    ask(false);
}

void ConfirmLine::setSentence(const QString &sentence)
{
    m_sentence->setText(sentence);
}

void ConfirmLine::close()
{
    ask(false);
}

void ConfirmLine::ask(bool asking)
{
    m_first->setVisible(!asking);
    m_sentence->setVisible(asking);
    m_yes->setVisible(asking);
    m_no->setVisible(asking);
    if (asking)
        m_no->setFocus(); // the harmless one
}

} // namespace Pagedesk::Ui
