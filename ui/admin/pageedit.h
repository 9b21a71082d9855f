// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/messengerprofile.h"
#include "models/domain/page.h"

#include <QStringList>

#include <optional>

namespace Pagedesk::Ui {

// What an admin is about to change of one Page, and how far that has come.
struct PageEdit {
    PageSettings base; // what the changes were made from
    QString baseColour;
    PageSettings settings;
    QString colour;
    std::optional<MessengerProfile> seen; // nothing: not loaded
    MessengerProfile profile;
    bool isLoading = false;
    bool isOutdated = false; // somebody else has changed the profile since
    bool isApplying = false;
    QString unreadable; // why what was typed is no setting yet
    QString problem;
    QString said; // what has just been done

    static PageEdit of(const Page &page);
    // The Page is another one now: what was not touched here follows it.
    void follow(const Page &page);
    void revert();

    QStringList differences(const QList<Team> &teams) const; // in words
    bool settingsDiffer() const { return settings != base || colour != baseColour; }
    bool profileDiffers() const { return seen && *seen != profile; }
    bool isChanged() const { return settingsDiffer() || profileDiffers(); }
    bool isSound() const; // could be applied
    // Why the settings cannot be applied as they are typed; empty: they can.
    QString obstacle() const;
};

} // namespace Pagedesk::Ui
