// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/sampletexts.h"

#include <array>

namespace Pagedesk::Testing {

namespace {

constexpr std::array Questions{
    u"Hi, are you open on Sunday?",
    u"Is this still available in size 42? I would need it by Friday, and I could also come by to "
    u"try it on if you tell me when there is the least to do.",
    u"my parcel has not arrived 😕 order 100482",
    u"👍",
    u"Thanks!!",
    u"ok",
    u"Could you send me the invoice again? The one I got cannot be opened on my phone.\nThank you",
    u"Guten Tag, ich hätte gern einen Tisch für sechs Personen, geht Samstag um 19:30 Uhr?",
    u"Größe passt leider nicht, kann ich umtauschen?",
    u"Bonjour, est-ce que la crème brûlée est faite maison ? 🍮",
    u"Il me faut la facture avant vendredi, s'il vous plaît, sinon la comptabilité la refuse.",
    u"¿Hacen envíos a las Islas Canarias? ¿Cuánto tarda?",
    u"مرحبا، هل التوصيل مجاني داخل المدينة؟",
    u"متى يكون المحل مفتوحًا في رمضان؟ شكرًا جزيلًا 🌙",
    u"שלום, האם אפשר להזמין עוגה ליום שישי?",
    u"请问这个还有货吗?",
    u"你们周末营业吗?我想带孩子们一起来,大概五个人,需要预约吗?",
    u"こんにちは、予約を明日の午後三時に変更できますか?よろしくお願いします🙇",
    u"안녕하세요, 환불은 어떻게 하나요?",
    u"नमस्ते, क्या आप घर पर डिलीवरी करते हैं?",
    u"สวัสดีค่ะ มีสีอื่นไหมคะ",
    u"Xin chào, cửa hàng còn mẫu này không ạ?",
    u"Здравствуйте! Подскажите, пожалуйста, когда придёт заказ?",
    u"Kiedy będzie znowu dostępne? Czekam już trzeci tydzień i nikt nie odpowiada...",
    u"https://shop.example.com/items/4711?ref=page — this one, in green please",
    u"👩‍👩‍👧‍👦 table for five, one high chair",
};

constexpr std::array Answers{
    u"Good morning! Yes, from 9:00 to 18:00.",
    u"Thank you for writing. I have looked it up: your parcel left us on Tuesday and should be "
    u"with "
    u"you tomorrow. If it is not, write here and we send a new one at once.",
    u"You are welcome 😊",
    u"Of course. Which name may I put it under?",
    u"I am sorry to hear that. Could you send a picture of the label?",
    u"Gern! Samstag 19:30 Uhr für sechs Personen ist eingetragen.",
    u"Bonjour, oui, tout est fait maison. À bientôt !",
    u"Sí, enviamos a las islas; suele tardar de tres a cinco días.",
    u"نعم، التوصيل مجاني داخل المدينة.",
    u"有货的,今天下单明天发。",
    u"はい、午後三時に変更いたしました。お待ちしております。",
    u"Добрый день! Заказ уже в пути.",
    u"Done. You will get an e-mail within a few minutes.\nHas anything else been left open?",
    u"We will look into it and come back to you today.",
};

constexpr std::array FirstNames{u"Amal", u"Zoë", u"Jürgen", u"María", u"李", u"Yuki", u"Олена",
    u"Noor", u"Siobhán", u"José", u"فاطمة", u"דוד", u"Priya", u"Nguyễn", u"Kofi", u"Anna"};
constexpr std::array LastNames{u"Haddad", u"Müller", u"García", u"Kowalski", u"明", u"Tanaka",
    u"Шевченко", u"O'Neill", u"Silva", u"حسن", u"כהן", u"Sharma", u"Văn", u"Mensah", u"Berg"};

template <size_t N>
QString oneOf(const std::array<const char16_t *, N> &texts, QRandomGenerator &random)
{
    return QString::fromUtf16(texts[static_cast<size_t>(random.bounded(int(N)))]);
}

// One text, sometimes followed by more.
template <size_t N>
QString someOf(const std::array<const char16_t *, N> &texts, QRandomGenerator &random)
{
    QString text = oneOf(texts, random);
    while (random.bounded(8) == 0 && text.size() < 1500)
        text += (random.bounded(2) == 0 ? u' ' : u'\n') + oneOf(texts, random);
    return text;
}

} // namespace

QString customerText(QRandomGenerator &random)
{
    return someOf(Questions, random);
}

QString operatorText(QRandomGenerator &random)
{
    return someOf(Answers, random);
}

QString personName(QRandomGenerator &random)
{
    // Meta does not always tell a name.
    if (random.bounded(20) == 0)
        return {};
    return oneOf(FirstNames, random) + u' ' + oneOf(LastNames, random);
}

} // namespace Pagedesk::Testing
