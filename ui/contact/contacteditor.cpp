// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/contact/contacteditor.h"

#include "ui/contact/contactwords.h"
#include "ui/theme/themedlabel.h"
#include "ui/theme/themeprovider.h"
#include "ui/thread/displaytext.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>
#include <map>

namespace Pagedesk::Ui {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int LongestName = 200;
constexpr int FirstZone = -12 * 4; // quarters of an hour
constexpr int LastZone = 14 * 4;

// Every language by the name its speakers give it.
std::map<QString, QString> languages()
{
    std::map<QString, QString> known;
    for (int i = QLocale::C + 1; i <= QLocale::LastLanguage; ++i) {
        const auto language = static_cast<QLocale::Language>(i);
        const QLocale locale(language);
        if (locale.language() == language && !locale.nativeLanguageName().isEmpty())
            known.emplace(
                languageText(QLocale::languageToCode(language)), QLocale::languageToCode(language));
    }
    return known;
}

// Zones that are in use somewhere: whole and half hours, and the three with quarters.
bool isZone(int quarters)
{
    return quarters % 2 == 0 || quarters == 23 || quarters == 35 || quarters == 51;
}

} // namespace

ContactEditor::ContactEditor(const ThemeProvider &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
{
    auto *rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(4);
    m_name = new QLineEdit(this);
    m_name->setObjectName(u"editName"_s);
    m_name->setMaxLength(LongestName);
    m_language = new QComboBox(this);
    m_language->setObjectName(u"editLanguage"_s);
    m_timezone = new QComboBox(this);
    m_timezone->setObjectName(u"editTimezone"_s);
    m_gender = new QComboBox(this);
    m_gender->setObjectName(u"editGender"_s);
    addRow(tr("Name"), m_name);
    addRow(tr("Language"), m_language);
    addRow(tr("Time zone"), m_timezone);
    addRow(tr("Gender"), m_gender);
    for (QComboBox *box : {m_language, m_timezone, m_gender}) {
        box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        box->setMinimumContentsLength(8);
        box->setMaxVisibleItems(12);
    }
    fillChoices();
    auto *buttons = new QHBoxLayout;
    auto *save = new QPushButton(tr("Save"), this);
    save->setObjectName(u"saveContact"_s);
    save->setProperty("kind", u"primary"_s);
    auto *cancel = new QPushButton(tr("Cancel"), this);
    cancel->setObjectName(u"cancelContact"_s);
    buttons->addWidget(save);
    buttons->addWidget(cancel);
    buttons->addStretch(1);
    rows->addSpacing(4);
    rows->addLayout(buttons);
    const auto send = [this] { Q_EMIT saved(edits()); };
    connect(save, &QPushButton::clicked, this, send);
    connect(m_name, &QLineEdit::returnPressed, this, send);
    connect(cancel, &QPushButton::clicked, this, &ContactEditor::cancelled);
}

void ContactEditor::addRow(const QString &caption, QWidget *field)
{
    auto *words = new ThemedLabel(m_theme, &Fonts::meta, &Theme::muted, this);
    words->setText(caption);
    words->setBuddy(field);
    field->setAccessibleName(caption);
    layout()->addWidget(words);
    layout()->addWidget(field);
}

void ContactEditor::fillChoices()
{
    for (QComboBox *box : {m_language, m_timezone, m_gender})
        box->addItem(QString(), QString());
    for (const auto &[name, code] : languages())
        m_language->addItem(name, code);
    for (int quarters = FirstZone; quarters <= LastZone; ++quarters) {
        if (isZone(quarters))
            m_timezone->addItem(timezoneText(quarters / 4.0), QString::number(quarters / 4.0));
    }
    for (const QString &gender : {u"female"_s, u"male"_s})
        m_gender->addItem(genderText(gender), gender);
}

void ContactEditor::selectWord(QComboBox *box, const QString &word, const QString &shown)
{
    int index = box->findData(word);
    if (index < 0) {
        box->addItem(shown, word);
        index = box->count() - 1;
    }
    box->setCurrentIndex(index);
}

void ContactEditor::setCard(const ContactCard &card)
{
    m_card = card;
    const ContactProfile &meta = card.profile;
    const QString unknown = tr("not known");
    m_name->setText(card.corrections.name);
    m_name->setPlaceholderText(meta.name.isEmpty() ? unknown : displayLine(meta.name));
    const auto asMeta = [&unknown](const QString &said) {
        return said.isEmpty() ? unknown : tr("as Facebook says: %1").arg(said);
    };
    m_language->setItemText(0, asMeta(languageText(meta.locale)));
    m_timezone->setItemText(0, asMeta(meta.timezone ? timezoneText(*meta.timezone) : QString()));
    m_gender->setItemText(0, asMeta(genderText(meta.gender)));
    const ContactCorrections &own = card.corrections;
    selectWord(m_language, own.locale, languageText(own.locale));
    selectWord(m_timezone, own.timezone ? QString::number(*own.timezone) : QString(),
        own.timezone ? timezoneText(*own.timezone) : QString());
    selectWord(m_gender, own.gender, genderText(own.gender));
}

void ContactEditor::beginTyping()
{
    m_name->setFocus();
}

QList<ContactEdit> ContactEditor::edits() const
{
    const ContactCorrections &own = m_card.corrections;
    const QString zone = own.timezone ? QString::number(*own.timezone) : QString();
    QList<ContactEdit> edits;
    const auto note = [&edits](ContactField field, const QString &before, const QString &after) {
        if (before != after)
            edits.append({field, {}, after});
    };
    note(ContactField::Name, own.name, m_name->text().simplified());
    note(ContactField::Locale, own.locale, m_language->currentData().toString());
    note(ContactField::Timezone, zone, m_timezone->currentData().toString());
    note(ContactField::Gender, own.gender, m_gender->currentData().toString());
    return edits;
}

} // namespace Pagedesk::Ui
