// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/seed.h"

#include "app/sandbox/permissions.h"
#include "app/sandbox/png.h"

#include <QHash>

namespace Pagedesk::Sandbox {

using namespace Qt::Literals::StringLiterals;

namespace {

struct Contact {
    const char *pageId;
    const char *psid; // beyond 2^53, so that a client that reads ids as numbers is found out
    const char16_t *firstName;
    const char16_t *lastName;
    const char *locale;
    double timezone;
    const char *gender;
    bool hasPicture;
    bool sharesProfile;
};

constexpr Contact Contacts[] = {
    {BakeryId, "24000000000000017", u"Amina", u"Mansour", "de_DE", 1, "female", true, true},
    {BikesId, "24000000000000031", u"Jonas", u"Lindqvist", "sv_SE", 1, "male", true, true},
    {BakeryId, "24000000000004821", u"Hidden", u"Person", "en_US", 0, "", false, false},
    {BakeryId, "24000000000000059", u"نادية", u"الحسن", "ar_AR", 2, "female", true, true},
    {BakeryId, "24000000000000067", u"Thida", u"Phan", "en_GB", 6.5, "female", true, true},
    {BikesId, "24000000000000073", u"小明", u"王", "zh_CN", 8, "male", true, true},
    {BakeryId, "24000000000000089", u"Rosa", u"Ortega", "es_ES", 1, "female", false, true},
    {BikesId, "24000000000000097", u"Kwame", u"Boateng", "en_GB", 0, "male", true, true},
    {BikesId, "24000000000000103", u"Lucía", u"Santos", "pt_BR", -3, "female", true, true},
    {BakeryId, "24000000000000113", u"Maria-Magdalena Theodora",
        u"von Hohenfels-Wallerstein zu Brandt", "de_AT", 1, "female", false, true},
    {BikesId, "24000000000000127", u"Siân", u"O’Malley", "en_IE", 0, "female", true, true},
    {BikesId, "24000000000000137", u"Rosa", u"Ortega", "es_ES", 1, "female", false, true},
};

void addContact(World &world, const Contact &person, quint32 number)
{
    Customer customer;
    customer.psid = QString::fromLatin1(person.psid);
    customer.firstName = QString::fromUtf16(person.firstName);
    customer.lastName = QString::fromUtf16(person.lastName);
    customer.locale = QString::fromLatin1(person.locale);
    customer.timezone = person.timezone;
    customer.gender = QString::fromLatin1(person.gender);
    customer.sharesProfile = person.sharesProfile;
    if (person.hasPicture) {
        constexpr int Side = 200;
        const QString id = u"31%1"_s.arg(number, 14, 10, QChar(u'0'));
        world.addMedia({id, encodePng(drawPortrait(Side, number)), u"image/png"_s, id + u".png"_s,
            Side, Side});
        customer.pictureId = id;
    }
    world.addCustomer(customer);
    world.openThread(QString::fromLatin1(person.pageId), customer.psid);
}

Page samplePage(const char *id, const QString &name, const QString &category)
{
    const QString pageId = QString::fromLatin1(id);
    Page page{pageId, name, category, samplePageToken(pageId), true, defaultFields()};
    page.businessId = QString::fromLatin1(BusinessId);
    return page;
}

// Writes to both sample Pages, each of which knows her by an id of its own.
void makeOne(World &world)
{
    for (const char *psid : {"24000000000000089", "24000000000000137"})
        world.customer(QString::fromLatin1(psid))->human = u"rosa"_s;
}

// They have no token and no subscription until somebody connects them.
void addOfferedPages(World &world)
{
    const auto offered = [](const char *id, const QString &name, const QString &category) {
        return Page{QString::fromLatin1(id), name, category, {}, false, {}};
    };
    world.addPage(offered(BooksId, u"Fern & Fable Books"_s, u"Book Shop"_s));
    world.addPage(offered(CeramicsId, u"Tidewater Ceramics"_s, u"Art Studio"_s));
    Page coffee = offered(CoffeeId, u"Copper Kettle Coffee"_s, u"Coffee Shop"_s);
    coffee.portfolioId = u"880022"_s;
    coffee.portfolioName = u"Copper Kettle Group"_s;
    world.addPage(coffee);
}

void givePictures(World &world)
{
    constexpr int Side = 100;
    quint32 number = 500;
    for (const auto &[id, page] : world.pages()) {
        const QString picture = u"32%1"_s.arg(number, 14, 10, QChar(u'0'));
        world.addMedia({picture, encodePng(drawPhoto(Side, Side, number++)), u"image/png"_s,
            picture + u".png"_s, Side, Side});
        world.page(id)->pictureId = picture;
    }
}

void addPeople(World &world)
{
    const auto text = [](const char *id) { return QString::fromLatin1(id); };
    world.addPerson({text(UserId), u"Omar"_s, u"Sayed"_s,
        {{text(BakeryId), everyTask()}, {text(BikesId), everyTask()}}});
    world.addPerson({text(LenaId), u"Lena"_s, u"Vogt"_s,
        {{text(BooksId), {u"ANALYZE"_s}}, {text(CeramicsId), {u"ANALYZE"_s, u"MESSAGING"_s}}}});
    // The form that newer Pages report.
    world.addPerson({text(IdrisId), u"Idris"_s, u"Okafor"_s,
        {{text(CoffeeId),
            {u"PROFILE_PLUS_MESSAGING"_s, u"PROFILE_PLUS_MODERATE"_s,
                u"PROFILE_PLUS_CREATE_CONTENT"_s, u"PROFILE_PLUS_MANAGE"_s,
                u"PROFILE_PLUS_FULL_CONTROL"_s}}}});
}

} // namespace

QString samplePageToken(const QString &pageId)
{
    return u"sandbox-page-token-"_s + pageId;
}

QStringList defaultFields()
{
    return {u"messages"_s, u"message_echoes"_s, u"message_edits"_s, u"message_reactions"_s,
        u"message_deliveries"_s, u"message_reads"_s, u"messaging_postbacks"_s,
        u"messaging_optins"_s, u"messaging_referrals"_s, u"messaging_handovers"_s, u"standby"_s,
        u"messaging_optouts"_s, u"messaging_policy_enforcement"_s, u"messaging_account_linking"_s,
        u"messaging_feedback"_s, u"messaging_customer_information"_s, u"business_integrity"_s,
        u"inbox_labels"_s, u"feed"_s, u"mention"_s, u"message_template_status_update"_s};
}

void seedWorld(World &world)
{
    world.addPage(samplePage(BakeryId, u"Bloom Bakery"_s, u"Bakery"_s));
    world.addPage(samplePage(BikesId, u"Harbour Bikes"_s, u"Bicycle Shop"_s));
    addOfferedPages(world);
    givePictures(world);
    quint32 number = 1;
    for (const Contact &person : Contacts)
        addContact(world, person, number++);
    makeOne(world);
    addPeople(world);
    constexpr int StickerSide = 80;
    const QString thumb = QString::fromLatin1(ThumbId);
    world.addMedia({thumb, encodePng(drawThumb(StickerSide)), u"image/png"_s, thumb + u".png"_s,
        StickerSide, StickerSide});
}

Customer newCustomer(const QString &psid, const QString &name)
{
    static const QStringList FirstNames{u"Mia"_s, u"Noah"_s, u"Elif"_s, u"Tomás"_s, u"Ingrid"_s,
        u"Ravi"_s, u"Chiara"_s, u"Yusuf"_s, u"Hanna"_s, u"Pavel"_s, u"Zoë"_s, u"Daniel"_s};
    static const QStringList LastNames{u"Keller"_s, u"Novák"_s, u"Demir"_s, u"Costa"_s, u"Berg"_s,
        u"Iyer"_s, u"Ricci"_s, u"Haddad"_s, u"Sommer"_s, u"Dvořák"_s, u"Laurent"_s};
    Customer customer;
    customer.psid = psid;
    if (name.isEmpty()) {
        const size_t hash = qHash(psid, 0);
        customer.firstName = FirstNames.at(qsizetype(hash % size_t(FirstNames.size())));
        customer.lastName = LastNames.at(qsizetype(hash / 97 % size_t(LastNames.size())));
    } else {
        customer.firstName = name.section(u' ', 0, 0);
        customer.lastName = name.section(u' ', 1);
    }
    return customer;
}

} // namespace Pagedesk::Sandbox
