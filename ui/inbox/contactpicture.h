// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/contact.h"

#include <QWidget>

class QPainter;
class QRect;

namespace Pagedesk::Ui {

class MediaSource;

// Paints a person's picture into a square: what Meta shared of it once it is here, else initials.
void paintContact(
    QPainter &painter, const QRect &square, const Contact &contact, MediaSource &media);

// The same as a widget of a fixed size.
class ContactPicture : public QWidget {
    Q_OBJECT

public:
    ContactPicture(MediaSource &media, int side, QWidget *parent = nullptr);

    void setContact(const Contact &contact);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    MediaSource &m_media;
    Contact m_contact;
};

} // namespace Pagedesk::Ui
