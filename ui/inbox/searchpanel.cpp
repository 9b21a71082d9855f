// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/inbox/searchpanel.h"

#include "ui/errortext.h"
#include "ui/inbox/emptynote.h"
#include "ui/inbox/searchdelegate.h"
#include "ui/theme/icons.h"
#include "ui/theme/themedlabel.h"
#include "ui/theme/themeprovider.h"
#include "ui/thread/displaytext.h"

#include <QAction>
#include <QDateTime>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace Pagedesk::Ui {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int LongestText = 1000;
constexpr int MostNames = 12; // of Pages, people or labels that are offered
constexpr int PauseMs = 30;

QString listed(const QStringList &names, const QString &after = {})
{
    QStringList shown;
    for (const QString &name : names.first(std::min<qsizetype>(names.size(), MostNames)))
        shown.append(displayLine(name, 60) + after);
    return shown.join(u", "_s) + (names.size() > MostNames ? u", …"_s : QString());
}

QString sentenceOf(const SearchProblem &problem)
{
    const QString name = displayLine(problem.name, 40);
    const QString value = displayLine(problem.value, 60);
    switch (problem.kind) {
    case SearchProblem::Kind::UnknownOperator:
        return SearchPanel::tr("“%1:” is looked for as a word. Before a colon can stand %2.")
            .arg(name, listed(problem.valid));
    case SearchProblem::Kind::BadValue:
        return problem.valid.isEmpty()
            ? SearchPanel::tr("There is no “%2” for %1:.").arg(name, value)
            : SearchPanel::tr("There is no “%2” for %1:. There is %3.")
                  .arg(name, value, listed(problem.valid));
    case SearchProblem::Kind::NoValue:
        return problem.valid.isEmpty()
            ? SearchPanel::tr("%1: is followed by a name.").arg(name)
            : SearchPanel::tr("%1: is followed by %2.").arg(name, listed(problem.valid));
    case SearchProblem::Kind::TooMuch:
        return SearchPanel::tr("This is very long: only its beginning is looked for.");
    }
    return {};
}

} // namespace

SearchPanel::SearchPanel(
    const ThemeProvider &theme, Search &search, const Clock &clock, QWidget *parent)
    : Panel(theme, &Theme::surface, Qt::RightEdge, parent)
    , m_search(search)
    , m_clock(clock)
    , m_hits(clock)
{
    setObjectName(u"searchPanel"_s);
    build(clock);
    m_pause.setSingleShot(true);
    m_pause.setInterval(PauseMs);
    connect(&m_pause, &QTimer::timeout, this, &SearchPanel::ask);
    connect(m_field, &QLineEdit::textChanged, &m_pause, qOverload<>(&QTimer::start));
    connect(&m_hits, &SearchHits::moreRequested, &search, &Search::more);
    connect(&search, &Search::found, this, &SearchPanel::showResults);
    connect(&search, &Search::progressChanged, this, &SearchPanel::showNote);
    connect(&search, &Search::failed, this, [this](const Error &error) {
        if (error.kind == Error::Kind::Cancelled)
            return;
        m_hits.reset({}, false);
        m_empty->setWords(tr("The search did not work"), errorText(error));
        m_stack->setCurrentWidget(m_empty);
    });
    showNote();
    showEmptiness();
}

void SearchPanel::build(const Clock &clock)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    m_field = new QLineEdit(this);
    m_field->setObjectName(u"search"_s);
    m_field->setPlaceholderText(tr("Search everything"));
    m_field->setAccessibleName(tr("Search everything"));
    m_field->setMaxLength(LongestText);
    m_field->installEventFilter(this);
    auto *lens
        = m_field->addAction(themedIcon(Icon::Search, m_theme.theme()), QLineEdit::LeadingPosition);
    auto *close
        = m_field->addAction(themedIcon(Icon::Close, m_theme.theme()), QLineEdit::TrailingPosition);
    close->setToolTip(tr("Back to the list (Esc)"));
    connect(close, &QAction::triggered, this, &SearchPanel::left);
    const auto applyTheme = [this, lens, close] {
        m_field->setFont(m_theme.theme().fonts.secondary);
        lens->setIcon(themedIcon(Icon::Search, m_theme.theme()));
        close->setIcon(themedIcon(Icon::Close, m_theme.theme()));
        if (m_rows != nullptr)
            m_rows->doItemsLayout();
    };
    connect(&m_theme, &ThemeProvider::changed, this, applyTheme);
    applyTheme();
    auto *top = new QVBoxLayout;
    top->setContentsMargins(Metrics::Gutter, Metrics::Gutter, Metrics::Gutter, 8);
    top->setSpacing(6);
    m_note = new ThemedLabel(m_theme, &Fonts::meta, &Theme::warn, this);
    m_note->setObjectName(u"searchNote"_s);
    m_progress = new ThemedLabel(m_theme, &Fonts::meta, &Theme::muted, this);
    m_progress->setObjectName(u"searchProgress"_s);
    top->addWidget(m_field);
    for (ThemedLabel *label : {m_note, m_progress}) {
        label->setWordWrap(true);
        label->setTextFormat(Qt::PlainText);
        top->addWidget(label);
    }
    layout->addLayout(top);
    m_stack = new QStackedWidget(this);
    m_rows = new QListView(m_stack);
    m_rows->setObjectName(u"searchHits"_s);
    m_rows->setAccessibleName(tr("What was found"));
    m_rows->setFrameShape(QFrame::NoFrame);
    m_rows->setUniformItemSizes(true);
    m_rows->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_rows->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_rows->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_rows->setMouseTracking(true);
    m_rows->setItemDelegate(new SearchDelegate(m_theme, clock, m_rows));
    m_rows->setModel(&m_hits);
    m_rows->installEventFilter(this);
    connect(m_rows, &QAbstractItemView::clicked, this, &SearchPanel::choose);
    m_empty = new EmptyNote(m_theme, m_stack);
    m_empty->setObjectName(u"searchEmpty"_s);
    m_stack->addWidget(m_rows);
    m_stack->addWidget(m_empty);
    layout->addWidget(m_stack, 1);
}

