// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/admin/pagechooser.h"

#include "ui/admin/connectwords.h"
#include "ui/theme/scrollarea.h"
#include "ui/theme/themedlabel.h"
#include "ui/thread/displaytext.h"

#include <QCheckBox>
#include <QVBoxLayout>

#include <algorithm>

namespace Pagedesk::Ui {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int LongestName = 120;

bool canBeConnected(const OfferedPage &page)
{
    return page.obstacle == PageObstacle::None;
}

// An ampersand is no shortcut here.
QString asBoxText(const QString &name)
{
    QString text = displayLine(name, LongestName);
    return text.replace(u'&', u"&&"_s);
}

} // namespace

PageChooser::PageChooser(const ThemeProvider &theme, QWidget *parent)
    : QScrollArea(parent)
    , m_theme(theme)
{
    setObjectName(u"pageChooser"_s);
    makeColumn(*this);
    setFocusPolicy(Qt::NoFocus);
}

void PageChooser::setPages(const QList<OfferedPage> &pages)
{
    m_boxes.clear();
    auto *inner = new QWidget;
    m_rows = new QVBoxLayout(inner);
    m_rows->setContentsMargins(0, 0, Metrics::Gutter, 0);
    m_rows->setSpacing(Metrics::Gutter);
    QList<OfferedPage> sorted = pages;
    std::stable_sort(sorted.begin(), sorted.end(), [](const OfferedPage &a, const OfferedPage &b) {
        return canBeConnected(a) && !canBeConnected(b);
    });
    for (const OfferedPage &page : std::as_const(sorted))
        m_rows->addWidget(rowFor(page));
    m_rows->addStretch(1);
    setWidget(inner); // and deletes the one before
    Q_EMIT choiceChanged();
}

QWidget *PageChooser::rowFor(const OfferedPage &page)
{
    auto *row = new QWidget;
    auto *layout = new QVBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(2);
    const QString nickname = m_nicknames.value(page.id);
    const QString name = page.name.isEmpty() ? page.id.value : page.name;
    auto *box = new QCheckBox(
        asBoxText(nickname.isEmpty()
                ? name
                : tr("%1 (%2 at Facebook)", "a nickname, the name").arg(nickname, name)),
        row);
    box->setObjectName(u"page-"_s + page.id.value);
    box->setEnabled(canBeConnected(page));
    box->setChecked(canBeConnected(page) && !page.connected);
    layout->addWidget(box);
    QString words = obstacleText(page);
    if (words.isEmpty()) {
        words = page.connected ? tr("Connected. Tick it to renew its access; nothing is lost.")
                               : displayLine(page.category, LongestName);
    }
    auto *label = new ThemedLabel(m_theme, &Fonts::secondary, &Theme::muted, row);
    label->setText(words);
    label->setWordWrap(true);
    label->setIndent(24);
    label->setVisible(!words.isEmpty());
    layout->addWidget(label);
    box->setAccessibleDescription(words);
    connect(box, &QCheckBox::toggled, this, &PageChooser::choiceChanged);
    m_boxes.append({page.id, box});
    return row;
}

QList<PageId> PageChooser::chosen() const
{
    QList<PageId> chosen;
    for (const auto &[id, box] : m_boxes) {
        if (box->isChecked())
            chosen.append(id);
    }
    return chosen;
}

} // namespace Pagedesk::Ui
