// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/admin/carestrip.h"

#include "ui/inbox/pagewords.h"
#include "ui/theme/themedlabel.h"
#include "ui/theme/themeprovider.h"
#include "ui/thread/displaytext.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QPushButton>

namespace Pagedesk::Ui {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int LongestName = 80;

} // namespace

CareStrip::CareStrip(const ThemeProvider &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
{
    setObjectName(u"careStrip"_s);
    m_text = new ThemedLabel(theme, &Fonts::secondary, &Theme::text, this);
    m_text->setObjectName(u"careText"_s);
    m_text->setWordWrap(true);
    m_show = new QPushButton(tr("Look at it"), this);
    m_show->setObjectName(u"careShow"_s);
    m_show->setFocusPolicy(Qt::TabFocus);
    connect(m_show, &QAbstractButton::clicked, this, [this] { Q_EMIT pageWanted(m_page); });
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(Metrics::WideGutter, 6, Metrics::WideGutter, 6);
    layout->setSpacing(Metrics::Gutter);
    layout->addWidget(m_text, 1);
    layout->addWidget(m_show);
    hide();
}

void CareStrip::setPages(const QList<Page> &pages, qint64 now)
{
    m_notice.clear();
    int others = 0;
    std::optional<PageNotice> shown;
    for (const Page &page : pages) {
        const QList<PageNotice> notices = pageNotices(page, now);
        if (notices.isEmpty())
            continue;
        const PageNotice &first = notices.first();
        const bool isMoreUrgent = !shown
            || (shown->kind == PageNotice::Kind::Soon && first.kind == PageNotice::Kind::Wrong);
        others += shown ? 1 : 0;
        if (!isMoreUrgent)
            continue;
        shown = first;
        m_page = page.id;
        m_notice = tr("%1: %2 %3", "a Page's name, what is wrong, what to do")
                       .arg(displayLine(page.shownName(), LongestName), first.text, first.advice);
    }
    if (others > 0)
        m_notice += u' ' + tr("And %n other Page(s).", nullptr, others);
    m_isWrong = shown && shown->kind == PageNotice::Kind::Wrong;
    showStrip();
}

void CareStrip::setAdmin(bool isAdmin)
{
    m_isAdmin = isAdmin;
    showStrip();
}

QString CareStrip::text() const
{
    return m_text->text();
}

void CareStrip::showStrip()
{
    m_text->setText(m_notice);
    setAccessibleName(m_notice);
    setVisible(m_isAdmin && !m_notice.isEmpty());
    update();
}

void CareStrip::paintEvent(QPaintEvent *)
{
    const Theme &theme = m_theme.theme();
    QPainter painter(this);
    painter.fillRect(rect(), m_isWrong ? theme.badSoft : theme.warnSoft);
    painter.fillRect(0, height() - 1, width(), 1, theme.line);
}

} // namespace Pagedesk::Ui
