// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/graph/httpclient.h"

#include "app/relay/graph/publicaddress.h"

#include <QFile>

#include <curl/curl.h>

#include <memory>

namespace Pagedesk::Relay {

namespace {

constexpr int ParallelCalls = 24;

struct Transfer {
    const HttpCall &call;
    HttpAnswer answer;
    bool tooLarge = false;
    bool forbidden = false;
};

size_t receiveBody(char *bytes, size_t size, size_t count, void *data)
{
    auto &transfer = *static_cast<Transfer *>(data);
    const auto length = static_cast<qsizetype>(size) * static_cast<qsizetype>(count);
    if (transfer.answer.body.size() + length > transfer.call.answerLimit) {
        transfer.tooLarge = true;
        return 0;
    }
    transfer.answer.body.append(bytes, length);
    return size * count;
}

size_t receiveHeader(char *bytes, size_t size, size_t count, void *data)
{
    auto &transfer = *static_cast<Transfer *>(data);
    const QByteArray line(bytes, static_cast<qsizetype>(size * count));
    const qsizetype colon = line.indexOf(':');
    if (colon > 0 && line.size() < 16 * 1024) {
        const QByteArray name = line.first(colon).toLower();
        if (name == "x-business-use-case-usage")
            transfer.answer.usage = line.sliced(colon + 1).trimmed();
        else if (name == "facebook-api-version")
            transfer.answer.version = line.sliced(colon + 1).trimmed();
        else if (name == "x-app-usage")
            transfer.answer.appUsage = line.sliced(colon + 1).trimmed();
        else if (name == "content-type")
            transfer.answer.contentType = line.sliced(colon + 1).trimmed();
    }
    return size * count;
}

// Called with the address that was resolved and is about to be used, so that nothing can change
// between the check and the connection.
curl_socket_t openSocket(void *data, curlsocktype, curl_sockaddr *address)
{
    auto &transfer = *static_cast<Transfer *>(data);
    if (transfer.call.destinations == HttpCall::Destinations::PublicOnly
        && !isPublicAddress(&address->addr)) {
        transfer.forbidden = true;
        return CURL_SOCKET_BAD;
    }
    return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

Error errorOf(CURLcode code, const Transfer &transfer)
{
    if (transfer.forbidden)
        return {Error::Kind::Forbidden, QStringLiteral("the address is not a public one")};
    if (transfer.tooLarge)
        return {Error::Kind::TooLarge, QStringLiteral("the answer is longer than allowed")};
    const QString text = QString::fromUtf8(curl_easy_strerror(code));
    switch (code) {
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY:
    case CURLE_COULDNT_CONNECT:
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_URL_MALFORMAT:
        return {Error::Kind::Offline, text};
    case CURLE_OPERATION_TIMEDOUT:
        return {Error::Kind::Timeout, text};
    default:
        return {Error::Kind::Protocol, text};
    }
}

using Handle = std::unique_ptr<CURL, decltype(&curl_easy_cleanup)>;
using HeaderList = std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)>;
using Form = std::unique_ptr<curl_mime, decltype(&curl_mime_free)>;

Form formOf(CURL *handle, const QList<HttpCall::FormPart> &parts)
{
    Form form(curl_mime_init(handle), &curl_mime_free);
    for (const HttpCall::FormPart &each : parts) {
        curl_mimepart *part = curl_mime_addpart(form.get());
        curl_mime_name(part, each.name.constData());
        if (each.file.isEmpty()) {
            curl_mime_data(part, each.value.constData(), static_cast<size_t>(each.value.size()));
            continue;
        }
        curl_mime_filedata(part, QFile::encodeName(each.file).constData());
        curl_mime_filename(part, each.fileName.constData());
        curl_mime_type(part, each.mimeType.constData());
    }
    return form;
}

void configure(CURL *handle, const HttpCall &call, Transfer &transfer, curl_slist *headers)
{
    curl_easy_setopt(handle, CURLOPT_URL, call.url.toEncoded().constData());
    curl_easy_setopt(handle, CURLOPT_CUSTOMREQUEST, call.method.constData());
    curl_easy_setopt(handle, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(handle, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
    curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(handle, CURLOPT_FRESH_CONNECT, 1L);
    curl_easy_setopt(handle, CURLOPT_FORBID_REUSE, 1L);
    curl_easy_setopt(handle, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(handle, CURLOPT_TIMEOUT_MS, static_cast<long>(call.timeoutMs));
    curl_easy_setopt(handle, CURLOPT_CONNECTTIMEOUT_MS, 5000L);
    curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, &receiveBody);
    curl_easy_setopt(handle, CURLOPT_WRITEDATA, &transfer);
    curl_easy_setopt(handle, CURLOPT_HEADERFUNCTION, &receiveHeader);
    curl_easy_setopt(handle, CURLOPT_HEADERDATA, &transfer);
    curl_easy_setopt(handle, CURLOPT_OPENSOCKETFUNCTION, &openSocket);
    curl_easy_setopt(handle, CURLOPT_OPENSOCKETDATA, &transfer);
    // Through a proxy the address that is checked would be the proxy's.
    if (call.destinations == HttpCall::Destinations::PublicOnly)
        curl_easy_setopt(handle, CURLOPT_PROXY, "");
    if (call.method != "GET" && call.form.isEmpty()) {
        curl_easy_setopt(handle, CURLOPT_POSTFIELDS, call.body.constData());
        curl_easy_setopt(
            handle, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(call.body.size()));
    }
}

Result<HttpAnswer> perform(const HttpCall &call)
{
    const Handle handle(curl_easy_init(), &curl_easy_cleanup);
    if (!handle)
        return failure(Error::Kind::Offline, QStringLiteral("cannot make a request"));
    // An empty Expect keeps curl from waiting for "100 Continue".
    HeaderList headers(curl_slist_append(nullptr, "Expect:"), &curl_slist_free_all);
    const auto add = [&headers](const QByteArray &line) {
        headers.reset(curl_slist_append(headers.release(), line.constData()));
    };
    if (call.method != "GET" && call.form.isEmpty())
        add("Content-Type: " + call.contentType);
    for (const QByteArray &line : call.headers)
        add(line);
    Transfer transfer{call, {}, false, false};
    configure(handle.get(), call, transfer, headers.get());
    const Form form = formOf(handle.get(), call.form);
    if (!call.form.isEmpty())
        curl_easy_setopt(handle.get(), CURLOPT_MIMEPOST, form.get());
    const CURLcode code = curl_easy_perform(handle.get());
    if (code != CURLE_OK)
        return failure(errorOf(code, transfer));
    long status = 0;
    curl_easy_getinfo(handle.get(), CURLINFO_RESPONSE_CODE, &status);
    transfer.answer.status = static_cast<int>(status);
    return transfer.answer;
}

} // namespace

HttpClient::HttpClient(QObject *parent)
    : QObject(parent)
{
    static const CURLcode initialised = curl_global_init(CURL_GLOBAL_DEFAULT);
    Q_ASSERT(initialised == CURLE_OK);
    m_threads.setMaxThreadCount(ParallelCalls);
}

HttpClient::~HttpClient()
{
    m_threads.clear();
    m_threads.waitForDone();
}

Task<HttpAnswer> HttpClient::call(const HttpCall &call)
{
    const quint64 ticket = ++m_lastTicket;
    auto promise = std::make_shared<Promise<HttpAnswer>>();
    m_waiting.insert(ticket, promise);
    m_threads.start([this, call, ticket] {
        const auto answer = perform(call);
        QMetaObject::invokeMethod(
            this, [this, ticket, answer] { deliver(ticket, answer); }, Qt::QueuedConnection);
    });
    return promise->task();
}

void HttpClient::deliver(quint64 ticket, const Result<HttpAnswer> &answer)
{
    if (const auto promise = m_waiting.take(ticket))
        promise->finish(answer);
}

} // namespace Pagedesk::Relay
