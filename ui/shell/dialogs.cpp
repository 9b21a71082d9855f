// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/dialogs.h"

#include "ui/errortext.h"
#include "ui/thread/displaytext.h"

#include <QApplication>
#include <QDesktopServices>
#include <QDialog>
#include <QMessageBox>
#include <QPushButton>

namespace Pagedesk::Ui {

using namespace Qt::Literals::StringLiterals;

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Dialogs)
};

constexpr int LongestAddress = 300;

QMessageBox *makeBox(const QString &title, const QString &text, QWidget *parent)
{
    auto *box = new QMessageBox(parent);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setWindowTitle(title);
    box->setTextFormat(Qt::PlainText);
    box->setText(text);
    return box;
}

void showAndCall(QMessageBox *box, const std::function<void()> &closed)
{
    QObject::connect(box, &QDialog::finished, qApp, [closed] { closed(); });
    box->open();
}

} // namespace

void askToOpenLink(const QUrl &url, QWidget *parent)
{
    if (!isSafeLink(url))
        return;
    QMessageBox *box = makeBox(Words::tr("Open link"),
        Words::tr("Open %1 in your browser?").arg(url.host(QUrl::EncodeUnicode)), parent);
    box->setObjectName(u"openLink"_s);
    box->setInformativeText(displayLine(url.toString(QUrl::FullyEncoded), LongestAddress));
    QPushButton *open = box->addButton(Words::tr("Open"), QMessageBox::AcceptRole);
    box->setDefaultButton(box->addButton(QMessageBox::Cancel));
    QObject::connect(
        open, &QAbstractButton::clicked, box, [url] { QDesktopServices::openUrl(url); });
    box->open();
}

void showAbout(QWidget *parent)
{
    QMessageBox *box = makeBox(Words::tr("About Pagedesk"),
        Words::tr("Pagedesk %1").arg(QStringLiteral(PAGEDESK_VERSION)), parent);
    box->setObjectName(u"about"_s);
    box->setInformativeText(Words::tr("An inbox for the Messenger conversations of Facebook "
                                      "Pages. Free software under the GNU General Public "
                                      "License, version 3 or later."));
    box->open();
}

void showNewerReplica(const std::function<void()> &closed)
{
    QMessageBox *box
        = makeBox(Words::tr("Pagedesk"), errorText({Error::Kind::NewerVersion, {}}), nullptr);
    box->setObjectName(u"newerReplica"_s);
    box->setIcon(QMessageBox::Warning);
    box->setInformativeText(Words::tr("Nothing was changed."));
    showAndCall(box, closed);
}

void askToRebuildReplica(const std::function<void()> &rebuild, const std::function<void()> &quit)
{
    QMessageBox *box = makeBox(Words::tr("Pagedesk"),
        Words::tr("The conversations kept on this computer are damaged and cannot be read."),
        nullptr);
    box->setObjectName(u"damagedReplica"_s);
    box->setIcon(QMessageBox::Warning);
    box->setInformativeText(Words::tr("Pagedesk can fetch them again from the relay. Drafts and "
                                      "replies that wait here are rescued as far as they can "
                                      "be read; the damaged file is kept beside the new one."));
    QPushButton *again
        = box->addButton(Words::tr("Rebuild from the relay"), QMessageBox::AcceptRole);
    again->setObjectName(u"rebuild"_s);
    QPushButton *leave = box->addButton(Words::tr("Quit"), QMessageBox::RejectRole);
    box->setEscapeButton(leave);
    box->setDefaultButton(leave);
    QObject::connect(box, &QDialog::finished, qApp, [box, again, rebuild, quit] {
        if (box->clickedButton() == again)
            rebuild();
        else
            quit();
    });
    box->open();
}

void showFatal(const QString &sentence, const std::function<void()> &closed)
{
    QMessageBox *box = makeBox(Words::tr("Pagedesk"), sentence, nullptr);
    box->setObjectName(u"fatal"_s);
    box->setIcon(QMessageBox::Critical);
    showAndCall(box, closed);
}

void showAlreadyPaired(const QString &workspace, QWidget *parent)
{
    QMessageBox *box = makeBox(Words::tr("Pairing link"),
        Words::tr("This desktop belongs to the workspace %1 already.").arg(displayLine(workspace)),
        parent);
    box->setObjectName(u"alreadyPaired"_s);
    box->setInformativeText(
        Words::tr("To join another one, start Pagedesk with a profile of its own: "
                  "pagedesk --profile FOLDER"));
    box->open();
}

} // namespace Pagedesk::Ui
