// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/queuebar.h"

#include "ui/theme/themedlabel.h"
#include "ui/theme/themeprovider.h"

#include <QDateTimeEdit>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPushButton>

#include <utility>

namespace Pagedesk::Ui {

using namespace Qt::Literals::StringLiterals;

QueueBar::QueueBar(const ThemeProvider &theme, QWidget *parent)
    : Panel(theme, &Theme::note, Qt::BottomEdge, parent)
    , m_sentence(new ThemedLabel(theme, &Fonts::secondaryStrong, &Theme::text, this))
    , m_field(new QLineEdit(this))
    , m_moment(new QDateTimeEdit(this))
    , m_remark(new ThemedLabel(theme, &Fonts::secondary, &Theme::warn, this))
    , m_yes(new QPushButton(tr("OK"), this))
    , m_no(new QPushButton(tr("Cancel"), this))
{
    setObjectName(u"queueBar"_s);
    m_sentence->setElided(true);
    m_field->setObjectName(u"queueField"_s);
    m_moment->setObjectName(u"queueMoment"_s);
    m_moment->setCalendarPopup(true);
    m_field->setAccessibleName(tr("Comment"));
    m_moment->setAccessibleName(tr("Moment"));
    if (auto *inner = m_moment->findChild<QLineEdit *>())
        inner->setAccessibleName(m_moment->accessibleName());
    m_remark->setObjectName(u"queueRemark"_s);
    m_remark->setElided(true);
    m_yes->setObjectName(u"queueYes"_s);
    m_no->setObjectName(u"queueNo"_s);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(Metrics::Gutter, 8, Metrics::Gutter, 8);
    layout->setSpacing(8);
    layout->addWidget(m_sentence);
    layout->addWidget(m_field, 1);
    layout->addWidget(m_moment);
    layout->addWidget(m_remark, 1);
    layout->addWidget(m_yes);
    layout->addWidget(m_no);
    connect(m_field, &QLineEdit::textChanged, this, &QueueBar::check);
    connect(m_moment, &QDateTimeEdit::dateTimeChanged, this, &QueueBar::check);
    connect(m_yes, &QAbstractButton::clicked, this, &QueueBar::answer);
    connect(m_no, &QAbstractButton::clicked, this, &QueueBar::close);
    setVisible(false);
}

void QueueBar::ask(const Question &question, std::function<void(const QString &)> answered)
{
    m_text = std::move(answered);
    m_time = {};
    m_mayBeEmpty = question.mayBeEmpty;
    m_field->clear();
    m_field->setMaxLength(static_cast<int>(question.most));
    m_field->setPlaceholderText(question.hint);
    m_field->setAccessibleName(question.hint);
    open(question.sentence, question.yes, false);
}

void QueueBar::askMoment(const QString &sentence, const QString &yes, const QDateTime &first,
    std::function<QString(const QDateTime &)> remark,
    std::function<void(const QDateTime &)> answered)
{
    m_text = {};
    m_remarkOn = std::move(remark);
    m_time = std::move(answered);
    m_moment->setAccessibleName(sentence);
    m_moment->setDateTime(first);
    open(sentence, yes, true);
}

void QueueBar::close()
{
    if (isHidden())
        return;
    dismiss();
    Q_EMIT closed();
}

void QueueBar::dismiss()
{
    m_text = {};
    m_time = {};
    setVisible(false);
}

void QueueBar::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        close();
    else if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        answer();
    else
        Panel::keyPressEvent(event);
}

void QueueBar::open(const QString &sentence, const QString &yes, bool moment)
{
    m_sentence->setText(sentence);
    m_yes->setText(yes);
    m_field->setVisible(!moment);
    m_moment->setVisible(moment);
    m_remark->setVisible(moment);
    setVisible(true);
    check();
    if (moment)
        m_moment->setFocus(Qt::OtherFocusReason);
    else
        m_field->setFocus(Qt::OtherFocusReason);
}

void QueueBar::answer()
{
    if (!m_yes->isEnabled())
        return;
    // The answer may ask the next question.
    const auto text = std::exchange(m_text, {});
    const auto time = std::exchange(m_time, {});
    setVisible(false);
    Q_EMIT closed();
    if (text)
        text(m_field->text().trimmed());
    else if (time)
        time(m_moment->dateTime());
}

void QueueBar::check()
{
    if (m_time)
        m_remark->setText(m_remarkOn ? m_remarkOn(m_moment->dateTime()) : QString());
    m_yes->setEnabled(m_time || m_mayBeEmpty || !m_field->text().trimmed().isEmpty());
}

} // namespace Pagedesk::Ui
