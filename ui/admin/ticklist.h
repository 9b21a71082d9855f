// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QWidget>

class QCheckBox;
class QVBoxLayout;

namespace Pagedesk::Ui {

// A list of things by id and name of which any can be ticked.
class TickList : public QWidget {
    Q_OBJECT

public:
    // `name`: the boxes are called <name>-<id>.
    explicit TickList(QString name, QWidget *parent = nullptr);

    struct Item {
        QString id;
        QString text;
    };
    void setItems(const QList<Item> &items, const QStringList &ticked);
    // The same list again: what the person has ticked or unticked since stays as it is.
    void refresh(const QList<Item> &items, const QStringList &ticked);
    QStringList ticked() const;
    bool isEmpty() const { return m_boxes.isEmpty(); }

Q_SIGNALS:
    void changed(); // by the person

private:
    const QString m_name;
    QVBoxLayout *m_layout;
    QList<std::pair<QString, QCheckBox *>> m_boxes;
    QStringList m_given; // as ticked as they came
};

} // namespace Pagedesk::Ui
