// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

#include <span>

// What practice customers say. All of it is made up.
namespace Pagedesk::Sandbox {

struct ScriptLine {
    enum class What { Text, PageText, TwoPhotos, File, Sound, Location, Link, Thumb };
    const char *pageId;
    const char *psid;
    int minutesAgo;
    What what;
    const char16_t *text; // also the name of a file and the title of a link
};

// The conversations that are there when practice begins, oldest first.
std::span<const ScriptLine> practiceHistory();

// What a customer of that language and Page writes unasked, and after getting an answer.
QStringList practiceOpeners(const QString &locale, const QString &pageId);
QStringList practiceReplies(const QString &locale);

} // namespace Pagedesk::Sandbox
