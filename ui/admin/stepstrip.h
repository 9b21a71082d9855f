// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>
#include <QWidget>

namespace Pagedesk::Ui {

class ThemeProvider;

// How far something in several steps has come: numbered dots with their names and a line between.
class StepStrip : public QWidget {
    Q_OBJECT

public:
    StepStrip(const ThemeProvider &theme, QStringList names, QWidget *parent = nullptr);

    // The step at hand, from 0; those before it are done. The number of names: all are.
    void setStep(int step);
    int step() const { return m_step; }
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void describe();

    const ThemeProvider &m_theme;
    const QStringList m_names;
    int m_step = 0;
};

} // namespace Pagedesk::Ui
