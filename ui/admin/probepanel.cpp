// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/admin/probepanel.h"

#include "models/desk/practicecustomers.h"
#include "ui/composer/composerwords.h"
#include "ui/errortext.h"
#include "ui/theme/themedlabel.h"
#include "ui/thread/displaytext.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLocale>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace Pagedesk::Ui {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int StepCount = 6;
constexpr qint64 PatienceMs = 60'000; // then it is said what may be wrong

QString spanText(qint64 milliseconds)
{
    const qint64 span = std::max<qint64>(milliseconds, 0);
    return span < 1000
        ? ProbePanel::tr("%1 ms").arg(span)
        : ProbePanel::tr("%1 s").arg(QLocale().toString(double(span) / 1000, 'f', 1));
}

struct Step {
    QString name;
    qint64 at = 0; // ms UTC; 0: not yet
    qint64 since = 0; // of the step before
};

QList<Step> stepsOf(const ProbeSteps &steps)
{
    return {
        {ProbePanel::tr("Written to the Page"), steps.writtenAt, 0},
        {ProbePanel::tr("Received by the relay"), steps.receivedAt, steps.writtenAt},
        {ProbePanel::tr("Stored by the relay"), steps.storedAt, steps.receivedAt},
        {ProbePanel::tr("On this desktop"), steps.shownAt,
            steps.storedAt > 0 ? steps.storedAt : steps.writtenAt},
        {ProbePanel::tr("Answer sent"), steps.sentAt, steps.answeredAt},
        {ProbePanel::tr("Answer delivered"), steps.deliveredAt, steps.sentAt},
    };
}

} // namespace

ProbePanel::ProbePanel(const ThemeProvider &theme, PageProbe &probe, const Clock &clock,
    PracticeCustomers *practice, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_probe(probe)
    , m_clock(clock)
    , m_practice(practice)
{
    setObjectName(u"probe"_s);
    const auto label = [this](QFont Fonts::*font, QColor Theme::*colour, const char *name) {
        auto *made = new ThemedLabel(m_theme, font, colour, this);
        made->setObjectName(QLatin1StringView(name));
        made->setWordWrap(true);
        return made;
    };
    m_what = label(&Fonts::body, &Theme::text, "probeWhat");
    m_word = label(&Fonts::heading, &Theme::accent, "probeWord");
    m_word->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_start = new QPushButton(tr("Begin the test"), this);
    m_start->setObjectName(u"probeStart"_s);
    m_start->setAutoDefault(false);
    m_copy = new QPushButton(tr("Copy the word"), this);
    m_copy->setObjectName(u"probeCopy"_s);
    m_copy->setAutoDefault(false);
    m_letWrite = new QPushButton(tr("Let a practice customer write it"), this);
    m_letWrite->setObjectName(u"probeLetWrite"_s);
    m_letWrite->setAutoDefault(false);
    auto *first = new QHBoxLayout;
    first->setSpacing(8);
    first->addWidget(m_start);
    first->addWidget(m_copy);
    first->addWidget(m_letWrite);
    first->addWidget(m_word, 1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, Metrics::Gutter, 0, 0);
    layout->setSpacing(Metrics::Gutter);
    layout->addWidget(m_what);
    layout->addLayout(first);
    for (int i = 0; i < StepCount; ++i) {
        auto *step = label(&Fonts::body, &Theme::faint, "");
        step->setObjectName(u"probeStep%1"_s.arg(i));
        m_steps.append(step);
        layout->addWidget(step);
    }
    m_result = label(&Fonts::body, &Theme::text, "probeResult");
    layout->addWidget(m_result);
    layout->addStretch(1);
    connect(m_start, &QAbstractButton::clicked, this, &ProbePanel::start);
    connect(m_copy, &QAbstractButton::clicked, this,
        [this] { QGuiApplication::clipboard()->setText(m_probe.steps().word); });
    connect(m_letWrite, &QAbstractButton::clicked, this, &ProbePanel::letWrite);
    connect(&probe, &PageProbe::changed, this, &ProbePanel::showSteps);
    connect(&m_ticker, &QTimer::timeout, this, &ProbePanel::showWaiting);
    m_ticker.setInterval(1s);
    showSteps({});
}

void ProbePanel::setPage(const PageId &id, const QString &name)
{
    m_page = id;
    m_name = name;
    m_what->setText(tr("Begin, then write the word to %1 from your own Messenger. Pagedesk waits "
                       "for it, answers, and shows how long each step takes.")
                        .arg(name));
}

void ProbePanel::start()
{
    m_probe.start(m_page, tr("Pagedesk has received your test message."));
    m_start->setText(tr("Begin again"));
    m_ticker.start();
    showWaiting();
}

void ProbePanel::showSteps(const ProbeSteps &steps)
{
    m_word->setText(steps.word);
    m_copy->setVisible(!steps.word.isEmpty());
    m_letWrite->setVisible(m_practice != nullptr && !steps.word.isEmpty() && steps.writtenAt == 0);
    const QList<Step> shown = stepsOf(steps);
    for (int i = 0; i < StepCount; ++i) {
        const Step &step = shown.at(i);
        const bool isDone = step.at > 0;
        QString text = isDone ? tr("✓ %1", "a step that is done").arg(step.name)
                              : tr("· %1", "a step that is awaited").arg(step.name);
        if (isDone && step.since > 0)
            text = tr("%1, after %2", "a step, a time").arg(text, spanText(step.at - step.since));
        m_steps.at(i)->setText(text);
        m_steps.at(i)->setColour(isDone ? &Theme::ok : &Theme::faint);
    }
    if (steps.shownAt > 0)
        m_ticker.stop();
    m_result->setColour(&Theme::text);
    if (steps.error) {
        m_result->setText(sendProblem(*steps.error, true));
        m_result->setColour(&Theme::bad);
    } else if (steps.failure != FailureKind::None) {
        m_result->setText(failureText(steps.failure, true));
        m_result->setColour(&Theme::bad);
    } else if (steps.deliveredAt > 0) {
        m_result->setText(tr("Everything works: from your message to this desktop it took %1, and "
                             "the answer has arrived.")
                              .arg(spanText(steps.shownAt - steps.writtenAt)));
        Q_EMIT passed();
    } else if (steps.shownAt == 0) {
        m_result->clear();
    }
}

void ProbePanel::letWrite()
{
    m_practice->write(m_page, m_probe.steps().word).then(this, [this](const Result<> &written) {
        if (written)
            return;
        m_result->setText(tr("The practice customer could not write: %1")
                              .arg(displayLine(written.error().detail)));
        m_result->setColour(&Theme::bad);
    });
}

void ProbePanel::showWaiting()
{
    const ProbeSteps &steps = m_probe.steps();
    if (steps.word.isEmpty() || steps.shownAt > 0)
        return;
    const qint64 since = m_clock.now() - steps.startedAt;
    if (since < PatienceMs) {
        m_result->setText(tr("Waiting for “%1”, %2 s…").arg(steps.word).arg(since / 1000));
    } else {
        m_result->setText(tr("Nothing has come for %1 s. Has the word been sent to %2, from an "
                             "account that may write to it? Then look at the red lines of the "
                             "diagnosis.")
                              .arg(since / 1000)
                              .arg(m_name));
    }
}

} // namespace Pagedesk::Ui
