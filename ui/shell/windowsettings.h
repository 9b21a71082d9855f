// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/desk/attention.h"
#include "models/items/conversationfilter.h"
#include "ui/theme/themeprovider.h"

#include <QByteArray>
#include <QSettings>
#include <QStringList>

namespace Pagedesk::Ui {

// What the window remembers between two starts, in settings.ini of the profile.
class WindowSettings {
public:
    explicit WindowSettings(const QString &profileFolder);

    QByteArray geometry() const;
    void setGeometry(const QByteArray &geometry);
    QByteArray splitter() const;
    void setSplitter(const QByteArray &state);
    ThemeProvider::Mode appearance() const;
    void setAppearance(ThemeProvider::Mode mode);
    qreal textScale() const;
    void setTextScale(qreal scale);
    ConversationFilter::Order order() const;
    void setOrder(ConversationFilter::Order order);
    bool isContactShown() const;
    void setContactShown(bool shown);
    // What the command palette has run, the last first, by its ids.
    QStringList recentCommands() const;
    void setRecentCommands(const QStringList &ids);
    // A file of the profile.
    QString file(const QString &name) const;
    bool isRailNarrow() const;
    AlertSettings alerts() const;
    void setAlerts(const AlertSettings &alerts);
    // Whether closing the window leaves the program in the tray.
    bool isKeptInTray() const;
    void setKeptInTray(bool kept);
    void setRailNarrow(bool narrow);
    // What of the check before customers are let in is done, by name.
    QStringList goLiveDone(const PageId &page) const;
    void setGoLiveDone(const PageId &page, const QStringList &names);

private:
    QString m_folder;
    QSettings m_settings;
};

} // namespace Pagedesk::Ui
