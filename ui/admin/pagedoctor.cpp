// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/admin/pagedoctor.h"

#include "models/desk/outbox.h"
#include "models/desk/pageconnections.h"
#include "models/desk/threads.h"
#include "ui/admin/connectionresults.h"
#include "ui/admin/diagnosislist.h"
#include "ui/admin/fieldgrid.h"
#include "ui/admin/golivepanel.h"
#include "ui/admin/probepanel.h"
#include "ui/inbox/pagewords.h"
#include "ui/inbox/timewords.h"
#include "ui/theme/themedlabel.h"
#include "ui/thread/displaytext.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QTabWidget>
#include <QVBoxLayout>

namespace Pagedesk::Ui {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr QSize FirstSize(760, 700);
constexpr int Margin = 24;
constexpr int LongestName = 120;

} // namespace

PageDoctor::PageDoctor(
    const ThemeProvider &theme, const Desk &desk, const PageId &page, QWidget *parent)
    : QDialog(parent)
    , m_theme(theme)
    , m_desk(desk)
    , m_page(page)
    , m_probe(desk.threads, desk.outbox, desk.clock)
{
    setObjectName(u"pageDoctor"_s);
    setWindowTitle(tr("Page doctor"));
    setAttribute(Qt::WA_DeleteOnClose);
    resize(FirstSize);
    build();
    check();
}

