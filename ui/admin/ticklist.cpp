// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/admin/ticklist.h"

#include "ui/thread/displaytext.h"

#include <QCheckBox>
#include <QVBoxLayout>

namespace Pagedesk::Ui {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int LongestText = 80;

} // namespace

TickList::TickList(QString name, QWidget *parent)
    : QWidget(parent)
    , m_name(std::move(name))
    , m_layout(new QVBoxLayout(this))
{
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(4);
}

void TickList::setItems(const QList<Item> &items, const QStringList &ticked)
{
    for (const auto &[id, box] : std::as_const(m_boxes))
        delete box;
    m_boxes.clear();
    m_given = ticked;
    for (const Item &item : items) {
        QString text = displayLine(item.text.isEmpty() ? item.id : item.text, LongestText);
        auto *box = new QCheckBox(text.replace(u'&', u"&&"_s), this); // no shortcut
        box->setObjectName(m_name + u'-' + item.id);
        box->setChecked(ticked.contains(item.id));
        connect(box, &QCheckBox::clicked, this, &TickList::changed);
        m_layout->addWidget(box);
        m_boxes.append({item.id, box});
    }
}

void TickList::refresh(const QList<Item> &items, const QStringList &ticked)
{
    QStringList shown = ticked;
    for (const auto &[id, box] : std::as_const(m_boxes)) {
        if (box->isChecked() == m_given.contains(id))
            continue; // nobody has touched it
        shown.removeAll(id);
        if (box->isChecked())
            shown.append(id);
    }
    setItems(items, shown);
    m_given = ticked;
}

QStringList TickList::ticked() const
{
    QStringList ids;
    for (const auto &[id, box] : m_boxes) {
        if (box->isChecked())
            ids.append(id);
    }
    return ids;
}

} // namespace Pagedesk::Ui
