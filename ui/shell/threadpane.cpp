// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/threadpane.h"

#include "models/desk/conversations.h"
#include "models/desk/outbox.h"
#include "models/desk/outgoingfiles.h"
#include "models/desk/session.h"
#include "models/desk/threads.h"
#include "models/desk/uploader.h"
#include "models/domain/permissions.h"
#include "models/items/inboxfeed.h"
#include "ui/composer/composer.h"
#include "ui/composer/composerwords.h"
#include "ui/composer/replydesk.h"
#include "ui/composer/replyeditor.h"
#include "ui/errortext.h"
#include "ui/inbox/conversationwords.h"
#include "ui/inbox/emptynote.h"
#include "ui/shell/actions.h"
#include "ui/shell/attachments.h"
#include "ui/shell/findbar.h"
#include "ui/shell/inspectiontext.h"
#include "ui/shell/inspector.h"
#include "ui/shell/mediaimages.h"
#include "ui/shell/queuebar.h"
#include "ui/shell/queuedesk.h"
#include "ui/shell/readmarker.h"
#include "ui/shell/threadheader.h"
#include "ui/shell/threadnavigator.h"
#include "ui/theme/themeprovider.h"
#include "ui/thread/displaytext.h"
#include "ui/thread/threadview.h"

#include <QDragEnterEvent>
#include <QMimeData>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace Pagedesk::Ui {

using namespace Qt::Literals::StringLiterals;

ThreadPane::ThreadPane(ThemeProvider &theme, const DeskServices &services, QWidget *parent)
    : Panel(theme, &Theme::surface, {}, parent)
    , m_themes(theme)
    , m_session(services.session)
    , m_list(services.inbox.conversations())
    , m_outbox(services.outbox)
    , m_outgoing(services.outgoing)
    , m_threads(services.threads)
    , m_clock(services.clock)
    , m_feed(services.threads)
{
    setObjectName(u"threadPane"_s);
    build(services);
    m_desk = new ReplyDesk(*m_composer, services.drafts, services.outbox, services.outgoing, this);
    m_marker = new ReadMarker(m_feed, *m_view, m_list, services.conversations, this);
    m_navigator = new ThreadNavigator(
        {services.threads, m_feed, *m_view, *m_find, services.clock, theme}, this);
    m_attachments = new Attachments(theme, services.media, *this);
    m_queue = new QueueDesk(
        m_list, services.conversations, services.roster, *m_queueBar, services.clock, this);
    m_header->setMenus(m_queue->assignMenu(), m_queue->snoozeMenu(), m_more);
    connectThread();
    for (const auto signal : {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved})
        connect(&m_list, signal, this, &ThreadPane::showEmptiness);
    connect(&m_list, &QAbstractItemModel::modelReset, this, &ThreadPane::showEmptiness);
    showEmptiness();
    setAcceptDrops(true);
    connect(&services.uploader, &Uploader::progressed, m_view,
        [this, &uploader = services.uploader](const QString &hash) {
            const double part = uploader.progress(hash);
            m_view->setUpload(hash, part < 0 ? -1 : static_cast<int>(part * 100));
        });
}

ThreadPane::~ThreadPane()
{
    // The view reads the feed's model until it goes.
    delete m_stack;
}

void ThreadPane::open(const ConversationId &id)
{
    const ConversationListModel::Row *row = m_list.find(id);
    const ConversationId shown = row == nullptr ? ConversationId() : id;
    if (shown != m_feed.current())
        m_navigator->leave();
    m_marker->opened();
    m_feed.open(shown);
    m_queue->open(shown);
    m_desk->open(shown, row == nullptr ? QString() : row->draft);
    refresh();
    m_view->showNewest();
}

void ThreadPane::showEmptiness()
{
    // Where there is nothing to choose, the list says why.
    if (m_list.rowCount() == 0)
        m_empty->setWords({}, {});
    else
        m_empty->setWords(tr("No conversation is open"), tr("Choose one on the left."));
}

