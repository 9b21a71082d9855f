// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/composer/replydesk.h"

#include "models/desk/drafts.h"
#include "models/desk/outbox.h"
#include "models/desk/outgoingfiles.h"
#include "models/picture/imagedecoder.h"
#include "ui/composer/composer.h"
#include "ui/composer/composerwords.h"

#include <QBuffer>
#include <QFileInfo>

#include <algorithm>

namespace Pagedesk::Ui {

using namespace Qt::Literals::StringLiterals;

namespace {

// So that nothing moves in the thread when the relay says it.
Attachment withSize(Attachment file, const QString &path)
{
    if (file.kind != AttachmentKind::Image)
        return file;
    const QSize size = shownSize(path);
    file.width = std::max(0, size.width());
    file.height = std::max(0, size.height());
    return file;
}

} // namespace

ReplyDesk::ReplyDesk(
    Composer &composer, Drafts &drafts, Outbox &outbox, OutgoingFiles &files, QObject *parent)
    : QObject(parent)
    , m_composer(composer)
    , m_drafts(drafts)
    , m_outbox(outbox)
    , m_outgoing(files)
{
    connect(&composer, &Composer::textEdited, this, &ReplyDesk::keep);
    connect(&composer, &Composer::sendRequested, this, &ReplyDesk::send);
    connect(&composer, &Composer::filesOffered, this, &ReplyDesk::offerFiles);
    connect(&composer, &Composer::pictureOffered, this, &ReplyDesk::offerPicture);
    connect(&composer, &Composer::fileRemoved, this, &ReplyDesk::removeFile);
}

void ReplyDesk::open(const ConversationId &id, const QString &storedDraft)
{
    if (id == m_current)
        return;
    m_current = id;
    m_composer.setText(m_typed.value(id, storedDraft));
    m_composer.setProblem(m_problems.value(id));
    showFiles();
    if (!id.isEmpty() && !m_files.value(id).loaded)
        loadFiles(id);
}

void ReplyDesk::loadFiles(const ConversationId &id)
{
    m_drafts.files(id).then(this, [this, id](const Result<QList<Attachment>> &stored) {
        Files &files = m_files[id];
        if (stored && !std::exchange(files.loaded, true)) {
            files.chosen = *stored + files.chosen;
            showFiles();
        }
        const QList<Reply> replies = std::exchange(files.asked, {});
        for (const Reply &reply : replies) {
            if (stored)
                leave(id, reply);
            else
                giveBack(id, reply.text, {}, stored.error());
        }
    });
}

void ReplyDesk::keep(const QString &text)
{
    if (m_current.isEmpty())
        return;
    m_typed.insert(m_current, text);
    m_problems.remove(m_current);
    m_drafts.set(m_current, text);
}

void ReplyDesk::addText(const QString &text, const QString &reason)
{
    if (m_current.isEmpty())
        return;
    const QString before = m_composer.text();
    m_composer.setText(before.isEmpty() ? text : before + u'\n' + text);
    keep(m_composer.text());
    say(m_current, reason);
}

void ReplyDesk::offerFiles(const QStringList &paths)
{
    if (m_current.isEmpty() || !m_composer.isOpen())
        return;
    m_composer.setProblem({});
    m_problems.remove(m_current);
    for (const QString &path : paths)
        expect(m_outgoing.take(path), QFileInfo(path).fileName());
}

void ReplyDesk::offerPicture(const QImage &picture)
{
    if (m_current.isEmpty() || !m_composer.isOpen())
        return;
    const QString name
        = tr("picture", "the name of a pasted picture, without its ending") + u".png"_s;
    const auto encode = [picture]() -> Result<QByteArray> {
        QByteArray bytes;
        QBuffer buffer(&bytes);
        if (!buffer.open(QIODevice::WriteOnly) || !picture.save(&buffer, "PNG"))
            return failure(Error::Kind::Rejected, u"a picture that cannot be saved"_s);
        return bytes;
    };
    expect(m_outgoing.take(encode, name), name);
}

// It belongs to the conversation it was chosen for, whichever is open when its copy is there.
void ReplyDesk::expect(Task<Attachment> file, const QString &name)
{
    const ConversationId id = m_current;
    ++m_files[id].coming;
    showFiles();
    file.then(this, [this, id, name](const Result<Attachment> &copied) {
        Files &files = m_files[id];
        --files.coming;
        if (copied) {
            files.chosen.append(withSize(*copied, m_outgoing.pathOf(copied->hash)));
            changeFiles(id);
        } else {
            say(id, fileProblem(name, copied.error()));
            showFiles();
        }
    });
}

void ReplyDesk::removeFile(int number)
{
    Files &files = m_files[m_current];
    if (number < 0 || number >= files.chosen.size())
        return;
    files.chosen.removeAt(number);
    changeFiles(m_current);
    m_composer.focusEditor();
}

void ReplyDesk::changeFiles(const ConversationId &id)
{
    m_drafts.setFiles(id, m_files.value(id).chosen).then(this, [this, id](const Result<> &stored) {
        if (!stored)
            say(id, sendProblem(stored.error(), m_composer.isAdmin()));
    });
    showFiles();
}

void ReplyDesk::showFiles()
{
    const Files files = m_files.value(m_current);
    m_composer.setFiles(files.chosen, files.coming);
}

void ReplyDesk::say(const ConversationId &id, const QString &problem)
{
    m_problems.insert(id, problem);
    if (id == m_current)
        m_composer.setProblem(problem);
}

void ReplyDesk::send(const QString &text, bool asHumanAgent)
{
    if (m_current.isEmpty())
        return;
    const Reply reply{text, asHumanAgent};
    const ConversationId id = m_current;
    // The editor is free for the next reply at once: a second Enter finds it empty.
    m_typed.insert(id, QString());
    m_composer.setText({});
    Files &files = m_files[id];
    if (files.loaded) {
        leave(id, reply);
        return;
    }
    // Somebody is quicker than the disk: what was chosen before goes with the first.
    files.asked.append(reply);
    if (files.asked.size() == 1)
        loadFiles(id);
}

void ReplyDesk::leave(const ConversationId &id, const Reply &reply)
{
    const QList<Attachment> files = std::exchange(m_files[id].chosen, {});
    showFiles();
    const auto as = reply.asHumanAgent ? Outbox::As::HumanAgent : Outbox::As::Page;
    m_outbox.send(id, reply.text, files, as)
        .then(this, [this, id, text = reply.text, files](const Result<MessageId> &sent) {
            if (sent)
                Q_EMIT stored(id);
            else
                giveBack(id, text, files, sent.error());
        });
}

void ReplyDesk::giveBack(const ConversationId &id, const QString &reply,
    const QList<Attachment> &files, const Error &error)
{
    const QString since = m_typed.value(id);
    const QString text = since.isEmpty() ? reply : reply + u'\n' + since;
    m_typed.insert(id, text);
    m_drafts.set(id, text);
    m_files[id].chosen = files + m_files[id].chosen;
    changeFiles(id);
    if (id == m_current)
        m_composer.setText(text);
    say(id, sendProblem(error, m_composer.isAdmin()));
}

} // namespace Pagedesk::Ui
