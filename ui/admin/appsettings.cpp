// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/admin/appsettings.h"

#include "ui/theme/themedlabel.h"
#include "ui/thread/displaytext.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace Pagedesk::Ui {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int Margin = 24;
constexpr int Width = 620;
constexpr int LongestField = 300;

bool isAppId(const QString &text)
{
    return !text.isEmpty()
        && std::all_of(text.begin(), text.end(), [](QChar c) { return c >= u'0' && c <= u'9'; });
}

// https://host[:port][/path], without anything else.
std::optional<QUrl> publicUrlFrom(const QString &text)
{
    QUrl url(text, QUrl::StrictMode);
    const bool fine = url.isValid() && url.scheme() == "https"_L1 && !url.host().isEmpty()
        && url.userInfo().isEmpty() && !url.hasQuery() && !url.hasFragment();
    if (!fine)
        return std::nullopt;
    while (url.path().endsWith(u'/'))
        url.setPath(url.path().chopped(1));
    return url;
}

} // namespace

AppSettings::AppSettings(const ThemeProvider &theme, LocalWorkspace &workspace, QWidget *parent)
    : QDialog(parent)
    , m_theme(theme)
    , m_workspace(workspace)
{
    setObjectName(u"appSettings"_s);
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("This workspace and Facebook"));
    m_layout = new QVBoxLayout(this);
    m_layout->setContentsMargins(Margin, Margin, Margin, Margin);
    m_layout->setSpacing(6);
    setFixedWidth(Width);
    addWords(&Fonts::body, &Theme::muted,
        tr("Facebook delivers messages to an app of yours. Make one at developers.facebook.com, "
           "add Messenger to it, and copy two things from “App settings, Basic”."));
    m_appId = addField(u"appId"_s, tr("App ID"), {});
    m_secret
        = addField(u"appSecret"_s, tr("App Secret"), tr("It stays in this computer’s keychain."));
    m_secret->setEchoMode(QLineEdit::Password);
    m_publicUrl = addField(u"publicUrl"_s, tr("Public address"),
        tr("A https address that leads to %1 on this computer, through a proxy such as Caddy or "
           "nginx; Help, “The relay”, has an example for both. Without it the login works, "
           "but no message arrives.")
            .arg(workspace.address().toString()));
    m_publicUrl->setPlaceholderText(u"https://pagedesk.example.org"_s);
    m_layout->addSpacing(8);
    addWords(&Fonts::secondaryStrong, &Theme::text, tr("To be entered in the app’s dashboard"));
    m_callback = addField(u"callbackUrl"_s, tr("Messenger, Webhooks: Callback URL"), {});
    m_verifyToken = addField(u"verifyToken"_s, tr("Messenger, Webhooks: Verify token"), {});
    m_redirect = addField(
        u"redirectUrl"_s, tr("Facebook Login, Settings: valid OAuth redirect address"), {});
    for (QLineEdit *shown : {m_callback, m_verifyToken, m_redirect})
        shown->setReadOnly(true);
    m_problem = new ThemedLabel(theme, &Fonts::secondary, &Theme::bad, this);
    m_problem->setObjectName(u"appProblem"_s);
    m_problem->setWordWrap(true);
    m_layout->addWidget(m_problem);
    m_save = new QPushButton(tr("Save"), this);
    m_save->setObjectName(u"saveApp"_s);
    m_save->setProperty("kind", u"primary"_s);
    auto *cancel = new QPushButton(tr("Cancel"), this);
    cancel->setAutoDefault(false);
    auto *buttons = new QHBoxLayout;
    buttons->addStretch(1);
    buttons->addWidget(cancel);
    buttons->addWidget(m_save);
    m_layout->addLayout(buttons);
    connect(cancel, &QAbstractButton::clicked, this, &QDialog::reject);
    connect(m_save, &QAbstractButton::clicked, this, &AppSettings::save);
    connect(m_publicUrl, &QLineEdit::textChanged, this, &AppSettings::showAddresses);
    showAddresses();
    workspace.appSettings().then(this, [this](const Result<LocalWorkspace::AppSettings> &known) {
        if (known)
            fill(*known);
        else
            m_problem->setText(displayLine(known.error().detail));
    });
}

// As high as its words need at this width; a dialog does not ask for that by itself.
bool AppSettings::event(QEvent *event)
{
    if (event->type() == QEvent::LayoutRequest || event->type() == QEvent::Show)
        setFixedHeight(m_layout->totalHeightForWidth(Width));
    return QDialog::event(event);
}

QLineEdit *AppSettings::addField(const QString &name, const QString &caption, const QString &hint)
{
    addWords(&Fonts::secondaryStrong, &Theme::text, caption);
    auto *field = new QLineEdit(this);
    field->setObjectName(name);
    field->setAccessibleName(caption);
    field->setMaxLength(LongestField);
    m_layout->addWidget(field);
    if (!hint.isEmpty())
        addWords(&Fonts::meta, &Theme::muted, hint);
    return field;
}

void AppSettings::addWords(QFont Fonts::*font, QColor Theme::*colour, const QString &text)
{
    auto *label = new ThemedLabel(m_theme, font, colour, this);
    label->setText(text);
    label->setWordWrap(true);
    m_layout->addWidget(label);
}

void AppSettings::fill(const LocalWorkspace::AppSettings &settings)
{
    m_known = settings;
    m_appId->setText(settings.appId);
    m_secret->setText(QString::fromUtf8(settings.appSecret.reveal()));
    m_publicUrl->setText(settings.publicUrl.toString());
    m_verifyToken->setText(QString::fromUtf8(settings.verifyToken.reveal()));
    showAddresses();
}

void AppSettings::showAddresses()
{
    const auto url = publicUrlFrom(m_publicUrl->text().trimmed());
    const QString base = url ? url->toString() : tr("(needs the public address)");
    m_callback->setText(url ? base + u"/webhooks/messenger"_s : base);
    m_redirect->setText((url ? base : m_workspace.address().toString()) + u"/oauth/callback"_s);
}

void AppSettings::save()
{
    const QString address = m_publicUrl->text().trimmed();
    const auto url = publicUrlFrom(address);
    LocalWorkspace::AppSettings settings = m_known;
    settings.appId = m_appId->text().trimmed();
    settings.appSecret = Secret(m_secret->text().trimmed().toUtf8());
    settings.publicUrl = url.value_or(QUrl());
    if (!isAppId(settings.appId)) {
        m_problem->setText(tr("The App ID is a number."));
        return;
    }
    if (settings.appSecret.isEmpty() || settings.appSecret.reveal().contains(',')) {
        m_problem->setText(tr("The App Secret is missing, or holds more than one."));
        return;
    }
    if (!address.isEmpty() && !url) {
        m_problem->setText(tr("The public address has to begin with https:// and name a host."));
        return;
    }
    m_problem->clear();
    m_save->setEnabled(false);
    m_workspace.useApp(settings).then(this, [this](const Result<> &used) {
        m_save->setEnabled(true);
        if (!used) {
            m_problem->setText(displayLine(used.error().detail));
            return;
        }
        Q_EMIT saved();
        accept();
    });
}

} // namespace Pagedesk::Ui
