// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractButton>

namespace Pagedesk::Ui {

struct Theme;

// The round button that leads back to the newest message and counts what came in meanwhile.
class JumpButton : public QAbstractButton {
    Q_OBJECT

public:
    explicit JumpButton(const Theme &theme, QWidget *parent = nullptr);

    void setUnseen(int count);
    int unseen() const { return m_unseen; }
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
    int m_unseen = 0;
};

} // namespace Pagedesk::Ui
