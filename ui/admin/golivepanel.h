// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/pagediagnosis.h"

#include <QHash>
#include <QWidget>

class QCheckBox;
class QVBoxLayout;

namespace Pagedesk::Ui {

class ThemedLabel;
class ThemeProvider;

// The check before customers are let in: what can be measured ticks itself, the rest is for the
// admin.
class GoLivePanel : public QWidget {
    Q_OBJECT

public:
    explicit GoLivePanel(const ThemeProvider &theme, QWidget *parent = nullptr);

    void setLines(const QList<DiagnosisLine> &lines);
    void setProbePassed();

Q_SIGNALS:
    void testMessageWanted();

private:
    QCheckBox *addItem(QVBoxLayout &layout, const char *name, const QString &text, bool byHand);
    void showResult();

    const ThemeProvider &m_theme;
    QHash<QString, QCheckBox *> m_items;
    ThemedLabel *m_result = nullptr;
};

} // namespace Pagedesk::Ui
