// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/wire/connecting.h"

#include <QScrollArea>

class QVBoxLayout;

namespace Pagedesk::Ui {

class ThemedLabel;
class ThemeProvider;

// What the relay says to a request to connect Pages, in words.
QString connectingErrorText(const Error &error);

// How connecting ended for each Page, and what is still to come.
class ConnectionResults : public QScrollArea {
    Q_OBJECT

public:
    explicit ConnectionResults(const ThemeProvider &theme, QWidget *parent = nullptr);

    void setResults(const QList<Wire::ConnectedPage> &pages);
    void setProgress(const QString &sentence);

private:
    const ThemeProvider &m_theme;
    QVBoxLayout *m_results = nullptr;
    ThemedLabel *m_progress = nullptr;
};

} // namespace Pagedesk::Ui
