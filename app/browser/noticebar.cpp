// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/browser/noticebar.h"
#include "app/browser/glyphs.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>

namespace Pagedesk::Browser {

namespace {

constexpr int Edge = 12;
constexpr int IconSize = 16;

} // namespace

NoticeBar::NoticeBar(QWidget *parent)
    : QFrame(parent)
    , m_sentence(new QLabel(this))
    , m_button(new QPushButton(this))
{
    m_sentence->setTextFormat(Qt::PlainText);
    m_sentence->setWordWrap(true);
    m_sentence->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_button->setObjectName(QStringLiteral("noticeButton"));
    m_button->setAutoDefault(true);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(Edge + IconSize + Edge, Edge / 2, Edge, Edge / 2);
    row->setSpacing(Edge);
    row->addWidget(m_sentence, 1);
    row->addWidget(m_button);
    connect(m_button, &QPushButton::clicked, this, &NoticeBar::chosen);
    hide();
}

void NoticeBar::tell(const QString &sentence, const QString &button, Tone tone)
{
    m_tone = tone;
    m_sentence->setText(sentence);
    m_button->setText(button);
    m_button->setVisible(!button.isEmpty());
    setAccessibleName(sentence);
    show();
    update();
    QAccessibleEvent alert(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
}

QString NoticeBar::sentence() const
{
    return isHidden() ? QString() : m_sentence->text();
}

void NoticeBar::paintEvent(QPaintEvent * /*event*/)
{
    QPainter painter(this);
    const bool isGood = m_tone == Tone::Good;
    const QColor colour = isGood ? goodColour(palette()) : warnColour(palette());
    QColor ground = colour;
    ground.setAlphaF(isDark(palette()) ? 0.22F : 0.12F);
    painter.fillRect(rect(), palette().color(QPalette::Window));
    painter.fillRect(rect(), ground);
    drawGlyph(painter, isGood ? Glyph::Check : Glyph::Warning,
        QRectF(Edge, (height() - IconSize) / 2.0, IconSize, IconSize), colour);
}

} // namespace Pagedesk::Browser
