// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/wire/connecting.h"

#include <QWidget>

class QLineEdit;

namespace Pagedesk::Ui {

class ThemeProvider;

// Three fields for what an admin copies from Meta's app dashboard. The secrets are not shown.
class ManualForm : public QWidget {
    Q_OBJECT

public:
    explicit ManualForm(const ThemeProvider &theme, QWidget *parent = nullptr);

    bool isComplete() const;
    Wire::ManualPage page() const;
    // Secrets do not stay in a window.
    void clear();

Q_SIGNALS:
    void changed();
    void submitted();

private:
    QLineEdit *addField(const QString &name, const QString &hint, bool secret);

    const ThemeProvider &m_theme;
    QLineEdit *m_token = nullptr;
    QLineEdit *m_appId = nullptr;
    QLineEdit *m_appSecret = nullptr;
};

} // namespace Pagedesk::Ui
