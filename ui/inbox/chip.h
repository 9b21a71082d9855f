// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractButton>

namespace Pagedesk::Ui {

class ThemeProvider;

// A small choice above a list: soft accent while it is on.
class Chip : public QAbstractButton {
    Q_OBJECT

public:
    Chip(const ThemeProvider &theme, const QString &text, QWidget *parent = nullptr);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;
    void enterEvent(QEnterEvent *event) override;
    void leaveEvent(QEvent *event) override;

private:
    const ThemeProvider &m_theme;
};

} // namespace Pagedesk::Ui
