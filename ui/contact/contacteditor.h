// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/contactcard.h"

#include <QWidget>

class QComboBox;
class QLineEdit;

namespace Pagedesk::Ui {

class ThemeProvider;

// Corrects what Meta says of a person: what is entered wins, what is emptied is Meta's again.
class ContactEditor : public QWidget {
    Q_OBJECT

public:
    explicit ContactEditor(const ThemeProvider &theme, QWidget *parent = nullptr);

    void setCard(const ContactCard &card);
    void beginTyping();
    QList<ContactEdit> edits() const; // what differs from the card

Q_SIGNALS:
    void saved(const QList<Pagedesk::ContactEdit> &edits);
    void cancelled();

private:
    void addRow(const QString &caption, QWidget *field);
    void fillChoices();
    void selectWord(QComboBox *box, const QString &word, const QString &shown);

    const ThemeProvider &m_theme;
    ContactCard m_card;
    QLineEdit *m_name = nullptr;
    QComboBox *m_language = nullptr;
    QComboBox *m_timezone = nullptr;
    QComboBox *m_gender = nullptr;
};

} // namespace Pagedesk::Ui
