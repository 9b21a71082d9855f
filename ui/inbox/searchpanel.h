// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/clock.h"
#include "models/desk/search.h"
#include "ui/inbox/searchhits.h"
#include "ui/theme/panel.h"

#include <QTimer>

class QLineEdit;
class QListView;
class QStackedWidget;

namespace Pagedesk::Ui {

class EmptyNote;
class ThemedLabel;

// Stands in the list's place while somebody looks for something: a field, what the search does not
// understand, and the hits. Enter opens one at its message, Escape leads back.
class SearchPanel : public Panel {
    Q_OBJECT

public:
    SearchPanel(
        const ThemeProvider &theme, Search &search, const Clock &clock, QWidget *parent = nullptr);

    // Comes up with these words, or with those it had.
    void begin(const QString &text);

Q_SIGNALS:
    void chosen(const Pagedesk::SearchHit &hit);
    void left();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void build(const Clock &clock);
    void ask();
    void showResults(const SearchResults &results, bool goesOn);
    void showNote();
    void showEmptiness();
    void choose(const QModelIndex &index);
    void step(int by);
    bool takeKey(int key);

    Search &m_search;
    const Clock &m_clock;
    SearchHits m_hits;
    QTimer m_pause; // between two keys
    SearchQuery m_query;
    QList<SearchProblem> m_problems;
    bool m_isAnswered = false;
    QLineEdit *m_field = nullptr;
    ThemedLabel *m_note = nullptr;
    ThemedLabel *m_progress = nullptr;
    QStackedWidget *m_stack = nullptr;
    QListView *m_rows = nullptr;
    EmptyNote *m_empty = nullptr;
};

} // namespace Pagedesk::Ui
