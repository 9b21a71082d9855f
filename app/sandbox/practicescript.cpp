// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/practicescript.h"

#include "app/sandbox/seed.h"

#include <QHash>

namespace Pagedesk::Sandbox {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int Hour = 60;
constexpr int Day = 24 * Hour;

constexpr const char *Amina = "24000000000000017";
constexpr const char *Jonas = "24000000000000031";
constexpr const char *Hidden = "24000000000004821";
constexpr const char *Nadia = "24000000000000059";
constexpr const char *Thida = "24000000000000067";
constexpr const char *Xiaoming = "24000000000000073";
constexpr const char *Rosa = "24000000000000089";
constexpr const char *Kwame = "24000000000000097";
constexpr const char *Lucia = "24000000000000103";
constexpr const char *Maria = "24000000000000113";

using What = ScriptLine::What;

constexpr ScriptLine History[] = {
    {BakeryId, Maria, 9 * Day, What::Text,
        u"Good morning! We are planning our wedding for ninety guests and would love a cake with "
        u"three tiers: lemon, hazelnut and one without gluten. I have attached the seating plan so "
        u"that you can see how many pieces each table needs. Could you tell us what that would "
        u"cost, "
        u"and until when you would need to know the final number?"},
    {BakeryId, Maria, 9 * Day - 1, What::File, u"Seating plan.pdf"},
    {BikesId, Lucia, 3 * Day + 40, What::Text, u"Olá! A minha bicicleta já está pronta?"},
    {BikesId, Lucia, 3 * Day + 25, What::PageText,
        u"Olá Lucía, fica pronta na segunda-feira às dez."},
    {BikesId, Lucia, 3 * Day, What::Text, u"Perfeito, até segunda-feira!"},
    {BakeryId, Thida, 2 * Day + 90, What::Text, u"Is the sourdough available on Sundays too?"},
    {BakeryId, Thida, 2 * Day + 80, What::PageText, u"Yes, from nine o'clock until it is gone."},
    {BakeryId, Thida, 2 * Day + 79, What::Thumb, u""},
    {BakeryId, Rosa, 26 * Hour, What::Text, u"Hola, ¿hacen entregas a domicilio? Estamos aquí:"},
    {BakeryId, Rosa, 26 * Hour - 1, What::Location, u"Plaza Mayor"},
    {BikesId, Kwame, 22 * Hour, What::Sound, u"Voice message.wav"},
    {BikesId, Kwame, 22 * Hour - 1, What::Text,
        u"The brakes are perfect now, thank you so much 🙏🚲"},
    {BakeryId, Hidden, 6 * Hour, What::Text, u"Do you deliver to Kochstraße?"},
    {BakeryId, Hidden, 6 * Hour - 1, What::Link, u"Bloom Bakery: our delivery area"},
    {BikesId, Xiaoming, 4 * Hour, What::Text, u"你好，请问这款自行车还有货吗？"},
    {BikesId, Xiaoming, 4 * Hour - 2, What::Text, u"我身高一米七八，应该选多大的车架？"},
    {BakeryId, Nadia, 3 * Hour, What::Text, u"مرحباً، هل لديكم كعكة بدون سكر ليوم الجمعة؟"},
    {BakeryId, Amina, 50, What::Text, u"Hi, the cake I ordered for tonight arrived broken 😢"},
    {BakeryId, Amina, 49, What::TwoPhotos, u"Cake"},
    {BakeryId, Amina, 48, What::Text, u"Can I talk to a person please?"},
    {BikesId, Jonas, 20, What::Text,
        u"My rear wheel makes a noise since yesterday, see the pictures:"},
    {BikesId, Jonas, 19, What::TwoPhotos, u"Rear wheel"},
};

struct Phrases {
    QStringList openers;
    QStringList replies;
};

const QHash<QString, Phrases> &byLanguage()
{
    static const QHash<QString, Phrases> All{
        {u"ar"_s,
            {{u"هل أنتم مفتوحون اليوم؟"_s, u"كم سعر كعكة الشوكولاتة؟"_s},
                {u"شكراً جزيلاً!"_s, u"ممتاز، متى يمكنني الاستلام؟"_s}}},
        {u"zh"_s,
            {{u"请问你们今天几点关门？"_s, u"可以预约周六试骑吗？"_s},
                {u"谢谢！"_s, u"好的，那我明天过去。"_s}}},
        {u"es"_s,
            {{u"¿Tienen pan sin gluten?"_s, u"¿A qué hora abren mañana?"_s},
                {u"¡Muchas gracias!"_s, u"Perfecto. ¿Y cuánto cuesta el envío?"_s}}},
        {u"pt"_s,
            {{u"Fazem revisões ao sábado?"_s, u"Quanto custa trocar um pneu?"_s},
                {u"Muito obrigada!"_s, u"Ótimo. Preciso de marcar hora?"_s}}},
        {u"de"_s,
            {{u"Haben Sie am Feiertag geöffnet?"_s,
                 u"Kann ich eine Torte für Samstag bestellen? 🎂"_s},
                {u"Vielen Dank!"_s, u"Prima, bis wann soll ich bezahlen?"_s}}},
        {u"sv"_s,
            {{u"Hej! Har ni öppet på söndag?"_s, u"Vad kostar en service?"_s},
                {u"Tack så mycket!"_s, u"Toppen. Behöver jag boka tid?"_s}}}};
    return All;
}

} // namespace

std::span<const ScriptLine> practiceHistory()
{
    return History;
}

QStringList practiceOpeners(const QString &locale, const QString &pageId)
{
    const QString language = locale.left(2);
    if (byLanguage().contains(language))
        return byLanguage()[language].openers;
    if (pageId == QLatin1StringView(BikesId)) {
        return {u"Hi! Is the repair shop open this afternoon?"_s,
            u"Do you have the blue city bike in size M?"_s,
            u"How long does a full service take at the moment? 🔧"_s, u"Can I pay in instalments?"_s,
            u"I lost my key for the lock, can you help?"_s};
    }
    if (pageId != QLatin1StringView(BakeryId)) {
        return {u"Hello! Are you open on Saturday?"_s, u"Do you take orders by message?"_s,
            u"Where can I park near you?"_s, u"Do you have gift vouchers?"_s};
    }
    return {u"Hello, do you still have rye bread today?"_s,
        u"I would like to order 24 cupcakes for Friday 🧁"_s,
        u"Which of your cakes are without nuts? My son is allergic."_s,
        u"Is there a table free at eleven?"_s, u"What time do you close?"_s};
}

QStringList practiceReplies(const QString &locale)
{
    const QString language = locale.left(2);
    if (byLanguage().contains(language))
        return byLanguage()[language].replies;
    return {u"Thank you!"_s, u"Great, thanks a lot 😊"_s, u"Perfect. Can I pick it up at six?"_s,
        u"Good to know. How much would that be?"_s, u"👍"_s, u"Okay, I'll come by tomorrow then."_s};
}

} // namespace Pagedesk::Sandbox
