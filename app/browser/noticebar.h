// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

class QLabel;
class QPushButton;

namespace Pagedesk::Browser {

// One sentence above the page, with at most one button.
class NoticeBar : public QFrame {
    Q_OBJECT

public:
    enum class Tone { Warning, Good };

    explicit NoticeBar(QWidget *parent = nullptr);

    // The button is hidden without words for it.
    void tell(const QString &sentence, const QString &button = {}, Tone tone = Tone::Warning);
    QString sentence() const;

Q_SIGNALS:
    void chosen(); // the button

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QLabel *m_sentence;
    QPushButton *m_button;
    Tone m_tone = Tone::Warning;
};

} // namespace Pagedesk::Browser
