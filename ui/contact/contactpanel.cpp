// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/contact/contactpanel.h"

#include "ui/contact/contacteditor.h"
#include "ui/contact/contactfields.h"
#include "ui/contact/contactnotes.h"
#include "ui/contact/contactwords.h"
#include "ui/inbox/contactpicture.h"
#include "ui/inbox/conversationwords.h"
#include "ui/inbox/timewords.h"
#include "ui/theme/scrollarea.h"
#include "ui/theme/themedlabel.h"
#include "ui/theme/themeprovider.h"
#include "ui/thread/displaytext.h"

#include <QClipboard>
#include <QGridLayout>
#include <QGuiApplication>
#include <QPushButton>
#include <QScrollArea>
#include <QTimer>
#include <QVBoxLayout>

namespace Pagedesk::Ui {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int Edge = 16;
constexpr int KeyWidth = 84;
constexpr int WidestPanel = 360;

QWidget *hairline(const ThemeProvider &theme, QWidget *parent)
{
    auto *line = new Panel(theme, &Theme::line, {}, parent);
    line->setFixedHeight(1);
    return line;
}

QString windowText(const ContactPanel::Facts &facts)
{
    const ReplyWindow &window = facts.window;
    switch (window.state) {
    case ReplyWindow::State::NeverOpened:
        return ContactPanel::tr("not open yet");
    case ReplyWindow::State::Closed:
        return ContactPanel::tr("closed since %1").arg(momentText(window.closesAt, facts.now));
    case ReplyWindow::State::Open:
    case ReplyWindow::State::HumanAgent:
        break;
    }
    return ContactPanel::tr("open for %1").arg(longSpan(window.closesAt - facts.now));
}

} // namespace

ContactPanel::ContactPanel(
    const ThemeProvider &theme, MediaSource &media, PersonLinks::Search search, QWidget *parent)
    : Panel(theme, &Theme::background, Qt::LeftEdge, parent)
{
    setObjectName(u"contactPanel"_s);
    setAccessibleName(tr("Contact"));
    m_scroll = new QScrollArea(this);
    makeColumn(*m_scroll);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    m_content = new QWidget(m_scroll);
    auto *layout = new QVBoxLayout(m_content);
    layout->setContentsMargins(Edge, Edge, Edge, Edge);
    layout->setSpacing(12);
    layout->addWidget(buildHead(media));
    layout->addWidget(buildButtons());
    layout->addWidget(m_problem);
    layout->addWidget(hairline(theme, m_content));
    m_factsBox = buildFacts();
    layout->addWidget(m_factsBox);
    m_editor = new ContactEditor(theme, m_content);
    layout->addWidget(m_editor);
    buildSections(std::move(search));
    layout->addStretch(1);
    m_scroll->setWidget(m_content);
    m_scroll->viewport()->setAutoFillBackground(false);
    m_content->setAutoFillBackground(false);
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(1, 0, 0, 0);
    outer->addWidget(m_scroll);
    setEditing(false);
    connect(&theme, &ThemeProvider::changed, this, &ContactPanel::fitWidth);
    fitWidth();
}

void ContactPanel::fitWidth()
{
    setFixedWidth(
        std::clamp(m_theme.theme().px(Metrics::SideWidth), Metrics::SideWidth, WidestPanel));
}

void ContactPanel::setFacts(const Facts &facts)
{
    const bool isOther = facts.conversation.id != m_facts.conversation.id;
    m_facts = facts;
    if (isOther) {
        setEditing(false);
        showProblem({});
        m_view = {}; // until it is read
        m_view.card.id = facts.conversation.id;
        m_fields->setFields(facts.conversation.id, {}, {});
        m_notes->setNotes(facts.conversation.id, {}, {}, facts.now);
        m_links->setPerson({facts.conversation, facts.page}, {});
    }
    m_picture->setContact(facts.conversation.contact);
    m_page->setText(displayLine(facts.page.shownName()));
    showLines();
}

void ContactPanel::setView(const ContactView &view, const QList<PersonLinks::Entry> &others,
    const QList<PersonLinks::Suggestion> &suggestions)
{
    if (view.card.id != m_facts.conversation.id)
        return; // somebody else is shown by now
    m_view = view;
    QList<CustomField> fields;
    QList<ContactNote> notes;
    for (const ContactCard &other : view.others) {
        fields += other.fields;
        notes += other.notes;
    }
    m_fields->setFields(view.card.id, view.card.fields, fields);
    m_notes->setNotes(view.card.id, view.card.notes, notes, m_facts.now);
    m_links->setPerson({m_facts.conversation, m_facts.page}, others, suggestions);
    showLines();
}

