// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/pageconnection.h"

#include <QScrollArea>

class QVBoxLayout;

namespace Pagedesk::Ui {

class ThemeProvider;

// What Facebook will ask somebody to allow, a card each: what for, and what it does not let us do.
// Above them whoever has logged in before, who need not do so again.
class PermissionCards : public QScrollArea {
    Q_OBJECT

public:
    explicit PermissionCards(const ThemeProvider &theme, QWidget *parent = nullptr);

    void setLogins(const QList<FacebookLogin> &logins);

Q_SIGNALS:
    void loginChosen(const QString &loginId);

private:
    QVBoxLayout *m_logins = nullptr;
};

} // namespace Pagedesk::Ui
