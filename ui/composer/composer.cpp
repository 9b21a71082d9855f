// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/composer/composer.h"

#include "models/messenger/limits.h"
#include "ui/composer/composerwords.h"
#include "ui/composer/filetray.h"
#include "ui/composer/replyeditor.h"
#include "ui/composer/sendbutton.h"
#include "ui/inbox/conversationwords.h"
#include "ui/theme/icons.h"
#include "ui/theme/tag.h"
#include "ui/theme/themedlabel.h"
#include "ui/theme/themeprovider.h"
#include "ui/thread/displaytext.h"

#include <QCheckBox>
#include <QClipboard>
#include <QFileDialog>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

namespace Pagedesk::Ui {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int Top = 10;
constexpr int Bottom = 14;
constexpr int Gap = 8;
constexpr int KeptCharacters = 600; // of a kept draft are shown

} // namespace

Composer::Composer(const ThemeProvider &theme, QWidget *parent)
    : Panel(theme, &Theme::surface, Qt::TopEdge, parent)
    , m_stack(new QStackedWidget(this))
{
    setObjectName(u"composer"_s);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(Metrics::WideGutter, Top, Metrics::WideGutter, Bottom);
    layout->setSpacing(Gap);
    layout->addWidget(buildHead());
    layout->addWidget(buildNote());
    layout->addWidget(m_stack);
    m_stack->addWidget(buildWriting());
    m_stack->addWidget(buildClosed());
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    connect(m_editor, &QTextEdit::textChanged, this, [this] {
        showFill();
        if (m_filling)
            return;
        setProblem({});
        Q_EMIT textEdited(text());
    });
    connect(m_editor, &ReplyEditor::filesOffered, this, &Composer::filesOffered);
    connect(m_editor, &ReplyEditor::pictureOffered, this, &Composer::pictureOffered);
    connect(m_tray, &FileTray::removeRequested, this, &Composer::fileRemoved);
    connect(m_attach, &QAbstractButton::clicked, this, &Composer::chooseFiles);
    connect(m_editor, &ReplyEditor::sendRequested, this, &Composer::requestSend);
    connect(m_send, &QAbstractButton::clicked, this, &Composer::requestSend);
    showFill();
}

void Composer::setConversation(
    const Conversation &conversation, const Page &page, const ReplyWindow &window, qint64 now)
{
    const QString reason = closedReason(conversation, page, window, now, m_isAdmin);
    m_open = reason.isEmpty();
    m_reason->setText(reason);
    m_note->setText(composerNote(page));
    m_noteLine->setVisible(!m_note->text().isEmpty());
    m_cure = m_isAdmin ? pageCure(page) : PageCure::None;
    const bool isSetting = m_cure == PageCure::Settings;
    if (m_cure != PageCure::None)
        (isSetting ? m_noteCure : m_reasonCure)->setText(pageCureWords(m_cure));
    m_noteCure->setVisible(isSetting);
    m_reasonCure->setVisible(m_cure != PageCure::None && !isSetting);
    const QString pageName = displayLine(page.shownName());
    m_title->setText(pageName.isEmpty() ? tr("Reply") : tr("Reply as %1").arg(pageName));
    m_editor->setPlaceholderText(
        tr("Write to %1", "a person's name").arg(displayName(conversation.contact)));
    const WindowChip chip = windowChip(window, m_open, now);
    m_window->setTag(chip.kind, chip.text);
    m_window->setVisible(!chip.text.isEmpty());
    showHumanAgent(conversation, window, now);
    showTakeOver(conversation, page);
    const bool hadFocus = m_editor->hasFocus();
    m_stack->setCurrentIndex(m_open ? 0 : 1);
    // A page that is not shown must not keep the composer high.
    m_stack->widget(0)->setSizePolicy(
        QSizePolicy::Preferred, m_open ? QSizePolicy::Preferred : QSizePolicy::Ignored);
    m_stack->widget(1)->setSizePolicy(
        QSizePolicy::Preferred, m_open ? QSizePolicy::Ignored : QSizePolicy::Preferred);
    if (hadFocus && m_open)
        m_editor->setFocus();
    showKeptDraft();
    showFill();
}

bool Composer::speaksAsHumanAgent() const
{
    return m_late && m_agent->isChecked();
}

bool Composer::needsHumanAgent() const
{
    return m_late && !m_agent->isChecked();
}

// What was chosen for one conversation is not chosen for the next, nor for another window.
void Composer::showHumanAgent(
    const Conversation &conversation, const ReplyWindow &window, qint64 now)
{
    const bool isLate = m_open && window.state == ReplyWindow::State::HumanAgent;
    if (!isLate || !m_late || conversation.id != m_conversation)
        m_agent->setChecked(false);
    m_late = isLate;
    m_conversation = conversation.id;
    m_agent->setVisible(isLate);
    m_agentNote->setVisible(isLate);
    m_agent->setText(isLate ? humanAgentWords(window, now) : QString());
}

