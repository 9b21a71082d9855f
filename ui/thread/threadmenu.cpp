// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/thread/threadmenu.h"

#include <QClipboard>
#include <QCoreApplication>
#include <QGuiApplication>

namespace Pagedesk::Ui {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(ThreadMenu)
};

void copy(const QString &text)
{
    QGuiApplication::clipboard()->setText(text);
}

// The attachment whose bytes can be saved: the one that was hit, or the only one.
int attachmentToSave(const ThreadMenuRequest &request)
{
    const QList<Attachment> &attachments = request.message.attachments;
    const int index = request.hit.kind == RowHit::Kind::Attachment ? request.hit.attachment
        : attachments.size() == 1                                  ? 0
                                                                   : -1;
    return index >= 0 && attachments.at(index).state == AttachmentState::Captured ? index : -1;
}

void addText(QMenu *menu, const ThreadMenuRequest &request)
{
    if (request.selectedText.isEmpty() && request.message.text.isEmpty())
        return;
    const bool part = !request.selectedText.isEmpty();
    const QString text = part ? request.selectedText : request.message.text;
    QAction *action
        = menu->addAction(part ? Words::tr("Copy selected text") : Words::tr("Copy text"));
    QObject::connect(action, &QAction::triggered, menu, [text] { copy(text); });
}

void addLink(QMenu *menu, const ThreadMenuRequest &request, const ThreadMenuActions &actions)
{
    QUrl url = request.hit.url;
    if (request.hit.kind == RowHit::Kind::Attachment)
        url = attachmentLink(request.message.attachments.at(request.hit.attachment));
    if (url.isEmpty())
        return;
    QAction *open = menu->addAction(Words::tr("Open link"));
    QObject::connect(open, &QAction::triggered, menu, actions.open);
    QAction *copyLink = menu->addAction(Words::tr("Copy link"));
    QObject::connect(
        copyLink, &QAction::triggered, menu, [url] { copy(url.toString(QUrl::FullyEncoded)); });
}

void addAttachment(QMenu *menu, const ThreadMenuRequest &request, const ThreadMenuActions &actions)
{
    const int index = attachmentToSave(request);
    if (index < 0)
        return;
    QAction *save = menu->addAction(Words::tr("Save attachment as…"));
    QObject::connect(
        save, &QAction::triggered, menu, [save = actions.save, index] { save(index); });
}

} // namespace

QMenu *makeThreadMenu(
    const ThreadMenuRequest &request, const ThreadMenuActions &actions, QWidget *parent)
{
    auto *menu = new QMenu(parent);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    addText(menu, request);
    addLink(menu, request, actions);
    addAttachment(menu, request, actions);
    if (canSendAgain(request.message))
        QObject::connect(
            menu->addAction(sendAgainText()), &QAction::triggered, menu, actions.sendAgain);
    menu->addSeparator();
    QObject::connect(
        menu->addAction(Words::tr("Details…")), &QAction::triggered, menu, actions.inspect);
    return menu;
}

} // namespace Pagedesk::Ui
