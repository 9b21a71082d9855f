// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/shortcutswindow.h"

#include "models/items/fuzzymatch.h"
#include "ui/errortext.h"
#include "ui/shell/keybindings.h"
#include "ui/theme/themedlabel.h"
#include "ui/theme/themeprovider.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QPushButton>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace Pagedesk::Ui {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr QSize FirstSize(620, 680);
constexpr int Margin = 24;
constexpr int Gap = 12;
constexpr int IdRole = Qt::UserRole;

} // namespace

KeyField::KeyField(QWidget *parent)
    : QLineEdit(parent)
{
    setReadOnly(true);
    setContextMenuPolicy(Qt::NoContextMenu);
}

bool KeyField::event(QEvent *event)
{
    switch (event->type()) {
    case QEvent::ShortcutOverride:
        event->accept();
        return true;
    case QEvent::KeyPress:
        take(*static_cast<QKeyEvent *>(event));
        event->accept();
        return true;
    default:
        return QLineEdit::event(event);
    }
}

void KeyField::focusOutEvent(QFocusEvent *event)
{
    QLineEdit::focusOutEvent(event);
    Q_EMIT left();
}

void KeyField::take(const QKeyEvent &event)
{
    switch (event.key()) {
    case Qt::Key_Escape:
        Q_EMIT left();
        return;
    case Qt::Key_Control:
    case Qt::Key_Shift:
    case Qt::Key_Alt:
    case Qt::Key_AltGr:
    case Qt::Key_Meta:
    case Qt::Key_Super_L:
    case Qt::Key_Super_R:
    case Qt::Key_CapsLock:
    case Qt::Key_NumLock:
    case Qt::Key_unknown:
    case 0:
        return; // the key itself is still to come
    default:
        Q_EMIT keyPressed(QKeySequence(
            QKeyCombination(event.modifiers() & ~Qt::KeypadModifier, Qt::Key(event.key()))));
    }
}

ShortcutsWindow::ShortcutsWindow(
    const ThemeProvider &theme, const Actions &actions, KeyBindings &bindings, QWidget *parent)
    : QDialog(parent)
    , m_theme(theme)
    , m_actions(actions)
    , m_bindings(bindings)
{
    setObjectName(u"shortcuts"_s);
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Keyboard shortcuts"));
    resize(FirstSize);
    build();
    connectParts();
    fill();
    showProblems();
    applyTheme();
    m_list->setCurrentItem(m_list->topLevelItem(0));
    m_filter->setFocus();
}

void ShortcutsWindow::build()
{
    m_filter = new QLineEdit(this);
    m_filter->setObjectName(u"shortcutFilter"_s);
    m_filter->setAccessibleName(tr("Find an action"));
    m_filter->setPlaceholderText(tr("Find an action or a key"));
    m_problems = new ThemedLabel(m_theme, &Fonts::secondary, &Theme::bad, this);
    m_problems->setObjectName(u"keyProblems"_s);
    m_problems->setWordWrap(true);
    m_list = new QTreeWidget(this);
    m_list->setObjectName(u"shortcutList"_s);
    m_list->setAccessibleName(tr("Actions and their keys"));
    m_list->setHeaderLabels({tr("Action"), tr("Key")});
    m_list->setRootIsDecorated(false);
    m_list->setUniformRowHeights(true);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->header()->setStretchLastSection(false);
    m_list->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_list->header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    m_list->header()->setSectionsClickable(false);
    auto *fixed = new ThemedLabel(m_theme, &Fonts::secondary, &Theme::muted, this);
    fixed->setWordWrap(true);
    fixed->setText(tr("Enter sends the reply and Shift+Enter begins a new line; in the list of "
                      "conversations Enter leads to the reply. These stay as they are."));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(Margin, Margin, Margin, Margin);
    layout->setSpacing(Gap);
    layout->addWidget(m_filter);
    layout->addWidget(m_problems);
    layout->addWidget(m_list, 1);
    layout->addWidget(buildCapture());
    layout->addWidget(fixed);
    layout->addWidget(buildButtons());
}

