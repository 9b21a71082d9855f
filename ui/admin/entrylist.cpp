// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/admin/entrylist.h"

#include "ui/theme/icons.h"
#include "ui/theme/themedlabel.h"
#include "ui/theme/themeprovider.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

namespace Pagedesk::Ui {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int Gap = 6;
constexpr int LongestField = 5000; // far beyond what Meta takes; how far is said beside the field
const QString Postback = QStringLiteral("postback");
const QString WebUrl = QStringLiteral("web_url");

} // namespace

EntryList::EntryList(
    const ThemeProvider &theme, const Words &words, int most, bool withTypes, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_words(words)
    , m_most(most)
    , m_withTypes(withTypes)
    , m_layout(new QVBoxLayout(this))
{
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(Gap);
    m_add = new QPushButton(words.add, this);
    m_add->setObjectName(u"add"_s);
    m_add->setAutoDefault(false);
    m_add->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    m_layout->addWidget(m_add);
    connect(m_add, &QPushButton::clicked, this, &EntryList::addRow);
    connect(&theme, &ThemeProvider::changed, this, &EntryList::applyTheme);
}

void EntryList::setEntries(const QList<Entry> &entries)
{
    rebuild(entries);
}

QList<EntryList::Entry> EntryList::entries() const
{
    QList<Entry> entries;
    for (const Row &row : m_rows) {
        const QString type = row.type ? row.type->currentData().toString() : Postback;
        entries.append({type.isEmpty() ? row.otherType : type, row.title->text().trimmed(),
            row.value->text().trimmed(), row.rest});
    }
    return entries;
}

void EntryList::setProblems(const QHash<QString, QString> &problems)
{
    for (int i = 0; i < m_rows.size(); ++i) {
        QStringList said{
            problems.value(u"%1/title"_s.arg(i)), problems.value(u"%1/value"_s.arg(i))};
        said.removeAll(QString());
        const QString words = said.join(u'\n');
        m_rows.at(i).problem->setText(words);
        m_rows.at(i).problem->setVisible(!words.isEmpty());
    }
}

void EntryList::rebuild(const QList<Entry> &entries)
{
    for (const Row &row : std::as_const(m_rows)) {
        row.widget->hide();
        m_layout->removeWidget(row.widget);
        row.widget->deleteLater(); // it may hold the button that was pressed
    }
    m_rows.clear();
    for (const Entry &entry : entries) {
        const int number = static_cast<int>(m_rows.size());
        m_rows.append(rowFor(entry, number));
        m_layout->insertWidget(number, m_rows.last().widget);
    }
    for (int i = 0; i < m_rows.size(); ++i) {
        m_rows.at(i).up->setEnabled(i > 0);
        m_rows.at(i).down->setEnabled(i + 1 < m_rows.size());
    }
    m_add->setEnabled(m_rows.size() < m_most);
    QWidget *before = nullptr;
    for (const Row &row : std::as_const(m_rows)) {
        if (before)
            setTabOrder(before, row.title);
        before = row.remove;
    }
    if (before)
        setTabOrder(before, m_add);
    applyTheme();
}

EntryList::Row EntryList::rowFor(const Entry &entry, int number)
{
    const QString name = tr("%1 %2", "a thing, its number").arg(m_words.one).arg(number + 1);
    Row row;
    row.rest = entry.rest;
    row.widget = new QWidget(this);
    auto *outer = new QVBoxLayout(row.widget);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->setSpacing(2);
    auto *line = new QHBoxLayout;
    line->setSpacing(Gap);
    row.title = new QLineEdit(entry.title, row.widget);
    row.title->setObjectName(u"title%1"_s.arg(number));
    row.title->setPlaceholderText(m_words.title);
    row.title->setMaxLength(LongestField);
    row.title->setAccessibleName(tr("%1: %2").arg(name, m_words.title));
    line->addWidget(row.title, 3);
    const bool isOther = m_withTypes && entry.type != Postback && entry.type != WebUrl;
    if (m_withTypes) {
        row.type = new QComboBox(row.widget);
        row.type->setObjectName(u"type%1"_s.arg(number));
        row.type->setAccessibleName(tr("%1: what a tap does").arg(name));
        row.type->addItem(tr("tells us"), Postback);
        row.type->addItem(tr("opens a website"), WebUrl);
        if (isOther) {
            row.otherType = entry.type;
            row.type->addItem(tr("made elsewhere"), QString());
        }
        row.type->setCurrentIndex(isOther ? 2 : entry.type == WebUrl ? 1 : 0);
        line->addWidget(row.type);
    }
    row.value = new QLineEdit(entry.value, row.widget);
    row.value->setObjectName(u"value%1"_s.arg(number));
    row.value->setMaxLength(LongestField);
    line->addWidget(row.value, 2);
    row.up = button(row.widget, static_cast<int>(Icon::ChevronUp), u"up%1"_s.arg(number),
        tr("%1: move up").arg(name));
    row.down = button(row.widget, static_cast<int>(Icon::ChevronDown), u"down%1"_s.arg(number),
        tr("%1: move down").arg(name));
    row.remove = button(row.widget, static_cast<int>(Icon::Close), u"remove%1"_s.arg(number),
        tr("%1: remove").arg(name));
    for (QToolButton *each : {row.up, row.down, row.remove})
        line->addWidget(each);
    outer->addLayout(line);
    row.problem = new ThemedLabel(m_theme, &Fonts::meta, &Theme::bad, row.widget);
    row.problem->setWordWrap(true);
    row.problem->hide();
    outer->addWidget(row.problem);
    if (isOther) {
        for (QWidget *fixed : std::initializer_list<QWidget *>{row.title, row.type, row.value})
            fixed->setEnabled(false);
    }
    row.value->setAccessibleName(tr("%1: %2").arg(name, m_words.value));
    showValueHint(row);
    connect(row.title, &QLineEdit::textChanged, this, &EntryList::changed);
    connect(row.value, &QLineEdit::textChanged, this, &EntryList::changed);
    if (row.type) {
        connect(row.type, &QComboBox::currentIndexChanged, this, [this, row] {
            showValueHint(row);
            Q_EMIT changed();
        });
    }
    connect(row.up, &QToolButton::clicked, this, [this, number] { move(number, number - 1); });
    connect(row.down, &QToolButton::clicked, this, [this, number] { move(number, number + 1); });
    connect(row.remove, &QToolButton::clicked, this, [this, number] { removeRow(number); });
    return row;
}

QToolButton *EntryList::button(QWidget *parent, int icon, const QString &name, const QString &words)
{
    auto *made = new QToolButton(parent);
    made->setObjectName(name);
    made->setAutoRaise(true);
    made->setFocusPolicy(Qt::StrongFocus);
    made->setAccessibleName(words);
    made->setToolTip(words);
    made->setProperty("sign", icon);
    return made;
}

void EntryList::move(int from, int to)
{
    QList<Entry> all = entries();
    if (from < 0 || to < 0 || from >= all.size() || to >= all.size())
        return;
    all.move(from, to);
    rebuild(all);
    // The row that was moved keeps the keyboard, at a button that still does something.
    const bool wasUp = to < from;
    const Row &row = m_rows.at(to);
    QToolButton *same = wasUp ? row.up : row.down;
    QToolButton *other = wasUp ? row.down : row.up;
    (same->isEnabled() ? same : other)->setFocus();
    Q_EMIT changed();
}

void EntryList::removeRow(int number)
{
    QList<Entry> all = entries();
    all.removeAt(number);
    rebuild(all);
    if (m_rows.isEmpty())
        m_add->setFocus();
    else
        m_rows.at(std::min<qsizetype>(number, m_rows.size() - 1)).remove->setFocus();
    Q_EMIT changed();
}

void EntryList::addRow()
{
    QList<Entry> all = entries();
    if (all.size() >= m_most)
        return;
    all.append({Postback, {}, {}, {}});
    rebuild(all);
    m_rows.last().title->setFocus();
    Q_EMIT changed();
}

void EntryList::showValueHint(const Row &row) const
{
    const bool isWeb = row.type && row.type->currentData().toString() == WebUrl;
    row.value->setPlaceholderText(isWeb ? u"https://"_s : m_words.value);
}

void EntryList::applyTheme()
{
    const Theme &theme = m_theme.theme();
    m_add->setIcon(themedIcon(Icon::Plus, theme));
    for (const Row &row : std::as_const(m_rows)) {
        for (QToolButton *each : {row.up, row.down, row.remove})
            each->setIcon(themedIcon(static_cast<Icon>(each->property("sign").toInt()), theme));
    }
}

} // namespace Pagedesk::Ui
