// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/e2e/dialogbrowser.h"

#include <QEventLoop>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QRegularExpression>

#include <algorithm>

namespace Pagedesk::Tests {

namespace {

using namespace Qt::Literals::StringLiterals;

constexpr int MostSteps = 20;

QString decoded(QString text)
{
    return text.replace(u"&lt;"_s, u"<"_s)
        .replace(u"&gt;"_s, u">"_s)
        .replace(u"&quot;"_s, u"\u0022"_s)
        .replace(u"&amp;"_s, u"&"_s);
}

QString attribute(const QString &tag, const QString &name)
{
    const QRegularExpression pattern(u"\\s%1=\u0022([^\u0022]*)\u0022"_s.arg(name));
    return decoded(pattern.match(tag).captured(1));
}

} // namespace

DialogBrowser::DialogBrowser()
    : m_network(std::make_unique<QNetworkAccessManager>())
{
}

DialogBrowser::~DialogBrowser() = default;

void DialogBrowser::open(const QUrl &url)
{
    m_stopped = false;
    load("GET", url, {});
}

void DialogBrowser::load(const QByteArray &method, QUrl url, const QByteArray &body)
{
    QByteArray verb = method;
    for (int step = 0; step < MostSteps; ++step) {
        m_url = url;
        const QString shown = url.toString();
        m_stopped = !m_stop.isEmpty() && shown.startsWith(m_stop.toString());
        if (m_stopped)
            return;
        QNetworkRequest request(url);
        request.setAttribute(
            QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
        request.setHeader(
            QNetworkRequest::ContentTypeHeader, u"application/x-www-form-urlencoded"_s);
        request.setTransferTimeout(30'000);
        const std::unique_ptr<QNetworkReply> reply(
            m_network->sendCustomRequest(request, verb, verb == "POST" ? body : QByteArray()));
        QEventLoop loop;
        QObject::connect(reply.get(), &QNetworkReply::finished, &loop, &QEventLoop::quit);
        loop.exec();
        m_status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
        const QUrl next = reply->attribute(QNetworkRequest::RedirectionTargetAttribute).toUrl();
        if (next.isEmpty()) {
            m_page = QString::fromUtf8(reply->readAll());
            readForm();
            return;
        }
        url = url.resolved(next);
        verb = "GET";
    }
}

void DialogBrowser::readForm()
{
    m_fields.clear();
    m_action = m_url;
    static const QRegularExpression Form(u"<form\\b[^>]*>"_s);
    static const QRegularExpression Part(u"<(input)\\b[^>]*>|<(button)\\b[^>]*>(.*?)</button>"_s,
        QRegularExpression::DotMatchesEverythingOption);
    if (const QString action = attribute(Form.match(m_page).captured(0), u"action"_s);
        !action.isEmpty())
        m_action = m_url.resolved(QUrl(action));
    for (auto it = Part.globalMatch(m_page); it.hasNext();) {
        const auto match = it.next();
        const QString tag = match.captured(0);
        Field field{attribute(tag, u"name"_s), attribute(tag, u"value"_s), {}};
        if (match.captured(2) == u"button") {
            field.isButton = true;
            field.isChosen = false;
            field.words = decoded(match.captured(3)).simplified();
        } else if (const QString type = attribute(tag, u"type"_s);
                   type == u"checkbox" || type == u"radio") {
            field.isChosen = tag.contains(u" checked"_s);
        }
        m_fields.append(field);
    }
}

QStringList DialogBrowser::buttons() const
{
    QStringList words;
    for (const Field &field : m_fields) {
        if (field.isButton)
            words.append(field.words);
    }
    return words;
}

bool DialogBrowser::setTick(const QString &value, bool ticked)
{
    for (Field &field : m_fields) {
        if (!field.isButton && field.value == value) {
            field.isChosen = ticked;
            return true;
        }
    }
    return false;
}

bool DialogBrowser::press(const QString &words)
{
    const auto pressed = std::find_if(m_fields.cbegin(), m_fields.cend(),
        [&words](const Field &field) { return field.isButton && field.words == words; });
    if (pressed == m_fields.cend())
        return false;
    QByteArray body;
    const auto add = [&body](const Field &field) {
        if (field.name.isEmpty())
            return;
        body += body.isEmpty() ? "" : "&";
        body += field.name.toUtf8().toPercentEncoding() + '='
            + field.value.toUtf8().toPercentEncoding();
    };
    for (const Field &field : std::as_const(m_fields)) {
        if (field.isChosen)
            add(field);
    }
    add(*pressed);
    load("POST", m_action, body);
    return true;
}

void DialogBrowser::goThrough()
{
    for (int step = 0; step < MostSteps && !m_stopped; ++step) {
        const QStringList offered = buttons();
        const auto on = std::find_if(offered.begin(), offered.end(),
            [](const QString &words) { return words != u"Cancel" && words != u"Back"; });
        if (on == offered.end() || !press(*on))
            return;
    }
}

} // namespace Pagedesk::Tests
