// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/sandbox/formclient.h"

#include <QRegularExpression>

using namespace Qt::Literals::StringLiterals;

namespace {

QString unescaped(QString text)
{
    return text.replace("&lt;"_L1, "<"_L1)
        .replace("&gt;"_L1, ">"_L1)
        .replace("&quot;"_L1, "\""_L1)
        .replace("&#39;"_L1, "'"_L1)
        .replace("&amp;"_L1, "&"_L1);
}

QString attribute(const QString &tag, const QString &name)
{
    const QRegularExpression pattern(u"\\s%1=\"([^\"]*)\""_s.arg(name));
    return unescaped(pattern.match(tag).captured(1));
}

QByteArray pair(const QString &name, const QString &value)
{
    return QUrl::toPercentEncoding(name) + '=' + QUrl::toPercentEncoding(value);
}

} // namespace

void FormClient::open(const QMap<QString, QString> &parameters)
{
    QMap<QString, QString> all{{u"client_id"_s, u"330011"_s}, {u"redirect_uri"_s, RedirectUri},
        {u"state"_s, u"8f2c"_s},
        {u"scope"_s,
            u"pages_show_list,pages_messaging,pages_manage_metadata,pages_read_engagement,"
            "business_management"_s}};
    all.insert(parameters);
    QByteArrayList query;
    for (auto it = all.begin(); it != all.end(); ++it)
        query.append(pair(it.key(), it.value()));
    m_address = u"/v26.0/dialog/oauth?"_s + QString::fromLatin1(query.join('&'));
    take(m_sandbox.get(m_address));
}

bool FormClient::press(const QString &button)
{
    for (const Button &each : std::as_const(m_buttons)) {
        if (each.text != button)
            continue;
        QByteArrayList body;
        for (const auto &[name, value] : std::as_const(m_hidden))
            body.append(pair(name, value));
        for (auto it = m_boxes.begin(); it != m_boxes.end(); ++it) {
            if (it.value())
                body.append(pair(it.key(), u"on"_s));
        }
        body.append(pair(each.name, each.value));
        take(m_sandbox.post(m_address, body.join('&'), "application/x-www-form-urlencoded"));
        return true;
    }
    return false;
}

bool FormClient::passBy(const QString &person)
{
    if (!press(person))
        return false;
    constexpr int MostPages = 10;
    for (int i = 0; i < MostPages && returned().isEmpty(); ++i) {
        if (m_buttons.isEmpty() || !press(m_buttons.constFirst().text))
            return false;
    }
    return !returned().isEmpty();
}

QStringList FormClient::buttons() const
{
    QStringList texts;
    for (const Button &each : m_buttons)
        texts.append(each.text);
    return texts;
}

QUrl FormClient::returned() const
{
    return QUrl::fromEncoded(m_answer.headers.value("location"));
}

QString FormClient::returned(const QString &parameter) const
{
    return QUrlQuery(returned()).queryItemValue(parameter, QUrl::FullyDecoded);
}

void FormClient::take(const HttpAnswer &answer)
{
    static const QRegularExpression Input(u"<input [^>]*>"_s);
    static const QRegularExpression Press(u"<button [^>]*>([^<]*)</button>"_s);
    m_answer = answer;
    m_hidden.clear();
    m_boxes.clear();
    m_buttons.clear();
    auto inputs = Input.globalMatch(text());
    while (inputs.hasNext()) {
        const QString tag = inputs.next().captured();
        if (attribute(tag, u"type"_s) == "hidden"_L1)
            m_hidden.append({attribute(tag, u"name"_s), attribute(tag, u"value"_s)});
        else
            m_boxes.insert(attribute(tag, u"name"_s), tag.contains(" checked"_L1));
    }
    auto presses = Press.globalMatch(text());
    while (presses.hasNext()) {
        const auto match = presses.next();
        const QString tag = match.captured();
        m_buttons.append(
            {unescaped(match.captured(1)), attribute(tag, u"name"_s), attribute(tag, u"value"_s)});
    }
}