void ThreadPane::refresh()
{
    const ConversationListModel::Row *row = m_list.find(m_feed.current());
    m_stack->setCurrentIndex(row == nullptr ? 0 : 1);
    if (row == nullptr)
        return;
    m_navigator->setConversation(row->conversation);
    const Page page = m_list.pageOf(row->conversation);
    const qint64 now = m_clock.now();
    m_header->setRoster(m_list.roster());
    m_header->setConversation(row->conversation, page, now);
    m_view->setContactName(displayName(row->conversation.contact));
    m_view->setOwnName(displayLine(m_session.self().name, 80));
    m_view->setSendingBlock(sendingBlock(page));
    const bool isAdmin = isAllowed(m_session.self().role, Action::ManagePages);
    m_view->setAdmin(isAdmin);
    m_composer->setAdmin(isAdmin);
    m_composer->setConversation(row->conversation, page, row->window, now);
}

void ThreadPane::addText(const QString &text, const QString &reason)
{
    m_desk->addText(text, reason);
    focusComposer();
}

void ThreadPane::setOnline(bool online)
{
    m_view->setOnline(online);
}

void ThreadPane::setContactShown(bool shown)
{
    m_header->setContactShown(shown);
}

void ThreadPane::focusComposer()
{
    m_composer->focusEditor();
}

void ThreadPane::attachFiles()
{
    m_composer->offerFiles();
}

void ThreadPane::setKeys(const Actions &actions)
{
    m_header->setKeys(*actions[ActionId::Resolve], *actions[ActionId::ToggleContact]);
    m_composer->setAttachKey(keysOf(*actions[ActionId::AttachFiles]));
    m_composer->setTakeOverKey(keysOf(*actions[ActionId::TakeOver]));
}

void ThreadPane::toggleResolved()
{
    const ConversationListModel::Row *row = m_list.find(m_feed.current());
    if (row == nullptr)
        return;
    m_queue->setState(row->conversation.state == ConversationState::Resolved
            ? ConversationState::Open
            : ConversationState::Resolved);
}

void ThreadPane::popup(QMenu &menu)
{
    if (!m_feed.current().isEmpty())
        m_header->popup(menu);
}

void ThreadPane::windowActivated()
{
    m_marker->look();
}

void ThreadPane::build(const DeskServices &services)
{
    m_stack = new QStackedWidget(this);
    m_empty = new EmptyNote(m_themes, m_stack);
    m_empty->setObjectName(u"emptyThread"_s);
    auto *thread = new QWidget(m_stack);
    m_header = new ThreadHeader(m_themes, services.images, thread);
    m_view = new ThreadView(m_feed.model(), m_themes, services.images, services.clock, thread);
    m_view->setObjectName(u"threadView"_s);
    m_composer = new Composer(m_themes, thread);
    auto *column = new QVBoxLayout(thread);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_queueBar = new QueueBar(m_themes, thread);
    m_find = new FindBar(m_themes, thread);
    column->addWidget(m_header);
    column->addWidget(m_queueBar);
    column->addWidget(m_find);
    column->addWidget(m_view, 1);
    column->addWidget(m_composer);
    m_stack->addWidget(m_empty);
    m_stack->addWidget(thread);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_stack);
}

