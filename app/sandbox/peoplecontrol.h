// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/sandbox/appsettings.h"
#include "app/sandbox/tokens.h"
#include "models/base/result.h"

namespace Pagedesk::Sandbox {

class Callbacks;

// The control routes of people who run Pages, of what they have granted, and of what stands in the
// app's dashboard.
class PeopleControl {
public:
    using Answer = Result<QJsonObject>;

    PeopleControl(World &world, Tokens &tokens, Callbacks &callbacks, AppSettings &settings);

    // GET people
    QJsonObject all() const;
    // GET people/{id}
    Answer one(const QString &personId) const;
    // POST people/{id}/{action}
    Answer act(const QString &personId, const QString &action, const QJsonObject &body);
    // GET and POST app
    Answer app(const QString &method, const QJsonObject &body);
    // POST pages/{id}/published
    Answer publish(const QString &pageId, const QJsonObject &body);

private:
    Answer kill(const Person &person, const QJsonObject &body);
    Answer permit(const Person &person, const QJsonObject &body);
    Answer setTasks(Person &person, const QJsonObject &body);
    Answer requestDeletion(const Person &person);
    QJsonObject shown(const Person &person) const;

    World &m_world;
    Tokens &m_tokens;
    Callbacks &m_callbacks;
    AppSettings &m_settings;
};

} // namespace Pagedesk::Sandbox
