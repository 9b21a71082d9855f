// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/desk/pageconnections.h"

namespace Pagedesk {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto Patience = 120s; // the relay asks Meta before it answers, for many Pages in turn

QString parameter(const QString &value)
{
    return QString::fromLatin1(QUrl::toPercentEncoding(value));
}

} // namespace

PageConnections::PageConnections(QObject *parent)
    : QObject(parent)
{
}

void PageConnections::setSource(const QUrl &relay, const Secret &token)
{
    m_http.setSource(relay, token);
}

template <typename T>
Task<T> PageConnections::ask(const QByteArray &method, const QString &route, const QByteArray &body,
    Result<T> (*decode)(const QByteArray &))
{
    return m_http.ask(method, QLatin1StringView(Wire::ConnectPath) + route, body, Patience)
        .andThen(
            this, [decode](const QByteArray &answer) { return Task<T>::finished(decode(answer)); });
}

Task<Wire::LoginBegun> PageConnections::beginLogin(bool askAgain)
{
    return ask(
        "POST", u"login"_s, Wire::encode(Wire::BeginLogin{askAgain}), Wire::decodeLoginBegun);
}

Task<Wire::LoginProgress> PageConnections::progressOf(const QString &attemptId)
{
    return ask("GET", u"login?id="_s + parameter(attemptId), {}, Wire::decodeLoginProgress);
}

Task<Wire::Logins> PageConnections::logins()
{
    return ask("GET", u"logins"_s, {}, Wire::decodeLogins);
}

Task<Wire::PageOffer> PageConnections::offerOf(const QString &loginId)
{
    return ask("GET", u"pages?login="_s + parameter(loginId), {}, Wire::decodePageOffer);
}

Task<Wire::PagesConnected> PageConnections::connectPages(const Wire::ConnectPages &chosen)
{
    return ask("POST", u"pages"_s, Wire::encode(chosen), Wire::decodePagesConnected);
}

Task<Wire::PagesConnected> PageConnections::connectByHand(const Wire::ManualPage &manual)
{
    return ask("POST", u"manual"_s, Wire::encode(manual), Wire::decodePagesConnected);
}

Task<Wire::PageFields> PageConnections::checkPage(const PageId &page)
{
    return ask("POST", u"check"_s, Wire::encode(Wire::PageChoice{page}), Wire::decodePageFields);
}

Task<Wire::PageFields> PageConnections::orderFields(const PageId &page)
{
    return ask("POST", u"fields"_s, Wire::encode(Wire::PageChoice{page}), Wire::decodePageFields);
}

Task<Wire::Diagnosis> PageConnections::diagnose(const PageId &page)
{
    return ask("POST", u"doctor"_s, Wire::encode(Wire::PageChoice{page}), Wire::decodeDiagnosis);
}

} // namespace Pagedesk
