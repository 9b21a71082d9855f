// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/contact/contactwords.h"

#include "ui/thread/displaytext.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

#include <cmath>

namespace Pagedesk::Ui {

using namespace Qt::Literals::StringLiterals;

namespace {

struct ContactWords {
    Q_DECLARE_TR_FUNCTIONS(Pagedesk::Ui::ContactWords)
};

QString quoted(const QString &text)
{
    return ContactWords::tr("“%1”").arg(displayLine(text));
}

QString referralText(const Referral &referral)
{
    if (referral.source == "ADS"_L1) {
        return referral.adTitle.isEmpty()
            ? ContactWords::tr("Advertisement")
            : ContactWords::tr("Advertisement %1").arg(quoted(referral.adTitle));
    }
    const QString link = referral.source == "SHORTLINK"_L1 ? ContactWords::tr("m.me link")
                                                           : ContactWords::tr("Link");
    if (referral.ref.isEmpty())
        return link;
    return ContactWords::tr("%1 (ref: %2)").arg(link, displayLine(referral.ref));
}

} // namespace

QString timezoneText(double hours)
{
    const int minutes = static_cast<int>(std::lround(hours * 60));
    const QString sign = minutes < 0 ? u"\u2212"_s : u"+"_s;
    const int rest = std::abs(minutes) % 60;
    QString text = u"UTC%1%2"_s.arg(sign).arg(std::abs(minutes) / 60);
    if (rest != 0)
        text += u':' + QString::number(rest).rightJustified(2, u'0');
    return text;
}

QString localTimeText(const ContactCard &card, qint64 now)
{
    const auto hours = shownTimezone(card);
    if (!hours)
        return {};
    const auto offset = static_cast<int>(std::lround(*hours * 3600));
    const QDateTime there = QDateTime::fromMSecsSinceEpoch(now, Qt::OffsetFromUTC, offset);
    return ContactWords::tr("%1 · %2").arg(
        QLocale().toString(there.time(), QLocale::ShortFormat), timezoneText(*hours));
}

QString languageText(const QString &locale)
{
    const QLocale known(locale);
    if (locale.isEmpty() || known.language() == QLocale::C)
        return displayLine(locale);
    const QString language = known.nativeLanguageName();
    if (language.isEmpty())
        return displayLine(locale);
    if (!locale.contains(u'_') || known.nativeTerritoryName().isEmpty())
        return language;
    // A native name may hold the territory already: "American English".
    return ContactWords::tr("%1 (%2)").arg(language, known.nativeTerritoryName());
}

QString genderText(const QString &gender)
{
    if (gender == "female"_L1)
        return ContactWords::tr("female");
    if (gender == "male"_L1)
        return ContactWords::tr("male");
    return displayLine(gender);
}

QString originText(const ContactOrigin &origin)
{
    if (origin.at == 0)
        return {};
    if (!origin.referral.isEmpty())
        return referralText(origin.referral);
    if (origin.notice == Notice::Optin) {
        return origin.text.isEmpty() ? ContactWords::tr("Opt-in")
                                     : ContactWords::tr("Opt-in %1").arg(quoted(origin.text));
    }
    return origin.text.isEmpty() ? ContactWords::tr("Button")
                                 : ContactWords::tr("Button %1").arg(quoted(origin.text));
}

QString gapText(const ContactCard &card)
{
    if (card.profile.askedAt == 0 || card.profile.shared || !shownName(card).isEmpty())
        return {};
    return ContactWords::tr("Meta does not share this person’s profile with the Page. You can "
                            "enter what you know.");
}

} // namespace Pagedesk::Ui
