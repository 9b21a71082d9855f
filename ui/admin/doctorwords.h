// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/pagediagnosis.h"

#include <QString>

namespace Pagedesk::Ui {

// What a button at a line of a diagnosis does.
enum class Cure {
    None,
    ConnectAgain,
    OrderFields,
    OpenPage, // at Facebook
    OpenDashboard, // Meta's, of apps
    TestMessage,
};

// A line of a diagnosis in words: what one notices, why, and what to do. A good line has a title
// and a fact.
struct DoctorWords {
    QString title;
    QString symptom;
    QString cause;
    QString advice;
    Cure cure = Cure::None;
};
DoctorWords doctorWords(const DiagnosisLine &line, qint64 now); // ms UTC

QString cureText(Cure cure); // of the button

} // namespace Pagedesk::Ui
