// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/pagediagnosis.h"

#include <QHash>
#include <QStringList>
#include <QWidget>

class QCheckBox;
class QVBoxLayout;

namespace Pagedesk::Ui {

class ThemedLabel;
class ThemeProvider;

// The check before customers are let in: what can be measured ticks itself, the rest is for the
// admin. What is measured is measured each time; what was done once stays done.
class GoLivePanel : public QWidget {
    Q_OBJECT

public:
    explicit GoLivePanel(const ThemeProvider &theme, QWidget *parent = nullptr);

    void setLines(const QList<DiagnosisLine> &lines);
    void setProbePassed();
    // By name, of what is not measured each time.
    void setDone(const QStringList &names);

Q_SIGNALS:
    void testMessageWanted();
    void doneChanged(const QStringList &names); // not by setDone()

private:
    QCheckBox *addItem(QVBoxLayout &layout, const char *name, const QString &text, bool byHand);
    void keep(QCheckBox *item);
    QStringList done() const;
    void showResult();

    const ThemeProvider &m_theme;
    QHash<QString, QCheckBox *> m_items;
    QList<QCheckBox *> m_kept;
    ThemedLabel *m_result = nullptr;
};

} // namespace Pagedesk::Ui
