// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/admin/pageedit.h"

#include <QDialog>
#include <QHash>

class QListWidget;
class QPushButton;
class QScrollArea;

namespace Pagedesk {
class Conversations;
class PageAdministration;
class WorkspaceRoster;
} // namespace Pagedesk

namespace Pagedesk::Ui {

class PageSettingsForm;
class ProfileForm;
class ThemedLabel;
class ThemeProvider;

// Everything that admins set for a Page. What was changed is kept for each Page until it is applied
// or taken back; before it is applied it says what will be different.
class PageSettingsWindow : public QDialog {
    Q_OBJECT

public:
    PageSettingsWindow(const ThemeProvider &theme, PageAdministration &administration,
        Conversations &conversations, WorkspaceRoster &roster, QWidget *parent = nullptr);
    ~PageSettingsWindow() override;

    void showPage(const PageId &id); // when it is there
    void done(int result) override;

private:
    void build();
    QWidget *buildForms();
    QWidget *buildFoot();
    void takePages(const QList<Page> &pages);
    void fillList();
    void select(const PageId &id);
    void fillForms(bool isOther = false);
    void takeTeams();
    void takeForms();
    void refresh();
    void loadProfile();
    void apply();
    void applyProfile(const PageId &id);
    void applied(const PageId &id, const QString &problem);
    void revert();
    QStringList changedPages() const;
    void askBeforeClosing();

    const ThemeProvider &m_theme;
    PageAdministration &m_administration;
    Conversations &m_conversations;
    WorkspaceRoster &m_roster;
    QHash<PageId, Page> m_pages;
    QHash<PageId, PageEdit> m_edits;
    PageId m_current;
    PageId m_wanted; // to be shown as soon as it is known
    QStringList m_looks; // of the list
    bool m_filling = false;
    bool m_mayClose = false;

    QListWidget *m_list = nullptr;
    ThemedLabel *m_title = nullptr;
    ThemedLabel *m_subtitle = nullptr;
    QScrollArea *m_area = nullptr;
    PageSettingsForm *m_form = nullptr;
    ThemedLabel *m_profileState = nullptr;
    QPushButton *m_load = nullptr;
    ProfileForm *m_profile = nullptr;
    ThemedLabel *m_differences = nullptr;
    ThemedLabel *m_problem = nullptr;
    QPushButton *m_discard = nullptr;
    QPushButton *m_revert = nullptr;
    QPushButton *m_apply = nullptr;
    QPushButton *m_close = nullptr;
};

} // namespace Pagedesk::Ui
