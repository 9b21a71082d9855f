// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/commandpalette.h"

#include "ui/inbox/conversationwords.h"
#include "ui/shell/windowsettings.h"
#include "ui/theme/panel.h"
#include "ui/theme/themedlabel.h"
#include "ui/theme/themeprovider.h"
#include "ui/thread/displaytext.h"

#include <QAccessible>
#include <QItemSelectionModel>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>
#include <QPainter>
#include <QVBoxLayout>

#include <algorithm>

namespace Pagedesk::Ui {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int Width = 620;
constexpr int MostRows = 11; // seen at once
constexpr int RowHeight = 36;
constexpr int Padding = 12;
constexpr int Above = 72; // of the window
constexpr int LongestName = 100;
constexpr int LongestTyped = 200;
constexpr int MostRecent = 12;
constexpr auto ActionPrefix = "action:"_L1;
constexpr auto PagePrefix = "page:"_L1;
constexpr auto GoTo = "verb:conversation"_L1;
constexpr auto ShowPage = "verb:page"_L1;

// They stand there by their names.
bool isPage(ActionId id)
{
    return std::find(PageActions.begin(), PageActions.end(), id) != PageActions.end();
}

PaletteSearch::Verbs verbs()
{
    return {CommandPalette::tr("Go to", "before a person's name"),
        CommandPalette::tr("Show Page", "before a Page's name")};
}

} // namespace

CommandPalette::CommandPalette(const ThemeProvider &theme, const Desk &desk, QWidget *window)
    : QWidget(window)
    , m_theme(theme)
    , m_desk(desk)
    , m_search(desk.conversations,
          [](const Contact &contact) { return displayLine(displayName(contact), LongestName); })
{
    setObjectName(u"paletteOverlay"_s);
    build();
    hide();
    window->installEventFilter(this);
    connect(&m_search, &PaletteSearch::changed, this, &CommandPalette::showHits);
    connect(m_field, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_hasMoved = false;
        m_search.setText(text);
    });
    connect(m_list, &QListView::clicked, this,
        [this](const QModelIndex &index) { choose(index.row()); });
    connect(&theme, &ThemeProvider::changed, this, &CommandPalette::applyTheme);
    applyTheme();
}

void CommandPalette::build()
{
    m_box = new Panel(
        m_theme, &Theme::raised, Qt::TopEdge | Qt::BottomEdge | Qt::LeftEdge | Qt::RightEdge, this);
    m_field = new QLineEdit(m_box);
    m_field->setObjectName(u"paletteField"_s);
    m_field->setAccessibleName(tr("Command palette"));
    m_field->setPlaceholderText(tr("What to do, who to go to"));
    m_field->setMaxLength(LongestTyped);
    m_field->installEventFilter(this);
    m_rows = new PaletteRows(this);
    m_list = new QListView(m_box);
    m_list->setObjectName(u"paletteList"_s);
    m_list->setAccessibleName(tr("Commands"));
    m_list->setModel(m_rows);
    m_list->setItemDelegate(new PaletteDelegate(m_theme, m_list));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setUniformItemSizes(true);
    m_list->setMouseTracking(true);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_nothing = new ThemedLabel(m_theme, &Fonts::secondary, &Theme::muted, m_box);
    m_nothing->setObjectName(u"paletteNothing"_s);
    m_nothing->setText(tr("Nothing of that name."));
    m_nothing->setContentsMargins(Padding, 8, Padding, 8);
    auto *layout = new QVBoxLayout(m_box);
    layout->setContentsMargins(Padding, Padding, Padding, Padding);
    layout->setSpacing(8);
    layout->addWidget(m_field);
    layout->addWidget(m_nothing);
    layout->addWidget(m_list, 1);
}

void CommandPalette::open(bool hasConversation)
{
    if (isVisible()) {
        leave();
        return;
    }
    m_before = window()->focusWidget();
    m_hasConversation = hasConversation;
    m_hasMoved = false;
    m_field->clear();
    m_search.begin(entries(), verbs(), m_desk.settings.recentCommands());
    place();
    show();
    raise();
    m_field->setFocus(Qt::PopupFocusReason);
}

void CommandPalette::leave()
{
    if (!isVisible())
        return;
    hide();
    m_search.end();
    m_rows->setLines({});
    if (m_before)
        m_before->setFocus(Qt::PopupFocusReason);
}

