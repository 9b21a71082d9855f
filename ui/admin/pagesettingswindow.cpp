// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/admin/pagesettingswindow.h"

#include "models/desk/conversations.h"
#include "models/desk/pageadministration.h"
#include "models/desk/workspaceroster.h"
#include "models/messenger/profilerules.h"
#include "ui/admin/pagesettingsform.h"
#include "ui/admin/profileform.h"
#include "ui/admin/settingwords.h"
#include "ui/theme/scrollarea.h"
#include "ui/theme/themedlabel.h"
#include "ui/theme/themeprovider.h"
#include "ui/thread/displaytext.h"

#include <QHBoxLayout>
#include <QListWidget>
#include <QPainter>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QVBoxLayout>

#include <algorithm>

namespace Pagedesk::Ui {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr QSize FirstSize(860, 720);
constexpr int Margin = 24;
constexpr int ListWidth = 200;
constexpr int LongestName = 80;
constexpr int MostDifferences = 6; // shown; the others are counted
constexpr int IdRole = Qt::UserRole;

QIcon squareIcon(const QString &colour, int size)
{
    QPixmap pixmap(size, size);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(QColor(colour));
    painter.drawRoundedRect(pixmap.rect(), 3, 3);
    painter.end();
    QIcon icon(pixmap);
    icon.addPixmap(pixmap, QIcon::Selected); // it would be tinted there
    return icon;
}

} // namespace

PageSettingsWindow::PageSettingsWindow(const ThemeProvider &theme,
    PageAdministration &administration, Conversations &conversations, WorkspaceRoster &roster,
    QWidget *parent)
    : QDialog(parent)
    , m_theme(theme)
    , m_administration(administration)
    , m_conversations(conversations)
    , m_roster(roster)
{
    setObjectName(u"pageSettings"_s);
    setWindowTitle(tr("Page settings"));
    setAttribute(Qt::WA_DeleteOnClose);
    resize(FirstSize);
    build();
    takeTeams();
    connect(&m_roster, &WorkspaceRoster::changed, this, &PageSettingsWindow::takeTeams);
    connect(&m_conversations, &Conversations::pagesChanged, this, &PageSettingsWindow::takePages);
    m_conversations.pages().then(this, [this](const Result<QList<Page>> &pages) {
        if (pages)
            takePages(*pages);
        else
            m_problem->setText(administrationErrorText(pages.error()));
    });
}

PageSettingsWindow::~PageSettingsWindow() = default;

void PageSettingsWindow::build()
{
    m_list = new QListWidget(this);
    m_list->setObjectName(u"pageList"_s);
    m_list->setAccessibleName(tr("Pages"));
    m_list->setFixedWidth(m_theme.theme().px(ListWidth));
    m_list->setTextElideMode(Qt::ElideRight);
    connect(m_list, &QListWidget::currentItemChanged, this, [this](QListWidgetItem *item) {
        if (item && !m_filling)
            select({item->data(IdRole).toString()});
    });
    auto *right = new QVBoxLayout;
    right->setSpacing(Metrics::Gutter);
    m_title = new ThemedLabel(m_theme, &Fonts::heading, &Theme::text, this);
    m_title->setObjectName(u"settingsTitle"_s);
    m_title->setElided(true);
    m_subtitle = new ThemedLabel(m_theme, &Fonts::meta, &Theme::muted, this);
    m_subtitle->setElided(true);
    right->addWidget(m_title);
    right->addWidget(m_subtitle);
    right->addWidget(buildForms(), 1);
    right->addWidget(buildFoot());
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(Margin, Margin, Margin, Margin);
    layout->setSpacing(Margin);
    layout->addWidget(m_list);
    layout->addLayout(right, 1);
}

