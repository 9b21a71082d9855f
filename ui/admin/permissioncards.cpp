// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/admin/permissioncards.h"

#include "ui/admin/connectwords.h"
#include "ui/theme/scrollarea.h"
#include "ui/theme/themedlabel.h"
#include "ui/thread/displaytext.h"

#include <QPushButton>
#include <QVBoxLayout>

namespace Pagedesk::Ui {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int LongestName = 80;

} // namespace

PermissionCards::PermissionCards(const ThemeProvider &theme, QWidget *parent)
    : QScrollArea(parent)
{
    setObjectName(u"permissionCards"_s);
    makeColumn(*this);
    auto *inner = new QWidget;
    auto *layout = new QVBoxLayout(inner);
    layout->setContentsMargins(0, 0, Metrics::Gutter, 0);
    layout->setSpacing(4);
    const auto words
        = [&theme, inner, layout](QFont Fonts::*font, QColor Theme::*colour, const QString &text) {
              auto *label = new ThemedLabel(theme, font, colour, inner);
              label->setText(text);
              label->setWordWrap(true);
              layout->addWidget(label);
          };
    words(&Fonts::heading, &Theme::text, tr("Facebook will ask you to allow this"));
    words(&Fonts::secondary, &Theme::muted,
        tr("Pagedesk never sees your password. You can take everything back at Facebook at any "
           "time."));
    auto *logins = new QWidget(inner);
    m_logins = new QVBoxLayout(logins);
    m_logins->setContentsMargins(0, 8, 0, 0);
    m_logins->setSpacing(8);
    layout->addWidget(logins);
    for (const LoginPermission &permission : loginPermissions()) {
        const PermissionWords card = permissionWords(QString::fromLatin1(permission.name));
        layout->addSpacing(Metrics::Gutter);
        words(&Fonts::bodyStrong, &Theme::text, card.title);
        words(&Fonts::secondary, &Theme::text, card.why);
        words(&Fonts::secondary, &Theme::muted, card.limits);
    }
    layout->addStretch(1);
    setWidget(inner);
}

void PermissionCards::setLogins(const QList<FacebookLogin> &logins)
{
    while (QLayoutItem *item = m_logins->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    for (const FacebookLogin &login : logins) {
        if (!login.valid)
            continue; // a new login takes its place
        QString name = displayLine(login.name, LongestName);
        auto *button
            = new QPushButton(tr("Choose Pages of %1").arg(name.replace(u'&', u"&&"_s)), widget());
        button->setObjectName(u"login-"_s + login.id);
        button->setAutoDefault(false);
        m_logins->addWidget(button, 0, Qt::AlignLeft);
        connect(button, &QAbstractButton::clicked, this,
            [this, id = login.id] { Q_EMIT loginChosen(id); });
    }
}

} // namespace Pagedesk::Ui