void Composer::showTakeOver(const Conversation &conversation, const Page &page)
{
    const bool isAsked = conversation.takingSince > 0;
    m_takeOver->setVisible(isHeldByOther(conversation, page));
    m_takeOver->setEnabled(!isAsked);
    m_takeOver->setText(isAsked ? tr("Taking over…") : tr("Take over"));
}

void Composer::setTakeOverKey(const QString &key)
{
    m_takeOver->setToolTip(key.isEmpty()
            ? tr("Take the conversation over from the other app")
            : tr("Take the conversation over from the other app (%1)").arg(key));
}

void Composer::setText(const QString &text)
{
    if (text == this->text())
        return;
    m_filling = true;
    m_editor->setPlainText(text);
    m_editor->moveCursor(QTextCursor::End);
    m_filling = false;
    showKeptDraft();
}

QString Composer::text() const
{
    return m_editor->toPlainText();
}

void Composer::setFiles(const QList<Attachment> &files, int coming)
{
    m_files = static_cast<int>(files.size());
    m_coming = coming;
    m_tray->setFiles(files, coming);
    showFill();
}

void Composer::setProblem(const QString &sentence)
{
    m_problem->setText(sentence);
    m_problem->setVisible(!sentence.isEmpty());
}

void Composer::offerFiles()
{
    if (m_open && m_attach->isVisible() && m_attach->isEnabled())
        chooseFiles();
}

void Composer::setAttachKey(const QString &key)
{
    m_attach->setToolTip(key.isEmpty() ? tr("Attach files") : tr("Attach files (%1)").arg(key));
}

void Composer::focusEditor()
{
    if (m_open)
        m_editor->setFocus(Qt::ShortcutFocusReason);
}

QWidget *Composer::buildWriting()
{
    auto *writing = new QWidget(m_stack);
    auto *layout = new QVBoxLayout(writing);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Gap);
    m_editor = new ReplyEditor(m_theme, writing);
    m_editor->setObjectName(u"replyEditor"_s);
    layout->addWidget(m_editor);
    m_tray = new FileTray(m_theme, writing);
    layout->addWidget(m_tray);
    m_agent = new QCheckBox(writing);
    m_agent->setObjectName(u"humanAgent"_s);
    m_agent->setAccessibleName(tr("Reply as a human agent"));
    m_agent->hide();
    connect(m_agent, &QCheckBox::toggled, this, &Composer::showFill);
    layout->addWidget(m_agent);
    m_agentNote = new ThemedLabel(m_theme, &Fonts::meta, &Theme::muted, writing);
    m_agentNote->setText(
        tr("The customer's last message is older than 24 hours. Facebook takes only "
           "what a person writes about it, nothing automatic and no advertising."));
    m_agentNote->setWordWrap(true);
    m_agentNote->hide();
    m_agent->setAccessibleDescription(m_agentNote->text());
    layout->addWidget(m_agentNote);
    m_problem = new ThemedLabel(m_theme, &Fonts::meta, &Theme::bad, writing);
    m_problem->setObjectName(u"composerProblem"_s);
    m_problem->setWordWrap(true);
    m_problem->hide();
    layout->addWidget(m_problem);
    layout->addWidget(buildFoot());
    return writing;
}

QWidget *Composer::buildHead()
{
    auto *head = new QWidget(this);
    auto *layout = new QHBoxLayout(head);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Gap);
    m_title = new ThemedLabel(m_theme, &Fonts::secondaryStrong, &Theme::text, head);
    m_title->setElided(true);
    m_window = new Tag(m_theme, head);
    m_window->setObjectName(u"windowChip"_s);
    layout->addWidget(m_title, 1);
    layout->addWidget(m_window);
    return head;
}

QWidget *Composer::buildFoot()
{
    auto *foot = new QWidget(m_stack);
    auto *layout = new QHBoxLayout(foot);
    layout->setContentsMargins(0, 2, 0, 0);
    layout->setSpacing(14);
    m_attach = new QToolButton(foot);
    m_attach->setObjectName(u"attach"_s);
    m_attach->setAutoRaise(true);
    m_attach->setFocusPolicy(Qt::TabFocus);
    m_attach->setAccessibleName(tr("Attach files"));
    const auto paintAttach
        = [this] { m_attach->setIcon(themedIcon(Icon::Paperclip, m_theme.theme())); };
    connect(&m_theme, &ThemeProvider::changed, m_attach, paintAttach);
    paintAttach();
    auto *hint = new ThemedLabel(m_theme, &Fonts::meta, &Theme::faint, foot);
    hint->setText(tr("Shift+Enter for a new line"));
    hint->setElided(true);
    m_count = new ThemedLabel(m_theme, &Fonts::meta, &Theme::faint, foot);
    m_count->setObjectName(u"characterCount"_s);
    m_send = new SendButton(m_theme, foot);
    m_send->setObjectName(u"send"_s);
    layout->addWidget(m_attach);
    layout->addWidget(hint, 1);
    layout->addWidget(m_count);
    layout->addWidget(m_send);
    return foot;
}

