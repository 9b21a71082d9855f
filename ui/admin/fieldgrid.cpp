// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/admin/fieldgrid.h"

#include "models/messenger/webhookfields.h"
#include "ui/admin/connectionresults.h"
#include "ui/theme/scrollarea.h"
#include "ui/theme/themedlabel.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

namespace Pagedesk::Ui {

using namespace Qt::Literals::StringLiterals;

QString fieldPurpose(const QString &field)
{
    const QHash<QString, QString> purposes{
        {u"messages"_s, FieldGrid::tr("what customers write")},
        {u"message_echoes"_s, FieldGrid::tr("replies, also those made elsewhere")},
        {u"message_edits"_s, FieldGrid::tr("messages that are changed afterwards")},
        {u"message_reactions"_s, FieldGrid::tr("hearts and other reactions")},
        {u"message_deliveries"_s, FieldGrid::tr("replies that have arrived")},
        {u"message_reads"_s, FieldGrid::tr("replies that were read")},
        {u"messaging_postbacks"_s, FieldGrid::tr("buttons that customers tap")},
        {u"messaging_optins"_s, FieldGrid::tr("customers who permit messages")},
        {u"messaging_referrals"_s, FieldGrid::tr("links and advertisements they come by")},
        {u"messaging_handovers"_s, FieldGrid::tr("conversations passed between apps")},
        {u"standby"_s, FieldGrid::tr("messages while another app has the conversation")},
        {u"messaging_optouts"_s, FieldGrid::tr("customers who want no more messages")},
        {u"messaging_policy_enforcement"_s, FieldGrid::tr("warnings and blocks by Facebook")},
        {u"messaging_account_linking"_s, FieldGrid::tr("accounts that customers link")},
        {u"messaging_feedback"_s, FieldGrid::tr("answers to surveys")},
        {u"messaging_customer_information"_s, FieldGrid::tr("answers to forms")},
        {u"business_integrity"_s, FieldGrid::tr("restrictions of the Page")},
        {u"inbox_labels"_s, FieldGrid::tr("labels set in Facebook's inbox")},
        {u"feed"_s, FieldGrid::tr("comments on posts")},
        {u"mention"_s, FieldGrid::tr("posts that name the Page")},
        {u"message_template_status_update"_s,
            FieldGrid::tr("templates that are approved or refused")},
    };
    return purposes.value(field);
}

FieldGrid::FieldGrid(const ThemeProvider &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
{
    setObjectName(u"fieldGrid"_s);
    auto *area = new QScrollArea(this);
    makeColumn(*area);
    area->setAccessibleName(tr("What Facebook delivers"));
    auto *inner = new QWidget;
    auto *grid = new QGridLayout(inner);
    grid->setContentsMargins(0, 0, Metrics::Gutter, 0);
    grid->setHorizontalSpacing(Metrics::WideGutter);
    grid->setVerticalSpacing(6);
    grid->setColumnStretch(1, 1);
    const QStringList needed = subscriptionFields(true);
    for (const QString &field : subscriptionFields(false))
        addField(*grid, field, needed.contains(field));
    grid->setRowStretch(grid->rowCount(), 1);
    area->setWidget(inner);
    m_result = new ThemedLabel(theme, &Fonts::secondary, &Theme::text, this);
    m_result->setObjectName(u"fieldResult"_s);
    m_result->setWordWrap(true);
    m_repair = new QPushButton(tr("Order everything again"), this);
    m_repair->setObjectName(u"orderFields"_s);
    m_repair->setAutoDefault(false);
    connect(m_repair, &QAbstractButton::clicked, this, &FieldGrid::repairRequested);
    auto *foot = new QHBoxLayout;
    foot->setSpacing(8);
    foot->addWidget(m_result, 1);
    foot->addWidget(m_repair, 0, Qt::AlignTop);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, Metrics::Gutter, 0, 0);
    layout->setSpacing(Metrics::Gutter);
    layout->addWidget(area, 1);
    layout->addLayout(foot);
}

void FieldGrid::addField(QGridLayout &grid, const QString &field, bool needed)
{
    const auto label = [this](QFont Fonts::*font, QColor Theme::*colour, const QString &text) {
        auto *made = new ThemedLabel(m_theme, font, colour);
        made->setText(text);
        return made;
    };
    const int row = m_ordered.isEmpty() ? 0 : grid.rowCount();
    auto *purpose = label(&Fonts::secondary, &Theme::text, fieldPurpose(field));
    purpose->setWordWrap(true);
    auto *ordered = label(&Fonts::secondaryStrong, &Theme::faint, u"–"_s);
    ordered->setObjectName(u"field-"_s + field);
    ordered->setAccessibleName(field);
    grid.addWidget(ordered, row, 0, Qt::AlignTop);
    grid.addWidget(purpose, row, 1);
    grid.addWidget(label(&Fonts::meta, &Theme::muted, field), row, 2, Qt::AlignTop);
    grid.addWidget(label(&Fonts::meta, &Theme::faint, needed ? tr("needed") : tr("wanted")), row, 3,
        Qt::AlignTop);
    ordered->setProperty("needed", needed);
    m_ordered.insert(field, ordered);
}

void FieldGrid::setBusy()
{
    m_repair->setEnabled(false);
    say(tr("Asking Facebook…"), false);
}

void FieldGrid::setFields(const Result<Wire::PageFields> &fields, bool repaired)
{
    m_repair->setEnabled(true);
    if (!fields) {
        say(connectingErrorText(fields.error()), true);
        return;
    }
    if (fields->askedAt == 0) {
        say(tr("Facebook cannot be asked while the Page has no login."), true);
        return;
    }
    for (auto it = m_ordered.cbegin(); it != m_ordered.cend(); ++it) {
        const bool isOrdered = fields->ordered.contains(it.key());
        const bool isNeeded = it.value()->property("needed").toBool();
        it.value()->setText(isOrdered ? tr("✓ ordered") : tr("✗ not ordered"));
        it.value()->setColour(isOrdered ? &Theme::ok : isNeeded ? &Theme::bad : &Theme::warn);
    }
    const QStringList lacking = lackingFields(fields->ordered);
    if (!lacking.isEmpty())
        say(tr("Facebook does not deliver %1.").arg(lacking.join(u", "_s)), true);
    else if (repaired)
        say(tr("Ordered again: everything that is needed is delivered."), false);
    else
        say(tr("Everything that is needed is delivered."), false);
}

void FieldGrid::say(const QString &sentence, bool isWrong)
{
    m_result->setText(sentence);
    m_result->setColour(isWrong ? &Theme::bad : &Theme::text);
}

} // namespace Pagedesk::Ui