void ContactPanel::setFieldNames(const QStringList &names)
{
    m_fields->setNames(names);
}

void ContactPanel::showProblem(const QString &sentence)
{
    m_problem->setText(sentence);
    m_problem->setVisible(!sentence.isEmpty());
}

void ContactPanel::beginEdit()
{
    if (m_editor->isHidden()) { // else what has been typed stays
        m_editor->setCard(m_view.card);
        setEditing(true);
    }
    m_editor->beginTyping(); // the focus needs a visible field
    scrollToFocus();
}

void ContactPanel::beginMerge()
{
    m_links->begin();
    scrollToFocus();
}

void ContactPanel::refresh()
{
    m_refresh->setFocus();
    scrollToFocus();
    Q_EMIT refreshRequested();
}

// What has just appeared has no place yet.
void ContactPanel::scrollToFocus()
{
    QTimer::singleShot(0, this, [this] {
        QWidget *focused = m_content->focusWidget();
        if (focused != nullptr && focused->hasFocus())
            m_scroll->ensureWidgetVisible(focused);
    });
}

void ContactPanel::setEditing(bool editing)
{
    m_factsBox->setVisible(!editing);
    m_editor->setVisible(editing);
    m_edit->setEnabled(!editing);
}

// What the team says of a person wins, and shows at once.
void ContactPanel::showLines()
{
    const ContactCard &card = m_view.card;
    Contact contact = m_facts.conversation.contact;
    if (m_view.isWaiting)
        contact.name = shownName(card).isEmpty() ? contact.name : shownName(card);
    m_name->setText(displayName(contact));
    m_gap->setText(gapText(card));
    m_gap->setVisible(!m_gap->text().isEmpty());
    setLine(PsidLine, groupedPsid(contact.psid));
    setLine(TimeLine, localTimeText(card, m_facts.now));
    setLine(LanguageLine, languageText(shownLocale(card)));
    setLine(GenderLine, genderText(shownGender(card)));
    setLine(OriginLine, originText(card.origin),
        card.origin.at > 0 ? exactTime(card.origin.at) : QString());
    const auto moment
        = [this](qint64 at) { return at > 0 ? momentText(at, m_facts.now) : QString(); };
    const auto exact = [](qint64 at) { return at > 0 ? exactTime(at) : QString(); };
    const qint64 last = m_facts.conversation.lastMessageAt;
    setLine(FirstLine, moment(m_facts.beganAt), exact(m_facts.beganAt));
    setLine(LastLine, moment(last), exact(last));
    setLine(WindowLine, windowText(m_facts));
    m_refresh->setToolTip(card.profile.askedAt > 0
            ? tr("Ask Meta again (F5); last asked %1")
                  .arg(momentText(card.profile.askedAt, m_facts.now))
            : tr("Ask Meta for name and picture (F5)"));
}

QWidget *ContactPanel::buildHead(MediaSource &media)
{
    auto *head = new QWidget(this);
    auto *layout = new QVBoxLayout(head);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    m_picture = new ContactPicture(media, Metrics::LargeAvatar, head);
    m_name = new ThemedLabel(m_theme, &Fonts::heading, &Theme::text, head);
    m_name->setObjectName(u"contactName"_s);
    m_name->setWordWrap(true);
    m_name->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_page = new ThemedLabel(m_theme, &Fonts::meta, &Theme::muted, head);
    for (ThemedLabel *label : {m_name, m_page})
        label->setAlignment(Qt::AlignCenter);
    layout->addWidget(m_picture, 0, Qt::AlignHCenter);
    layout->addSpacing(8);
    layout->addWidget(m_name);
    layout->addWidget(m_page);
    m_gap = new ThemedLabel(m_theme, &Fonts::meta, &Theme::muted, head);
    m_gap->setObjectName(u"contactGap"_s);
    m_gap->setWordWrap(true);
    m_gap->setAlignment(Qt::AlignCenter);
    layout->addSpacing(4);
    layout->addWidget(m_gap);
    return head;
}

