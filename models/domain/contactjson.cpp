// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/domain/contactjson.h"

#include "models/base/jsonfields.h"
#include "models/domain/detailsjson.h"

#include <QJsonDocument>

namespace Pagedesk {

using namespace Qt::Literals::StringLiterals;

namespace {

using Need = FieldReader::Need;

void putHours(QJsonObject &object, const std::optional<double> &hours)
{
    if (hours)
        object.insert("timezone"_L1, *hours);
}

std::optional<double> hoursFrom(FieldReader &in)
{
    return in.has("timezone"_L1) ? std::optional(in.real("timezone"_L1)) : std::nullopt;
}

void putObject(QJsonObject &object, QLatin1StringView name, const QJsonObject &inner)
{
    if (!inner.isEmpty())
        object.insert(name, inner);
}

QJsonObject toJson(const ContactProfile &profile)
{
    QJsonObject object;
    putText(object, "name"_L1, profile.name);
    putText(object, "firstName"_L1, profile.firstName);
    putText(object, "lastName"_L1, profile.lastName);
    putText(object, "locale"_L1, profile.locale);
    putText(object, "gender"_L1, profile.gender);
    putHours(object, profile.timezone);
    putInteger(object, "askedAt"_L1, profile.askedAt);
    putFlag(object, "shared"_L1, profile.shared);
    return object;
}

Result<ContactProfile> profileFromJson(const QJsonObject &object)
{
    FieldReader in(object, u"contact.profile"_s);
    ContactProfile read;
    read.name = in.text("name"_L1);
    read.firstName = in.text("firstName"_L1);
    read.lastName = in.text("lastName"_L1);
    read.locale = in.text("locale"_L1);
    read.gender = in.text("gender"_L1);
    read.timezone = hoursFrom(in);
    read.askedAt = in.integer("askedAt"_L1);
    read.shared = in.flag("shared"_L1);
    return in.result(read);
}

QJsonObject toJson(const ContactCorrections &corrections)
{
    QJsonObject object;
    putText(object, "name"_L1, corrections.name);
    putText(object, "locale"_L1, corrections.locale);
    putText(object, "gender"_L1, corrections.gender);
    putHours(object, corrections.timezone);
    return object;
}

Result<ContactCorrections> correctionsFromJson(const QJsonObject &object)
{
    FieldReader in(object, u"contact.corrections"_s);
    ContactCorrections read;
    read.name = in.text("name"_L1);
    read.locale = in.text("locale"_L1);
    read.gender = in.text("gender"_L1);
    read.timezone = hoursFrom(in);
    return in.result(read);
}

Result<CustomField> fieldFromJson(const QJsonObject &object)
{
    FieldReader in(object, u"contact.fields"_s);
    const CustomField read{in.text("name"_L1, Need::Required), in.text("value"_L1)};
    return in.result(read);
}

Result<ContactNote> noteFromJson(const QJsonObject &object)
{
    FieldReader in(object, u"contact.notes"_s);
    ContactNote read;
    read.id = in.id("id"_L1);
    read.author = {in.id("author"_L1, Need::Optional)};
    read.authorName = in.text("authorName"_L1);
    read.text = in.text("text"_L1);
    read.at = in.integer("at"_L1);
    return in.result(read);
}

QJsonObject toJson(const ContactOrigin &origin)
{
    QJsonObject object;
    putText(object, "notice"_L1, noticeName(origin.notice));
    putObject(object, "referral"_L1, referralToJson(origin.referral));
    putText(object, "text"_L1, origin.text);
    putInteger(object, "at"_L1, origin.at);
    return object;
}

Result<ContactOrigin> originFromJson(const QJsonObject &object)
{
    FieldReader in(object, u"contact.origin"_s);
    ContactOrigin read;
    if (in.has("notice"_L1))
        read.notice = in.choice("notice"_L1, noticeFromName);
    if (in.has("referral"_L1))
        read.referral = in.take(referralFromJson(in.object("referral"_L1)));
    read.text = in.text("text"_L1);
    read.at = in.integer("at"_L1);
    return in.result(read);
}

QJsonArray fieldsToJson(const QList<CustomField> &fields)
{
    QJsonArray list;
    for (const CustomField &field : fields) {
        QJsonObject one;
        putText(one, "name"_L1, field.name);
        putText(one, "value"_L1, field.value);
        list.append(one);
    }
    return list;
}

QJsonArray notesToJson(const QList<ContactNote> &notes)
{
    QJsonArray list;
    for (const ContactNote &note : notes) {
        QJsonObject one{{"id"_L1, note.id}};
        putText(one, "author"_L1, note.author.value);
        putText(one, "authorName"_L1, note.authorName);
        putText(one, "text"_L1, note.text);
        putInteger(one, "at"_L1, note.at);
        list.append(one);
    }
    return list;
}

QStringList suggestionsFrom(FieldReader &in)
{
    constexpr auto Name = "suggestions"_L1;
    QStringList ids;
    const QJsonArray list = in.list(Name);
    for (const QJsonValue &value : list) {
        const QString id = value.toString();
        if (id.isEmpty() || id.size() > MaxIdCharacters)
            in.fail(Name, "holds something that is no id");
        if (in.error())
            break;
        ids.append(id);
    }
    return ids;
}

} // namespace

QJsonObject cardToJson(const ContactCard &card)
{
    QJsonObject object;
    putObject(object, "profile"_L1, toJson(card.profile));
    putObject(object, "corrections"_L1, toJson(card.corrections));
    if (!card.fields.isEmpty())
        object.insert("fields"_L1, fieldsToJson(card.fields));
    if (!card.notes.isEmpty())
        object.insert("notes"_L1, notesToJson(card.notes));
    putObject(object, "origin"_L1, toJson(card.origin));
    if (!card.suggestions.isEmpty())
        object.insert("suggestions"_L1, QJsonArray::fromStringList(card.suggestions));
    return object;
}

Result<ContactCard> cardFromJson(const QJsonObject &object)
{
    FieldReader in(object, u"contact"_s);
    ContactCard read;
    if (in.has("profile"_L1))
        read.profile = in.take(profileFromJson(in.object("profile"_L1)));
    if (in.has("corrections"_L1))
        read.corrections = in.take(correctionsFromJson(in.object("corrections"_L1)));
    read.fields = readObjects(in, "fields"_L1, fieldFromJson);
    read.notes = readObjects(in, "notes"_L1, noteFromJson);
    if (in.has("origin"_L1))
        read.origin = in.take(originFromJson(in.object("origin"_L1)));
    read.suggestions = suggestionsFrom(in);
    return in.result(read);
}

QString cardToText(const ContactCard &card)
{
    const QJsonObject object = cardToJson(card);
    if (object.isEmpty())
        return {};
    return QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact));
}

ContactCard cardFromText(const QString &text)
{
    if (text.isEmpty())
        return {};
    return cardFromJson(QJsonDocument::fromJson(text.toUtf8()).object()).value_or(ContactCard());
}

QJsonObject editToJson(const ContactEdit &edit)
{
    QJsonObject object{{"field"_L1, contactFieldName(edit.field)}};
    putText(object, "name"_L1, edit.name);
    putText(object, "value"_L1, edit.value);
    return object;
}

Result<ContactEdit> editFromJson(const QJsonObject &object)
{
    FieldReader in(object, u"command.edits"_s);
    const ContactEdit read{
        in.choice("field"_L1, contactFieldFromName), in.text("name"_L1), in.text("value"_L1)};
    return in.result(read);
}

} // namespace Pagedesk
