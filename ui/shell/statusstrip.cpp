// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/statusstrip.h"

#include "ui/shell/statuswords.h"
#include "ui/theme/tag.h"
#include "ui/theme/themedlabel.h"
#include "ui/theme/themeprovider.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QPushButton>

#include <chrono>

namespace Pagedesk::Ui {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int Spacing = 16;
constexpr int DotSide = 8;

} // namespace

class StatusStrip::Dot : public QWidget {
public:
    Dot(const ThemeProvider &theme, QWidget *parent)
        : QWidget(parent)
        , m_theme(theme)
    {
        setFixedSize(DotSide, DotSide);
    }

    void setColour(QColor Theme::*colour)
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
        painter.setBrush(m_theme.theme().*m_colour);
        painter.drawEllipse(rect());
    }

private:
    const ThemeProvider &m_theme;
    QColor Theme::*m_colour = &Theme::faint;
};

StatusStrip::StatusStrip(const ThemeProvider &theme, const Clock &clock, QWidget *parent)
    : Panel(theme, &Theme::background, Qt::TopEdge, parent)
    , m_clock(clock)
{
    setObjectName(u"statusStrip"_s);
    setAccessibleName(tr("Status"));
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(Spacing, 0, Spacing, 0);
    layout->setSpacing(Spacing);
    buildLeft(*layout);
    layout->addStretch(1);
    buildRight(*layout);
    const auto fit = [this] { setFixedHeight(m_theme.theme().px(Metrics::Strip)); };
    connect(&theme, &ThemeProvider::changed, this, fit);
    fit();
    m_countdown.setInterval(1s);
    connect(&m_countdown, &QTimer::timeout, this, &StatusStrip::showStatus);
    m_noticeEnd.setSingleShot(true);
    m_noticeEnd.setInterval(12s);
    connect(&m_noticeEnd, &QTimer::timeout, m_notice, &QWidget::hide);
    setOutbox(0);
    showStatus();
}

void StatusStrip::setStatus(const ConnectionStatus &status)
{
    const auto isConnected = [](ConnectionState state) {
        return state == ConnectionState::Live || state == ConnectionState::CatchingUp;
    };
    if (isConnected(m_status.state) && !isConnected(status.state))
        m_lastConnectedAt = m_clock.now();
    m_status = status;
    const bool counting = status.state == ConnectionState::Offline && status.retryAt > 0;
    if (counting)
        m_countdown.start();
    else
        m_countdown.stop();
    showStatus();
}

void StatusStrip::setPages(int pages)
{
    m_pages->setText(pages > 0 ? tr("%n Pages", nullptr, pages) : QString());
}

void StatusStrip::setOutbox(int waiting)
{
    m_outbox->setText(outboxWords(waiting));
    m_outbox->setColour(waiting > 0 ? &Theme::warn : &Theme::muted);
}

void StatusStrip::setOperator(const Operator &self)
{
    m_operator->setText(operatorWords(self));
    showOperator();
}

void StatusStrip::setPractice(bool practice)
{
    m_practice->setVisible(practice);
}

void StatusStrip::setUnprotected(bool unprotected)
{
    m_unprotected->setVisible(unprotected);
}

void StatusStrip::showNotice(const QString &sentence)
{
    m_notice->setText(sentence);
    m_notice->setToolTip(plainToolTip(sentence));
    m_notice->show();
    m_noticeEnd.start();
}

void StatusStrip::setCompact(bool compact)
{
    m_compact = compact;
    m_pages->setVisible(!compact);
    showOperator();
}

void StatusStrip::showOperator()
{
    m_operator->setVisible(!m_compact && !m_operator->text().isEmpty());
}

QString StatusStrip::connectionText() const
{
    return m_connection->text();
}

QPushButton *StatusStrip::buildOffer(const QString &name, const QString &text, const QString &tip)
{
    auto *button = new QPushButton(text, this);
    button->setObjectName(name);
    button->setProperty("kind", u"plain"_s);
    button->setToolTip(tip);
    button->setStyleSheet(u"QPushButton { min-height: 22px; padding: 0 6px; font-size: 12px; }"_s);
    return button;
}

void StatusStrip::buildLeft(QHBoxLayout &layout)
{
    auto *connection = new QHBoxLayout;
    connection->setSpacing(6);
    m_dot = new Dot(m_theme, this);
    m_connection = new ThemedLabel(m_theme, &Fonts::meta, &Theme::muted, this);
    m_connection->setObjectName(u"connection"_s);
    connection->addWidget(m_dot);
    connection->addWidget(m_connection);
    m_retry = buildOffer(u"retryNow"_s, tr("Retry now"), tr("Connect at once"));
    m_join = buildOffer(u"joinAgain"_s, tr("Join again"), tr("Join with a new pairing link"));
    connect(m_retry, &QAbstractButton::clicked, this, &StatusStrip::retryRequested);
    connect(m_join, &QAbstractButton::clicked, this, &StatusStrip::joinRequested);
    connection->addWidget(m_retry);
    connection->addWidget(m_join);
    layout.addLayout(connection);
    m_pages = new ThemedLabel(m_theme, &Fonts::meta, &Theme::muted, this);
    m_practice = new Tag(m_theme, this);
    m_practice->setTag(TagKind::Warn, tr("Practice: these customers are simulated"));
    m_practice->setObjectName(u"practiceNote"_s);
    m_practice->hide();
    m_notice = new ThemedLabel(m_theme, &Fonts::meta, &Theme::bad, this);
    m_notice->setObjectName(u"notice"_s);
    m_notice->setElided(true);
    m_notice->hide();
    layout.addWidget(m_pages);
    layout.addWidget(m_practice);
    layout.addWidget(m_notice, 100);
}

void StatusStrip::buildRight(QHBoxLayout &layout)
{
    m_unprotected = new ThemedLabel(m_theme, &Fonts::meta, &Theme::warn, this);
    m_unprotected->setObjectName(u"unprotectedNote"_s);
    m_unprotected->setText(tr("Device token in a file"));
    m_unprotected->setToolTip(
        tr("The key of this device lies in a file of the profile, not in a keychain. Whoever can "
           "read your files can use it."));
    m_unprotected->hide();
    m_outbox = new ThemedLabel(m_theme, &Fonts::meta, &Theme::muted, this);
    m_outbox->setObjectName(u"outbox"_s);
    m_operator = new ThemedLabel(m_theme, &Fonts::meta, &Theme::muted, this);
    m_operator->setObjectName(u"operator"_s);
    layout.addWidget(m_unprotected);
    layout.addWidget(m_outbox);
    layout.addWidget(m_operator);
}

void StatusStrip::setRetryKey(const QString &key)
{
    m_retry->setToolTip(
        key.isEmpty() ? tr("Connect at once") : tr("Connect at once (%1)").arg(key));
}

void StatusStrip::showStatus()
{
    const ConnectionWords words = connectionWords(m_status, m_lastConnectedAt, m_clock.now());
    m_dot->setColour(words.dot);
    m_connection->setText(words.text);
    m_connection->setToolTip(
        m_status.relay.isEmpty() ? QString() : plainToolTip(tr("Relay: %1").arg(m_status.relay)));
    m_retry->setVisible(words.offer == ConnectionWords::Offer::Retry);
    m_join->setVisible(words.offer == ConnectionWords::Offer::Join);
}

} // namespace Pagedesk::Ui
