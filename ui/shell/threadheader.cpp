// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/threadheader.h"

#include "ui/inbox/contactpicture.h"
#include "ui/inbox/conversationwords.h"
#include "ui/inbox/labelstrip.h"
#include "ui/inbox/pagewords.h"
#include "ui/inbox/queuewords.h"
#include "ui/inbox/timewords.h"
#include "ui/shell/actions.h"
#include "ui/theme/icons.h"
#include "ui/theme/tag.h"
#include "ui/theme/themedlabel.h"
#include "ui/theme/themeprovider.h"
#include "ui/thread/displaytext.h"
#include "ui/thread/noticetext.h"

#include <QHBoxLayout>
#include <QMenu>
#include <QPainter>
#include <QPushButton>
#include <QStyle>

namespace Pagedesk::Ui {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int Edge = 16;
constexpr int Gap = 8;
constexpr int FoldBelow = 640; // px: then the buttons of the queue are in the menu alone
constexpr int LongestHolder = 120;

QString detailsOf(const Conversation &conversation, const Page &page, qint64 now)
{
    const QString name = displayLine(page.shownName());
    if (!conversation.ownerApp.isEmpty()) {
        return ThreadHeader::tr("%1 · with %2", "Page, an app")
            .arg(name, holderWords(conversation.ownerApp));
    }
    if (conversation.state == ConversationState::Resolved)
        return ThreadHeader::tr("%1 · resolved", "Page").arg(name);
    if (conversation.state == ConversationState::Pending)
        return ThreadHeader::tr("%1 · pending", "Page").arg(name);
    if (conversation.state == ConversationState::Snoozed) {
        return ThreadHeader::tr("%1 · snoozed until %2", "Page, moment")
            .arg(name, comingMoment(conversation.snoozedUntil, now));
    }
    if (conversation.waitingSince > 0) {
        return ThreadHeader::tr("%1 · waiting %2", "Page, length of time")
            .arg(name, longSpan(now - conversation.waitingSince));
    }
    return name;
}

} // namespace

class ThreadHeader::Square : public QWidget {
public:
    explicit Square(QWidget *parent)
        : QWidget(parent)
    {
        setFixedSize(Metrics::PageDot, Metrics::PageDot);
    }

    void setColour(const QColor &colour)
    {
        m_colour = colour;
        update();
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(m_colour);
        painter.drawRoundedRect(rect(), 3, 3);
    }

private:
    QColor m_colour;
};

ThreadHeader::ThreadHeader(const ThemeProvider &theme, MediaSource &media, QWidget *parent)
    : Panel(theme, &Theme::surface, Qt::BottomEdge, parent)
{
    setObjectName(u"threadHeader"_s);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(Edge, 0, Edge, 0);
    layout->setSpacing(Gap);
    m_picture = new ContactPicture(media, Metrics::Avatar, this);
    layout->addWidget(m_picture);
    layout->addWidget(buildWords(), 1);
    buildButtons();
    buildQueueButtons();
    for (QPushButton *button : {m_take, m_holder, m_snooze, m_more})
        layout->addWidget(button);
    layout->addWidget(m_contact);
    layout->addWidget(m_state);
    connect(&theme, &ThemeProvider::changed, this, &ThreadHeader::applyTheme);
    applyTheme();
}

void ThreadHeader::setConversation(const Conversation &conversation, const Page &page, qint64 now)
{
    m_picture->setContact(conversation.contact);
    m_name->setText(displayName(conversation.contact));
    m_square->setColour(QColor(page.colour));
    const QString closed = closedNowWords(page, now);
    const QString details = detailsOf(conversation, page, now);
    m_details->setText(
        closed.isEmpty() ? details : tr("%1 · %2", "facts beside each other").arg(details, closed));
    showHolder(conversation);
    m_labels->setLabels(m_roster.labelsOf(conversation));
    const auto priority = priorityTag(conversation.priority);
    m_priority->setVisible(priority.has_value());
    m_priority->setTag(priority.value_or(TagKind::Plain), priorityWord(conversation.priority));
    m_resolved = conversation.state == ConversationState::Resolved;
    m_state->setText(m_resolved ? tr("Reopen") : tr("Resolve"));
    m_state->setAccessibleName(
        m_resolved ? tr("Reopen the conversation") : tr("Resolve the conversation"));
    showStateTip();
    const QString kind = m_resolved ? QString() : u"primary"_s;
    if (m_state->property("kind").toString() != kind) {
        m_state->setProperty("kind", kind);
        style()->unpolish(m_state);
        style()->polish(m_state);
    }
}

void ThreadHeader::setRoster(const Roster &roster)
{
    m_roster = roster;
}

void ThreadHeader::setMenus(QMenu &assign, QMenu &snooze, QMenu &more)
{
    m_holder->setMenu(&assign);
    m_snooze->setMenu(&snooze);
    m_more->setMenu(&more);
}

void ThreadHeader::popup(QMenu &menu)
{
    QPushButton *place = m_more;
    for (QPushButton *button : {m_holder, m_snooze}) {
        if (button->menu() == &menu && button->isVisible())
            place = button;
    }
    menu.popup(place->mapToGlobal(QPoint(0, place->height())));
}

void ThreadHeader::resizeEvent(QResizeEvent *event)
{
    Panel::resizeEvent(event);
    fold();
}

