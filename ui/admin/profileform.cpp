// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/admin/profileform.h"

#include "models/messenger/limits.h"
#include "ui/admin/entrylist.h"
#include "ui/theme/themedlabel.h"
#include "ui/theme/themeprovider.h"
#include "ui/thread/displaytext.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QLocale>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>
#include <optional>

namespace Pagedesk::Ui {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int BoxIndent = 24;
constexpr int GreetingHeight = 76;
const QString Default = QString::fromLatin1(DefaultLocale);
const QString UsualPayload = QStringLiteral("GET_STARTED");

// The entry for all languages in a list, or where it would stand.
template <typename T> auto usualIn(QList<T> &entries)
{
    return std::find_if(
        entries.begin(), entries.end(), [](const T &entry) { return entry.locale == Default; });
}

// Puts an entry for all languages into the list, or takes it out.
template <typename T> void replaceUsual(QList<T> &entries, const std::optional<T> &usual)
{
    const auto place = usualIn(entries);
    if (place == entries.end()) {
        if (usual)
            entries.prepend(*usual);
    } else if (usual) {
        *place = *usual;
    } else {
        entries.erase(place);
    }
}

template <typename T> void collectOthers(const QList<T> &entries, QStringList &locales)
{
    for (const T &entry : entries) {
        if (entry.locale != Default && !locales.contains(entry.locale))
            locales.append(entry.locale);
    }
}

// What is sent when a line is tapped, for those who do not care: its words.
QString payloadFor(const QString &written, const QString &title)
{
    return written.isEmpty() ? title : written;
}

EntryList::Entry entryOf(const MenuItem &item)
{
    return {item.type, item.title, item.type == "web_url"_L1 ? item.url : item.payload, item.rest};
}

MenuItem itemOf(const EntryList::Entry &entry)
{
    MenuItem item{entry.type, entry.title, {}, {}, entry.rest};
    if (entry.type == "web_url"_L1)
        item.url = entry.value;
    else if (entry.type == "postback"_L1)
        item.payload = payloadFor(entry.value, entry.title);
    return item;
}

} // namespace

