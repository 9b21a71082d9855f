// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/filledledger.h"

#include "tests/e2e/world.h"

#include <algorithm>

namespace Pagedesk::Tests {

namespace {

constexpr int MessagesInBody = 500;
constexpr int MessagesAtOnce = 50'000;
constexpr int Connections = 8;
constexpr qint64 Begin = 1'780'000'000'000;

QByteArray itemOf(int number, int people)
{
    const QByteArray n = QByteArray::number(number);
    const QByteArray psid = QByteArray::number(24'000'000'000'100'000 + number % people);
    return R"({"sender":{"id":")" + psid + R"("},"recipient":{"id":"70044"},"timestamp":)"
        + QByteArray::number(Begin + number * 1000LL) + R"(,"message":{"mid":"m_filled_)" + n
        + R"(","text":"Good morning, is the parcel with the number )" + n
        + R"( on its way already? It was to come today."}})";
}

} // namespace

QList<PreparedRequest> prepareBatches(int first, int count, int people)
{
    QList<PreparedRequest> requests;
    for (int at = first; at < first + count; at += MessagesInBody) {
        QByteArray items;
        const int end = std::min(at + MessagesInBody, first + count);
        for (int number = at; number < end; ++number)
            items += (number == at ? "" : ",") + itemOf(number, people);
        const QByteArray body = R"({"object":"page","entry":[{"id":"70044","time":)"
            + QByteArray::number(Begin) + R"(,"messaging":[)" + items + "]}]}";
        requests.append({QString::number(at),
            "POST /webhooks/messenger HTTP/1.1\r\nHost: relay\r\nX-Hub-Signature-256: "
                + World::signature(body) + "\r\nContent-Length: " + QByteArray::number(body.size())
                + "\r\n\r\n" + body});
    }
    return requests;
}

bool fillLedger(World &world, int messages, int people)
{
    LoadPlan plan;
    plan.port = static_cast<quint16>(world.relayUrl().port());
    plan.connections = Connections;
    plan.deadlineSeconds = 300;
    for (int first = 0; first < messages; first += MessagesAtOnce) {
        const auto requests
            = prepareBatches(first, std::min(MessagesAtOnce, messages - first), people);
        if (sendLoad(plan, requests).acknowledged.size() != requests.size())
            return false;
    }
    return true;
}

} // namespace Pagedesk::Tests
