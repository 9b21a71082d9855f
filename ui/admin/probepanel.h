// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/desk/pageprobe.h"

#include <QTimer>
#include <QWidget>

class QPushButton;

namespace Pagedesk {
class PracticeCustomers;
} // namespace Pagedesk

namespace Pagedesk::Ui {

class ThemedLabel;
class ThemeProvider;

// A test message from one's own Messenger to the Page and back, with a stopwatch at each step.
class ProbePanel : public QWidget {
    Q_OBJECT

public:
    // `practice`: who can write the word, when nobody has a Messenger that reaches the Page.
    ProbePanel(const ThemeProvider &theme, PageProbe &probe, const Clock &clock,
        PracticeCustomers *practice, QWidget *parent = nullptr);

    void setPage(const PageId &id, const QString &name); // plain text
    void start();

Q_SIGNALS:
    void passed(); // the answer has been delivered

private:
    void showSteps(const ProbeSteps &steps);
    void showWaiting();
    void letWrite();

    const ThemeProvider &m_theme;
    PageProbe &m_probe;
    const Clock &m_clock;
    PracticeCustomers *const m_practice;
    PageId m_page;
    QString m_name;
    QTimer m_ticker;
    ThemedLabel *m_what = nullptr;
    ThemedLabel *m_word = nullptr;
    QList<ThemedLabel *> m_steps;
    ThemedLabel *m_result = nullptr;
    QPushButton *m_start = nullptr;
    QPushButton *m_copy = nullptr;
    QPushButton *m_letWrite = nullptr;
};

} // namespace Pagedesk::Ui