void ThreadPane::connectThread()
{
    connect(m_header, &ThreadHeader::stateRequested, m_queue, &QueueDesk::setState);
    connect(m_header, &ThreadHeader::takeRequested, m_queue, &QueueDesk::take);
    connect(m_header, &ThreadHeader::putBackRequested, m_queue, &QueueDesk::putBack);
    connect(m_composer, &Composer::takeOverRequested, m_queue, &QueueDesk::takeOver);
    connect(m_queue, &QueueDesk::problem, this, &ThreadPane::problem);
    connect(m_queue, &QueueDesk::keptUnread, m_marker, &ReadMarker::keepUnread);
    connect(m_queueBar, &QueueBar::closed, this, &ThreadPane::focusComposer);
    connect(m_header, &ThreadHeader::contactToggled, this, &ThreadPane::contactToggled);
    connect(m_view, &ThreadView::linkActivated, this, &ThreadPane::linkActivated);
    connect(m_view, &ThreadView::retryRequested, this, &ThreadPane::sendAgain);
    connect(m_view, &ThreadView::inspectionRequested, this, &ThreadPane::inspect);
    connect(
        m_view, &ThreadView::attachmentActivated, this, [this](const MessageId &id, int number) {
            if (const Attachment *attachment = attachmentOf(id, number))
                m_attachments->open(*attachment);
        });
    connect(m_view, &ThreadView::attachmentSaveRequested, this,
        [this](const MessageId &id, int number) {
            if (const Attachment *attachment = attachmentOf(id, number))
                m_attachments->saveAs(*attachment);
        });
    connect(m_view, &ThreadView::newestWanted, &m_feed, &ThreadFeed::reload);
    connect(m_composer, &Composer::cureWanted, this, [this](PageCure cure) {
        if (const ConversationListModel::Row *row = m_list.find(m_feed.current()))
            Q_EMIT cureWanted(cure, row->conversation.contact.pageId);
    });
    connect(m_navigator, &ThreadNavigator::told, this, &ThreadPane::problem);
    connect(m_attachments, &Attachments::problem, this, &ThreadPane::problem);
    connect(m_attachments, &Attachments::linkActivated, this, &ThreadPane::linkActivated);
    connect(m_desk, &ReplyDesk::stored, m_view, [this](const ConversationId &id) {
        if (id == m_feed.current())
            m_view->showNewest();
    });
    connect(&m_feed, &ThreadFeed::loaded, this, &ThreadPane::threadLoaded);
    connect(&m_feed, &ThreadFeed::failed, this,
        [this](const Error &error) { Q_EMIT problem(errorText(error)); });
}

void ThreadPane::sendAgain(const MessageId &id)
{
    const int row = m_feed.model().rowOf(id);
    if (row < 0 || m_feed.model().at(row).direction != Direction::Out)
        return;
    const Message &message = m_feed.model().at(row);
    if (message.attachments.isEmpty()) {
        sendCopy(m_feed.current(), message.text, {});
        return;
    }
    m_outgoing.again(message.attachments.constFirst())
        .then(this,
            [this, name = message.attachments.constFirst().name, conversation = m_feed.current()](
                const Result<Attachment> &file) {
                if (!file)
                    Q_EMIT problem(fileProblem(name, file.error()));
                else
                    sendCopy(conversation, {}, {*file});
            });
}

void ThreadPane::sendCopy(
    const ConversationId &conversation, const QString &text, const QList<Attachment> &files)
{
    if (m_composer->needsHumanAgent()) {
        Q_EMIT problem(tr("The customer's last message is older than 24 hours. Tick “Reply as a "
                          "human agent” first."));
        return;
    }
    const auto as = m_composer->speaksAsHumanAgent() ? Outbox::As::HumanAgent : Outbox::As::Page;
    m_outbox.send(conversation, text, files, as).then(this, [this](const Result<MessageId> &sent) {
        if (!sent)
            Q_EMIT problem(sendProblem(sent.error(), m_composer->isAdmin()));
    });
}

void ThreadPane::dragEnterEvent(QDragEnterEvent *event)
{
    if (m_stack->currentIndex() == 1 && m_composer->isOpen()
        && !localFiles(*event->mimeData()).isEmpty()) {
        event->setDropAction(Qt::CopyAction);
        event->accept();
    }
}

void ThreadPane::dropEvent(QDropEvent *event)
{
    m_desk->offerFiles(localFiles(*event->mimeData()));
    event->setDropAction(Qt::CopyAction);
    event->accept();
    m_composer->focusEditor();
}

void ThreadPane::inspect(const MessageId &id)
{
    auto *window = new Inspector(m_themes, this);
    window->show();
    m_threads.inspect(id).then(window, [window](const Result<Wire::Inspection> &inspection) {
        window->setText(inspection ? inspectionText(*inspection, window->locale())
                                   : errorText(inspection.error()));
    });
}

const Attachment *ThreadPane::attachmentOf(const MessageId &id, int number) const
{
    const ThreadModel &model = m_feed.model();
    const int row = model.rowOf(id);
    if (row < 0 || number < 0 || number >= model.at(row).attachments.size())
        return nullptr;
    return &model.at(row).attachments.at(number);
}

} // namespace Pagedesk::Ui
