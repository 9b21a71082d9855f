// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/message.h"
#include "ui/thread/mediasource.h"

#include <QPainter>

namespace Pagedesk::Test {

// 2026-11-04 13:58:00 UTC, a Wednesday.
inline constexpr qint64 Noonish = 1793800680000;

// Pictures of one colour each; a hash that begins with "none" never comes.
class FixtureMedia final : public Ui::MediaSource {
public:
    using MediaSource::MediaSource;

    std::optional<QImage> thumbnail(const Attachment &attachment, QSize box) override
    {
        asked.append(attachment.hash);
        if (attachment.hash.startsWith(QLatin1StringView("none")))
            return std::nullopt;
        QImage image(box, QImage::Format_RGB32);
        QLinearGradient gradient(QPointF(), QPointF(box.width(), box.height()));
        gradient.setColorAt(0, QColor(0xe8c39e));
        gradient.setColorAt(1, QColor(0xb5794c));
        QPainter(&image).fillRect(image.rect(), gradient);
        return image;
    }

    QStringList asked;
};

inline Message textMessage(int number, const QString &text, qint64 sentAt = Noonish)
{
    Message message;
    message.id = MessageId{QStringLiteral("id%1").arg(number, 7, 10, QLatin1Char('0'))};
    message.mid = Mid{QStringLiteral("m_%1").arg(number)};
    message.text = text;
    message.sentAt = sentAt;
    message.arrival = number;
    return message;
}

inline Message reply(int number, const QString &text, DeliveryState state, qint64 sentAt = Noonish,
    Author author = Author::Operator)
{
    Message message = textMessage(number, text, sentAt);
    message.direction = Direction::Out;
    message.author = author;
    message.authorName = author == Author::Assistant ? QStringLiteral("Bakery assistant")
                                                     : QStringLiteral("Leila");
    message.state = state;
    return message;
}

inline Attachment attachment(AttachmentKind kind, AttachmentState state, const QString &name = {})
{
    Attachment result;
    result.kind = kind;
    result.state = state;
    result.name = name;
    if (state == AttachmentState::Captured)
        result.hash = QStringLiteral("abc%1").arg(static_cast<int>(kind));
    return result;
}

} // namespace Pagedesk::Test