void ThreadHeader::showHolder(const Conversation &conversation)
{
    const QString holder = displayLine(m_roster.holderOf(conversation), 80);
    m_mine = !conversation.assignee.isEmpty() && conversation.assignee == m_roster.self;
    m_takable = m_mine || conversation.assignee.isEmpty();
    m_take->setText(m_mine ? tr("Put back") : tr("Take"));
    m_take->setAccessibleName(
        m_mine ? tr("Put the conversation back into the queue") : tr("Take the conversation"));
    m_take->setToolTip(m_take->accessibleName());
    const QString words = holder.isEmpty() ? tr("Unassigned") : m_mine ? tr("Mine") : holder;
    const QFontMetrics metrics(m_holder->font());
    m_holder->setText(metrics.elidedText(words, Qt::ElideRight, m_theme.theme().px(LongestHolder))
                          .replace(u'&', u"&&"_s));
    m_holder->setAccessibleName(
        holder.isEmpty() ? tr("Assigned to nobody") : tr("Assigned to %1", "name").arg(holder));
    m_holder->setToolTip(plainToolTip(m_holder->accessibleName()));
    fold();
}

// Little room is for who it is with.
void ThreadHeader::fold()
{
    const bool wide = width() >= m_theme.theme().px(FoldBelow);
    m_take->setVisible(wide && m_takable);
    m_holder->setVisible(wide);
    m_snooze->setVisible(wide);
}

void ThreadHeader::setKeys(const QAction &state, const QAction &contact)
{
    m_contact->setToolTip(withKeysOf(tr("Show or hide the contact panel"), contact));
    m_stateAction = &state;
    showStateTip();
}

void ThreadHeader::showStateTip()
{
    if (m_stateAction != nullptr)
        m_state->setToolTip(withKeysOf(m_state->accessibleName(), *m_stateAction));
}

void ThreadHeader::setContactShown(bool shown)
{
    m_contact->setChecked(shown);
}

QWidget *ThreadHeader::buildWords()
{
    auto *words = new QWidget(this);
    auto *layout = new QVBoxLayout(words);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    m_name = new ThemedLabel(m_theme, &Fonts::bodyStrong, &Theme::text, words);
    m_name->setObjectName(u"threadName"_s);
    m_name->setElided(true);
    auto *second = new QHBoxLayout;
    second->setSpacing(5);
    m_square = new Square(words);
    m_details = new ThemedLabel(m_theme, &Fonts::meta, &Theme::muted, words);
    m_details->setObjectName(u"threadDetails"_s);
    m_details->setElided(true);
    m_priority = new Tag(m_theme, words);
    m_priority->setObjectName(u"threadPriority"_s);
    m_labels = new LabelStrip(m_theme, words);
    m_labels->setObjectName(u"threadLabels"_s);
    second->addWidget(m_square);
    second->addWidget(m_details);
    second->addWidget(m_priority);
    second->addWidget(m_labels);
    second->addStretch(1);
    layout->addStretch(1);
    layout->addWidget(m_name);
    layout->addLayout(second);
    layout->addStretch(1);
    return words;
}

void ThreadHeader::buildButtons()
{
    m_contact = new QPushButton(this);
    m_contact->setObjectName(u"toggleContact"_s);
    m_contact->setCheckable(true);
    m_contact->setAccessibleName(tr("Contact panel"));
    connect(m_contact, &QAbstractButton::clicked, this, &ThreadHeader::contactToggled);
    m_state = new QPushButton(this);
    m_state->setObjectName(u"resolve"_s);
    connect(m_state, &QAbstractButton::clicked, this, [this] {
        Q_EMIT stateRequested(m_resolved ? ConversationState::Open : ConversationState::Resolved);
    });
}

void ThreadHeader::buildQueueButtons()
{
    const auto add = [this](const QString &name, const QString &words) {
        auto *button = new QPushButton(this);
        button->setObjectName(name);
        button->setAccessibleName(words);
        button->setToolTip(words);
        return button;
    };
    m_take = add(u"take"_s, tr("Take the conversation"));
    m_holder = add(u"holder"_s, tr("Assigned to nobody"));
    m_snooze = add(u"snooze"_s, tr("Snooze the conversation"));
    m_more = add(u"more"_s, tr("More about the conversation"));
    connect(m_take, &QAbstractButton::clicked, this, [this] {
        if (m_mine)
            Q_EMIT putBackRequested();
        else
            Q_EMIT takeRequested();
    });
}

void ThreadHeader::applyTheme()
{
    const Theme &theme = m_theme.theme();
    setFixedHeight(std::max(Metrics::Header, theme.px(Metrics::Header)));
    m_contact->setIcon(themedIcon(Icon::Layout, theme));
    m_snooze->setIcon(themedIcon(Icon::Clock, theme));
    m_more->setIcon(themedIcon(Icon::More, theme));
    for (QPushButton *button : {m_contact, m_snooze, m_more}) {
        button->setFixedWidth(theme.px(Metrics::Control) + 4);
        button->setStyleSheet(
            u"QPushButton { padding: 0; } QPushButton::menu-indicator { image: none; width: 0; }"_s);
    }
    fold();
}

} // namespace Pagedesk::Ui
