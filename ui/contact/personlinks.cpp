// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/contact/personlinks.h"

#include "ui/inbox/conversationwords.h"
#include "ui/theme/themedlabel.h"
#include "ui/theme/themeprovider.h"
#include "ui/thread/displaytext.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QVBoxLayout>

namespace Pagedesk::Ui {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int ListHeight = 132;

QString entryText(const PersonLinks::Entry &entry)
{
    return PersonLinks::tr("%1 · %2 · …%3")
        .arg(displayName(entry.conversation.contact), displayLine(entry.page.shownName()),
            psidTail(entry.conversation.contact.psid));
}

} // namespace

PersonLinks::PersonLinks(const ThemeProvider &theme, Search search, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_search(std::move(search))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    m_alone = new ThemedLabel(theme, &Fonts::meta, &Theme::muted, this);
    m_alone->setText(tr("Not known on another Page"));
    m_alone->setWordWrap(true);
    layout->addWidget(m_alone);
    m_links = new QVBoxLayout;
    m_links->setSpacing(4);
    layout->addLayout(m_links);
    m_begin = new QPushButton(tr("Same person as…"), this);
    m_begin->setObjectName(u"beginMerge"_s);
    m_begin->setToolTip(tr("Choose who this person is on another Page (Ctrl+Shift+M)"));
    m_begin->setAccessibleName(tr("Merge with another person"));
    layout->addWidget(m_begin, 0, Qt::AlignLeft);
    m_chooser = buildChooser();
    layout->addWidget(m_chooser);
    m_chooser->hide();
    connect(m_begin, &QPushButton::clicked, this, &PersonLinks::begin);
}

QWidget *PersonLinks::buildChooser()
{
    auto *chooser = new QWidget(this);
    auto *layout = new QVBoxLayout(chooser);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    m_words = new QLineEdit(chooser);
    m_words->setObjectName(u"mergeWords"_s);
    m_words->setPlaceholderText(tr("Name or PSID on another Page"));
    m_words->setAccessibleName(tr("Find the person on another Page"));
    m_words->setClearButtonEnabled(true);
    m_list = new QListWidget(chooser);
    m_list->setObjectName(u"mergeList"_s);
    m_list->setAccessibleName(tr("People on other Pages"));
    m_list->setFixedHeight(ListHeight);
    m_list->setTextElideMode(Qt::ElideMiddle);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_preview = new ThemedLabel(m_theme, &Fonts::meta, &Theme::muted, chooser);
    m_preview->setObjectName(u"mergePreview"_s);
    m_preview->setWordWrap(true);
    m_merge = new QPushButton(tr("Merge"), chooser);
    m_merge->setObjectName(u"merge"_s);
    m_merge->setProperty("kind", u"primary"_s);
    auto *cancel = new QPushButton(tr("Cancel"), chooser);
    cancel->setObjectName(u"cancelMerge"_s);
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_merge);
    buttons->addWidget(cancel);
    buttons->addStretch(1);
    layout->addWidget(m_words);
    layout->addWidget(m_list);
    layout->addWidget(m_preview);
    layout->addLayout(buttons);
    connect(m_words, &QLineEdit::textChanged, this, &PersonLinks::find);
    connect(m_list, &QListWidget::currentRowChanged, this, &PersonLinks::preview);
    connect(cancel, &QPushButton::clicked, this, &PersonLinks::end);
    connect(m_merge, &QPushButton::clicked, this, [this] {
        const Entry chosen = m_found.at(m_list->currentRow());
        end();
        Q_EMIT merged(chosen.conversation.id);
    });
    return chooser;
}

void PersonLinks::setPerson(
    const Entry &self, const QList<Entry> &others, const QList<Suggestion> &suggestions)
{
    if (self.conversation.id != m_self.conversation.id)
        end();
    m_self = self;
    m_others = others;
    m_suggestions = suggestions;
    while (QLayoutItem *item = m_links->takeAt(0)) {
        item->widget()->hide();
        item->widget()->deleteLater(); // one of its buttons may have led here
        delete item;
    }
    for (const Entry &entry : others)
        m_links->addWidget(linkRow(entry));
    if (!others.isEmpty()) {
        auto *part = new QPushButton(tr("Separate from the others"), this);
        part->setObjectName(u"part"_s);
        part->setProperty("kind", u"plain"_s);
        part->setToolTip(tr("They are shown as different people again, each as before"));
        connect(
            part, &QPushButton::clicked, this, [this] { Q_EMIT parted(m_self.conversation.id); });
        m_links->addWidget(part, 0, Qt::AlignLeft);
    }
    for (const Suggestion &suggestion : suggestions)
        m_links->addWidget(suggestionRow(suggestion));
    m_alone->setVisible(others.isEmpty() && suggestions.isEmpty() && m_chooser->isHidden());
}

