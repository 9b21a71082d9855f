// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/secret.h"

#include <QBitArray>
#include <QWidget>

namespace Pagedesk::Ui {

// A QR code, black on white in every theme, with the quiet zone that cameras need.
class QrCode : public QWidget {
    Q_OBJECT

public:
    explicit QrCode(QWidget *parent = nullptr);

    void setContent(const Secret &content); // empty: nothing is shown
    // Modules along one side without the quiet zone; 0 when there is nothing.
    int side() const { return m_side; }
    bool isDark(int column, int row) const { return m_dark.testBit(row * m_side + column); }

    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QBitArray m_dark;
    int m_side = 0;
};

} // namespace Pagedesk::Ui