QPushButton *Composer::cureButton(const QString &name, QWidget *parent)
{
    auto *button = new QPushButton(pageCureWords(PageCure::ConnectAgain), parent);
    button->setObjectName(name);
    button->setAutoDefault(false);
    button->hide();
    connect(button, &QAbstractButton::clicked, this, [this] { Q_EMIT cureWanted(m_cure); });
    return button;
}

QWidget *Composer::buildNote()
{
    m_noteLine = new QWidget(this);
    auto *layout = new QHBoxLayout(m_noteLine);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Gap);
    m_note = new ThemedLabel(m_theme, &Fonts::meta, &Theme::warn, m_noteLine);
    m_note->setObjectName(u"composerNote"_s);
    m_note->setWordWrap(true);
    m_noteCure = cureButton(u"noteCure"_s, m_noteLine);
    layout->addWidget(m_note, 1);
    layout->addWidget(m_noteCure, 0, Qt::AlignTop);
    m_noteLine->hide();
    return m_noteLine;
}

QWidget *Composer::buildClosed()
{
    auto *closed = new QWidget(m_stack);
    auto *layout = new QVBoxLayout(closed);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Gap);
    m_reason = new ThemedLabel(m_theme, &Fonts::secondary, &Theme::text, closed);
    m_reason->setObjectName(u"closedReason"_s);
    m_reason->setWordWrap(true);
    m_reason->setTextInteractionFlags(Qt::TextSelectableByMouse);
    layout->addWidget(m_reason);
    m_reasonCure = cureButton(u"reasonCure"_s, closed);
    layout->addWidget(m_reasonCure, 0, Qt::AlignLeft);
    layout->addWidget(buildTakeOver(closed));
    m_kept = new QWidget(closed);
    auto *kept = new QHBoxLayout(m_kept);
    kept->setContentsMargins(0, 0, 0, 0);
    kept->setSpacing(Gap);
    m_keptText = new ThemedLabel(m_theme, &Fonts::secondary, &Theme::muted, m_kept);
    m_keptText->setObjectName(u"keptDraft"_s);
    m_keptText->setWordWrap(true);
    m_keptText->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto *copy = new QPushButton(tr("Copy draft"), m_kept);
    copy->setObjectName(u"copyDraft"_s);
    copy->setToolTip(tr("Copy the kept draft to the clipboard"));
    connect(copy, &QAbstractButton::clicked, this,
        [this] { QGuiApplication::clipboard()->setText(text()); });
    kept->addWidget(m_keptText, 1);
    kept->addWidget(copy, 0, Qt::AlignTop);
    layout->addWidget(m_kept);
    layout->addStretch(1);
    return closed;
}

QWidget *Composer::buildTakeOver(QWidget *parent)
{
    auto *row = new QWidget(parent);
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    m_takeOver = new QPushButton(row);
    m_takeOver->setObjectName(u"takeOver"_s);
    m_takeOver->setProperty("kind", u"primary"_s);
    m_takeOver->hide();
    connect(m_takeOver, &QAbstractButton::clicked, this, &Composer::takeOverRequested);
    layout->addWidget(m_takeOver);
    layout->addStretch(1);
    return row;
}

void Composer::requestSend()
{
    if (canSend())
        Q_EMIT sendRequested(replyText(text()), speaksAsHumanAgent());
}

bool Composer::canSend() const
{
    const TextFill fill = textFill(replyText(text()));
    return m_open && !needsHumanAgent() && m_coming == 0 && fill != TextFill::Over
        && (fill != TextFill::Empty || m_files > 0);
}

void Composer::chooseFiles()
{
    const QStringList paths = QFileDialog::getOpenFileNames(this, tr("Attach files"));
    if (!paths.isEmpty())
        Q_EMIT filesOffered(paths);
}

void Composer::showFill()
{
    const QString reply = replyText(text());
    const TextFill fill = textFill(reply);
    m_count->setText(fill == TextFill::Empty ? QString()
                                             : tr("%1 / %2", "characters written / allowed")
                                                   .arg(reply.size())
                                                   .arg(Limits::TextCharacters));
    m_count->setColour(fill == TextFill::Over ? &Theme::bad
            : fill == TextFill::Nearly        ? &Theme::warn
                                              : &Theme::faint);
    m_count->setToolTip(fill == TextFill::Over
            ? tr("Too long for one message. Shorten it or send it in parts.")
            : QString());
    m_send->setEnabled(canSend());
}

void Composer::showKeptDraft()
{
    const QString draft = displayLine(replyText(text()), KeptCharacters);
    m_kept->setVisible(!draft.isEmpty());
    m_keptText->setText(tr("Your draft is kept: %1").arg(draft));
}

} // namespace Pagedesk::Ui