void PageDoctor::build()
{
    m_title = new ThemedLabel(m_theme, &Fonts::heading, &Theme::text, this);
    m_title->setObjectName(u"doctorTitle"_s);
    m_title->setElided(true);
    m_state = new ThemedLabel(m_theme, &Fonts::body, &Theme::text, this);
    m_state->setObjectName(u"doctorState"_s);
    m_state->setWordWrap(true);
    m_tabs = new QTabWidget(this);
    m_tabs->setObjectName(u"doctorTabs"_s);
    m_tabs->setDocumentMode(true);
    m_lines = new DiagnosisList(m_theme, m_tabs);
    m_fields = new FieldGrid(m_theme, m_tabs);
    m_test = new ProbePanel(m_theme, m_probe, m_desk.clock, m_desk.practice, m_tabs);
    m_goLive = new GoLivePanel(m_theme, m_tabs);
    m_tabs->addTab(m_lines, tr("Diagnosis"));
    m_tabs->addTab(m_fields, tr("What Facebook delivers"));
    m_tabs->addTab(m_test, tr("Test message"));
    m_tabs->addTab(m_goLive, tr("Go-live check"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(Margin, Margin, Margin, Margin);
    layout->setSpacing(Metrics::Gutter);
    layout->addWidget(m_title);
    layout->addWidget(m_state);
    layout->addWidget(m_tabs, 1);
    layout->addWidget(buildFoot());
    connect(m_lines, &DiagnosisList::cureWanted, this, &PageDoctor::cure);
    connect(m_fields, &FieldGrid::repairRequested, this, &PageDoctor::orderFields);
    connect(m_test, &ProbePanel::passed, m_goLive, &GoLivePanel::setProbePassed);
    connect(m_goLive, &GoLivePanel::testMessageWanted, this, &PageDoctor::showProbe);
    connect(m_goLive, &GoLivePanel::doneChanged, this, &PageDoctor::goLiveDoneChanged);
}

void PageDoctor::setGoLiveDone(const QStringList &names)
{
    m_goLive->setDone(names);
}

QWidget *PageDoctor::buildFoot()
{
    auto *foot = new QWidget(this);
    m_check = new QPushButton(tr("Check now"), foot);
    m_check->setObjectName(u"doctorCheck"_s);
    m_check->setAutoDefault(false);
    auto *again = new QPushButton(tr("Connect again"), foot);
    again->setObjectName(u"doctorConnect"_s);
    again->setAutoDefault(false);
    auto *close = new QPushButton(tr("Close"), foot);
    close->setObjectName(u"doctorClose"_s);
    close->setAutoDefault(false);
    m_checked = new ThemedLabel(m_theme, &Fonts::secondary, &Theme::muted, foot);
    m_checked->setObjectName(u"doctorChecked"_s);
    m_checked->setWordWrap(true);
    auto *layout = new QHBoxLayout(foot);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(m_check);
    layout->addWidget(m_checked, 1);
    layout->addWidget(again);
    layout->addWidget(close);
    connect(m_check, &QAbstractButton::clicked, this, &PageDoctor::check);
    connect(again, &QAbstractButton::clicked, this, &PageDoctor::connectWanted);
    connect(close, &QAbstractButton::clicked, this, &QDialog::reject);
    return foot;
}

void PageDoctor::setPage(const Page &page)
{
    const QString name = displayLine(page.shownName(), LongestName);
    m_title->setText(name);
    m_test->setPage(page.id, name);
    const QList<PageNotice> notices = pageNotices(page, m_desk.clock.now());
    if (notices.isEmpty()) {
        m_state->setText(tr("Nothing is wrong with this Page as far as is known."));
        m_state->setColour(&Theme::ok);
        return;
    }
    m_state->setText(
        tr("%1 %2", "what is wrong, what to do").arg(notices.first().text, notices.first().advice));
    m_state->setColour(
        notices.first().kind == PageNotice::Kind::Wrong ? &Theme::bad : &Theme::warn);
}

void PageDoctor::check()
{
    if (m_isBusy)
        return;
    setBusy(true);
    m_fields->setBusy();
    m_desk.connections.diagnose(m_page).then(
        this, [this](const Result<Wire::Diagnosis> &diagnosis) {
            setBusy(false);
            take(diagnosis);
            m_fields->setFields(diagnosis ? Result<Wire::PageFields>(diagnosis->fields)
                                          : failure(diagnosis.error()),
                false);
        });
}

void PageDoctor::take(const Result<Wire::Diagnosis> &diagnosis)
{
    const qint64 now = m_desk.clock.now();
    if (!diagnosis) {
        say(connectingErrorText(diagnosis.error()), true);
        return;
    }
    m_lines->setLines(diagnosis->lines, now);
    m_goLive->setLines(diagnosis->lines);
    say(tr("Checked %1.").arg(momentText(now, now)), false);
}

void PageDoctor::orderFields()
{
    if (m_isBusy)
        return;
    setBusy(true);
    m_fields->setBusy();
    m_desk.connections.orderFields(m_page).then(
        this, [this](const Result<Wire::PageFields> &fields) {
            setBusy(false);
            m_fields->setFields(fields, true);
            if (!fields) {
                say(connectingErrorText(fields.error()), true);
                return;
            }
            setBusy(true);
            m_desk.connections.diagnose(m_page).then(
                this, [this](const Result<Wire::Diagnosis> &diagnosis) {
                    setBusy(false);
                    take(diagnosis);
                });
        });
}

void PageDoctor::cure(Cure cure)
{
    switch (cure) {
    case Cure::ConnectAgain:
        Q_EMIT connectWanted();
        return;
    case Cure::OrderFields:
        orderFields();
        return;
    case Cure::OpenPage:
        Q_EMIT linkWanted(QUrl(u"https://www.facebook.com/"_s + m_page.value));
        return;
    case Cure::OpenDashboard:
        Q_EMIT linkWanted(QUrl(u"https://developers.facebook.com/apps/"_s));
        return;
    case Cure::TestMessage:
        showProbe();
        return;
    case Cure::None:
        return;
    }
}

void PageDoctor::showProbe()
{
    m_tabs->setCurrentWidget(m_test);
    m_test->start();
}

void PageDoctor::setBusy(bool busy)
{
    m_isBusy = busy;
    m_check->setEnabled(!busy);
    if (busy)
        say(tr("Asking Facebook and the relay…"), false);
}

void PageDoctor::say(const QString &sentence, bool isWrong)
{
    m_checked->setText(sentence);
    m_checked->setColour(isWrong ? &Theme::bad : &Theme::muted);
}

} // namespace Pagedesk::Ui
