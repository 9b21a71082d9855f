// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/admin/defaultsform.h"

#include "ui/theme/themedlabel.h"
#include "ui/theme/themeprovider.h"
#include "ui/thread/displaytext.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QLineEdit>
#include <QLocale>
#include <QPlainTextEdit>
#include <QTimeZone>
#include <QVBoxLayout>

#include <algorithm>

namespace Pagedesk::Ui {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int BoxIndent = 24;
constexpr int LongestName = 60;
constexpr int TextLines = 4;
constexpr HoursSpan UsualDay{9 * 60, 17 * 60};

// What somebody begins with who wants hours.
BusinessHours usualHours()
{
    BusinessHours hours;
    hours.zone = QString::fromLatin1(QTimeZone::systemTimeZoneId());
    for (std::size_t day = 0; day < 5; ++day)
        hours.week.at(day) = {UsualDay};
    return hours;
}

} // namespace

DefaultsForm::DefaultsForm(const ThemeProvider &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_rows(new QVBoxLayout(this))
{
    m_rows->setContentsMargins(0, 0, 0, 0);
    m_rows->setSpacing(4);
    buildTeam();
    buildHours();
    buildAway();
    setValues({}, true);
}

void DefaultsForm::buildTeam()
{
    m_team = new QComboBox(this);
    m_team->setObjectName(u"defaultTeam"_s);
    addCaption(tr("Team for new conversations"), m_team);
    m_rows->addWidget(m_team, 0, Qt::AlignLeft);
    m_teamProblem = new ThemedLabel(m_theme, &Fonts::meta, &Theme::bad, this);
    m_teamProblem->setObjectName(u"defaultTeamProblem"_s);
    m_teamProblem->setWordWrap(true);
    m_rows->addWidget(m_teamProblem);
    addSentence(tr("A customer's new conversation goes into the queue of this team, and one they "
                   "open again that nobody has."));
    connect(m_team, &QComboBox::currentIndexChanged, this, &DefaultsForm::tell);
}

void DefaultsForm::buildHours()
{
    m_hasHours = new QCheckBox(tr("Business hours"), this);
    m_hasHours->setObjectName(u"hasHours"_s);
    m_rows->addWidget(m_hasHours);
    m_hours = new QWidget(this);
    auto *lines = new QFormLayout(m_hours);
    lines->setContentsMargins(BoxIndent, 0, 0, 0);
    m_zone = new QComboBox(m_hours);
    m_zone->setObjectName(u"hoursZone"_s);
    m_zone->setEditable(true);
    m_zone->setInsertPolicy(QComboBox::NoInsert);
    const QList<QByteArray> zones = QTimeZone::availableTimeZoneIds();
    for (const QByteArray &zone : zones)
        m_zone->addItem(QString::fromLatin1(zone));
    m_zone->setAccessibleName(tr("Time zone"));
    lines->addRow(tr("Time zone"), m_zone);
    for (int day = 0; day < 7; ++day) {
        const QString name = QLocale().dayName(day + 1, QLocale::LongFormat);
        auto *field = new QLineEdit(m_hours);
        field->setObjectName(u"hours-%1"_s.arg(day + 1));
        field->setAccessibleName(name);
        field->setPlaceholderText(tr("closed"));
        field->setMaxLength(80);
        lines->addRow(name, field);
        m_days.append(field);
        connect(field, &QLineEdit::textChanged, this, &DefaultsForm::tell);
    }
    m_daysOff = new QLineEdit(m_hours);
    m_daysOff->setObjectName(u"daysOff"_s);
    m_daysOff->setAccessibleName(tr("Days off"));
    m_daysOff->setPlaceholderText(u"2026-12-24 to 2026-12-26, 2027-01-01"_s);
    lines->addRow(tr("Days off"), m_daysOff);
    m_rows->addWidget(m_hours);
    m_hoursProblem = new ThemedLabel(m_theme, &Fonts::meta, &Theme::bad, this);
    m_hoursProblem->setObjectName(u"hoursProblem"_s);
    m_hoursProblem->setWordWrap(true);
    m_hoursProblem->setIndent(BoxIndent);
    m_rows->addWidget(m_hoursProblem);
    addSentence(tr("When somebody answers. A day is written like 09:00-12:30, 13:30-18:00; an "
                   "empty one is closed. Whoever opens a conversation outside the hours sees when "
                   "the Page opens."))
        ->setIndent(BoxIndent);
    connect(m_hasHours, &QCheckBox::toggled, this, [this](bool on) {
        if (on && !m_filling && !m_shown.hours.isKept() && m_zone->currentText().isEmpty()) {
            m_filling = true;
            setHours(usualHours(), true);
            m_filling = false;
        }
        tell();
    });
    connect(m_zone, &QComboBox::currentTextChanged, this, &DefaultsForm::tell);
    connect(m_daysOff, &QLineEdit::textChanged, this, &DefaultsForm::tell);
}

void DefaultsForm::buildAway()
{
    m_away = new QCheckBox(tr("Answer by itself outside the hours"), this);
    m_away->setObjectName(u"awayReply"_s);
    m_rows->addWidget(m_away);
    m_awayText = new QPlainTextEdit(this);
    m_awayText->setObjectName(u"awayText"_s);
    m_awayText->setAccessibleName(tr("Away text"));
    m_awayText->setPlaceholderText(tr("We are closed now and answer from nine on."));
    m_awayText->setTabChangesFocus(true);
    m_awayText->setFixedHeight(m_awayText->fontMetrics().lineSpacing() * TextLines + 12);
    m_rows->addWidget(m_awayText);
    m_awayProblem = new ThemedLabel(m_theme, &Fonts::meta, &Theme::bad, this);
    m_awayProblem->setObjectName(u"awayProblem"_s);
    m_awayProblem->setWordWrap(true);
    m_rows->addWidget(m_awayProblem);
    addSentence(tr("Whoever writes while the Page is closed gets this text, once until it opens "
                   "again, unless somebody has answered since. It stands in the conversation as "
                   "an automatic answer; the conversation goes on waiting for one of you."))
        ->setIndent(BoxIndent);
    connect(m_away, &QCheckBox::toggled, this, &DefaultsForm::tell);
    connect(m_awayText, &QPlainTextEdit::textChanged, this, &DefaultsForm::tell);
}

void DefaultsForm::setTeams(const QList<Team> &teams)
{
    if (std::exchange(m_teams, teams) == teams)
        return;
    m_filling = true;
    fillTeams();
    m_filling = false;
    tell();
}

// A team that is gone is shown as long as it stands in the settings.
void DefaultsForm::fillTeams()
{
    m_team->clear();
    m_team->addItem(tr("nobody"), QString());
    const QString chosen = m_shown.defaultTeam.value;
    for (const Team &team : std::as_const(m_teams))
        m_team->addItem(displayLine(team.name, LongestName), team.id.value);
    if (m_team->findData(chosen) < 0)
        m_team->addItem(tr("a team that is gone"), chosen);
    m_team->setCurrentIndex(m_team->findData(chosen));
}

void DefaultsForm::setValues(const PageSettings &settings, bool isOther)
{
    m_filling = true;
    const PageSettings before = std::exchange(m_shown, settings);
    if (isOther || before.defaultTeam != settings.defaultTeam || m_team->count() == 0)
        fillTeams();
    if (isOther || before.hours != settings.hours)
        setHours(settings.hours, isOther);
    m_away->setChecked(settings.awayReply);
    if (m_awayText->toPlainText().trimmed() != settings.awayText)
        m_awayText->setPlainText(settings.awayText);
    m_filling = false;
    tell();
}

void DefaultsForm::setHours(const BusinessHours &hours, bool isOther)
{
    m_hasHours->setChecked(hours.isKept());
    if (!hours.isKept() && !isOther)
        return; // the fields keep what they had, for whoever turns them on again
    m_zone->setCurrentText(hours.zone);
    for (qsizetype day = 0; day < m_days.size(); ++day) {
        const QList<HoursSpan> &spans = hours.week.at(std::size_t(day));
        // What cannot be read yet is being typed.
        const auto typed = daySpansFromText(m_days.at(day)->text());
        if (isOther || (typed && *typed != spans))
            m_days.at(day)->setText(daySpansText(spans));
    }
    const auto typed = daysOffFromText(m_daysOff->text());
    if (isOther || (typed && *typed != hours.daysOff))
        m_daysOff->setText(daysOffText(hours.daysOff));
}

BusinessHours DefaultsForm::hours() const
{
    BusinessHours hours;
    if (!m_hasHours->isChecked())
        return hours;
    hours.zone = m_zone->currentText().trimmed();
    for (qsizetype day = 0; day < m_days.size(); ++day) {
        hours.week.at(std::size_t(day)) = daySpansFromText(m_days.at(day)->text())
                                              .value_or(m_shown.hours.week.at(std::size_t(day)));
    }
    hours.daysOff = daysOffFromText(m_daysOff->text()).value_or(m_shown.hours.daysOff);
    return hours;
}

void DefaultsForm::read(PageSettings &settings) const
{
    settings.defaultTeam = {m_team->currentData().toString()};
    settings.hours = hours();
    settings.awayReply = m_away->isChecked();
    settings.awayText = m_awayText->toPlainText().trimmed();
}

QString DefaultsForm::problem() const
{
    if (!m_hasHours->isChecked())
        return {};
    for (const QLineEdit *day : m_days) {
        if (!daySpansFromText(day->text())) {
            return tr("The hours of %1 cannot be read. They are written like 09:00-12:30, "
                      "13:30-18:00.")
                .arg(day->accessibleName());
        }
    }
    if (!daysOffFromText(m_daysOff->text())) {
        return tr("The days off cannot be read. They are written like 2026-12-24 to 2026-12-26, "
                  "2027-01-01; at most %1 days.")
            .arg(BusinessHours::MostDaysOff);
    }
    if (m_zone->currentText().trimmed().isEmpty())
        return tr("Business hours need a time zone.");
    return hoursProblem(hours());
}

void DefaultsForm::addCaption(const QString &words, QWidget *field)
{
    auto *caption = new ThemedLabel(m_theme, &Fonts::secondaryStrong, &Theme::text, this);
    caption->setText(words);
    field->setAccessibleName(words);
    m_rows->addWidget(caption);
}

ThemedLabel *DefaultsForm::addSentence(const QString &words)
{
    auto *sentence = new ThemedLabel(m_theme, &Fonts::meta, &Theme::muted, this);
    sentence->setText(words);
    sentence->setWordWrap(true);
    m_rows->addWidget(sentence);
    m_rows->addSpacing(Metrics::Gutter);
    return sentence;
}

void DefaultsForm::tell()
{
    const QString team = m_team->currentData().toString();
    const bool isGone = !team.isEmpty()
        && std::none_of(m_teams.begin(), m_teams.end(),
            [&team](const Team &each) { return each.id.value == team; });
    m_teamProblem->setText(isGone ? tr("This team was removed: new conversations go to nobody. "
                                       "Choose another one.")
                                  : QString());
    m_teamProblem->setVisible(isGone);
    m_hours->setVisible(m_hasHours->isChecked());
    m_hoursProblem->setText(problem());
    m_hoursProblem->setVisible(!m_hoursProblem->text().isEmpty());
    PageSettings now;
    read(now);
    m_awayProblem->setText(awayProblem(now));
    m_awayProblem->setVisible(!m_awayProblem->text().isEmpty());
    m_awayText->setVisible(m_away->isChecked() || !now.awayText.isEmpty());
    if (!m_filling) {
        if (problem().isEmpty())
            read(m_shown);
        Q_EMIT changed();
    }
}

} // namespace Pagedesk::Ui
