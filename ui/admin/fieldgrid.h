// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/result.h"
#include "models/wire/connecting.h"

#include <QHash>
#include <QWidget>

class QGridLayout;
class QPushButton;

namespace Pagedesk::Ui {

class ThemedLabel;
class ThemeProvider;

// What Facebook delivers of a Page, a line for each kind of event: what it is for, whether Pagedesk
// needs it, and whether it is ordered.
class FieldGrid : public QWidget {
    Q_OBJECT

public:
    explicit FieldGrid(const ThemeProvider &theme, QWidget *parent = nullptr);

    // Facebook is being asked.
    void setBusy();
    // What was found. `repaired`: after ordering again.
    void setFields(const Result<Wire::PageFields> &fields, bool repaired);

Q_SIGNALS:
    void repairRequested();

private:
    void addField(QGridLayout &grid, const QString &field, bool needed);
    void say(const QString &sentence, bool isWrong);

    const ThemeProvider &m_theme;
    QHash<QString, ThemedLabel *> m_ordered;
    ThemedLabel *m_result = nullptr;
    QPushButton *m_repair = nullptr;
};

// What a webhook field is for, in a few words.
QString fieldPurpose(const QString &field);

} // namespace Pagedesk::Ui