ProfileForm::ProfileForm(const ThemeProvider &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_rows(new QVBoxLayout(this))
{
    m_rows->setContentsMargins(0, 0, 0, 0);
    m_rows->setSpacing(4);
    buildGreeting();
    addHeading(tr("Questions"),
        tr("Up to %1 questions that a customer can ask with one tap before writing anything. "
           "The second field is what Pagedesk gets; left empty, it is the question.")
            .arg(Limits::IceBreakers));
    m_questions = new EntryList(theme,
        {tr("Question"), tr("Question"), tr("What we get"), tr("Add a question")},
        Limits::IceBreakers, false, this);
    m_questions->setObjectName(u"questions"_s);
    m_rows->addWidget(m_questions);
    m_questionsProblem = addLabel("questionsProblem", &Theme::bad);
    addHeading(tr("Menu"),
        tr("Up to %1 entries, always at hand beside the text field of the customer.")
            .arg(Limits::MenuItems));
    m_menu = new EntryList(theme, {tr("Entry"), tr("Title"), tr("What we get"), tr("Add an entry")},
        Limits::MenuItems, true, this);
    m_menu->setObjectName(u"menu"_s);
    m_rows->addWidget(m_menu);
    m_menuProblem = addLabel("menuProblem", &Theme::bad);
    m_rows->addSpacing(Metrics::Gutter);
    m_button = new QCheckBox(tr("Button “Get started”"), this);
    m_button->setObjectName(u"getStarted"_s);
    m_rows->addWidget(m_button);
    ThemedLabel *sentence = addLabel("", &Theme::muted);
    sentence->setText(tr("Begins a conversation without a text. A menu needs it."));
    sentence->setIndent(BoxIndent);
    sentence->show();
    m_button->setAccessibleDescription(sentence->text());
    m_buttonProblem = addLabel("getStartedProblem", &Theme::bad);
    m_others = addLabel("otherLanguages", &Theme::muted);
    const auto tell = [this] {
        showGreeting();
        if (!m_filling)
            Q_EMIT changed();
    };
    connect(m_greeting, &QPlainTextEdit::textChanged, this, tell);
    connect(m_questions, &EntryList::changed, this, tell);
    connect(m_button, &QCheckBox::toggled, this, tell);
    connect(m_menu, &EntryList::changed, this, tell);
}

void ProfileForm::buildGreeting()
{
    addHeading(tr("Greeting"), tr("Stands above an empty conversation, before anybody writes."));
    m_greeting = new QPlainTextEdit(this);
    m_greeting->setObjectName(u"greeting"_s);
    m_greeting->setAccessibleName(tr("Greeting"));
    m_greeting->setTabChangesFocus(true);
    m_greeting->setFixedHeight(m_theme.theme().px(GreetingHeight));
    m_rows->addWidget(m_greeting);
    auto *line = new QHBoxLayout;
    m_insert = new QPushButton(tr("Insert the first name"), this);
    m_insert->setObjectName(u"insertName"_s);
    m_insert->setAutoDefault(false);
    line->addWidget(m_insert);
    line->addStretch(1);
    m_count = new ThemedLabel(m_theme, &Fonts::meta, &Theme::muted, this);
    m_count->setObjectName(u"greetingCount"_s);
    line->addWidget(m_count);
    m_rows->addLayout(line);
    m_preview = addLabel("greetingPreview", &Theme::muted);
    m_greetingProblem = addLabel("greetingProblem", &Theme::bad);
    connect(m_insert, &QPushButton::clicked, this, &ProfileForm::insertFirstName);
}

void ProfileForm::setProfile(const MessengerProfile &profile)
{
    m_filling = true;
    m_profile = profile;
    const auto greeting = usualIn(m_profile.greetings);
    const QString text = greeting == m_profile.greetings.end() ? QString() : greeting->text;
    if (m_greeting->toPlainText() != text)
        m_greeting->setPlainText(text);
    QList<EntryList::Entry> questions;
    if (const auto usual = usualIn(m_profile.iceBreakers); usual != m_profile.iceBreakers.end()) {
        for (const IceBreaker &each : std::as_const(usual->questions))
            questions.append({u"postback"_s, each.question, each.payload, {}});
    }
    m_questions->setEntries(questions);
    QList<EntryList::Entry> menu;
    if (const auto usual = usualIn(m_profile.menus); usual != m_profile.menus.end()) {
        for (const MenuItem &each : std::as_const(usual->items))
            menu.append(entryOf(each));
    }
    m_menu->setEntries(menu);
    m_button->setChecked(!profile.getStarted.isEmpty());
    m_filling = false;
    showGreeting();
    showOthers();
}

MessengerProfile ProfileForm::profile() const
{
    MessengerProfile made = m_profile;
    const QString text = m_greeting->toPlainText().trimmed();
    replaceUsual(made.greetings,
        text.isEmpty() ? std::nullopt : std::optional(LocalGreeting{Default, text}));
    LocalIceBreakers questions{Default, {}};
    for (const EntryList::Entry &entry : m_questions->entries())
        questions.questions.append({entry.title, payloadFor(entry.value, entry.title)});
    replaceUsual(
        made.iceBreakers, questions.questions.isEmpty() ? std::nullopt : std::optional(questions));
    const auto before = usualIn(made.menus);
    LocalMenu menu{Default, before != made.menus.end() && before->writingIsOff, {}};
    for (const EntryList::Entry &entry : m_menu->entries())
        menu.items.append(itemOf(entry));
    const bool isEmpty = menu.items.isEmpty() && !menu.writingIsOff;
    replaceUsual(made.menus, isEmpty ? std::nullopt : std::optional(menu));
    if (!m_button->isChecked())
        made.getStarted.clear();
    else if (made.getStarted.isEmpty())
        made.getStarted = UsualPayload;
    return made;
}

void ProfileForm::showProblems(const QList<ProfileProblem> &problems)
{
    const auto say = [&problems](ThemedLabel *label, const QString &part) {
        QStringList said;
        for (const ProfileProblem &problem : problems) {
            if (problem.place == part || problem.place == part + u"/default"_s)
                said.append(problem.sentence);
        }
        label->setText(said.join(u'\n'));
        label->setVisible(!said.isEmpty());
    };
    say(m_greetingProblem, u"greeting"_s);
    say(m_questionsProblem, u"ice_breakers"_s);
    say(m_menuProblem, u"persistent_menu"_s);
    say(m_buttonProblem, u"get_started"_s);
    const auto rows = [&problems](const QString &part) {
        QHash<QString, QString> said;
        for (const ProfileProblem &problem : problems) {
            if (!problem.place.startsWith(part))
                continue;
            const QString place = problem.place.sliced(part.size());
            const QString field = place.section(u'/', 1);
            const bool isTitle = field == "question"_L1 || field == "title"_L1;
            said.insert(place.section(u'/', 0, 0) + (isTitle ? u"/title"_s : u"/value"_s),
                problem.sentence);
        }
        return said;
    };
    m_questions->setProblems(rows(u"ice_breakers/default/"_s));
    m_menu->setProblems(rows(u"persistent_menu/default/"_s));
}

void ProfileForm::addHeading(const QString &words, const QString &sentence)
{
    if (m_rows->count() > 0)
        m_rows->addSpacing(Metrics::Gutter);
    auto *heading = new ThemedLabel(m_theme, &Fonts::secondaryStrong, &Theme::text, this);
    heading->setText(words);
    m_rows->addWidget(heading);
    auto *label = new ThemedLabel(m_theme, &Fonts::meta, &Theme::muted, this);
    label->setText(sentence);
    label->setWordWrap(true);
    m_rows->addWidget(label);
}

ThemedLabel *ProfileForm::addLabel(const char *name, QColor Theme::*colour)
{
    auto *label = new ThemedLabel(m_theme, &Fonts::meta, colour, this);
    label->setObjectName(QString::fromLatin1(name));
    label->setWordWrap(true);
    label->hide();
    m_rows->addWidget(label);
    return label;
}

void ProfileForm::insertFirstName()
{
    m_greeting->insertPlainText(u"{{user_first_name}}"_s);
    m_greeting->setFocus();
}

void ProfileForm::showGreeting()
{
    const QString text = m_greeting->toPlainText().trimmed();
    const bool tooLong = text.size() > Limits::GreetingCharacters;
    m_count->setText(
        tr("%1 of %2 characters")
            .arg(QLocale().toString(text.size()), QLocale().toString(Limits::GreetingCharacters)));
    m_count->setColour(tooLong ? &Theme::bad : &Theme::muted);
    const QString filled
        = filledGreeting(text, tr("Amina", "a first name"), tr("Haddad", "a last name"));
    m_preview->setText(tr("Amina sees: %1").arg(displayText(filled, 400)));
    m_preview->setVisible(!text.isEmpty());
}

void ProfileForm::showOthers()
{
    QStringList locales;
    collectOthers(m_profile.greetings, locales);
    collectOthers(m_profile.iceBreakers, locales);
    collectOthers(m_profile.menus, locales);
    m_others->setText(tr("There are texts of their own for %1. They stay as they are.")
                          .arg(displayLine(locales.join(u", "_s), 200)));
    m_others->setVisible(!locales.isEmpty());
}

} // namespace Pagedesk::Ui
