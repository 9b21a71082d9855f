// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QJsonObject>
#include <QWidget>

class QComboBox;
class QLineEdit;
class QPushButton;
class QToolButton;
class QVBoxLayout;

namespace Pagedesk::Ui {

class ThemedLabel;
class ThemeProvider;

// A list that can be written in: rows of a title and what follows when it is tapped, to be added,
// removed and moved.
class EntryList : public QWidget {
    Q_OBJECT

public:
    struct Entry {
        QString type; // "postback", "web_url"; others are shown and cannot be changed
        QString title;
        QString value; // payload or address
        QJsonObject rest = {}; // is kept
    };
    struct Words {
        QString one; // "Question": "Question 2"
        QString title; // of the first field
        QString value; // of the second
        QString add;
    };
    // `withTypes`: each row says what a tap does.
    EntryList(const ThemeProvider &theme, const Words &words, int most, bool withTypes,
        QWidget *parent = nullptr);

    void setEntries(const QList<Entry> &entries);
    QList<Entry> entries() const;
    // By "0/title", "2/value".
    void setProblems(const QHash<QString, QString> &problems);

Q_SIGNALS:
    void changed();

private:
    struct Row {
        QWidget *widget = nullptr;
        QLineEdit *title = nullptr;
        QComboBox *type = nullptr;
        QLineEdit *value = nullptr;
        ThemedLabel *problem = nullptr;
        QToolButton *up = nullptr;
        QToolButton *down = nullptr;
        QToolButton *remove = nullptr;
        QString otherType;
        QJsonObject rest;
    };

    void rebuild(const QList<Entry> &entries);
    Row rowFor(const Entry &entry, int number);
    QToolButton *button(QWidget *parent, int icon, const QString &name, const QString &words);
    void move(int from, int to);
    void removeRow(int number);
    void addRow();
    void showValueHint(const Row &row) const;
    void applyTheme();

    const ThemeProvider &m_theme;
    const Words m_words;
    const int m_most;
    const bool m_withTypes;
    QVBoxLayout *m_layout = nullptr;
    QPushButton *m_add = nullptr;
    QList<Row> m_rows;
};

} // namespace Pagedesk::Ui
