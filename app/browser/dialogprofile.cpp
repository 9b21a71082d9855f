// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/browser/dialogprofile.h"

#include <QLocale>
#include <QWebEngineDownloadRequest>
#include <QWebEngineUrlRequestInterceptor>

namespace Pagedesk::Browser {

using namespace Qt::Literals::StringLiterals;

namespace {

// The second lock behind DialogPage::acceptNavigationRequest(), and the only one for parts of
// pages.
class Gate : public QWebEngineUrlRequestInterceptor {
    Q_OBJECT

public:
    Gate(SiteRules rules, QObject *parent)
        : QWebEngineUrlRequestInterceptor(parent)
        , m_rules(std::move(rules))
    {
    }

    void interceptRequest(QWebEngineUrlRequestInfo &info) override
    {
        const QUrl url = info.requestUrl();
        const bool isWhole = info.resourceType() == QWebEngineUrlRequestInfo::ResourceTypeMainFrame;
        if (!(isWhole ? m_rules.mayShow(url) : m_rules.mayLoad(url)))
            info.block(true);
    }

private:
    SiteRules m_rules;
};

} // namespace

DialogProfile::DialogProfile(const SiteRules &rules, QObject *parent)
    : QWebEngineProfile(parent) // without a name: off the record
{
    setHttpCacheType(MemoryHttpCache);
    setPersistentCookiesPolicy(NoPersistentCookies);
    setSpellCheckEnabled(false);
    if (QLocale::system().language() != QLocale::C)
        setHttpAcceptLanguage(QLocale::system().uiLanguages().join(u','));
    setUrlRequestInterceptor(new Gate(rules, this));
    connect(this, &QWebEngineProfile::downloadRequested, this,
        [this](QWebEngineDownloadRequest *download) {
            download->cancel();
            Q_EMIT downloadRefused();
        });
}

} // namespace Pagedesk::Browser

#include "dialogprofile.moc"
