// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/result.h"
#include "models/domain/pagediagnosis.h"
#include "models/wire/connecting.h"

// POST /connect/doctor  PageChoice -> Diagnosis, after looking at everything; see connecting.h.
namespace Pagedesk::Wire {

struct Diagnosis {
    QList<DiagnosisLine> lines; // each check once, in their order
    PageFields fields;

    bool operator==(const Diagnosis &) const = default;
};

QByteArray encode(const Diagnosis &diagnosis);
Result<Diagnosis> decodeDiagnosis(const QByteArray &bytes); // Protocol, naming what is wrong

} // namespace Pagedesk::Wire
