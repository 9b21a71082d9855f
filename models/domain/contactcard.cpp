// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/domain/contactcard.h"

#include "models/domain/names.h"

#include <algorithm>

namespace Pagedesk {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qsizetype LongestName = 200;
constexpr qsizetype LongestWord = 32;
// The furthest zones there are: Baker Island and the Line Islands.
constexpr double WesternmostZone = -12;
constexpr double EasternmostZone = 14;

constexpr NameTable<ContactField, 5> FieldNames{{
    {ContactField::Custom, "custom"},
    {ContactField::Name, "name"},
    {ContactField::Locale, "locale"},
    {ContactField::Timezone, "timezone"},
    {ContactField::Gender, "gender"},
}};

// Characters that are shown nowhere take six times the room of others in a frame.
QString printable(QString text)
{
    text.removeIf([](QChar each) {
        return each.category() == QChar::Other_Control && each != u'\n' && each != u'\t';
    });
    return text.trimmed();
}

Result<> tooLong(const QString &what, qsizetype most)
{
    return failure(
        Error::Kind::TooLarge, u"%1 can have %2 characters at the most"_s.arg(what).arg(most));
}

Result<> setText(QString &place, const QString &value, const QString &what, qsizetype most)
{
    if (value.size() > most)
        return tooLong(what, most);
    place = value;
    return {};
}

Result<> setTimezone(ContactCard &card, const QString &value)
{
    if (value.isEmpty()) {
        card.corrections.timezone.reset();
        return {};
    }
    bool isNumber = false;
    const double hours = value.toDouble(&isNumber);
    if (!isNumber || !(hours >= WesternmostZone && hours <= EasternmostZone)) {
        return failure(Error::Kind::Rejected, u"a time zone is a number of hours from -12 to 14"_s);
    }
    card.corrections.timezone = hours;
    return {};
}

Result<> setCustom(ContactCard &card, const QString &name, const QString &value)
{
    if (name.isEmpty())
        return failure(Error::Kind::Rejected, u"a field needs a name"_s);
    if (name.size() > MaxFieldName)
        return tooLong(u"the name of a field"_s, MaxFieldName);
    if (value.size() > MaxFieldValue)
        return tooLong(u"a field"_s, MaxFieldValue);
    const auto found = std::find_if(card.fields.begin(), card.fields.end(),
        [&name](const CustomField &field) { return field.name == name; });
    if (value.isEmpty()) {
        if (found != card.fields.end())
            card.fields.erase(found);
    } else if (found != card.fields.end()) {
        found->value = value;
    } else if (card.fields.size() >= MaxContactFields) {
        return failure(Error::Kind::TooLarge,
            u"a person can have %1 fields at the most"_s.arg(MaxContactFields));
    } else {
        card.fields.append({name, value});
    }
    return {};
}

} // namespace

QString shownName(const ContactCard &card)
{
    return card.corrections.name.isEmpty() ? card.profile.name : card.corrections.name;
}

QString shownLocale(const ContactCard &card)
{
    return card.corrections.locale.isEmpty() ? card.profile.locale : card.corrections.locale;
}

QString shownGender(const ContactCard &card)
{
    return card.corrections.gender.isEmpty() ? card.profile.gender : card.corrections.gender;
}

std::optional<double> shownTimezone(const ContactCard &card)
{
    return card.corrections.timezone ? card.corrections.timezone : card.profile.timezone;
}

Result<> applyEdit(ContactCard &card, const ContactEdit &edit)
{
    const QString value = printable(edit.value);
    switch (edit.field) {
    case ContactField::Custom:
        return setCustom(card, printable(edit.name).simplified(), value);
    case ContactField::Name:
        return setText(card.corrections.name, value.simplified(), u"a name"_s, LongestName);
    case ContactField::Locale:
        return setText(card.corrections.locale, value, u"a language"_s, LongestWord);
    case ContactField::Gender:
        return setText(card.corrections.gender, value, u"a gender"_s, LongestWord);
    case ContactField::Timezone:
        return setTimezone(card, value);
    }
    return failure(Error::Kind::Rejected, u"no such field"_s);
}

Result<> addNote(ContactCard &card, const ContactNote &note)
{
    const QString text = printable(note.text);
    if (text.isEmpty())
        return failure(Error::Kind::Rejected, u"the note is empty"_s);
    if (text.size() > MaxContactNote)
        return tooLong(u"a note"_s, MaxContactNote);
    const bool isThere = std::any_of(card.notes.begin(), card.notes.end(),
        [&note](const ContactNote &other) { return other.id == note.id; });
    if (isThere)
        return {};
    if (card.notes.size() >= MaxContactNotes) {
        return failure(Error::Kind::TooLarge,
            u"a person can have %1 notes at the most"_s.arg(MaxContactNotes));
    }
    card.notes.append(note);
    card.notes.last().text = text;
    return {};
}

Result<> removeNote(ContactCard &card, const QString &noteId)
{
    const auto removed
        = card.notes.removeIf([&noteId](const ContactNote &note) { return note.id == noteId; });
    return removed > 0 ? Result<>() : failure(Error::Kind::NotFound, u"no such note"_s);
}

QString contactFieldName(ContactField field)
{
    return nameOf(FieldNames, field);
}

std::optional<ContactField> contactFieldFromName(QStringView name)
{
    return fromName(FieldNames, name);
}

} // namespace Pagedesk
