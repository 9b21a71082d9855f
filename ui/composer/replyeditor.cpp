// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/composer/replyeditor.h"

#include "ui/theme/themeprovider.h"

#include <QAbstractTextDocumentLayout>
#include <QKeyEvent>
#include <QMimeData>
#include <QScrollBar>
#include <QTextBlock>
#include <QUrl>

namespace Pagedesk::Ui {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int LineHeight = 20;
constexpr int MaxLines = 8;
constexpr int MinHeight = 76;
constexpr int VerticalPadding = 9;
constexpr int HorizontalPadding = 11;
constexpr int Radius = 10;

constexpr auto Sheet = R"(
QTextEdit { background: %1; color: %2; border: 1px solid %3; border-radius: %4px;
    padding: %5px %6px; selection-background-color: %7; selection-color: %8; }
QTextEdit:focus { border-color: %7; }
)"_L1;

} // namespace

QStringList localFiles(const QMimeData &data)
{
    QStringList paths;
    const QList<QUrl> urls = data.urls();
    for (const QUrl &url : urls) {
        if (url.isLocalFile())
            paths.append(url.toLocalFile());
    }
    return paths;
}

ReplyEditor::ReplyEditor(const ThemeProvider &theme, QWidget *parent)
    : QTextEdit(parent)
    , m_theme(theme)
{
    setAcceptRichText(false);
    setTabChangesFocus(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    setAccessibleName(tr("Reply"));
    setAccessibleDescription(tr("Enter sends, Shift+Enter breaks the line"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    document()->setDocumentMargin(0);
    // Each paragraph runs in the direction of its own text.
    QTextOption option = document()->defaultTextOption();
    option.setTextDirection(Qt::LayoutDirectionAuto);
    document()->setDefaultTextOption(option);
    connect(document()->documentLayout(), &QAbstractTextDocumentLayout::documentSizeChanged, this,
        &ReplyEditor::fitHeight);
    connect(&theme, &ThemeProvider::changed, this, &ReplyEditor::applyTheme);
    applyTheme();
}

void ReplyEditor::keyPressEvent(QKeyEvent *event)
{
    if (event->key() != Qt::Key_Return && event->key() != Qt::Key_Enter) {
        QTextEdit::keyPressEvent(event);
        return;
    }
    event->accept();
    if (m_composing)
        return;
    if (event->modifiers().testFlag(Qt::ShiftModifier)) {
        textCursor().insertBlock();
        ensureCursorVisible();
    } else if (!event->isAutoRepeat()) {
        Q_EMIT sendRequested();
    }
}

void ReplyEditor::inputMethodEvent(QInputMethodEvent *event)
{
    m_composing = !event->preeditString().isEmpty();
    QTextEdit::inputMethodEvent(event);
}

bool ReplyEditor::canInsertFromMimeData(const QMimeData *source) const
{
    return source->hasText() || source->hasImage() || !localFiles(*source).isEmpty();
}

void ReplyEditor::insertFromMimeData(const QMimeData *source)
{
    if (const QStringList files = localFiles(*source); !files.isEmpty()) {
        Q_EMIT filesOffered(files);
        return;
    }
    // What is copied in a text program comes as a picture too.
    if (!source->hasText()) {
        const auto picture = qvariant_cast<QImage>(source->imageData());
        if (!picture.isNull())
            Q_EMIT pictureOffered(picture);
        return;
    }
    QString text = source->text();
    text.replace(u"\r\n"_s, u"\n"_s);
    text.replace(u'\r', u'\n');
    text.remove(QChar(u'\0'));
    textCursor().insertText(text);
    ensureCursorVisible();
}

void ReplyEditor::resizeEvent(QResizeEvent *event)
{
    QTextEdit::resizeEvent(event);
    fitHeight();
}

void ReplyEditor::applyTheme()
{
    const Theme &theme = m_theme.theme();
    setStyleSheet(QString(Sheet)
                      .arg(theme.background.name(), theme.text.name(), theme.line.name())
                      .arg(Radius)
                      .arg(VerticalPadding)
                      .arg(HorizontalPadding)
                      .arg(theme.accent.name(), theme.accentText.name()));
    setFont(theme.fonts.body);
    fitHeight();
}

void ReplyEditor::fitHeight()
{
    const Theme &theme = m_theme.theme();
    const int frame = 2 * (VerticalPadding + 1);
    const int wanted = qCeil(document()->size().height()) + frame;
    const int most = theme.px(LineHeight) * MaxLines + frame;
    const int height = std::clamp(wanted, theme.px(MinHeight), most);
    setVerticalScrollBarPolicy(wanted > most ? Qt::ScrollBarAsNeeded : Qt::ScrollBarAlwaysOff);
    if (height != minimumHeight() || height != maximumHeight())
        setFixedHeight(height);
}

} // namespace Pagedesk::Ui
