// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/permissions.h"

#include <QHash>

namespace Pagedesk::Sandbox {

using namespace Qt::Literals::StringLiterals;

QString permissionInWords(const QString &permission)
{
    static const QHash<QString, QString> Words{
        {u"public_profile"_s, u"See your name and picture"_s},
        {u"email"_s, u"See your e-mail address"_s},
        {u"pages_show_list"_s, u"Show a list of the Pages you manage"_s},
        {u"pages_messaging"_s, u"Read and answer the messages of your Pages"_s},
        {u"pages_manage_metadata"_s, u"Be told at once when somebody writes to your Pages"_s},
        {u"pages_read_engagement"_s, u"Read what your Pages have published"_s},
        {u"pages_read_user_content"_s, u"Read comments and posts of visitors of your Pages"_s},
        {u"pages_manage_engagement"_s, u"Answer, like and hide comments on your Pages"_s},
        {u"pages_manage_posts"_s, u"Publish and change posts of your Pages"_s},
        {u"business_management"_s, u"See the business portfolios that hold your Pages"_s},
        {u"page_utility_messaging"_s, u"Send notices such as receipts for your Pages"_s},
        {u"pages_user_locale"_s, u"See the language of people who write to your Pages"_s},
        {u"pages_user_timezone"_s, u"See the time zone of people who write to your Pages"_s},
        {u"pages_user_gender"_s, u"See the gender of people who write to your Pages"_s},
        {u"paid_marketing_messages"_s, u"Send paid marketing messages for your Pages"_s},
        {u"marketing_messages_messenger"_s, u"Send marketing messages for your Pages"_s},
        {u"ads_management"_s, u"Manage your advertisements"_s},
    };
    return Words.value(permission);
}

bool isAlwaysGranted(const QString &permission)
{
    return permission == "public_profile"_L1;
}

bool isForPages(const QString &permission)
{
    return permission.startsWith("page"_L1);
}

QStringList inboxPermissions()
{
    return {u"pages_show_list"_s, u"pages_messaging"_s, u"pages_manage_metadata"_s,
        u"pages_read_engagement"_s, u"business_management"_s, u"public_profile"_s};
}

QStringList everyTask()
{
    return {u"MODERATE"_s, u"MESSAGING"_s, u"ANALYZE"_s, u"ADVERTISE"_s, u"CREATE_CONTENT"_s,
        u"MANAGE"_s};
}

bool holdsTask(const QStringList &tasks, const QString &task)
{
    return tasks.contains(task) || tasks.contains(u"PROFILE_PLUS_"_s + task)
        || tasks.contains(u"PROFILE_PLUS_FULL_CONTROL"_s);
}

} // namespace Pagedesk::Sandbox
