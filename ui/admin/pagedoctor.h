// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/desk/pageprobe.h"
#include "models/domain/page.h"
#include "models/wire/connecting.h"
#include "models/wire/diagnosis.h"
#include "ui/admin/doctorwords.h"

#include <QDialog>

class QPushButton;
class QTabWidget;

namespace Pagedesk {
class PageConnections;
class PracticeCustomers;
} // namespace Pagedesk

namespace Pagedesk::Ui {

class DiagnosisList;
class FieldGrid;
class GoLivePanel;
class ProbePanel;
class ThemedLabel;
class ThemeProvider;

// What is wrong with a Page, why, and the buttons that mend it; a test message; and the check
// before customers are let in. Everything is asked when it opens, and whenever one wants.
class PageDoctor : public QDialog {
    Q_OBJECT

public:
    // What it works with; all of it outlives this.
    struct Desk {
        PageConnections &connections;
        Threads &threads;
        Outbox &outbox;
        const Clock &clock;
        PracticeCustomers *practice = nullptr; // only in practice
    };

    PageDoctor(const ThemeProvider &theme, const Desk &desk, const PageId &page,
        QWidget *parent = nullptr);

    const PageId &page() const { return m_page; }
    // What is known of the Page.
    void setPage(const Page &page);
    // What of the check before customers are let in was done before; see GoLivePanel.
    void setGoLiveDone(const QStringList &names);

Q_SIGNALS:
    void connectWanted(); // the Page is to be connected again
    void linkWanted(const QUrl &url);
    void goLiveDoneChanged(const QStringList &names);

private:
    void build();
    QWidget *buildFoot();
    void check();
    void orderFields();
    void take(const Result<Wire::Diagnosis> &diagnosis);
    void cure(Cure cure);
    void setBusy(bool busy);
    void say(const QString &sentence, bool isWrong);
    void showProbe();

    const ThemeProvider &m_theme;
    const Desk m_desk;
    const PageId m_page;
    PageProbe m_probe;
    bool m_isBusy = false;
    ThemedLabel *m_title = nullptr;
    ThemedLabel *m_state = nullptr;
    ThemedLabel *m_checked = nullptr;
    QTabWidget *m_tabs = nullptr;
    DiagnosisList *m_lines = nullptr;
    FieldGrid *m_fields = nullptr;
    ProbePanel *m_test = nullptr;
    GoLivePanel *m_goLive = nullptr;
    QPushButton *m_check = nullptr;
};

} // namespace Pagedesk::Ui