// What cannot be done at all here is left out; what cannot be done now says why.
QList<PaletteSearch::Entry> CommandPalette::entries() const
{
    using Kind = PaletteSearch::Kind;
    QList<PaletteSearch::Entry> all;
    for (const ActionId id : m_desk.actions.all()) {
        const QAction *action = m_desk.actions[id];
        if (id == ActionId::Palette || !action->isVisible() || isPage(id))
            continue;
        const bool isAvailable = action->isEnabled() && !lacksConversation(id);
        all.append({Kind::Action, ActionPrefix + actionName(id), action->text(), isAvailable});
    }
    all.append({Kind::Verb, GoTo, tr("Go to a conversation…")});
    const QList<Page> &pages = m_desk.pages.pages();
    if (!pages.isEmpty())
        all.append({Kind::Verb, ShowPage, tr("Show a Page…")});
    for (const Page &page : pages) {
        all.append(
            {Kind::Page, PagePrefix + page.id.value, displayLine(page.shownName(), LongestName)});
    }
    return all;
}

bool CommandPalette::lacksConversation(ActionId id) const
{
    return !m_hasConversation && m_desk.actions.needsConversation(id);
}

std::optional<ActionId> CommandPalette::actionOf(const QString &id) const
{
    for (const ActionId one : m_desk.actions.all()) {
        if (ActionPrefix + actionName(one) == id)
            return one;
    }
    return std::nullopt;
}

PaletteRows::Line CommandPalette::lineOf(const PaletteSearch::Hit &hit) const
{
    PaletteRows::Line line{hit.entry, hit.places, {}, {}};
    switch (hit.entry.kind) {
    case PaletteSearch::Kind::Action:
        if (const auto id = actionOf(hit.entry.id))
            line.key = keysOf(*m_desk.actions[*id]);
        if (!hit.entry.isAvailable)
            line.detail = reasonAgainst(hit.entry.id);
        break;
    case PaletteSearch::Kind::Verb:
        break;
    case PaletteSearch::Kind::Page:
        line.detail = tr("Page");
        line.key = keyOfPage({hit.entry.id.mid(PagePrefix.size())});
        break;
    case PaletteSearch::Kind::Conversation:
        if (const auto *row = m_desk.conversations.find(ConversationId{hit.entry.id}))
            line.detail = displayLine(
                m_desk.conversations.pageOf(row->conversation).shownName(), LongestName);
    }
    return line;
}

QString CommandPalette::keyOfPage(const PageId &id) const
{
    const QList<Page> &pages = m_desk.pages.pages();
    const auto found = std::find_if(
        pages.begin(), pages.end(), [&id](const Page &page) { return page.id == id; });
    const auto place = std::size_t(found - pages.begin());
    return found == pages.end() || place >= PageActions.size()
        ? QString()
        : keysOf(*m_desk.actions[PageActions.at(place)]);
}

QString CommandPalette::reasonAgainst(const QString &id) const
{
    const auto action = actionOf(id);
    return action && lacksConversation(*action) ? tr("No conversation is open")
                                                : tr("Not possible now");
}

void CommandPalette::showHits()
{
    const QString chosen
        = m_hasMoved ? m_rows->at(m_list->currentIndex().row()).entry.id : QString();
    QList<PaletteRows::Line> lines;
    int current = 0;
    for (const PaletteSearch::Hit &hit : m_search.hits()) {
        if (hit.entry.id == chosen)
            current = static_cast<int>(lines.size());
        lines.append(lineOf(hit));
    }
    m_rows->setLines(lines);
    m_hasMoved = m_hasMoved && !lines.isEmpty();
    setCurrent(current);
    m_nothing->setVisible(lines.isEmpty() && m_search.isDone());
    place();
    tellCurrent();
}

void CommandPalette::choose(int row)
{
    if (row < 0 || row >= m_rows->rowCount())
        return;
    const PaletteSearch::Entry entry = m_rows->at(row).entry;
    if (!entry.isAvailable)
        return;
    if (entry.kind == PaletteSearch::Kind::Verb) {
        const PaletteSearch::Verbs words = verbs();
        m_field->setText((entry.id == GoTo ? words.conversation : words.page) + u' ');
        return;
    }
    QStringList recent = m_desk.settings.recentCommands();
    recent.removeAll(entry.id);
    recent.prepend(entry.id);
    m_desk.settings.setRecentCommands(recent.mid(0, MostRecent));
    leave();
    run(entry);
}

