// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/pageconnection.h"

#include <QHash>
#include <QScrollArea>

class QCheckBox;
class QVBoxLayout;

namespace Pagedesk::Ui {

class ThemeProvider;

// The Pages of somebody's login with a box to tick each; those that cannot be connected are greyed
// and say why, and how to mend it.
class PageChooser : public QScrollArea {
    Q_OBJECT

public:
    explicit PageChooser(const ThemeProvider &theme, QWidget *parent = nullptr);

    // How Pages are called here; shown before their names at Facebook. For setPages() after it.
    void setNicknames(const QHash<PageId, QString> &nicknames) { m_nicknames = nicknames; }
    // Those that can be connected and are not yet come first and are ticked.
    void setPages(const QList<OfferedPage> &pages);
    QList<PageId> chosen() const;

Q_SIGNALS:
    void choiceChanged();

private:
    QWidget *rowFor(const OfferedPage &page);

    const ThemeProvider &m_theme;
    QHash<PageId, QString> m_nicknames;
    QVBoxLayout *m_rows = nullptr;
    QList<std::pair<PageId, QCheckBox *>> m_boxes;
};

} // namespace Pagedesk::Ui
