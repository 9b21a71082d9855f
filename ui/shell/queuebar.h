// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/panel.h"

#include <functional>

class QDateTimeEdit;
class QLineEdit;
class QPushButton;

namespace Pagedesk::Ui {

class ThemedLabel;

// A line beneath the thread's head that asks for what a decision needs besides: a comment, a note,
// a moment, a name. Enter answers, Escape leaves everything as it is.
class QueueBar : public Panel {
    Q_OBJECT

public:
    explicit QueueBar(const ThemeProvider &theme, QWidget *parent = nullptr);

    struct Question {
        QString sentence; // "Give it to Ben"
        QString hint; // in the empty field
        QString yes; // on the button
        qsizetype most = 0; // characters
        bool mayBeEmpty = true;
    };
    void ask(const Question &question, std::function<void(const QString &)> answered);
    // `remark`: what is to be said about a moment; empty: nothing.
    void askMoment(const QString &sentence, const QString &yes, const QDateTime &first,
        std::function<QString(const QDateTime &)> remark,
        std::function<void(const QDateTime &)> answered);
    void close();
    // The same for a question that is about nothing any more; nobody is told.
    void dismiss();

Q_SIGNALS:
    void closed();

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void open(const QString &sentence, const QString &yes, bool moment);
    void answer();
    void check();

    ThemedLabel *m_sentence = nullptr;
    QLineEdit *m_field = nullptr;
    QDateTimeEdit *m_moment = nullptr;
    ThemedLabel *m_remark = nullptr;
    QPushButton *m_yes = nullptr;
    QPushButton *m_no = nullptr;
    bool m_mayBeEmpty = true;
    std::function<void(const QString &)> m_text;
    std::function<QString(const QDateTime &)> m_remarkOn;
    std::function<void(const QDateTime &)> m_time;
};

} // namespace Pagedesk::Ui
