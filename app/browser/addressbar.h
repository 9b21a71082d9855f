// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/browser/addresstext.h"

#include <QWidget>

namespace Pagedesk::Browser {

// Shows where the page comes from and whether the way there is encrypted. It cannot be typed into,
// and no page can write into it: everything in it is made from the address.
class AddressBar : public QWidget {
    Q_OBJECT

public:
    enum class State {
        Waiting, // nothing of this address is shown yet
        Encrypted, // https with a certificate that is in order
        ThisComputer, // http, but it does not leave this computer
        NotShown, // refused, or out of reach
    };

    explicit AddressBar(QWidget *parent = nullptr);

    void show(const QUrl &url, State state);
    // Of an address that is shown.
    static State stateOf(const QUrl &url);

    // What stands there, in full and as it is drawn now.
    QString text() const { return m_address.whole(); }
    QString drawnText() const;
    QString stateWords() const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    // The texts as they fit: the path gives way first, in its middle, then the front of the host.
    AddressText fitted(int width) const;
    int drawState(QPainter &painter, const QRect &area) const;
    QRect inside() const;
    QFont strongFont() const;

    AddressText m_address;
    State m_state = State::Waiting;
};

} // namespace Pagedesk::Browser
