// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/admin/manualform.h"

#include "ui/theme/themedlabel.h"

#include <QLineEdit>
#include <QVBoxLayout>

namespace Pagedesk::Ui {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int LongestId = 32;
constexpr int LongestSecret = 200;
constexpr int LongestToken = 4000;

} // namespace

ManualForm::ManualForm(const ThemeProvider &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    m_appId = addField(tr("App ID"), tr("Meta’s app dashboard, App settings, Basic"), false);
    m_appId->setMaxLength(LongestId);
    m_appId->setObjectName(u"manualAppId"_s);
    m_appSecret = addField(tr("App Secret"), tr("On the same page, under “Show”"), true);
    m_appSecret->setMaxLength(LongestSecret);
    m_appSecret->setObjectName(u"manualAppSecret"_s);
    m_token = addField(tr("Page access token"),
        tr("Messenger settings of the app, “Generate token”. Make it from a long-lived login."),
        true);
    m_token->setMaxLength(LongestToken);
    m_token->setObjectName(u"manualToken"_s);
    layout->addStretch(1);
}

QLineEdit *ManualForm::addField(const QString &name, const QString &hint, bool secret)
{
    auto *caption = new ThemedLabel(m_theme, &Fonts::secondaryStrong, &Theme::text, this);
    caption->setText(name);
    auto *field = new QLineEdit(this);
    field->setAccessibleName(name);
    field->setAccessibleDescription(hint);
    if (secret)
        field->setEchoMode(QLineEdit::Password);
    auto *words = new ThemedLabel(m_theme, &Fonts::meta, &Theme::muted, this);
    words->setText(hint);
    words->setWordWrap(true);
    auto *rows = static_cast<QVBoxLayout *>(layout());
    rows->addWidget(caption);
    rows->addWidget(field);
    rows->addWidget(words);
    rows->addSpacing(Metrics::Gutter);
    connect(field, &QLineEdit::textChanged, this, &ManualForm::changed);
    connect(field, &QLineEdit::returnPressed, this, &ManualForm::submitted);
    return field;
}

bool ManualForm::isComplete() const
{
    return !m_token->text().trimmed().isEmpty() && !m_appId->text().trimmed().isEmpty()
        && !m_appSecret->text().trimmed().isEmpty();
}

Wire::ManualPage ManualForm::page() const
{
    return {Secret(m_token->text().trimmed().toUtf8()), m_appId->text().trimmed(),
        Secret(m_appSecret->text().trimmed().toUtf8())};
}

void ManualForm::clear()
{
    for (QLineEdit *field : {m_token, m_appId, m_appSecret})
        field->clear();
}

} // namespace Pagedesk::Ui
