// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/threadheader.h"

#include "ui/inbox/contactpicture.h"
#include "ui/inbox/conversationwords.h"
#include "ui/inbox/timewords.h"
#include "ui/shell/actions.h"
#include "ui/theme/icons.h"
#include "ui/theme/themedlabel.h"
#include "ui/theme/themeprovider.h"
#include "ui/thread/displaytext.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QPushButton>
#include <QStyle>

namespace Pagedesk::Ui {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int Edge = 16;
constexpr int Gap = 8;

QString detailsOf(const Conversation &conversation, const Page &page, qint64 now)
{
    const QString name = displayLine(page.shownName());
    if (conversation.state == ConversationState::Resolved)
        return ThreadHeader::tr("%1 · resolved", "Page").arg(name);
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
    m_details->setText(detailsOf(conversation, page, now));
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
    second->addWidget(m_square);
    second->addWidget(m_details, 1);
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

void ThreadHeader::applyTheme()
{
    const Theme &theme = m_theme.theme();
    setFixedHeight(std::max(Metrics::Header, theme.px(Metrics::Header)));
    m_contact->setIcon(themedIcon(Icon::Layout, theme));
    m_contact->setFixedWidth(theme.px(Metrics::Control) + 4);
    m_contact->setStyleSheet(u"QPushButton { padding: 0; }"_s);
}

} // namespace Pagedesk::Ui
