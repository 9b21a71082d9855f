// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/clock.h"
#include "models/base/task.h"
#include "models/store/replica/searchindex.h"
#include "models/store/replica/searchstore.h"

#include <QObject>

#include <memory>

namespace Pagedesk {

class Replica;

// Finding in everything the replica has. Fills its index in the background, in small steps between
// what else is written.
class Search : public QObject {
    Q_OBJECT

public:
    Search(Replica &replica, const Clock &clock, QObject *parent = nullptr);
    ~Search() override;

    // The first hits; a search that is still under way is broken off and answers nothing.
    void ask(const SearchQuery &query);
    // The next ones, unless they are on their way.
    void more();
    // Forgets what was asked.
    void clear();
    const IndexProgress &progress() const;

Q_SIGNALS:
    void found(const Pagedesk::SearchResults &results, bool goesOn);
    void failed(const Pagedesk::Error &error);
    void progressChanged();

private:
    class Implementation;
    std::unique_ptr<Implementation> m_implementation;
};

} // namespace Pagedesk
