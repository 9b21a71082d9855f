// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/page.h"

#include <QList>
#include <QString>

namespace Pagedesk::Ui {

// A Page in words. Some of them are Meta's own: show them as plain text. `now`: ms UTC.

// Something to know about a Page, and what an admin can do about it; sentences.
struct PageNotice {
    enum class Kind {
        Soon, // it works, and will not for long
        Wrong,
    };
    Kind kind = Kind::Wrong;
    QString text;
    QString advice;

    bool operator==(const PageNotice &) const = default;
};
// The most urgent one first.
QList<PageNotice> pageNotices(const Page &page, qint64 now);

// "Closed now, opens Mon 09:00"; empty while somebody is there, and where there are no hours.
QString closedNowWords(const Page &page, qint64 now);

// What somebody has to do something about; empty while all is well. Who is no admin is told whom to
// ask, and nothing that is only going to be wrong.
QString pageWarning(const Page &page, qint64 now, bool isAdmin);

// Why a token was refused, as the end of a sentence.
QString tokenProblemWords(TokenProblem problem);
// What an admin does about that; sentences.
QString tokenAdvice(TokenProblem problem);

// Whether all of its messages are here, a line for each thing to say: since when, when that was
// compared, what is missing, how far the older conversations are read.
QString pageDetail(const Page &page, qint64 now);

// A Page's name for the rail, which says when it does not receive.
QString railName(const Page &page);

// That it does not receive because an admin has decided so; empty when it does.
QString notReceivingWords(const Page &page);

} // namespace Pagedesk::Ui
