// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/ui/threadfixture.h"

#include <QMap>

namespace Pagedesk::Test {

inline constexpr qint64 Minute = 60000;

// The conversation of the drawing: customer, photos, assistant, note, reply, thanks.
inline QList<Message> bakeryThread()
{
    QList<Message> all;
    all.append(textMessage(1,
        QStringLiteral("Hi, the cake I ordered for tonight arrived broken 😢 Can I talk to a "
                       "person please?"),
        Noonish - 7 * Minute));
    Message photos = textMessage(2, {}, Noonish - 7 * Minute);
    photos.attachments = {attachment(AttachmentKind::Image, AttachmentState::Captured),
        attachment(AttachmentKind::Image, AttachmentState::Captured)};
    all.append(photos);
    Message bot = reply(3,
        QStringLiteral("I see you sent photos. I'm the bakery's assistant and "
                       "can't look at pictures, so I'm getting a colleague for "
                       "you."),
        DeliveryState::Read, Noonish - 6 * Minute, Author::Assistant);
    bot.readAt = bot.sentAt + 1000;
    all.append(bot);
    Message system
        = textMessage(4, QStringLiteral("Escalated by rule Asks for a person · taken by Leila"),
            Noonish - 5 * Minute);
    system.author = Author::System;
    all.append(system);
    Message note = reply(5, QStringLiteral("Same courier again. @Omar please check the box."),
        DeliveryState::Received, Noonish - 4 * Minute);
    note.direction = Direction::Note;
    all.append(note);
    Message answer = reply(6,
        QStringLiteral("Hi Amina, I'm Leila. I'm so sorry. We are baking a "
                       "new one right now, it will be ready at 17:30. Shall "
                       "we bring it to you?"),
        DeliveryState::Read, Noonish);
    answer.readAt = Noonish + 3 * Minute;
    all.append(answer);
    all.append(textMessage(
        7, QStringLiteral("Thank you! Can I pick it up at six?"), Noonish + 7 * Minute));
    return all;
}

// Every kind of attachment, each in its own message.
inline QList<Message> attachmentThread()
{
    using K = AttachmentKind;
    using S = AttachmentState;
    QList<Attachment> kinds{
        attachment(K::Video, S::Captured, QStringLiteral("delivery.mp4")),
        attachment(K::Audio, S::Captured),
        attachment(K::File, S::Captured,
            QStringLiteral("Invoice 2026-11 Bloom Bakery and Company, final version 3.pdf")),
        attachment(K::Image, S::Expired),
        attachment(K::File, S::Refused, QStringLiteral("setup.exe")),
        attachment(K::Video, S::Pending),
        attachment(K::Location, S::None, QStringLiteral("Kochstraße 12")),
        attachment(K::Link, S::None, QStringLiteral("The best cakes in town")),
        attachment(K::Reel, S::None),
        attachment(K::Template, S::None, QStringLiteral("Order BB-10482")),
        attachment(K::Appointment, S::None),
        attachment(K::Unknown, S::None),
        attachment(K::Sticker, S::Captured),
    };
    kinds[0].size = 4'812'000;
    kinds[1].size = 81'000;
    kinds[2].size = 231'400;
    kinds[4].reason = QStringLiteral("type");
    kinds[6].latitude = 52.50632;
    kinds[6].longitude = 13.39124;
    kinds[7].url = QStringLiteral("https://blog.example.org/cakes?x=1");
    QList<Message> all;
    for (int i = 0; i < kinds.size(); ++i) {
        Message message = i % 3 == 2 ? reply(i, {}, DeliveryState::Sent, Noonish + i * 10 * Minute)
                                     : textMessage(i, {}, Noonish + i * 10 * Minute);
        message.attachments = {kinds.at(i)};
        all.append(message);
    }
    return all;
}

// The states a reply can be in, and who else can write.
inline QList<Message> stateThread()
{
    using S = DeliveryState;
    QList<Message> all;
    Message first = textMessage(0,
        QStringLiteral("See www.example.com/menu (the new one), or "
                       "https://example.org/a_(b)?q=1."),
        Noonish - 3 * 24 * 60 * Minute);
    all.append(first);
    int number = 0;
    const auto at = [&number] { return Noonish + number * 10 * Minute; };
    for (const S state : {S::Sent, S::Delivered, S::Unknown, S::Sending, S::Queued}) {
        ++number;
        all.append(reply(number, QStringLiteral("Reply, https://example.org"), state, at()));
    }
    for (const FailureKind kind :
        {FailureKind::Unreachable, FailureKind::WindowClosed, FailureKind::TooLong}) {
        ++number;
        all.append(reply(number, QStringLiteral("This did not arrive"), S::Failed, at()));
        all.last().failure = kind;
    }
    ++number;
    all.append(reply(
        number, QStringLiteral("Answered from the phone"), S::Received, at(), Author::Elsewhere));
    ++number;
    Message colleague = reply(number, QStringLiteral("I can take this one"), S::Sent, at());
    colleague.authorName = QStringLiteral("Omar");
    all.append(colleague);
    ++number;
    Message quoting = textMessage(number, QStringLiteral("Yes please"), at());
    quoting.replyTo = colleague.mid;
    all.append(quoting);
    ++number;
    all.append(reply(number, QStringLiteral("All right then, see you at six"), S::Sent, at()));
    all.last().replyTo = quoting.mid;
    return all;
}

// Scripts, sizes and shapes that break careless layouts.
inline QList<Message> scriptThread()
{
    int number = 0;
    QList<Message> all;
    const auto add = [&](const QString &text, bool ours = false) {
        const qint64 at = Noonish + number * 10 * Minute;
        all.append(
            ours ? reply(number, text, DeliveryState::Sent, at) : textMessage(number, text, at));
        ++number;
    };
    add(QStringLiteral("شكراً، متى يبدأ الدرس القادم؟ أريد أن أسجل ابنتي في الدورة الجديدة يوم "
                       "الأحد، رقم الطلب BB-10482."));
    add(QStringLiteral("יום טוב, מתי אתם פותחים?"), true);
    add(QStringLiteral("请问这款自行车还有货吗？我想周末过来看一下，可以试骑吗？谢谢您的回复。"));
    add(QStringLiteral("👍"));
    add(QStringLiteral("🎂🎉👨‍👩‍👧"), true);
    add(QStringLiteral("Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesell"
                       "schaft und https://example.org/a/very/long/path/that/never/ends/and/goes/"
                       "on/and/on?with=parameters&and=more"));
    add(QStringLiteral("ขอบคุณมากค่ะ पिकअप के लिए धन्यवाद"), true);
    add(QStringLiteral("One\nTwo\n\nFour, after an empty line"));
    add(QStringLiteral("Read \u202Egnp.exe\u202C as it is\u0007"));
    Message three
        = textMessage(number, QStringLiteral("Three photos"), Noonish + number * 10 * Minute);
    for (int i = 0; i < 3; ++i)
        three.attachments.append(attachment(AttachmentKind::Image, AttachmentState::Captured));
    three.attachments[1].state = AttachmentState::Pending;
    all.append(three);
    ++number;
    Message one = reply(number, {}, DeliveryState::Delivered, Noonish + number * 10 * Minute);
    one.attachments = {attachment(AttachmentKind::Image, AttachmentState::Captured)};
    one.attachments[0].width = 600;
    one.attachments[0].height = 900;
    all.append(one);
    return all;
}

inline QList<Message> longThread()
{
    QStringList lines;
    for (int i = 1; i <= 300; ++i)
        lines.append(QStringLiteral("Line %1 of a long message").arg(i));
    return {textMessage(1, QStringLiteral("Short")), textMessage(2, lines.join(u'\n')),
        reply(3, QStringLiteral("Thanks, I will read it"), DeliveryState::Queued)};
}

inline QMap<QString, QList<Message>> gallery()
{
    return {{QStringLiteral("bakery"), bakeryThread()},
        {QStringLiteral("attachments"), attachmentThread()},
        {QStringLiteral("states"), stateThread()}, {QStringLiteral("scripts"), scriptThread()},
        {QStringLiteral("long"), longThread()}};
}

} // namespace Pagedesk::Test