QWidget *ContactPanel::buildButtons()
{
    auto *row = new QWidget(this);
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    m_edit = new QPushButton(tr("Edit"), row);
    m_edit->setObjectName(u"editContact"_s);
    m_edit->setToolTip(tr("Correct name, language, time zone or gender (Ctrl+Shift+E)"));
    m_edit->setAccessibleName(tr("Edit contact"));
    m_refresh = new QPushButton(tr("Refresh"), row);
    m_refresh->setObjectName(u"refreshContact"_s);
    m_refresh->setAccessibleName(tr("Refresh from Facebook"));
    layout->addStretch(1);
    layout->addWidget(m_edit);
    layout->addWidget(m_refresh);
    layout->addStretch(1);
    m_problem = new ThemedLabel(m_theme, &Fonts::meta, &Theme::bad, this);
    m_problem->setObjectName(u"contactProblem"_s);
    m_problem->setWordWrap(true);
    m_problem->hide();
    connect(m_edit, &QPushButton::clicked, this, &ContactPanel::beginEdit);
    connect(m_refresh, &QPushButton::clicked, this, &ContactPanel::refreshRequested);
    return row;
}

void ContactPanel::addSection(const QString &title, QWidget *content)
{
    auto *heading = new ThemedLabel(m_theme, &Fonts::secondaryStrong, &Theme::text, m_content);
    heading->setText(title);
    content->setAccessibleName(title);
    m_content->layout()->addWidget(hairline(m_theme, m_content));
    m_content->layout()->addWidget(heading);
    m_content->layout()->addWidget(content);
}

void ContactPanel::buildSections(PersonLinks::Search search)
{
    m_fields = new ContactFields(m_theme, m_content);
    m_notes = new ContactNotes(m_theme, m_content);
    m_links = new PersonLinks(m_theme, std::move(search), m_content);
    addSection(tr("Fields"), m_fields);
    addSection(tr("Notes"), m_notes);
    addSection(tr("Also writes to"), m_links);
    connect(m_editor, &ContactEditor::cancelled, this, [this] { setEditing(false); });
    connect(m_editor, &ContactEditor::saved, this, [this](const QList<ContactEdit> &edits) {
        setEditing(false);
        if (!edits.isEmpty())
            Q_EMIT edited(edits);
    });
    connect(m_fields, &ContactFields::edited, this,
        [this](const ContactEdit &edit) { Q_EMIT edited({edit}); });
    connect(m_notes, &ContactNotes::added, this, &ContactPanel::noteAdded);
    connect(m_notes, &ContactNotes::removed, this, &ContactPanel::noteRemoved);
    connect(m_links, &PersonLinks::merged, this, &ContactPanel::merged);
    connect(m_links, &PersonLinks::parted, this, &ContactPanel::parted);
    connect(m_links, &PersonLinks::declined, this, &ContactPanel::declined);
    connect(m_links, &PersonLinks::openRequested, this, &ContactPanel::openRequested);
}

QWidget *ContactPanel::buildFacts()
{
    const QString keys[LineCount]{tr("PSID"), tr("Local time"), tr("Language"), tr("Gender"),
        tr("Began with"), tr("First message"), tr("Last message"), tr("Window")};
    auto *facts = new QWidget(this);
    m_grid = new QGridLayout(facts);
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setHorizontalSpacing(8);
    m_grid->setVerticalSpacing(6);
    m_grid->setColumnMinimumWidth(0, KeyWidth);
    m_grid->setColumnStretch(1, 1);
    for (int line = 0; line < LineCount; ++line) {
        m_keys[line] = new ThemedLabel(m_theme, &Fonts::secondary, &Theme::faint, facts);
        m_keys[line]->setText(keys[line]);
        m_values[line] = new ThemedLabel(m_theme, &Fonts::secondary, &Theme::text, facts);
        m_values[line]->setTextInteractionFlags(Qt::TextSelectableByMouse);
        m_values[line]->setWordWrap(true);
        m_values[line]->setAccessibleName(keys[line]);
        m_grid->addWidget(m_keys[line], line, 0, Qt::AlignTop);
        m_grid->addWidget(m_values[line], line, 1);
    }
    auto *copy = new QPushButton(tr("Copy PSID"), facts);
    copy->setObjectName(u"copyPsid"_s);
    copy->setProperty("kind", u"plain"_s);
    copy->setToolTip(tr("Copy the page-scoped id without spaces"));
    copy->setStyleSheet(u"QPushButton { padding: 0 2px; min-height: 22px; }"_s);
    connect(copy, &QAbstractButton::clicked, this,
        [this] { QGuiApplication::clipboard()->setText(m_facts.conversation.contact.psid.value); });
    m_grid->addWidget(copy, LineCount, 1, Qt::AlignLeft);
    return facts;
}

void ContactPanel::setLine(Line line, const QString &value, const QString &tip)
{
    m_values[line]->setText(value);
    m_values[line]->setToolTip(tip);
    m_keys[line]->setVisible(!value.isEmpty());
    m_values[line]->setVisible(!value.isEmpty());
}

} // namespace Pagedesk::Ui
