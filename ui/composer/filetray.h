// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/attachment.h"

#include <QScrollArea>

class QVBoxLayout;

namespace Pagedesk::Ui {

class ThemeProvider;
class ThemedLabel;

// The files that are to go with a reply, one a line, each of which can be taken out again. Takes no
// place while there are none.
class FileTray : public QScrollArea {
    Q_OBJECT

public:
    explicit FileTray(const ThemeProvider &theme, QWidget *parent = nullptr);

    // `coming`: how many are still being copied.
    void setFiles(const QList<Attachment> &files, int coming);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void removeRequested(int number);

private:
    QWidget *line(const Attachment &file, int number);
    int lineHeight() const;
    void fill();
    void fitHeight();

    const ThemeProvider &m_theme;
    QList<Attachment> m_files;
    int m_coming = 0;
    QWidget *m_list = nullptr;
    QVBoxLayout *m_lines = nullptr;
};

} // namespace Pagedesk::Ui
