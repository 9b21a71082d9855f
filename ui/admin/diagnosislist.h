// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/admin/doctorwords.h"

#include <QScrollArea>

class QVBoxLayout;

namespace Pagedesk::Ui {

class ThemeProvider;

// The lines of a diagnosis, what is wrong first: a sign, what one notices, why, what to do, and a
// button that does it.
class DiagnosisList : public QScrollArea {
    Q_OBJECT

public:
    explicit DiagnosisList(const ThemeProvider &theme, QWidget *parent = nullptr);

    void setLines(const QList<DiagnosisLine> &lines, qint64 now); // ms UTC

Q_SIGNALS:
    void cureWanted(Pagedesk::Ui::Cure cure);

private:
    QWidget *lineFor(const DiagnosisLine &line, qint64 now);

    const ThemeProvider &m_theme;
    QVBoxLayout *m_lines = nullptr;
};

} // namespace Pagedesk::Ui