void CommandPalette::run(const PaletteSearch::Entry &entry)
{
    switch (entry.kind) {
    case PaletteSearch::Kind::Action:
        if (const auto id = actionOf(entry.id))
            Q_EMIT actionChosen(*id);
        break;
    case PaletteSearch::Kind::Page:
        Q_EMIT pageChosen({entry.id.mid(PagePrefix.size())});
        break;
    case PaletteSearch::Kind::Conversation:
        Q_EMIT conversationChosen({entry.id});
        break;
    case PaletteSearch::Kind::Verb:
        break;
    }
}

bool CommandPalette::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == parentWidget()) {
        if (event->type() == QEvent::Resize && isVisible())
            place();
        return false;
    }
    switch (event->type()) {
    case QEvent::ShortcutOverride: // nothing happens behind it meanwhile
        event->accept();
        return true;
    case QEvent::KeyPress:
        return handleKey(*static_cast<QKeyEvent *>(event));
    case QEvent::FocusOut:
        // A window of the system's in front of this one is no reason to go.
        if (static_cast<QFocusEvent *>(event)->reason() == Qt::MouseFocusReason)
            leave();
        return false;
    default:
        return false;
    }
}

bool CommandPalette::handleKey(QKeyEvent &event)
{
    const QKeySequence pressed(event.keyCombination());
    if (m_desk.actions[ActionId::Palette]->shortcuts().contains(pressed)) {
        leave();
        return true;
    }
    const int page = std::max(1, m_list->viewport()->height() / m_theme.theme().px(RowHeight) - 1);
    switch (event.key()) {
    case Qt::Key_Escape:
        leave();
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        choose(m_list->currentIndex().row());
        return true;
    case Qt::Key_Down:
        moveBy(1);
        return true;
    case Qt::Key_Up:
        moveBy(-1);
        return true;
    case Qt::Key_PageDown:
        moveBy(page);
        return true;
    case Qt::Key_PageUp:
        moveBy(-page);
        return true;
    case Qt::Key_Tab:
    case Qt::Key_Backtab:
        return true; // there is nowhere else to go
    default:
        return false;
    }
}

// Also one that cannot be run now: it says why. A view's own setCurrentIndex() refuses those.
void CommandPalette::setCurrent(int row)
{
    const QModelIndex index = m_rows->index(row);
    m_list->selectionModel()->setCurrentIndex(index, QItemSelectionModel::ClearAndSelect);
    m_list->scrollTo(index);
}

void CommandPalette::moveBy(int rows)
{
    if (m_rows->rowCount() == 0)
        return;
    const int row = std::clamp(m_list->currentIndex().row() + rows, 0, m_rows->rowCount() - 1);
    m_hasMoved = true;
    setCurrent(row);
    tellCurrent();
}

// The focus stays in the field, so that is what a screen reader hears of.
void CommandPalette::tellCurrent()
{
    const QString words = m_list->currentIndex().data(Qt::AccessibleTextRole).toString();
    if (words == m_field->accessibleDescription())
        return;
    m_field->setAccessibleDescription(words);
    QAccessibleEvent event(m_field, QAccessible::DescriptionChanged);
    QAccessible::updateAccessibility(&event);
}

void CommandPalette::place()
{
    const Theme &theme = m_theme.theme();
    setGeometry(parentWidget()->rect());
    const int width = std::min(theme.px(Width), this->width() - 2 * Padding);
    const int rows = std::min(MostRows, m_rows->rowCount());
    m_list->setVisible(rows > 0);
    m_list->setFixedHeight(std::max(1, rows * theme.px(RowHeight)));
    const int top = std::min(Above, height() / 8);
    const int wanted = m_box->sizeHint().height();
    const int height = std::min(wanted, this->height() - top - Padding);
    if (height < wanted)
        m_list->setFixedHeight(std::max(1, m_list->height() - (wanted - height)));
    m_box->setGeometry((this->width() - width) / 2, top, width, height);
}

void CommandPalette::applyTheme()
{
    m_field->setFont(m_theme.theme().fonts.body);
    m_list->setStyleSheet(
        u"QListView { background: %1; border: none; }"_s.arg(m_theme.theme().raised.name()));
    if (isVisible())
        place();
}

void CommandPalette::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), QColor(0, 0, 0, m_theme.theme().dark ? 90 : 40));
}

void CommandPalette::mousePressEvent(QMouseEvent *event)
{
    if (!m_box->geometry().contains(event->position().toPoint()))
        leave();
}

} // namespace Pagedesk::Ui
