// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/alertsettingswindow.h"

#include "ui/theme/themedlabel.h"
#include "ui/theme/themeprovider.h"
#include "ui/thread/displaytext.h"

#include <QCheckBox>
#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QPushButton>
#include <QSignalBlocker>
#include <QTimeEdit>
#include <QVBoxLayout>

#include <algorithm>
#include <array>

namespace Pagedesk::Ui {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int Margin = 24;
constexpr int Width = 480;
constexpr std::array RepeatMinutes{2, 5, 15, 30};

using About = AlertSettings::About;
using Preview = AlertSettings::Preview;

QTime timeOf(int minute)
{
    return QTime(0, 0).addSecs(minute * 60);
}

int minuteOf(const QTime &time)
{
    return time.hour() * 60 + time.minute();
}

void choose(QComboBox &box, int value)
{
    box.setCurrentIndex(std::max(0, box.findData(value)));
}

} // namespace

AlertSettingsWindow::AlertSettingsWindow(const ThemeProvider &theme, const AlertSettings &settings,
    const Background &background, QWidget *parent)
    : QDialog(parent)
    , m_theme(theme)
{
    setObjectName(u"alertSettings"_s);
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Notifications"));
    setFixedWidth(m_theme.theme().px(Width));
    m_layout = new QVBoxLayout(this);
    m_layout->setContentsMargins(Margin, Margin, Margin, Margin);
    m_layout->setSpacing(6);
    buildAbout();
    buildQuiet();
    buildBackground(background);
    buildEnd();
    fill(settings);
}

void AlertSettingsWindow::setPlace(const QString &sentence)
{
    m_place->setText(sentence);
}

void AlertSettingsWindow::setProblem(const QString &sentence)
{
    m_problem->setText(displayLine(sentence));
    m_problem->setVisible(!sentence.isEmpty());
}

void AlertSettingsWindow::setAutostarted(bool autostarted)
{
    const QSignalBlocker blocker(m_autostart);
    m_autostart->setChecked(autostarted);
}

// As high as its words need at this width; a dialog does not ask for that by itself.
bool AlertSettingsWindow::event(QEvent *event)
{
    if (event->type() == QEvent::LayoutRequest || event->type() == QEvent::Show)
        setFixedHeight(m_layout->totalHeightForWidth(width()));
    return QDialog::event(event);
}

void AlertSettingsWindow::buildAbout()
{
    m_about = addChoice(u"alertAbout"_s, tr("Tell me about"),
        {{tr("Every conversation"), int(About::Everything)},
            {tr("Mine, and those nobody has taken"), int(About::MineAndUnassigned)},
            {tr("Only mine"), int(About::Mine)}, {tr("Nothing"), int(About::Nothing)}});
    m_preview = addChoice(u"alertPreview"_s, tr("A notification shows"),
        {{tr("Name and message"), int(Preview::Text)}, {tr("Only the name"), int(Preview::Name)},
            {tr("Only that something came"), int(Preview::Nothing)}});
    QList<std::pair<QString, int>> repeats{{tr("Never"), 0}};
    for (const int minutes : RepeatMinutes)
        repeats.append({tr("Every %1 minutes").arg(minutes), minutes});
    m_repeat = addChoice(u"alertRepeat"_s, tr("Remind me until I have looked"), repeats);
    m_sound = addBox(u"alertSound"_s, tr("With a sound"));
}

void AlertSettingsWindow::buildQuiet()
{
    m_quiet = addBox(u"quietHours"_s, tr("Quiet hours: nothing is shown from"));
    m_from = new QTimeEdit(this);
    m_to = new QTimeEdit(this);
    m_from->setObjectName(u"quietFrom"_s);
    m_to->setObjectName(u"quietTo"_s);
    m_from->setAccessibleName(tr("Quiet hours begin"));
    m_to->setAccessibleName(tr("Quiet hours end"));
    auto *until = new ThemedLabel(m_theme, &Fonts::body, &Theme::text, this);
    until->setText(tr("to", "from 20:00 to 08:00"));
    auto *row = new QHBoxLayout;
    row->setSpacing(8);
    m_layout->removeWidget(m_quiet);
    row->addWidget(m_quiet);
    row->addWidget(m_from);
    row->addWidget(until);
    row->addWidget(m_to);
    row->addStretch(1);
    m_layout->addLayout(row);
    for (QTimeEdit *edit : {m_from, m_to}) {
        connect(m_quiet, &QCheckBox::toggled, edit, &QWidget::setEnabled);
        connect(edit, &QTimeEdit::timeChanged, this, &AlertSettingsWindow::tell);
    }
}