void SearchPanel::begin(const QString &text)
{
    if (!text.isEmpty())
        m_field->setText(text);
    m_field->setFocus(Qt::ShortcutFocusReason);
    m_field->selectAll();
    ask(); // what was found before may have changed
}

void SearchPanel::ask()
{
    m_pause.stop();
    m_query = parseSearch(m_field->text(), QDateTime::fromMSecsSinceEpoch(m_clock.now()));
    m_problems = m_query.problems;
    m_isAnswered = false;
    if (m_query.isEmpty()) {
        m_search.clear();
        m_hits.reset({}, false);
        showEmptiness();
    } else {
        m_search.ask(m_query);
    }
    showNote();
}

void SearchPanel::showResults(const SearchResults &results, bool goesOn)
{
    const bool hasMore = results.next.has_value();
    if (goesOn) {
        m_hits.append(results.hits, hasMore);
        return;
    }
    m_isAnswered = true;
    m_problems = m_query.problems + results.problems;
    m_hits.reset(results.hits, hasMore);
    m_rows->scrollToTop();
    showNote();
    showEmptiness();
}

void SearchPanel::showNote()
{
    QStringList sentences;
    for (const SearchProblem &problem : std::as_const(m_problems))
        sentences.append(sentenceOf(problem));
    m_note->setText(sentences.join(u'\n'));
    m_note->setVisible(!sentences.isEmpty());
    const IndexProgress &progress = m_search.progress();
    const bool isFilling = !progress.isComplete && progress.all > 0;
    if (isFilling) {
        m_progress->setText(tr("Older messages are still being prepared for searching: %1 %")
                                .arg(progress.done * 100 / progress.all));
    }
    m_progress->setVisible(isFilling);
}

void SearchPanel::showEmptiness()
{
    if (m_hits.rowCount() > 0) {
        m_stack->setCurrentWidget(m_rows);
        return;
    }
    if (m_query.isEmpty()) {
        m_empty->setWords(tr("Search all conversations"),
            tr("Messages, names, notes and file names of every Page and year. Narrow it down with "
               "%1. “Two words” stand together, -word is left out.")
                .arg(listed(searchOperatorNames(), u":"_s)));
    } else if (m_isAnswered) {
        m_empty->setWords(tr("No match"),
            m_query.wanted.size() > 1
                ? tr("No message has all of these words. Leave one out, or write only the "
                     "beginning of the last one.")
                : tr("Nothing here has this in it. Try another word, or fewer conditions."));
    } else {
        return;
    }
    m_stack->setCurrentWidget(m_empty);
}

void SearchPanel::choose(const QModelIndex &index)
{
    if (!index.isValid())
        return;
    m_rows->setCurrentIndex(index);
    Q_EMIT chosen(m_hits.at(index.row()));
}

void SearchPanel::step(int by)
{
    const int rows = m_hits.rowCount();
    if (rows == 0)
        return;
    const QModelIndex at = m_rows->currentIndex();
    const int row = at.isValid() ? std::clamp(at.row() + by, 0, rows - 1) : 0;
    m_rows->setCurrentIndex(m_hits.index(row));
}

bool SearchPanel::takeKey(int key)
{
    switch (key) {
    case Qt::Key_Escape:
        Q_EMIT left();
        return true;
    case Qt::Key_Down:
        step(1);
        return true;
    case Qt::Key_Up:
        step(-1);
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (!m_rows->currentIndex().isValid())
            step(0);
        choose(m_rows->currentIndex());
        return true;
    default:
        return false;
    }
}

bool SearchPanel::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        if (key->modifiers() == Qt::NoModifier || key->key() == Qt::Key_Enter)
            return takeKey(key->key()) || Panel::eventFilter(watched, event);
    }
    return Panel::eventFilter(watched, event);
}

} // namespace Pagedesk::Ui
