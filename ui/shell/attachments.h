// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/result.h"
#include "models/domain/attachment.h"

#include <QPointer>
#include <QThreadPool>
#include <QWidget>

namespace Pagedesk {
class MediaFetcher;
}

namespace Pagedesk::Ui {

class ImageViewer;
class ThemeProvider;

// Looks at pictures and saves files. Nothing that came from a customer is ever opened with another
// program.
class Attachments : public QObject {
    Q_OBJECT

public:
    Attachments(const ThemeProvider &theme, MediaFetcher &fetcher, QWidget &window);
    ~Attachments() override;

    void open(const Attachment &attachment);
    void saveAs(const Attachment &attachment);

Q_SIGNALS:
    void problem(const QString &sentence);
    void linkActivated(const QUrl &url);

private:
    void view(const Attachment &attachment);
    void decode(QPointer<ImageViewer> viewer, const QString &path);
    void copy(const QString &from, const QString &to);

    const ThemeProvider &m_theme;
    MediaFetcher &m_fetcher;
    QWidget &m_window;
    QThreadPool m_worker;
};

} // namespace Pagedesk::Ui
