// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/contact/contactpanel.h"

#include "ui/inbox/contactpicture.h"
#include "ui/inbox/conversationwords.h"
#include "ui/inbox/timewords.h"
#include "ui/theme/themedlabel.h"
#include "ui/theme/themeprovider.h"
#include "ui/thread/displaytext.h"

#include <QClipboard>
#include <QGridLayout>
#include <QGuiApplication>
#include <QPushButton>
#include <QVBoxLayout>

namespace Pagedesk::Ui {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int Edge = 16;
constexpr int KeyWidth = 84;
constexpr int WidestPanel = 360;

QWidget *hairline(const ThemeProvider &theme, QWidget *parent)
{
    auto *line = new Panel(theme, &Theme::line, {}, parent);
    line->setFixedHeight(1);
    return line;
}

QString windowText(const ContactPanel::Facts &facts)
{
    const ReplyWindow &window = facts.window;
    switch (window.state) {
    case ReplyWindow::State::NeverOpened:
        return ContactPanel::tr("not open yet");
    case ReplyWindow::State::Closed:
        return ContactPanel::tr("closed since %1").arg(momentText(window.closesAt, facts.now));
    case ReplyWindow::State::Open:
    case ReplyWindow::State::HumanAgent:
        break;
    }
    return ContactPanel::tr("open for %1").arg(longSpan(window.closesAt - facts.now));
}

} // namespace

ContactPanel::ContactPanel(const ThemeProvider &theme, MediaSource &media, QWidget *parent)
    : Panel(theme, &Theme::background, Qt::LeftEdge, parent)
{
    setObjectName(u"contactPanel"_s);
    setAccessibleName(tr("Contact"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(Edge, Edge, Edge, Edge);
    layout->setSpacing(Edge);
    layout->addWidget(buildHead(media));
    layout->addWidget(hairline(theme, this));
    layout->addWidget(buildFacts());
    layout->addStretch(1);
    connect(&theme, &ThemeProvider::changed, this, &ContactPanel::fitWidth);
    fitWidth();
}

void ContactPanel::fitWidth()
{
    setFixedWidth(
        std::clamp(m_theme.theme().px(Metrics::SideWidth), Metrics::SideWidth, WidestPanel));
}

void ContactPanel::setFacts(const Facts &facts)
{
    const Contact &contact = facts.conversation.contact;
    m_psid = contact.psid.value;
    m_picture->setContact(contact);
    m_name->setText(displayName(contact));
    m_page->setText(displayLine(facts.page.shownName()));
    setLine(PsidLine, groupedPsid(contact.psid));
    const auto moment
        = [&facts](qint64 at) { return at > 0 ? momentText(at, facts.now) : QString(); };
    const qint64 last = facts.conversation.lastMessageAt;
    setLine(
        FirstLine, moment(facts.beganAt), facts.beganAt > 0 ? exactTime(facts.beganAt) : QString());
    setLine(LastLine, moment(last), last > 0 ? exactTime(last) : QString());
    setLine(WindowLine, windowText(facts));
}

QWidget *ContactPanel::buildHead(MediaSource &media)
{
    auto *head = new QWidget(this);
    auto *layout = new QVBoxLayout(head);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    m_picture = new ContactPicture(media, Metrics::LargeAvatar, head);
    m_name = new ThemedLabel(m_theme, &Fonts::heading, &Theme::text, head);
    m_name->setObjectName(u"contactName"_s);
    m_name->setWordWrap(true);
    m_name->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_page = new ThemedLabel(m_theme, &Fonts::meta, &Theme::muted, head);
    for (ThemedLabel *label : {m_name, m_page})
        label->setAlignment(Qt::AlignCenter);
    layout->addWidget(m_picture, 0, Qt::AlignHCenter);
    layout->addSpacing(8);
    layout->addWidget(m_name);
    layout->addWidget(m_page);
    return head;
}

QWidget *ContactPanel::buildFacts()
{
    const QString keys[LineCount]{
        tr("PSID"), tr("First message"), tr("Last message"), tr("Window")};
    auto *facts = new QWidget(this);
    m_grid = new QGridLayout(facts);
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setHorizontalSpacing(8);
    m_grid->setVerticalSpacing(6);
    m_grid->setColumnMinimumWidth(0, KeyWidth);
    m_grid->setColumnStretch(1, 1);
    for (int line = 0; line < LineCount; ++line) {
        m_keys[line] = new ThemedLabel(m_theme, &Fonts::secondary, &Theme::faint, facts);
        m_keys[line]->setText(keys[line]);
        m_values[line] = new ThemedLabel(m_theme, &Fonts::secondary, &Theme::text, facts);
        m_values[line]->setTextInteractionFlags(Qt::TextSelectableByMouse);
        m_values[line]->setWordWrap(true);
        m_values[line]->setAccessibleName(keys[line]);
        m_grid->addWidget(m_keys[line], line, 0, Qt::AlignTop);
        m_grid->addWidget(m_values[line], line, 1);
    }
    auto *copy = new QPushButton(tr("Copy PSID"), facts);
    copy->setObjectName(u"copyPsid"_s);
    copy->setProperty("kind", u"plain"_s);
    copy->setToolTip(tr("Copy the page-scoped id without spaces"));
    copy->setStyleSheet(u"QPushButton { padding: 0 2px; min-height: 22px; }"_s);
    connect(copy, &QAbstractButton::clicked, this,
        [this] { QGuiApplication::clipboard()->setText(m_psid); });
    m_grid->addWidget(copy, LineCount, 1, Qt::AlignLeft);
    return facts;
}

void ContactPanel::setLine(Line line, const QString &value, const QString &tip)
{
    m_values[line]->setText(value);
    m_values[line]->setToolTip(tip);
    m_keys[line]->setVisible(!value.isEmpty());
    m_values[line]->setVisible(!value.isEmpty());
}

} // namespace Pagedesk::Ui
