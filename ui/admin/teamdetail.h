// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/page.h"
#include "models/wire/people.h"

#include <QWidget>

class QLineEdit;
class QPushButton;

namespace Pagedesk::Ui {

class ConfirmLine;
class ThemedLabel;
class ThemeProvider;
class TickList;

// A team, or a new one: its name, who belongs to it and which Pages it gives them.
class TeamDetail : public QWidget {
    Q_OBJECT

public:
    explicit TeamDetail(const ThemeProvider &theme, QWidget *parent = nullptr);

    // The same team again, or again a new one: what was typed and ticked meanwhile stays.
    void setTeam(const Wire::TeamEntry &team, const Wire::Workforce &all, const QList<Page> &pages);

Q_SIGNALS:
    void saveWanted(const Pagedesk::Wire::SaveTeam &team);
    void removeWanted(const Pagedesk::TeamId &team);

private:
    void press();

    Team m_team; // as it came; without an id: a new one
    bool m_filled = false;
    ThemedLabel *m_title;
    QLineEdit *m_name;
    TickList *m_members;
    TickList *m_pages;
    QPushButton *m_save;
    ConfirmLine *m_remove;
};

} // namespace Pagedesk::Ui
