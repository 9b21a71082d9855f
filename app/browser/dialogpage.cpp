// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/browser/dialogpage.h"

#include <QWebEngineCertificateError>
#include <QWebEngineFileSystemAccessRequest>
#include <QWebEngineNewWindowRequest>
#include <QWebEngineQuotaRequest>
#include <QWebEngineRegisterProtocolHandlerRequest>
#include <QWebEngineSettings>

namespace Pagedesk::Browser {

DialogPage::DialogPage(SiteRules rules, QWebEngineProfile *profile, QObject *parent)
    : QWebEnginePage(profile, parent)
    , m_rules(std::move(rules))
{
    restrict();
    refuseWishes();
}

void DialogPage::restrict()
{
    using Settings = QWebEngineSettings;
    for (const auto off : {Settings::PluginsEnabled, Settings::PdfViewerEnabled,
             Settings::LocalContentCanAccessRemoteUrls, Settings::LocalContentCanAccessFileUrls,
             Settings::JavascriptCanAccessClipboard, Settings::JavascriptCanPaste,
             Settings::AllowRunningInsecureContent, Settings::AllowGeolocationOnInsecureOrigins,
             Settings::FullScreenSupportEnabled, Settings::ScreenCaptureEnabled,
             Settings::HyperlinkAuditingEnabled, Settings::DnsPrefetchEnabled,
             Settings::NavigateOnDropEnabled, Settings::ErrorPageEnabled,
             Settings::AutoLoadIconsForPage})
        settings()->setAttribute(off, false);
    settings()->setAttribute(Settings::PlaybackRequiresUserGesture, true);
    settings()->setAttribute(Settings::WebRTCPublicInterfacesOnly, true);
    settings()->setUnknownUrlSchemePolicy(Settings::DisallowUnknownUrlSchemes);
}

void DialogPage::refuseWishes()
{
    connect(this, &QWebEnginePage::featurePermissionRequested, this,
        [this](const QUrl &origin, Feature feature) {
            setFeaturePermission(origin, feature, PermissionDeniedByUser);
            Q_EMIT wishRefused(Wish::Permission);
        });
    connect(this, &QWebEnginePage::fileSystemAccessRequested, this,
        [this](QWebEngineFileSystemAccessRequest request) {
            request.reject();
            Q_EMIT wishRefused(Wish::Permission);
        });
    connect(this, &QWebEnginePage::registerProtocolHandlerRequested, this,
        [](QWebEngineRegisterProtocolHandlerRequest request) { request.reject(); });
    connect(this, &QWebEnginePage::quotaRequested, this,
        [](QWebEngineQuotaRequest request) { request.reject(); });
    connect(this, &QWebEnginePage::certificateError, this,
        [](QWebEngineCertificateError error) { error.rejectCertificate(); });
    // A link meant for a window of its own opens in this one, if a person has asked for it.
    connect(this, &QWebEnginePage::newWindowRequested, this,
        [this](const QWebEngineNewWindowRequest &request) {
            const QUrl url = request.requestedUrl();
            if (!request.isUserInitiated())
                Q_EMIT wishRefused(Wish::Window);
            else if (m_rules.mayShow(url))
                load(url);
            else
                Q_EMIT leaveRefused(url);
        });
}

bool DialogPage::acceptNavigationRequest(const QUrl &url, NavigationType /*type*/, bool isMainFrame)
{
    if (!isMainFrame)
        return m_rules.mayLoad(url);
    if (m_rules.mayShow(url))
        return true;
    Q_EMIT leaveRefused(url);
    return false;
}

QStringList DialogPage::chooseFiles(FileSelectionMode /*mode*/, const QStringList & /*oldFiles*/,
    const QStringList & /*acceptedMimeTypes*/)
{
    Q_EMIT wishRefused(Wish::Upload);
    return {};
}

void DialogPage::javaScriptAlert(const QUrl & /*origin*/, const QString & /*message*/)
{
    Q_EMIT wishRefused(Wish::MessageBox);
}

bool DialogPage::javaScriptConfirm(const QUrl & /*origin*/, const QString & /*message*/)
{
    Q_EMIT wishRefused(Wish::MessageBox);
    return false;
}

bool DialogPage::javaScriptPrompt(const QUrl & /*origin*/, const QString & /*message*/,
    const QString & /*proposal*/, QString * /*result*/)
{
    Q_EMIT wishRefused(Wish::MessageBox);
    return false;
}

// Pages write addresses and more to their console; none of it belongs in a log.
void DialogPage::javaScriptConsoleMessage(JavaScriptConsoleMessageLevel /*level*/,
    const QString & /*message*/, int /*line*/, const QString & /*source*/)
{
}

} // namespace Pagedesk::Browser
