// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/datechooser.h"

#include "ui/shell/datewords.h"
#include "ui/theme/themedlabel.h"
#include "ui/theme/themeprovider.h"

#include <QCalendarWidget>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace Pagedesk::Ui {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int Margin = 20;
constexpr int Gap = 12;
constexpr int LongestText = 60;

} // namespace

DateChooser::DateChooser(const ThemeProvider &theme, const QDate &today, QWidget *parent)
    : QDialog(parent)
    , m_today(today)
{
    setObjectName(u"dateChooser"_s);
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Jump to a date"));
    build(theme);
    nameParts();
    connect(m_field, &QLineEdit::textChanged, this, &DateChooser::read);
    connect(m_field, &QLineEdit::returnPressed, m_go, &QAbstractButton::click);
    connect(m_calendar, &QCalendarWidget::clicked, this, &DateChooser::choose);
    connect(m_calendar, &QCalendarWidget::activated, this, &DateChooser::choose);
    connect(m_go, &QAbstractButton::clicked, this, [this] { choose(m_calendar->selectedDate()); });
    m_field->setFocus();
}

void DateChooser::build(const ThemeProvider &theme)
{
    m_field = new QLineEdit(this);
    m_field->setObjectName(u"dateField"_s);
    m_field->setAccessibleName(tr("Date"));
    m_field->setPlaceholderText(tr("%1, yesterday, Monday …", "an example of a date")
                                    .arg(locale().toString(m_today, QLocale::ShortFormat)));
    m_field->setMaxLength(LongestText);
    m_note = new ThemedLabel(theme, &Fonts::meta, &Theme::muted, this);
    m_note->setObjectName(u"dateNote"_s);
    m_note->setText(locale().toString(m_today, QLocale::LongFormat));
    m_calendar = new QCalendarWidget(this);
    m_calendar->setObjectName(u"calendar"_s);
    m_calendar->setAccessibleName(tr("Calendar"));
    m_calendar->setVerticalHeaderFormat(QCalendarWidget::NoVerticalHeader);
    m_calendar->setMaximumDate(m_today);
    m_calendar->setSelectedDate(m_today);
    m_go = new QPushButton(tr("Go there"), this);
    m_go->setObjectName(u"dateGo"_s);
    m_go->setProperty("kind", u"primary"_s);
    m_go->setAutoDefault(false);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(Margin, Margin, Margin, Margin);
    layout->setSpacing(Gap);
    layout->addWidget(m_field);
    layout->addWidget(m_note);
    layout->addWidget(m_calendar);
    layout->addWidget(m_go);
}

// Qt's calendar leaves its parts without names.
void DateChooser::nameParts() const
{
    const auto name = [this](const QString &part, const QString &words) {
        if (auto *widget = m_calendar->findChild<QWidget *>(part))
            widget->setAccessibleName(words);
    };
    name(u"qt_calendar_prevmonth"_s, tr("Previous month"));
    name(u"qt_calendar_nextmonth"_s, tr("Next month"));
    name(u"qt_calendar_monthbutton"_s, tr("Month"));
    name(u"qt_calendar_yearbutton"_s, tr("Year"));
    name(u"qt_calendar_yearedit"_s, tr("Year"));
    name(u"qt_calendar_calendarview"_s, tr("Days"));
}

void DateChooser::read(const QString &text)
{
    const auto day = dateFromWords(text, m_today, locale());
    const bool isThere = day && *day <= m_today;
    m_go->setEnabled(text.isEmpty() || isThere);
    if (isThere)
        m_calendar->setSelectedDate(*day);
    if (isThere || text.isEmpty())
        m_note->setText(locale().toString(m_calendar->selectedDate(), QLocale::LongFormat));
    else
        m_note->setText(day ? tr("That is still to come.") : tr("Not a date yet."));
}

void DateChooser::choose(const QDate &day)
{
    Q_EMIT chosen(day);
    accept();
}

} // namespace Pagedesk::Ui
