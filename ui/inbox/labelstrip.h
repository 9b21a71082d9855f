// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/label.h"

#include <QList>
#include <QWidget>

namespace Pagedesk::Ui {

class ThemeProvider;

// The labels of a conversation in one line: as many as there is room for, and how many more there
// are. The tooltip names all.
class LabelStrip : public QWidget {
    Q_OBJECT

public:
    explicit LabelStrip(const ThemeProvider &theme, QWidget *parent = nullptr);

    void setLabels(const QList<Label> &labels);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const ThemeProvider &m_theme;
    QList<Label> m_labels;
};

} // namespace Pagedesk::Ui