QWidget *PageSettingsWindow::buildForms()
{
    m_area = new QScrollArea(this);
    makeColumn(*m_area);
    m_area->setFocusPolicy(Qt::NoFocus);
    auto *inner = new QWidget;
    auto *rows = new QVBoxLayout(inner);
    rows->setContentsMargins(0, 0, Metrics::Gutter, 0);
    rows->setSpacing(Metrics::Gutter);
    const auto heading = [&](const QString &words) {
        auto *label = new ThemedLabel(m_theme, &Fonts::bodyStrong, &Theme::text, inner);
        label->setText(words);
        rows->addWidget(label);
    };
    heading(tr("In Pagedesk"));
    m_form = new PageSettingsForm(m_theme, inner);
    rows->addWidget(m_form);
    heading(tr("In Messenger"));
    m_profileState = new ThemedLabel(m_theme, &Fonts::secondary, &Theme::muted, inner);
    m_profileState->setObjectName(u"profileState"_s);
    m_profileState->setWordWrap(true);
    rows->addWidget(m_profileState);
    m_load = new QPushButton(tr("Load it from Facebook"), inner);
    m_load->setObjectName(u"loadProfile"_s);
    m_load->setAutoDefault(false);
    m_load->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    rows->addWidget(m_load);
    m_profile = new ProfileForm(m_theme, inner);
    rows->addWidget(m_profile);
    rows->addStretch(1);
    m_area->setWidget(inner);
    connect(m_form, &PageSettingsForm::changed, this, &PageSettingsWindow::takeForms);
    connect(m_profile, &ProfileForm::changed, this, &PageSettingsWindow::takeForms);
    connect(m_load, &QPushButton::clicked, this, &PageSettingsWindow::loadProfile);
    return m_area;
}

QWidget *PageSettingsWindow::buildFoot()
{
    auto *foot = new QWidget(this);
    auto *rows = new QVBoxLayout(foot);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(8);
    m_differences = new ThemedLabel(m_theme, &Fonts::meta, &Theme::muted, foot);
    m_differences->setObjectName(u"differences"_s);
    m_differences->setWordWrap(true);
    rows->addWidget(m_differences);
    m_problem = new ThemedLabel(m_theme, &Fonts::secondary, &Theme::bad, foot);
    m_problem->setObjectName(u"settingsProblem"_s);
    m_problem->setWordWrap(true);
    rows->addWidget(m_problem);
    auto *line = new QHBoxLayout;
    line->setSpacing(8);
    const auto add = [&](const QString &words, const char *name, auto pressed) {
        auto *button = new QPushButton(words, foot);
        button->setObjectName(QString::fromLatin1(name));
        button->setAutoDefault(false);
        connect(button, &QPushButton::clicked, this, pressed);
        return button;
    };
    m_revert = add(tr("Revert"), "settingsRevert", &PageSettingsWindow::revert);
    m_discard = add(tr("Close without them"), "settingsDiscard", [this] {
        m_mayClose = true;
        reject();
    });
    m_discard->hide();
    m_close = add(tr("Close"), "settingsClose", &QDialog::reject);
    m_apply = add(tr("Apply"), "settingsApply", &PageSettingsWindow::apply);
    m_apply->setProperty("kind", u"primary"_s);
    line->addWidget(m_revert);
    line->addStretch(1);
    line->addWidget(m_discard);
    line->addWidget(m_close);
    line->addWidget(m_apply);
    rows->addLayout(line);
    return foot;
}

void PageSettingsWindow::showPage(const PageId &id)
{
    m_wanted = id;
    if (m_pages.contains(id))
        select(id);
}

void PageSettingsWindow::takePages(const QList<Page> &pages)
{
    for (const Page &page : pages) {
        if (page.state == PageState::Removed) {
            m_pages.remove(page.id);
            continue;
        }
        m_pages.insert(page.id, page);
        if (const auto edit = m_edits.find(page.id); edit != m_edits.end())
            edit->follow(page);
        else
            m_edits.insert(page.id, PageEdit::of(page));
    }
    fillList();
    if (m_pages.contains(m_wanted))
        select(std::exchange(m_wanted, {}));
    else if (!m_pages.contains(m_current))
        select(m_list->count() > 0 ? PageId{m_list->item(0)->data(IdRole).toString()} : PageId());
    else
        fillForms();
}

void PageSettingsWindow::fillList()
{
    QList<Page> pages = m_pages.values();
    std::sort(pages.begin(), pages.end(), [](const Page &a, const Page &b) {
        const int order = QString::localeAwareCompare(a.shownName(), b.shownName());
        return order != 0 ? order < 0 : a.id < b.id;
    });
    QStringList looks;
    for (const Page &page : std::as_const(pages))
        looks.append(page.id.value + page.colour + page.shownName());
    if (std::exchange(m_looks, looks) == looks)
        return; // what else has changed is not shown here
    m_filling = true;
    m_list->clear();
    for (const Page &page : std::as_const(pages)) {
        const QString name = displayLine(page.shownName(), LongestName);
        auto *item = new QListWidgetItem(
            squareIcon(page.colour, m_theme.theme().px(Metrics::PageDot)), name, m_list);
        item->setData(IdRole, page.id.value);
        if (page.id == m_current)
            m_list->setCurrentItem(item);
    }
    m_filling = false;
}

