// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/admin/connectionresults.h"

#include "ui/errortext.h"
#include "ui/theme/scrollarea.h"
#include "ui/theme/themedlabel.h"
#include "ui/thread/displaytext.h"

#include <QVBoxLayout>

namespace Pagedesk::Ui {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int LongestName = 120;

} // namespace

// What the relay refuses comes with a sentence for people; everything else has words of its own.
QString connectingErrorText(const Error &error)
{
    using Kind = Error::Kind;
    const bool isSentence = error.kind == Kind::Rejected || error.kind == Kind::Conflict
        || error.kind == Kind::NotFound;
    return isSentence && error.detail.endsWith(u'.') ? error.detail : errorText(error);
}

ConnectionResults::ConnectionResults(const ThemeProvider &theme, QWidget *parent)
    : QScrollArea(parent)
    , m_theme(theme)
{
    makeColumn(*this);
    auto *inner = new QWidget;
    auto *layout = new QVBoxLayout(inner);
    layout->setContentsMargins(0, 0, Metrics::Gutter, 0);
    layout->setSpacing(Metrics::Gutter);
    auto *results = new QWidget(inner);
    m_results = new QVBoxLayout(results);
    m_results->setContentsMargins(0, 0, 0, 0);
    m_results->setSpacing(8);
    layout->addWidget(results);
    m_progress = new ThemedLabel(theme, &Fonts::body, &Theme::text, inner);
    m_progress->setObjectName(u"connectProgress"_s);
    m_progress->setWordWrap(true);
    layout->addWidget(m_progress);
    layout->addStretch(1);
    setWidget(inner);
}

void ConnectionResults::setResults(const QList<Wire::ConnectedPage> &pages)
{
    while (QLayoutItem *item = m_results->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    m_progress->clear();
    for (const Wire::ConnectedPage &page : pages) {
        const QString name
            = displayLine(page.name.isEmpty() ? page.id.value : page.name, LongestName);
        auto *label = new ThemedLabel(
            m_theme, &Fonts::body, page.error ? &Theme::bad : &Theme::text, widget());
        label->setWordWrap(true);
        label->setText(page.error
                ? tr("%1 was not connected. %2").arg(name, connectingErrorText(*page.error))
                : tr("%1 is connected.").arg(name));
        m_results->addWidget(label);
    }
}

void ConnectionResults::setProgress(const QString &sentence)
{
    m_progress->setText(sentence);
}

} // namespace Pagedesk::Ui
