// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/attachments.h"

#include "models/desk/mediafetcher.h"
#include "models/picture/imagedecoder.h"
#include "ui/errortext.h"
#include "ui/shell/filename.h"
#include "ui/shell/imageviewer.h"
#include "ui/thread/displaytext.h"

#include <QDir>
#include <QFileDialog>
#include <QSaveFile>
#include <QStandardPaths>
#include <QUrl>

namespace Pagedesk::Ui {

using namespace Qt::Literals::StringLiterals;

namespace {

Result<> copyFile(const QString &from, const QString &to)
{
    constexpr qint64 Chunk = 1024 * 1024;
    QFile source(from);
    QSaveFile target(to);
    if (!source.open(QIODevice::ReadOnly) || !target.open(QIODevice::WriteOnly))
        return failure(Error::Kind::Storage, u"cannot open the file or its copy"_s);
    while (!source.atEnd()) {
        const QByteArray bytes = source.read(Chunk);
        if (bytes.isEmpty() || target.write(bytes) != bytes.size())
            return failure(Error::Kind::Storage, u"cannot copy the file"_s);
    }
    if (!target.commit())
        return failure(Error::Kind::Storage, u"cannot finish the copy"_s);
    return {};
}

} // namespace

Attachments::Attachments(const ThemeProvider &theme, MediaFetcher &fetcher, QWidget &window)
    : QObject(&window)
    , m_theme(theme)
    , m_fetcher(fetcher)
    , m_window(window)
{
    m_worker.setMaxThreadCount(1);
}

Attachments::~Attachments()
{
    m_worker.waitForDone();
}

void Attachments::open(const Attachment &attachment)
{
    const bool captured = attachment.state == AttachmentState::Captured;
    const bool picture
        = attachment.kind == AttachmentKind::Image || attachment.kind == AttachmentKind::Sticker;
    if (captured && picture)
        view(attachment);
    else if (captured)
        saveAs(attachment);
    else if (attachment.state == AttachmentState::None && isSafeLink(QUrl(attachment.url)))
        Q_EMIT linkActivated(QUrl(attachment.url));
}

void Attachments::view(const Attachment &attachment)
{
    const QString name = displayLine(attachment.name);
    auto *viewer = new ImageViewer(m_theme, name.isEmpty() ? tr("Picture") : name, &m_window);
    viewer->setWords(tr("The picture is on its way"));
    viewer->show();
    m_fetcher.fetch(attachment.hash)
        .then(this, [this, shown = QPointer(viewer)](const Result<QString> &path) {
            if (path)
                decode(shown, *path);
            else if (shown)
                shown->setWords(errorText(path.error()));
        });
}

void Attachments::decode(QPointer<ImageViewer> viewer, const QString &path)
{
    // The destructor waits for this thread, so `this` outlives it.
    m_worker.start([this, viewer, path] {
        const Result<QImage> image = decodeImage(path);
        QMetaObject::invokeMethod(
            this,
            [viewer, image] {
                if (viewer && image)
                    viewer->setImage(*image);
                else if (viewer)
                    viewer->setWords(errorText(image.error()));
            },
            Qt::QueuedConnection);
    });
}

void Attachments::saveAs(const Attachment &attachment)
{
    if (attachment.state != AttachmentState::Captured)
        return;
    const QString folder = QStandardPaths::writableLocation(QStandardPaths::DownloadLocation);
    auto *dialog = new QFileDialog(&m_window, tr("Save as"), folder);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->selectFile(QDir(folder).filePath(safeFileName(attachment)));
    connect(dialog, &QFileDialog::fileSelected, this, [this, attachment](const QString &to) {
        m_fetcher.fetch(attachment.hash).then(this, [this, to](const Result<QString> &from) {
            if (from)
                copy(*from, to);
            else
                Q_EMIT problem(errorText(from.error()));
        });
    });
    dialog->open();
}

void Attachments::copy(const QString &from, const QString &to)
{
    m_worker.start([this, from, to] {
        const Result<> copied = copyFile(from, to);
        if (copied)
            return;
        QMetaObject::invokeMethod(
            this, [this, copied] { Q_EMIT problem(errorText(copied.error())); },
            Qt::QueuedConnection);
    });
}

} // namespace Pagedesk::Ui
