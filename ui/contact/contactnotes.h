// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/contactcard.h"

#include <QHash>
#include <QWidget>

class QPlainTextEdit;
class QPushButton;
class QVBoxLayout;

namespace Pagedesk::Ui {

class ThemeProvider;

// What the team has written down about a person. It looks like nothing a customer could see.
class ContactNotes : public QWidget {
    Q_OBJECT

public:
    explicit ContactNotes(const ThemeProvider &theme, QWidget *parent = nullptr);

    // `foreign`: written with other Pages where the same person writes, to read.
    void setNotes(const ConversationId &id, const QList<ContactNote> &notes,
        const QList<ContactNote> &foreign, qint64 now);

Q_SIGNALS:
    void added(const QString &text);
    void removed(const QString &noteId);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QWidget *entry(const ContactNote &note, bool isOwn, qint64 now);
    void add();
    void fit();

    const ThemeProvider &m_theme;
    ConversationId m_conversation;
    QList<ContactNote> m_notes;
    QList<ContactNote> m_foreign;
    QHash<ConversationId, QString> m_unfinished; // of people that are not shown now
    QVBoxLayout *m_entries = nullptr;
    QPlainTextEdit *m_text = nullptr;
    QPushButton *m_add = nullptr;
};

} // namespace Pagedesk::Ui
