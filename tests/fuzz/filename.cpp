// SPDX-License-Identifier: GPL-3.0-or-later
// What a stranger calls a file: a byte for its kind, its MIME type, NUL, its name.
#include "ui/shell/filename.h"
#include "tests/fuzz/fuzz.h"

#include <QDir>

using namespace Pagedesk;
using namespace Qt::Literals::StringLiterals;

namespace {

bool isPlain(QChar c)
{
    const auto category = c.category();
    return category != QChar::Other_Control && category != QChar::Other_Format
        && category != QChar::Separator_Line && category != QChar::Separator_Paragraph
        && !QStringView(u"/\\:*?\"<>|").contains(c);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    Fuzz::Input input(data, size);
    Attachment attachment;
    attachment.kind = attachmentKindFromNumber(input.number(16)).value_or(AttachmentKind::Unknown);
    attachment.mimeType = Fuzz::text(input.part());
    attachment.name = Fuzz::text(input.rest());
    const QString name = Ui::safeFileName(attachment);
    PAGEDESK_HOLDS(!name.isEmpty() && name.toUtf8().size() <= 255);
    PAGEDESK_HOLDS(std::all_of(name.begin(), name.end(), isPlain));
    PAGEDESK_HOLDS(name.isValidUtf16());
    PAGEDESK_HOLDS(!name.startsWith(u'.') && !name.endsWith(u'.') && name == name.trimmed());
    PAGEDESK_HOLDS(!Ui::isDeviceName(name));
    const QDir folder(QStringLiteral("/folder"));
    PAGEDESK_HOLDS(QDir::cleanPath(folder.filePath(name)) == u"/folder/"_s + name);
    attachment.name = name;
    PAGEDESK_HOLDS(Ui::safeFileName(attachment) == name);
    return 0;
}