// A human decides, with the same preview as for one they have found themselves.
QWidget *PersonLinks::suggestionRow(const Suggestion &suggestion)
{
    const QString name = displayName(suggestion.entry.conversation.contact);
    const QString page = displayLine(suggestion.entry.page.shownName());
    auto *row = new QWidget(this);
    row->setObjectName(u"suggestion"_s);
    auto *layout = new QVBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    auto *words = new ThemedLabel(m_theme, &Fonts::secondary, &Theme::text, row);
    words->setObjectName(u"suggestionText"_s);
    words->setWordWrap(true);
    words->setText(tr("Meta says this is also %1 on %2.").arg(name, page));
    row->setAccessibleName(words->text());
    auto *same = new QPushButton(tr("One person"), row);
    same->setObjectName(u"acceptSuggestion"_s);
    same->setToolTip(tr("Show what merging them does, then decide"));
    same->setAccessibleName(tr("One person: this and %1 on %2").arg(name, page));
    auto *other = new QPushButton(tr("Not the same"), row);
    other->setObjectName(u"declineSuggestion"_s);
    other->setToolTip(tr("Different people; this is not suggested again"));
    other->setAccessibleName(tr("Not the same: this and %1 on %2").arg(name, page));
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(same);
    buttons->addWidget(other);
    buttons->addStretch(1);
    layout->addWidget(words);
    layout->addLayout(buttons);
    connect(
        same, &QPushButton::clicked, this, [this, entry = suggestion.entry] { propose(entry); });
    connect(
        other, &QPushButton::clicked, this, [this, id = suggestion.id] { Q_EMIT declined(id); });
    return row;
}

QWidget *PersonLinks::linkRow(const Entry &entry)
{
    auto *link = new QPushButton(entryText(entry), this);
    link->setProperty("kind", u"plain"_s);
    link->setStyleSheet(u"QPushButton { text-align: left; padding: 2px; }"_s);
    link->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    link->setToolTip(plainToolTip(tr("Open the conversation: %1").arg(entryText(entry))));
    connect(link, &QPushButton::clicked, this,
        [this, id = entry.conversation.id] { Q_EMIT openRequested(id); });
    return link;
}

// With a list to choose from, or for one that is proposed already.
void PersonLinks::open(bool choosing)
{
    m_begin->hide();
    m_alone->hide();
    m_words->setVisible(choosing);
    m_list->setVisible(choosing);
    m_chooser->show();
}

void PersonLinks::propose(const Entry &entry)
{
    open(false);
    list({entry});
    m_merge->setFocus();
}

void PersonLinks::begin()
{
    open(true);
    m_words->setText(m_self.conversation.contact.name);
    m_words->selectAll();
    m_words->setFocus();
    find();
}

void PersonLinks::end()
{
    m_chooser->hide();
    m_begin->show();
    m_alone->setVisible(m_others.isEmpty() && m_suggestions.isEmpty());
}

void PersonLinks::find()
{
    list(m_search(m_words->text().trimmed()));
}

void PersonLinks::list(const QList<Entry> &found)
{
    m_found = found;
    m_list->clear();
    for (const Entry &entry : std::as_const(m_found))
        m_list->addItem(entryText(entry));
    if (!m_found.isEmpty())
        m_list->setCurrentRow(0);
    preview();
}

void PersonLinks::preview()
{
    const int row = m_list->currentRow();
    m_merge->setEnabled(row >= 0);
    if (row < 0) {
        m_preview->setText(tr("Nobody on another Page matches."));
        return;
    }
    m_preview->setText(tr("Will be one person: %1 and %2. Each keeps their own conversation, "
                          "profile, fields and notes; both are shown together. Separating them "
                          "later brings back exactly what is now.")
                           .arg(entryText(m_self), entryText(m_found.at(row))));
}

} // namespace Pagedesk::Ui