QWidget *ShortcutsWindow::buildCapture()
{
    auto *row = new QWidget(this);
    m_note = new ThemedLabel(m_theme, &Fonts::secondary, &Theme::text, row);
    m_note->setObjectName(u"keyNote"_s);
    m_note->setWordWrap(true);
    m_note->hide();
    m_key = new KeyField(row);
    m_key->setObjectName(u"keyField"_s);
    m_key->setPlaceholderText(tr("Press the new key; Esc leaves it as it is"));
    m_key->hide();
    m_takeAway = new QPushButton(tr("Take it from there"), row);
    m_takeAway->setObjectName(u"keyTakeAway"_s);
    m_takeAway->setAutoDefault(false);
    m_takeAway->hide();
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Gap);
    layout->addWidget(m_key, 1);
    layout->addWidget(m_note, 1);
    layout->addWidget(m_takeAway);
    return row;
}

QWidget *ShortcutsWindow::buildButtons()
{
    auto *row = new QWidget(this);
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    const auto add = [row, layout](const QString &name, const QString &text) {
        auto *button = new QPushButton(text, row);
        button->setObjectName(name);
        button->setAutoDefault(false);
        layout->addWidget(button);
        return button;
    };
    m_change = add(u"keyChange"_s, tr("Change key"));
    m_off = add(u"keyOff"_s, tr("Turn off"));
    m_reset = add(u"keyReset"_s, tr("Reset"));
    layout->addStretch(1);
    m_resetAll = add(u"keyResetAll"_s, tr("Reset all"));
    auto *close = add(u"keyClose"_s, tr("Close"));
    connect(close, &QAbstractButton::clicked, this, &QDialog::reject);
    return row;
}

void ShortcutsWindow::connectParts()
{
    connect(m_filter, &QLineEdit::textChanged, this, &ShortcutsWindow::narrow);
    connect(m_list, &QTreeWidget::currentItemChanged, this, &ShortcutsWindow::showChosen);
    connect(m_list, &QTreeWidget::itemActivated, this, &ShortcutsWindow::beginCapture);
    connect(m_filter, &QLineEdit::returnPressed, this, &ShortcutsWindow::beginCapture);
    connect(m_key, &KeyField::keyPressed, this, &ShortcutsWindow::take);
    connect(m_key, &KeyField::left, this, &ShortcutsWindow::endCapture);
    connect(m_takeAway, &QAbstractButton::clicked, this, &ShortcutsWindow::takeAway);
    connect(m_change, &QAbstractButton::clicked, this, &ShortcutsWindow::beginCapture);
    connect(m_off, &QAbstractButton::clicked, this, [this] {
        if (const auto id = chosen())
            save(m_bindings.change({{*id, {}}}));
    });
    connect(m_reset, &QAbstractButton::clicked, this, [this] {
        if (const auto id = chosen())
            save(m_bindings.reset({*id}));
    });
    connect(m_resetAll, &QAbstractButton::clicked, this,
        [this] { save(m_bindings.reset(m_actions.all())); });
    connect(&m_bindings, &KeyBindings::changed, this, [this] {
        fill();
        showProblems();
    });
    connect(&m_theme, &ThemeProvider::changed, this, &ShortcutsWindow::applyTheme);
}

void ShortcutsWindow::fill()
{
    if (m_list->topLevelItemCount() == 0) {
        for (const ActionId id : m_actions.all()) {
            auto *item = new QTreeWidgetItem(m_list);
            item->setData(0, IdRole, static_cast<int>(id));
        }
    }
    for (int row = 0; row < m_list->topLevelItemCount(); ++row) {
        QTreeWidgetItem *item = m_list->topLevelItem(row);
        const auto id = static_cast<ActionId>(item->data(0, IdRole).toInt());
        item->setText(0, textOf(id));
        const QString keys = keysOf(*m_actions[id]);
        const bool isOff = keys.isEmpty() && !m_actions.defaultKeys(id).isEmpty();
        item->setText(1, isOff ? tr("off") : keys);
        QFont font = m_theme.theme().fonts.body;
        font.setBold(!m_bindings.isDefault(id)); // what is one's own stands out
        item->setFont(1, font);
    }
    showChosen();
}

void ShortcutsWindow::showProblems()
{
    QStringList sentences;
    for (const KeyProblem &problem : m_bindings.problems()) {
        sentences.append(problem.line == 0
                ? problem.sentence
                : tr("keys.toml, line %1: %2").arg(problem.line).arg(problem.sentence));
    }
    constexpr int MostShown = 6;
    if (sentences.size() > MostShown)
        sentences = sentences.mid(0, MostShown) << tr("… and more of that kind.");
    m_problems->setText(sentences.join(u'\n'));
    m_problems->setVisible(!sentences.isEmpty());
}

