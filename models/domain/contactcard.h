// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/ids.h"
#include "models/base/result.h"
#include "models/domain/messagedetails.h"

#include <QList>
#include <QString>
#include <QStringList>

#include <optional>

namespace Pagedesk {

// What Meta tells about a person. Every field may be missing. Source: Messenger Platform, "User
// Profile", 2026.
struct ContactProfile {
    QString name;
    QString firstName;
    QString lastName;
    QString locale; // "en_US"
    QString gender; // "female", "male" or another word of Meta's
    std::optional<double> timezone; // hours from GMT, may be fractional
    qint64 askedAt = 0; // ms UTC when Meta was asked last; 0: never
    bool shared = false; // whether Meta gave anything then

    bool operator==(const ContactProfile &) const = default;
};

// What the team has corrected; it wins over what Meta tells. Empty: not corrected.
struct ContactCorrections {
    QString name;
    QString locale;
    QString gender;
    std::optional<double> timezone;

    bool operator==(const ContactCorrections &) const = default;
};

struct CustomField {
    QString name;
    QString value;

    bool operator==(const CustomField &) const = default;
};

// What somebody of the team wrote down about a person; the customer never sees it.
struct ContactNote {
    QString id;
    OperatorId author;
    QString authorName;
    QString text;
    qint64 at = 0; // ms UTC

    bool operator==(const ContactNote &) const = default;
};

// How the conversation began, if not with a plain message.
struct ContactOrigin {
    Notice notice = Notice::None; // Referral, Optin or Postback; None: a message with a referral
    Referral referral;
    QString text; // the topic of an opt-in, the title of a button
    qint64 at = 0; // ms UTC; 0: not known to be anything but a plain message

    bool operator==(const ContactOrigin &) const = default;
};

// Everything beyond name and picture that is known of a person, as one Page knows them.
struct ContactCard {
    ConversationId id; // a person has one conversation with a Page
    PageId pageId;
    ContactProfile profile;
    ContactCorrections corrections;
    QList<CustomField> fields; // in the order they were made
    QList<ContactNote> notes; // oldest first
    ContactOrigin origin;
    QString personId; // the same for all contacts that are one person; empty: not merged
    // Each stands with exactly one other contact too, which Meta says is the same person. A
    // suggestion alone does not tell which: whoever may not see that other one learns nothing.
    QStringList suggestions;
    qint64 seq = 0; // position in the Page's stream

    bool operator==(const ContactCard &) const = default;
};

// A card fits into one frame with all of it.
inline constexpr qsizetype MaxContactFields = 50;
inline constexpr qsizetype MaxContactNotes = 100;
inline constexpr qsizetype MaxContactSuggestions = 20;
inline constexpr qsizetype MaxFieldName = 64; // characters
inline constexpr qsizetype MaxFieldValue = 500;
inline constexpr qsizetype MaxContactNote = 2000;

// What the team goes by; empty or nothing where nobody knows.
QString shownName(const ContactCard &card);
QString shownLocale(const ContactCard &card);
QString shownGender(const ContactCard &card);
std::optional<double> shownTimezone(const ContactCard &card);

enum class ContactField { Custom, Name, Locale, Timezone, Gender };

// One change by hand. An empty value takes the correction back, or the custom field away.
struct ContactEdit {
    ContactField field = ContactField::Custom;
    QString name; // of a custom field
    QString value; // of a time zone: hours from GMT, "-3.5"

    bool operator==(const ContactEdit &) const = default;
};

// Rejected or TooLarge, in words; the card is then as it was.
Result<> applyEdit(ContactCard &card, const ContactEdit &edit);
// A note that is there already is not added again.
Result<> addNote(ContactCard &card, const ContactNote &note);
// NotFound.
Result<> removeNote(ContactCard &card, const QString &noteId);

QString contactFieldName(ContactField field);
std::optional<ContactField> contactFieldFromName(QStringView name);

} // namespace Pagedesk
