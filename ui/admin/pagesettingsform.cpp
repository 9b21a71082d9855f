// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/admin/pagesettingsform.h"

#include "ui/admin/colourchooser.h"
#include "ui/admin/defaultsform.h"
#include "ui/admin/settingwords.h"
#include "ui/theme/themedlabel.h"
#include "ui/thread/displaytext.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDateTime>
#include <QLineEdit>
#include <QLocale>
#include <QSpinBox>
#include <QVBoxLayout>

namespace Pagedesk::Ui {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int BoxIndent = 24;
constexpr int PauseStep = 100;

} // namespace

PageSettingsForm::PageSettingsForm(const ThemeProvider &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_rows(new QVBoxLayout(this))
{
    m_rows->setContentsMargins(0, 0, 0, 0);
    m_rows->setSpacing(4);
    m_nickname = new QLineEdit(this);
    m_nickname->setObjectName(u"nickname"_s);
    addCaption(tr("Nickname"), m_nickname);
    m_rows->addWidget(m_nickname);
    m_nicknameProblem = new ThemedLabel(theme, &Fonts::meta, &Theme::bad, this);
    m_nicknameProblem->setObjectName(u"nicknameProblem"_s);
    m_nicknameProblem->setWordWrap(true);
    m_rows->addWidget(m_nicknameProblem);
    addSentence(tr("How the Page is called in Pagedesk. Customers never see it."), m_nickname, 0);
    m_colour = new ColourChooser(theme, this);
    addCaption(tr("Colour"), m_colour);
    m_rows->addWidget(m_colour);
    addSentence(tr("Marks the Page and its conversations."), m_colour, 0);
    addSwitch("receive", tr("Receive messages"),
        tr("Off: Facebook delivers nothing of this Page to Pagedesk, and nobody is warned about "
           "it. On again: what was written meanwhile is fetched."),
        &PageSettings::receive);
    addSwitch("requestProfiles", tr("Ask for profiles"),
        tr("The name and picture of whoever writes for the first time."),
        &PageSettings::requestProfiles);
    addSwitch("updateProfiles", tr("Keep profiles up to date"),
        tr("A profile that is older than 30 days is fetched again when its person writes."),
        &PageSettings::updateProfiles);
    addSwitch("mergePeople", tr("Recognise people across Pages"),
        tr("Whoever writes to several of your Pages can be one person in Pagedesk."),
        &PageSettings::mergePeople);
    addSwitch("matchPeople", tr("Ask Facebook who is the same person"),
        tr("When somebody writes to this Page for the first time, Facebook is asked whether they "
           "write to another Page where this is on too. What it answers is a suggestion in the "
           "contact panel: nobody is merged unless one of you says so. All Pages and the app must "
           "belong to the same business; Facebook may refuse, in Europe above all."),
        &PageSettings::matchPeople);
    m_matchProblem = new ThemedLabel(theme, &Fonts::meta, &Theme::bad, this);
    m_matchProblem->setObjectName(u"matchProblem"_s);
    m_matchProblem->setWordWrap(true);
    m_matchProblem->setIndent(BoxIndent);
    m_matchProblem->hide();
    m_rows->addWidget(m_matchProblem);
    addSwitch("typingIndicators", tr("Show that somebody writes"),
        tr("The customer sees the moving dots in the pause between the parts of a reply."),
        &PageSettings::typingIndicators);
    m_pause = new QSpinBox(this);
    m_pause->setObjectName(u"partPause"_s);
    m_pause->setRange(0, PageSettings::MostPartPauseMs);
    m_pause->setSingleStep(PauseStep);
    m_pause->setSuffix(tr(" ms"));
    m_pause->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    addCaption(tr("Pause between the parts of a reply"), m_pause);
    m_rows->addWidget(m_pause);
    addSentence(tr("A text and its files leave one after the other, this long apart. A thousand "
                   "milliseconds are a second; 0 is no pause."),
        m_pause, 0);
    addHumanAgent();
    m_defaults = new DefaultsForm(theme, this);
    m_rows->addWidget(m_defaults);
    connect(m_defaults, &DefaultsForm::changed, this, &PageSettingsForm::tell);
    connect(m_nickname, &QLineEdit::textChanged, this, &PageSettingsForm::tell);
    connect(m_colour, &ColourChooser::changed, this, &PageSettingsForm::tell);
    connect(m_pause, &QSpinBox::valueChanged, this, &PageSettingsForm::tell);
    tell();
}

void PageSettingsForm::setValues(
    const QString &pageName, const PageSettings &settings, const QString &colour, bool isOther)
{
    m_filling = true;
    m_nickname->setPlaceholderText(displayLine(pageName, 120));
    if (m_nickname->text().trimmed() != settings.nickname)
        m_nickname->setText(settings.nickname);
    m_colour->setColour(colour);
    for (const Switch &each : std::as_const(m_switches))
        each.box->setChecked(settings.*each.value);
    m_pause->setValue(settings.partPauseMs);
    m_defaults->setValues(settings, isOther);
    m_agent->setCurrentIndex(m_agent->findData(static_cast<int>(settings.humanAgent)));
    m_filling = false;
    tell();
}

void PageSettingsForm::setMatching(const PageCare &care)
{
    m_matchProblem->setVisible(care.matchRefusedAt > 0);
    if (care.matchRefusedAt == 0)
        return;
    const QDate day = QDateTime::fromMSecsSinceEpoch(care.matchRefusedAt).date();
    m_matchProblem->setText(
        tr("Not asked since %1: %2. To ask again, turn it off, apply, and turn it on.")
            .arg(QLocale().toString(day, QLocale::ShortFormat),
                displayLine(care.matchProblem, 120)));
}

void PageSettingsForm::addHumanAgent()
{
    m_agent = new QComboBox(this);
    m_agent->setObjectName(u"humanAgentUse"_s);
    m_agent->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    for (const HumanAgentUse use : {HumanAgentUse::NotKnown, HumanAgentUse::Yes, HumanAgentUse::No})
        m_agent->addItem(humanAgentUseWords(use), static_cast<int>(use));
    addCaption(tr("May answer as a human agent"), m_agent);
    m_rows->addWidget(m_agent);
    m_agentFinding = new ThemedLabel(m_theme, &Fonts::meta, &Theme::text, this);
    m_agentFinding->setObjectName(u"humanAgentFinding"_s);
    m_agentFinding->setWordWrap(true);
    m_agentFinding->hide();
    m_rows->addWidget(m_agentFinding);
    addSentence(
        tr("Yes: for 7 days after the customer's last message a person may answer, who says "
           "each time that they do so as a human agent. Facebook grants the feature “Human "
           "Agent” to your app in its review and does not tell Pagedesk, so say it here. "
           "The first such answer shows whether it is so; when Facebook refuses it, this "
           "turns to no."),
        m_agent, 0);
    connect(m_agent, &QComboBox::currentIndexChanged, this, &PageSettingsForm::tell);
}

void PageSettingsForm::setHumanAgent(const PageCare &care)
{
    const auto day = [](qint64 at) {
        return QLocale().toString(QDateTime::fromMSecsSinceEpoch(at).date(), QLocale::ShortFormat);
    };
    QString finding;
    if (care.agentRefusedAt > 0) {
        finding = tr("Facebook refused it on %1 (code %2).", "date, number")
                      .arg(day(care.agentRefusedAt), displayLine(care.agentProblem, 40));
    } else if (care.agentConfirmedAt > 0) {
        finding = tr("Facebook has taken such answers since %1.", "date")
                      .arg(day(care.agentConfirmedAt));
    }
    m_agentFinding->setText(finding);
    m_agentFinding->setVisible(!finding.isEmpty());
}

PageSettings PageSettingsForm::settings() const
{
    PageSettings settings;
    settings.nickname = m_nickname->text().trimmed();
    for (const Switch &each : m_switches)
        settings.*each.value = each.box->isChecked();
    settings.partPauseMs = m_pause->value();
    m_defaults->read(settings);
    settings.humanAgent = static_cast<HumanAgentUse>(m_agent->currentData().toInt());
    return settings;
}

QString PageSettingsForm::problem() const
{
    return m_defaults->problem();
}

void PageSettingsForm::setTeams(const QList<Team> &teams)
{
    m_filling = true;
    m_defaults->setTeams(teams);
    m_filling = false;
}

QString PageSettingsForm::colour() const
{
    return m_colour->colour();
}

void PageSettingsForm::addCaption(const QString &words, QWidget *field)
{
    auto *caption = new ThemedLabel(m_theme, &Fonts::secondaryStrong, &Theme::text, this);
    caption->setText(words);
    field->setAccessibleName(words);
    m_rows->addWidget(caption);
}

void PageSettingsForm::addSentence(const QString &words, QWidget *field, int indent)
{
    auto *sentence = new ThemedLabel(m_theme, &Fonts::meta, &Theme::muted, this);
    sentence->setText(words);
    sentence->setWordWrap(true);
    sentence->setIndent(indent);
    field->setAccessibleDescription(words);
    m_rows->addWidget(sentence);
    m_rows->addSpacing(Metrics::Gutter);
}

void PageSettingsForm::addSwitch(
    const char *name, const QString &words, const QString &sentence, bool PageSettings::*value)
{
    auto *box = new QCheckBox(words, this);
    box->setObjectName(QString::fromLatin1(name));
    m_rows->addWidget(box);
    addSentence(sentence, box, BoxIndent);
    m_switches.append({box, value});
    connect(box, &QCheckBox::toggled, this, &PageSettingsForm::tell);
}

void PageSettingsForm::tell()
{
    const QString problem = nicknameProblem(m_nickname->text().trimmed());
    m_nicknameProblem->setText(problem);
    m_nicknameProblem->setVisible(!problem.isEmpty());
    // Who must not be merged need not be found.
    findChild<QCheckBox *>(u"matchPeople"_s)
        ->setEnabled(findChild<QCheckBox *>(u"mergePeople"_s)->isChecked());
    if (!m_filling)
        Q_EMIT changed();
}

} // namespace Pagedesk::Ui
