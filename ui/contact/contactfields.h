// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/contactcard.h"

#include <QWidget>

class QLineEdit;
class QPushButton;
class QStringListModel;
class QVBoxLayout;

namespace Pagedesk::Ui {

class ThemeProvider;

// The team's own fields of a person: name and value, changed in place.
class ContactFields : public QWidget {
    Q_OBJECT

public:
    explicit ContactFields(const ThemeProvider &theme, QWidget *parent = nullptr);

    // `foreign`: fields of the same person with other Pages, to read.
    void setFields(const ConversationId &id, const QList<CustomField> &fields,
        const QList<CustomField> &foreign);
    void setNames(const QStringList &names); // offered for a new field

Q_SIGNALS:
    void edited(const Pagedesk::ContactEdit &edit);

private:
    QWidget *row(const CustomField &field, bool isOwn);
    void add();
    void fitButton();

    const ThemeProvider &m_theme;
    ConversationId m_conversation;
    QList<CustomField> m_fields;
    QList<CustomField> m_foreign;
    QVBoxLayout *m_rows = nullptr;
    QLineEdit *m_name = nullptr;
    QLineEdit *m_value = nullptr;
    QPushButton *m_add = nullptr;
    QStringListModel *m_names = nullptr;
};

} // namespace Pagedesk::Ui
