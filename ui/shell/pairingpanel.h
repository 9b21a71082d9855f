// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/wire/pairing.h"
#include "ui/theme/panel.h"

class QLineEdit;
class QPushButton;

namespace Pagedesk::Ui {

class ConfirmLine;
class ThemedLabel;

// What a desktop shows that belongs to no workspace yet: a place for the pairing link and how to
// get one.
class PairingPanel : public Panel {
    Q_OBJECT

public:
    explicit PairingPanel(const ThemeProvider &theme, QWidget *parent = nullptr);

    // A link that was brought from outside; it waits for the button.
    void offerLink(const QString &link);
    void setBusy(bool busy);
    // Whether there is something to go back to.
    void setLeavable(bool leavable);
    // Whether this computer still keeps a workspace that does not let it in any more.
    void setForgettable(bool forgettable);
    // Whether a workspace can be started on this computer.
    void setLocalOffered(bool offered);
    // Where a workspace of this computer is, whose relay is the only one that has it; empty: none.
    void setWorkspaceHere(const QString &folder);
    void setProblem(const QString &sentence);
    // Something to know before joining, such as that there is no keychain.
    void setNote(const QString &sentence);
    void focusField();

Q_SIGNALS:
    void joinRequested(const Pagedesk::Wire::PairingLink &link, const QString &deviceName);
    void left();
    void forgetRequested();
    void localRequested();
    void deleteRequested(); // the workspace that is here

private:
    QWidget *buildForm();
    QWidget *buildLocal(QWidget *form);
    QWidget *buildHere(QWidget *form);
    void check();
    void join();

    QLineEdit *m_link = nullptr;
    QLineEdit *m_device = nullptr;
    QPushButton *m_join = nullptr;
    QPushButton *m_back = nullptr;
    ConfirmLine *m_forget = nullptr;
    QWidget *m_local = nullptr;
    ThemedLabel *m_localTitle = nullptr;
    ThemedLabel *m_localWords = nullptr;
    QPushButton *m_startHere = nullptr;
    QWidget *m_here = nullptr;
    ThemedLabel *m_hereWords = nullptr;
    ConfirmLine *m_delete = nullptr;
    ThemedLabel *m_relay = nullptr;
    ThemedLabel *m_problem = nullptr;
    ThemedLabel *m_note = nullptr;
    bool m_busy = false;
};

} // namespace Pagedesk::Ui
