// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/migrations.h"

#include <array>

namespace Pagedesk {

// Every step of the replica's schema, in order. Never change one that was released.
inline constexpr std::array ReplicaMigrations{
    Migration{1, ":/sql/replica/001_first.sql"},
    Migration{2, ":/sql/replica/002_details.sql"},
    Migration{3, ":/sql/replica/003_files.sql"},
    Migration{4, ":/sql/replica/004_page_settings.sql"},
    Migration{5, ":/sql/replica/005_teams.sql"},
    Migration{6, ":/sql/replica/006_contacts.sql"},
    Migration{7, ":/sql/replica/007_suggestions.sql"},
    Migration{8, ":/sql/replica/008_queue.sql"},
    Migration{9, ":/sql/replica/009_search.sql"},
    Migration{10, ":/sql/replica/010_taking_over.sql"},
};
static_assert(versionsRise(ReplicaMigrations));

} // namespace Pagedesk