void ShortcutsWindow::showChosen()
{
    const auto id = chosen();
    m_change->setEnabled(id.has_value());
    m_off->setEnabled(id && !m_actions[*id]->shortcuts().isEmpty());
    m_reset->setEnabled(id && !m_bindings.isDefault(*id));
    if (!m_key->isVisible() && !m_note->text().isEmpty() && m_wanted.isEmpty())
        say({});
}

void ShortcutsWindow::narrow(const QString &text)
{
    const QStringList words = foldedWords(text);
    QTreeWidgetItem *first = nullptr;
    for (int row = 0; row < m_list->topLevelItemCount(); ++row) {
        QTreeWidgetItem *item = m_list->topLevelItem(row);
        const bool fits = fuzzyMatch(words, foldedLetters(item->text(0))).has_value()
            || item->text(1).contains(text, Qt::CaseInsensitive);
        item->setHidden(!fits);
        if (fits && first == nullptr)
            first = item;
    }
    m_list->setCurrentItem(first);
}

std::optional<ActionId> ShortcutsWindow::chosen() const
{
    const QTreeWidgetItem *item = m_list->currentItem();
    if (item == nullptr || item->isHidden())
        return std::nullopt;
    return static_cast<ActionId>(item->data(0, IdRole).toInt());
}

QString ShortcutsWindow::textOf(ActionId id) const
{
    return m_actions[id]->iconText(); // without what the menu makes of an ampersand
}

void ShortcutsWindow::beginCapture()
{
    const auto id = chosen();
    if (!id)
        return;
    say({});
    m_wanted = {};
    m_takeAway->hide();
    m_key->setAccessibleName(tr("New key of %1").arg(textOf(*id)));
    m_key->show();
    m_key->setFocus();
}

void ShortcutsWindow::endCapture()
{
    if (!m_key->isVisible())
        return;
    m_key->hide();
    m_list->setFocus();
}

void ShortcutsWindow::take(const QKeySequence &key)
{
    const auto id = chosen();
    endCapture();
    if (!id)
        return;
    if (const auto trouble = m_bindings.troubleWith(key, *id)) {
        say(*trouble);
        return;
    }
    const auto owner = m_bindings.ownerOf(key);
    if (owner && *owner != *id) {
        m_wanted = key;
        say(tr("%1 is the key of “%2”.")
                .arg(key.toString(QKeySequence::NativeText), textOf(*owner)));
        m_takeAway->show();
        m_takeAway->setFocus();
        return;
    }
    save(m_bindings.change({{*id, {key}}}));
}

void ShortcutsWindow::takeAway()
{
    const auto id = chosen();
    const auto owner = m_bindings.ownerOf(m_wanted);
    if (!id || !owner)
        return;
    QList<QKeySequence> left = m_actions[*owner]->shortcuts();
    left.removeAll(m_wanted);
    save(m_bindings.change({{*owner, left}, {*id, {m_wanted}}}));
    m_list->setFocus();
}

void ShortcutsWindow::save(const Result<> &saved)
{
    m_wanted = {};
    m_takeAway->hide();
    say(saved ? QString()
              : tr("%1 could not be written: %2", "a file, why")
                    .arg(u"keys.toml"_s, errorText(saved.error())));
}

void ShortcutsWindow::say(const QString &sentence)
{
    m_note->setText(sentence);
    m_note->setVisible(!sentence.isEmpty());
}

void ShortcutsWindow::applyTheme()
{
    const Theme &theme = m_theme.theme();
    m_list->setFont(theme.fonts.body);
    m_list->setStyleSheet(
        u"QTreeWidget { background: %1; border: 1px solid %2; border-radius: 8px; outline: 0; }"
        "QTreeWidget::item { height: %6px; padding: 0 8px; color: %3; }"
        "QTreeWidget::item:selected { background: %4; color: %3; }"
        "QHeaderView::section { background: %1; color: %5; border: none;"
        " border-bottom: 1px solid %2; padding: 6px 10px; }"_s
            .arg(theme.raised.name(), theme.line.name(), theme.text.name(), theme.selection.name(),
                theme.muted.name())
            .arg(theme.px(Metrics::Control)));
    fill();
}

} // namespace Pagedesk::Ui