void AlertSettingsWindow::buildBackground(const Background &background)
{
    m_layout->addSpacing(12);
    addWords(&Fonts::secondaryStrong, &Theme::text, tr("In the background"));
    m_kept = new QCheckBox(tr("Go on in the tray when the window is closed"), this);
    m_kept->setObjectName(u"keepInTray"_s);
    m_kept->setChecked(background.hasTray && background.isKept);
    m_kept->setEnabled(background.hasTray);
    m_layout->addWidget(m_kept);
    if (!background.hasTray)
        addWords(&Fonts::meta, &Theme::muted, tr("This desktop has no tray."));
    m_autostart = new QCheckBox(tr("Start Pagedesk when I log in"), this);
    m_autostart->setObjectName(u"autostart"_s);
    m_autostart->setChecked(background.isAutostarted);
    m_layout->addWidget(m_autostart);
    connect(m_kept, &QCheckBox::toggled, this, &AlertSettingsWindow::keptChanged);
    connect(m_autostart, &QCheckBox::toggled, this, &AlertSettingsWindow::autostartWanted);
}

void AlertSettingsWindow::buildEnd()
{
    m_layout->addSpacing(12);
    m_place = new ThemedLabel(m_theme, &Fonts::meta, &Theme::muted, this);
    m_place->setObjectName(u"alertPlace"_s);
    m_place->setWordWrap(true);
    m_layout->addWidget(m_place);
    m_problem = new ThemedLabel(m_theme, &Fonts::secondary, &Theme::bad, this);
    m_problem->setObjectName(u"alertProblem"_s);
    m_problem->setWordWrap(true);
    m_problem->hide();
    m_layout->addWidget(m_problem);
    auto *tryOne = new QPushButton(tr("Show one now"), this);
    tryOne->setObjectName(u"tryAlert"_s);
    tryOne->setAutoDefault(false);
    auto *close = new QPushButton(tr("Close"), this);
    close->setDefault(true);
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(tryOne);
    buttons->addStretch(1);
    buttons->addWidget(close);
    m_layout->addLayout(buttons);
    connect(tryOne, &QAbstractButton::clicked, this, &AlertSettingsWindow::tried);
    connect(close, &QAbstractButton::clicked, this, &QDialog::accept);
}

void AlertSettingsWindow::fill(const AlertSettings &settings)
{
    const std::array<QSignalBlocker, 7> blockers{QSignalBlocker(m_about), QSignalBlocker(m_preview),
        QSignalBlocker(m_repeat), QSignalBlocker(m_sound), QSignalBlocker(m_quiet),
        QSignalBlocker(m_from), QSignalBlocker(m_to)};
    choose(*m_about, int(settings.about));
    choose(*m_preview, int(settings.preview));
    choose(*m_repeat, settings.repeatMinutes);
    m_sound->setChecked(settings.hasSound);
    m_quiet->setChecked(settings.hasQuietHours);
    m_from->setTime(timeOf(settings.quietFrom));
    m_to->setTime(timeOf(settings.quietTo));
    m_from->setEnabled(settings.hasQuietHours);
    m_to->setEnabled(settings.hasQuietHours);
}

void AlertSettingsWindow::tell()
{
    AlertSettings settings;
    settings.about = About(m_about->currentData().toInt());
    settings.preview = Preview(m_preview->currentData().toInt());
    settings.repeatMinutes = m_repeat->currentData().toInt();
    settings.hasSound = m_sound->isChecked();
    settings.hasQuietHours = m_quiet->isChecked();
    settings.quietFrom = minuteOf(m_from->time());
    settings.quietTo = minuteOf(m_to->time());
    Q_EMIT changed(settings);
}

void AlertSettingsWindow::addWords(QFont Fonts::*font, QColor Theme::*colour, const QString &text)
{
    auto *label = new ThemedLabel(m_theme, font, colour, this);
    label->setText(text);
    label->setWordWrap(true);
    m_layout->addWidget(label);
}

QComboBox *AlertSettingsWindow::addChoice(
    const QString &name, const QString &caption, const QList<std::pair<QString, int>> &choices)
{
    addWords(&Fonts::secondaryStrong, &Theme::text, caption);
    auto *box = new QComboBox(this);
    box->setObjectName(name);
    box->setAccessibleName(caption);
    for (const auto &[words, value] : choices)
        box->addItem(words, value);
    m_layout->addWidget(box);
    connect(box, &QComboBox::currentIndexChanged, this, &AlertSettingsWindow::tell);
    return box;
}

QCheckBox *AlertSettingsWindow::addBox(const QString &name, const QString &words)
{
    auto *box = new QCheckBox(words, this);
    box->setObjectName(name);
    m_layout->addWidget(box);
    connect(box, &QCheckBox::toggled, this, &AlertSettingsWindow::tell);
    return box;
}

} // namespace Pagedesk::Ui
