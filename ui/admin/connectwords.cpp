// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/admin/connectwords.h"

#include <QCoreApplication>

namespace Pagedesk::Ui {

using namespace Qt::Literals::StringLiterals;

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(ConnectPages)
};

} // namespace

PermissionWords permissionWords(const QString &name)
{
    if (name == "pages_show_list"_L1) {
        return {Words::tr("See which Pages you look after"),
            Words::tr("So that you can choose which of them to connect."),
            Words::tr("Nothing on a Page can be changed with it.")};
    }
    if (name == "pages_messaging"_L1) {
        return {Words::tr("Read and answer messages"),
            Words::tr(
                "What customers write to your Pages arrives here, and your replies are sent."),
            Words::tr("It does not allow posts, and it does not touch your private messages.")};
    }
    if (name == "pages_manage_metadata"_L1) {
        return {Words::tr("Have messages delivered"),
            Words::tr("Facebook tells Pagedesk at once when somebody writes."),
            Words::tr("Settings and roles of the Page stay as they are.")};
    }
    if (name == "pages_read_engagement"_L1) {
        return {Words::tr("Read older conversations"),
            Words::tr("What was written before you connected the Page is shown too."),
            Words::tr("Nothing can be deleted or moderated with it.")};
    }
    if (name == "business_management"_L1) {
        return {Words::tr("Pages of a business portfolio"),
            Words::tr("Pages that belong to a portfolio are listed only with it. Without such "
                      "Pages you can decline it."),
            Words::tr("People, payments and advertisements are left alone.")};
    }
    return {name, {}, {}};
}

QString loginProblemText(LoginProblem problem)
{
    switch (problem) {
    case LoginProblem::None:
        return {};
    case LoginProblem::Cancelled:
        return Words::tr("The login was cancelled. Nothing was connected.");
    case LoginProblem::Expired:
        return Words::tr("Ten minutes have passed, so the login is void. Begin again.");
    case LoginProblem::WrongSettings:
        return Words::tr("Facebook refused the app. Compare the App ID, the App Secret and the "
                         "valid OAuth redirect address in Meta’s app dashboard with those of "
                         "the relay.");
    case LoginProblem::CodeRefused:
        return Words::tr("Facebook did not accept the login any more. Begin again.");
    case LoginProblem::NotReached:
        return Words::tr("The relay cannot reach Facebook. Check its connection and begin again.");
    case LoginProblem::WrongApp:
        return Words::tr("The login was made for another app. Compare the App ID of the relay with "
                         "Meta’s app dashboard.");
    case LoginProblem::Other:
        break;
    }
    return Words::tr("Facebook did not accept the login. Begin again.");
}

QString obstacleText(const OfferedPage &page)
{
    switch (page.obstacle) {
    case PageObstacle::None:
        return {};
    case PageObstacle::TaskMissing:
        return Words::tr("You may not answer messages of this Page. Somebody with full control can "
                         "allow it under Page access: “Messages”.");
    case PageObstacle::NotGranted:
        return Words::tr("You did not choose this Page at Facebook. Log in again and tick it.");
    case PageObstacle::PermissionMissing:
        return Words::tr("The permission “%1” was declined. Ask again, and leave it ticked.")
            .arg(permissionWords(page.missing).title);
    case PageObstacle::NoToken:
        break;
    }
    return Words::tr("Facebook gives no access to this Page. Check in the business portfolio that "
                     "it is assigned to you.");
}

} // namespace Pagedesk::Ui
