// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/conversation.h"
#include "models/domain/searchwords.h"

#include <QDateTime>

namespace Pagedesk {

// What stands before a colon in a search.
enum class SearchOperator {
    From, // the customer's or an operator's name, "me", "us"
    Page,
    State,
    Assignee, // an operator's name, "me", "none"
    Label,
    Has,
    Before,
    After,
    Window,
    In,
};

enum class SearchMatter { Photo, Video, Audio, File, Link, Note };
enum class SearchWindow { Open, Closing, Closed };
enum class SearchPlace { Names, Notes, Messages };

// One of several values that an operator was given: any of them will do, none of the excluded ones.
template <typename T> struct SearchChoice {
    T value;
    bool isExcluded = false;

    bool operator==(const SearchChoice &) const = default;
};

// Something in a search that means nothing; the rest is looked for all the same.
struct SearchProblem {
    enum class Kind {
        UnknownOperator, // `name` is the word before the colon; looked for as words
        BadValue, // `name` is the operator, `value` what it does not know
        NoValue, // the operator has nothing behind it yet
        TooMuch, // only the first words count
    };
    Kind kind = Kind::UnknownOperator;
    QString name;
    QString value;
    QStringList valid; // what could stand there, where that is a list

    bool operator==(const SearchProblem &) const = default;
};

// A search as somebody has written it. Everything named must be so.
struct SearchQuery {
    QList<SearchPhrase> wanted;
    QList<SearchPhrase> unwanted;
    QList<SearchChoice<QString>> from;
    QList<SearchChoice<QString>> pages;
    QList<SearchChoice<QString>> assignees;
    QList<SearchChoice<QString>> labels;
    QList<SearchChoice<ConversationState>> states;
    QList<SearchChoice<SearchMatter>> has;
    QList<SearchChoice<SearchWindow>> windows;
    QList<SearchPlace> in;
    qint64 after = 0; // ms UTC, from then on; 0: from the beginning
    qint64 before = 0; // ms UTC, without that moment; 0: to the end
    QList<SearchProblem> problems;

    // Nothing is asked for.
    bool isEmpty() const;
    bool looksIn(SearchPlace place) const { return in.isEmpty() || in.contains(place); }

    bool operator==(const SearchQuery &) const = default;
};

// Reads words, "phrases", -not and operators. Any text is a search; the last word, while nothing
// follows it, is the beginning of one. `now` in the zone whose days are meant.
SearchQuery parseSearch(const QString &text, const QDateTime &now);

// "from", "page" and so on, in the order they are explained.
QStringList searchOperatorNames();
// What an operator knows; empty where that is names or dates.
QStringList searchValues(SearchOperator op);
std::optional<SearchOperator> searchOperatorFromName(QStringView name);

} // namespace Pagedesk
