// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/helpwindow.h"

#include "ui/theme/themeprovider.h"

#include <QDir>
#include <QFile>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QListWidget>
#include <QTextBlock>
#include <QTextBrowser>

namespace Pagedesk::Ui {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr QSize FirstSize(920, 680);
constexpr int ContentsWidth = 220;
constexpr int NameRole = Qt::UserRole;
const QString Folder = u":/help/en"_s;

QString contentOf(const QString &name)
{
    QFile file(Folder + u'/' + name + u".md"_s);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

// The first heading of a page.
QString titleOf(const QString &name)
{
    const QString content = contentOf(name);
    for (const QString &line : content.split(u'\n')) {
        if (line.startsWith(u"# "))
            return line.mid(2).trimmed();
    }
    return name;
}

} // namespace

HelpWindow::HelpWindow(const ThemeProvider &theme, QWidget *parent)
    : QWidget(parent, Qt::Window)
    , m_theme(theme)
    , m_contents(new QListWidget(this))
    , m_text(new QTextBrowser(this))
{
    setWindowTitle(tr("Pagedesk help"));
    setAttribute(Qt::WA_DeleteOnClose);
    resize(FirstSize);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    m_contents->setObjectName(u"helpContents"_s);
    m_contents->setAccessibleName(tr("Contents"));
    m_contents->setFixedWidth(ContentsWidth);
    m_contents->setFrameShape(QFrame::NoFrame);
    m_text->setObjectName(u"helpText"_s);
    m_text->setAccessibleName(tr("Help"));
    m_text->setFrameShape(QFrame::NoFrame);
    m_text->setOpenLinks(false);
    m_text->document()->setDocumentMargin(24);
    layout->addWidget(m_contents);
    layout->addWidget(m_text, 1);
    for (const QString &page : pages()) {
        auto *item = new QListWidgetItem(titleOf(page), m_contents);
        item->setData(NameRole, page);
    }
    connect(m_contents, &QListWidget::currentItemChanged, this, [this](QListWidgetItem *item) {
        if (item != nullptr)
            showPage(item->data(NameRole).toString());
    });
    connect(m_text, &QTextBrowser::anchorClicked, this, &HelpWindow::follow);
    connect(&theme, &ThemeProvider::changed, this, &HelpWindow::applyTheme);
    applyTheme();
    m_contents->setCurrentRow(0);
}

QStringList HelpWindow::pages()
{
    QStringList names;
    const QStringList files = QDir(Folder).entryList({u"*.md"_s}, QDir::Files, QDir::Name);
    for (const QString &file : files)
        names.append(file.chopped(3));
    // The page a newcomer wants comes first.
    if (const qsizetype at = names.indexOf(u"getting-started"_s); at > 0)
        names.move(at, 0);
    return names;
}

void HelpWindow::showPage(const QString &name)
{
    if (name == m_current || !pages().contains(name))
        return;
    m_current = name;
    m_text->setMarkdown(contentOf(name));
    m_text->moveCursor(QTextCursor::Start);
    for (int row = 0; row < m_contents->count(); ++row) {
        if (m_contents->item(row)->data(NameRole).toString() == name)
            m_contents->setCurrentRow(row);
    }
}

void HelpWindow::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        close();
    else
        QWidget::keyPressEvent(event);
}

void HelpWindow::follow(const QUrl &url)
{
    const bool page = url.isRelative() && url.path().endsWith(u".md"_s);
    if (page)
        showPage(url.fileName().chopped(3));
    else if (!url.isRelative())
        Q_EMIT linkActivated(url);
}

void HelpWindow::applyTheme()
{
    const Theme &theme = m_theme.theme();
    m_text->setFont(theme.fonts.body);
    m_text->document()->setDefaultFont(theme.fonts.body);
    m_contents->setStyleSheet(
        u"QListWidget { background: %1; border: none; padding: 12px 8px; outline: none; }"
        "QListWidget::item { color: %2; height: 32px; padding: 0 12px; border-radius: 6px; }"
        "QListWidget::item:selected { background: %3; color: %4; }"_s.arg(theme.background.name(),
            theme.muted.name(), theme.selection.name(), theme.text.name()));
    if (const QString shown = std::exchange(m_current, {}); !shown.isEmpty())
        showPage(shown); // colours of links and code
}

} // namespace Pagedesk::Ui
