// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/page.h"

#include <QWidget>

class QPushButton;

namespace Pagedesk::Ui {

class ThemedLabel;
class ThemeProvider;

// A line above the inbox of an admin: what is wrong with a Page or soon will be, the most urgent
// first, and a way there. Hidden while all is well.
class CareStrip : public QWidget {
    Q_OBJECT

public:
    explicit CareStrip(const ThemeProvider &theme, QWidget *parent = nullptr);

    void setPages(const QList<Page> &pages, qint64 now);
    void setAdmin(bool isAdmin);
    QString text() const;

Q_SIGNALS:
    void pageWanted(const Pagedesk::PageId &page);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void showStrip();

    const ThemeProvider &m_theme;
    bool m_isAdmin = false;
    bool m_isWrong = false;
    PageId m_page;
    QString m_notice;
    ThemedLabel *m_text = nullptr;
    QPushButton *m_show = nullptr;
};

} // namespace Pagedesk::Ui