void PageSettingsWindow::select(const PageId &id)
{
    if (const auto left = m_edits.find(m_current); left != m_edits.end() && m_current != id)
        left->unreadable.clear(); // it is not kept
    const bool isOther = std::exchange(m_current, id) != id;
    m_filling = true;
    for (int row = 0; row < m_list->count(); ++row) {
        if (m_list->item(row)->data(IdRole).toString() == id.value)
            m_list->setCurrentRow(row);
    }
    m_filling = false;
    fillForms(isOther);
    if (isOther)
        m_area->verticalScrollBar()->setValue(0);
    const PageEdit edit = m_edits.value(id);
    if (!id.isEmpty() && !edit.seen && !edit.isLoading && edit.problem.isEmpty())
        loadProfile();
}

void PageSettingsWindow::takeTeams()
{
    m_form->setTeams(m_roster.roster().teams);
    refresh();
}

void PageSettingsWindow::fillForms(bool isOther)
{
    const Page page = m_pages.value(m_current);
    const PageEdit edit = m_edits.value(m_current);
    m_filling = true;
    m_form->setValues(page.name, edit.settings, edit.colour, isOther);
    m_form->setMatching(page.health.care);
    m_form->setHumanAgent(page.health.care);
    if (edit.seen && m_profile->profile() != edit.profile)
        m_profile->setProfile(edit.profile);
    m_filling = false;
    refresh();
}

void PageSettingsWindow::takeForms()
{
    if (m_filling || !m_edits.contains(m_current))
        return;
    PageEdit &edit = m_edits[m_current];
    edit.settings = m_form->settings();
    edit.colour = m_form->colour();
    edit.unreadable = m_form->problem();
    if (edit.seen)
        edit.profile = m_profile->profile();
    edit.problem.clear();
    edit.said.clear();
    m_discard->hide();
    refresh();
}

void PageSettingsWindow::refresh()
{
    const bool known = m_pages.contains(m_current);
    const Page page = m_pages.value(m_current);
    const PageEdit edit = m_edits.value(m_current);
    m_title->setText(known ? displayLine(page.shownName(), LongestName) : tr("There is no Page"));
    m_subtitle->setText(tr("%1 at Facebook").arg(displayLine(page.name, LongestName)));
    m_subtitle->setVisible(known && page.shownName() != page.name);
    m_area->setVisible(known);
    m_form->setEnabled(!edit.isApplying);
    m_profile->setVisible(edit.seen.has_value());
    m_profile->setEnabled(!edit.isApplying);
    m_load->setVisible((!edit.seen || edit.isOutdated) && !edit.isLoading);
    m_load->setText(edit.seen ? tr("Load it again; your changes in Messenger are lost")
                              : tr("Load it from Facebook"));
    m_profileState->setText(edit.isLoading ? tr("It is being loaded from Facebook …")
            : edit.seen ? tr("Facebook keeps these and may take a while to show changes.")
                        : tr("What customers see in Messenger is not loaded."));
    m_profile->showProblems(
        edit.profileDiffers() ? profileProblems(edit.profile) : QList<ProfileProblem>());
    const QStringList lines = edit.differences(m_roster.roster().teams);
    QStringList shown = lines.mid(0, MostDifferences);
    if (lines.size() > MostDifferences)
        shown.append(tr("and %n more", nullptr, static_cast<int>(lines.size()) - MostDifferences));
    m_differences->setText(
        lines.isEmpty() ? edit.said : tr("What will change:") + u'\n' + shown.join(u'\n'));
    m_differences->setVisible(!m_differences->text().isEmpty());
    // What keeps it from being applied may stand out of sight.
    const bool isTouched = !lines.isEmpty() || !edit.unreadable.isEmpty();
    const QString obstacle = isTouched ? edit.obstacle() : QString();
    m_problem->setText(edit.problem.isEmpty() ? displayLine(obstacle) : edit.problem);
    m_problem->setVisible(!m_problem->text().isEmpty());
    m_revert->setEnabled(isTouched && !edit.isApplying);
    m_apply->setEnabled(!lines.isEmpty() && edit.isSound() && !edit.isApplying);
    m_apply->setText(edit.isApplying ? tr("Applying …") : tr("Apply"));
    for (int row = 0; row < m_list->count(); ++row) {
        QListWidgetItem *item = m_list->item(row);
        const PageId id{item->data(IdRole).toString()};
        const QString name = displayLine(m_pages.value(id).shownName(), LongestName);
        item->setText(m_edits.value(id).isChanged()
                ? tr("%1 (changed)", "a Page whose changes are not applied").arg(name)
                : name);
    }
}

