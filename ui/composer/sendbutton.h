// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPushButton>

namespace Pagedesk::Ui {

class ThemeProvider;

// "Send", with the key that does the same.
class SendButton : public QPushButton {
    Q_OBJECT

public:
    explicit SendButton(const ThemeProvider &theme, QWidget *parent = nullptr);

    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const ThemeProvider &m_theme;
};

} // namespace Pagedesk::Ui
