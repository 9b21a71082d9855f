// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/composer/filetray.h"

#include "ui/theme/icons.h"
#include "ui/theme/themedlabel.h"
#include "ui/theme/themeprovider.h"
#include "ui/thread/threadtext.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>

#include <algorithm>

namespace Pagedesk::Ui {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int LineHeight = 28;
constexpr int MostLines = 4; // then it scrolls
constexpr int IconSize = 16;

Icon iconOf(AttachmentKind kind)
{
    switch (kind) {
    case AttachmentKind::Image:
        return Icon::Photo;
    case AttachmentKind::Video:
        return Icon::Video;
    case AttachmentKind::Audio:
        return Icon::Audio;
    default:
        return Icon::File;
    }
}

} // namespace

FileTray::FileTray(const ThemeProvider &theme, QWidget *parent)
    : QScrollArea(parent)
    , m_theme(theme)
    , m_list(new QWidget(this))
    , m_lines(new QVBoxLayout(m_list))
{
    setObjectName(u"fileTray"_s);
    setAccessibleName(tr("Files to send"));
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setWidgetResizable(true);
    setFocusPolicy(Qt::NoFocus);
    m_lines->setContentsMargins(0, 0, 0, 0);
    m_lines->setSpacing(0);
    setWidget(m_list);
    // The ground is the composer's.
    viewport()->setAutoFillBackground(false);
    m_list->setAutoFillBackground(false);
    connect(&theme, &ThemeProvider::changed, this, &FileTray::fill);
    fitHeight();
}

void FileTray::setFiles(const QList<Attachment> &files, int coming)
{
    if (files == m_files && coming == m_coming)
        return;
    m_files = files;
    m_coming = coming;
    fill();
}

QSize FileTray::sizeHint() const
{
    return {200, maximumHeight()};
}

QSize FileTray::minimumSizeHint() const
{
    return {80, 0};
}

int FileTray::lineHeight() const
{
    return m_theme.theme().px(LineHeight);
}

void FileTray::fill()
{
    while (QLayoutItem *item = m_lines->takeAt(0)) {
        if (QWidget *widget = item->widget()) {
            widget->hide();
            widget->deleteLater(); // it may be the one that was clicked
        }
        delete item;
    }
    for (int i = 0; i < m_files.size(); ++i)
        m_lines->addWidget(line(m_files.at(i), i));
    if (m_coming > 0) {
        auto *coming = new ThemedLabel(m_theme, &Fonts::meta, &Theme::muted, m_list);
        coming->setText(tr("Copying %n file(s)…", nullptr, m_coming));
        coming->setFixedHeight(lineHeight());
        m_lines->addWidget(coming);
    }
    fitHeight();
}

void FileTray::fitHeight()
{
    const int lines = static_cast<int>(m_files.size()) + (m_coming > 0 ? 1 : 0);
    setFixedHeight(std::min(lines, MostLines) * lineHeight());
    setVisible(lines > 0);
}

QWidget *FileTray::line(const Attachment &file, int number)
{
    auto *row = new QWidget(m_list);
    row->setFixedHeight(lineHeight());
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    const Theme &theme = m_theme.theme();
    auto *icon = new QLabel(row);
    icon->setPixmap(
        iconPixmap(iconOf(file.kind), theme.muted, theme.px(IconSize), devicePixelRatioF()));
    auto *name = new ThemedLabel(m_theme, &Fonts::secondary, &Theme::text, row);
    name->setElided(true);
    name->setText(attachmentTitle(file));
    auto *detail = new ThemedLabel(m_theme, &Fonts::meta, &Theme::muted, row);
    detail->setText(attachmentDetail(file, locale()));
    auto *remove = new QToolButton(row);
    remove->setAutoRaise(true);
    remove->setIcon(themedIcon(Icon::Close, theme));
    remove->setFocusPolicy(Qt::TabFocus);
    remove->setAccessibleName(tr("Take out %1", "a file's name").arg(attachmentTitle(file)));
    remove->setToolTip(tr("Take it out"));
    connect(remove, &QAbstractButton::clicked, this,
        [this, number] { Q_EMIT removeRequested(number); });
    layout->addWidget(icon);
    layout->addWidget(name, 1);
    layout->addWidget(detail);
    layout->addWidget(remove);
    return row;
}

} // namespace Pagedesk::Ui