void PageSettingsWindow::loadProfile()
{
    if (!m_edits.contains(m_current))
        return;
    const PageId id = m_current;
    m_edits[id].isLoading = true;
    m_edits[id].problem.clear();
    refresh();
    m_administration.profileOf(id).then(this, [this, id](const Result<Wire::ShownProfile> &shown) {
        PageEdit &edit = m_edits[id];
        edit.isLoading = false;
        if (shown) {
            edit.seen = shown->profile;
            edit.profile = shown->profile;
            edit.isOutdated = false;
        } else {
            edit.problem = administrationErrorText(shown.error());
        }
        if (id != m_current)
            return;
        if (shown) {
            m_filling = true;
            m_profile->setProfile(edit.profile);
            m_filling = false;
        }
        refresh();
    });
}

void PageSettingsWindow::apply()
{
    const PageId id = m_current;
    PageEdit &edit = m_edits[id];
    edit.isApplying = true;
    edit.problem.clear();
    const bool settingsDiffer = edit.settingsDiffer();
    refresh();
    if (!settingsDiffer) {
        applyProfile(id);
        return;
    }
    m_administration.setSettings({id, edit.settings, edit.colour})
        .then(this, [this, id, sent = edit.settings, colour = edit.colour](const Result<> &done) {
            if (!done) {
                applied(id, administrationErrorText(done.error()));
                return;
            }
            PageEdit &kept = m_edits[id];
            kept.base = sent;
            kept.baseColour = colour;
            applyProfile(id);
        });
}

void PageSettingsWindow::applyProfile(const PageId &id)
{
    const PageEdit edit = m_edits.value(id);
    if (!edit.profileDiffers()) {
        applied(id, {});
        return;
    }
    m_administration.applyProfile({id, *edit.seen, edit.profile})
        .then(this, [this, id](const Result<Wire::ShownProfile> &shown) {
            if (shown) {
                m_edits[id].seen = shown->profile;
                m_edits[id].profile = shown->profile;
            } else {
                m_edits[id].isOutdated = shown.error().kind == Error::Kind::Conflict;
            }
            applied(id, shown ? QString() : administrationErrorText(shown.error()));
        });
}

void PageSettingsWindow::applied(const PageId &id, const QString &problem)
{
    PageEdit &edit = m_edits[id];
    edit.isApplying = false;
    edit.problem = problem;
    edit.said = problem.isEmpty() ? tr("Everything is applied.") : QString();
    if (id == m_current)
        fillForms();
    else
        refresh();
}

void PageSettingsWindow::revert()
{
    m_edits[m_current].revert();
    m_discard->hide();
    fillForms(true);
}

QStringList PageSettingsWindow::changedPages() const
{
    QStringList names;
    for (const Page &page : m_pages) {
        if (m_edits.value(page.id).isChanged())
            names.append(displayLine(page.shownName(), LongestName));
    }
    names.sort();
    return names;
}

void PageSettingsWindow::askBeforeClosing()
{
    const QStringList names = changedPages();
    m_problem->setText(
        tr("Changes of %n Page(s) are not applied: %1.", nullptr, static_cast<int>(names.size()))
            .arg(names.join(u", "_s)));
    m_problem->show();
    m_discard->show();
    m_discard->setFocus();
}

// Asked about in a line, so that what was written can still be looked at.
void PageSettingsWindow::done(int result)
{
    if (!m_mayClose && !changedPages().isEmpty()) {
        askBeforeClosing();
        return;
    }
    QDialog::done(result);
}

} // namespace Pagedesk::Ui
