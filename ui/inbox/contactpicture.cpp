// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/inbox/contactpicture.h"

#include "ui/theme/avatar.h"
#include "ui/thread/mediasource.h"

#include <QPainter>

namespace Pagedesk::Ui {

namespace {

QImage pictureOf(const Contact &contact, MediaSource &media, int pixels)
{
    if (contact.pictureHash.isEmpty())
        return {};
    Attachment picture;
    picture.kind = AttachmentKind::Image;
    picture.state = AttachmentState::Captured;
    picture.hash = contact.pictureHash;
    return media.thumbnail(picture, QSize(pixels, pixels)).value_or(QImage());
}

} // namespace

void paintContact(
    QPainter &painter, const QRect &square, const Contact &contact, MediaSource &media)
{
    const qreal ratio = painter.device()->devicePixelRatioF();
    const QImage picture = pictureOf(contact, media, qRound(square.width() * ratio));
    paintAvatar(
        painter, square, initials(contact.name, contact.psid), hueOf(contact.psid), picture);
}

ContactPicture::ContactPicture(MediaSource &media, int side, QWidget *parent)
    : QWidget(parent)
    , m_media(media)
{
    setFixedSize(side, side);
    connect(&media, &MediaSource::thumbnailReady, this, [this](const QString &hash) {
        if (hash == m_contact.pictureHash || hash.isEmpty())
            update();
    });
}

void ContactPicture::setContact(const Contact &contact)
{
    m_contact = contact;
    update();
}

void ContactPicture::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paintContact(painter, rect(), m_contact, m_media);
}

} // namespace Pagedesk::Ui
