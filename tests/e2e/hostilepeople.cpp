// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/e2e/hostilepeople.h"

namespace Pagedesk::Tests {

using namespace Qt::Literals::StringLiterals;

QList<HostileBody> hostilePeopleBodies()
{
    const QByteArray full = R"({"name":"N","role":"agent","allPages":true,"teams":[]})";
    return {
        {"nothing", u"invite"_s, "", 400},
        {"no object", u"invite"_s, "[1,2]", 400},
        {"cut off", u"invite"_s, R"({"name":"N","ro)", 400},
        {"not utf-8", u"invite"_s, "{\"name\":\"\xff\xfe\"}", 400},
        {"deep", u"invite"_s, QByteArray(20'000, '['), 400},
        {"too long", u"invite"_s, QByteArray(300'000, ' '), 413},
        {"huge", u"invite"_s, QByteArray(9 * 1024 * 1024, ' '), 413},
        {"no name", u"invite"_s, R"({"role":"agent","allPages":true})", 400},
        {"empty name", u"invite"_s, R"({"name":"  ","role":"agent","allPages":true})", 400},
        {"long name", u"invite"_s,
            R"({"role":"agent","allPages":true,"name":")" + QByteArray(201, 'n') + "\"}", 400},
        {"number as name", u"invite"_s, R"({"name":7,"role":"agent","allPages":true})", 400},
        {"unknown role", u"invite"_s, R"({"name":"N","role":"owner","allPages":true})", 400},
        {"role as number", u"invite"_s, R"({"name":"N","role":3,"allPages":true})", 400},
        {"no word on Pages", u"invite"_s, R"({"name":"N","role":"agent"})", 400},
        {"Pages as text", u"invite"_s,
            R"({"name":"N","role":"agent","allPages":false,"pages":"70044"})", 400},
        {"Pages as numbers", u"invite"_s,
            R"({"name":"N","role":"agent","allPages":false,"pages":[70044]})", 400},
        {"allPages as text", u"invite"_s, R"({"name":"N","role":"agent","allPages":"yes"})", 400},
        {"both", u"invite"_s, R"({"name":"N","role":"agent","allPages":true,"pages":["70044"]})",
            400},
        {"foreign Page", u"invite"_s,
            R"({"name":"N","role":"agent","allPages":false,"pages":["1"]})", 404},
        {"foreign team", u"invite"_s,
            R"({"name":"N","role":"agent","allPages":true,"teams":["x"]})", 404},
        {"long id", u"revoke"_s, "{\"id\":\"" + QByteArray(300, 'i') + "\"}", 400},
        {"no id", u"revoke"_s, "{}", 400},
        {"empty id", u"revoke"_s, R"({"id":""})", 400},
        {"id as list", u"revoke"_s, R"({"id":["a"]})", 400},
        {"foreign person", u"revoke"_s, R"({"id":"' OR 1=1 --"})", 404},
        {"foreign device", u"revoke-device"_s, R"({"id":"none"})", 404},
        {"foreign invite", u"cancel-invite"_s, R"({"id":"none"})", 404},
        {"foreign team to save", u"team"_s, R"({"id":"none","name":"T"})", 404},
        {"foreign member", u"team"_s, R"({"name":"T","members":["none"]})", 404},
        {"foreign Page of a team", u"team"_s, R"({"name":"T","pages":["1"]})", 404},
        {"change nobody", u"change"_s, R"({"id":"none","role":"admin","allPages":true})", 404},
        {"rename nobody", u"rename"_s, R"({"id":"none","name":"N"})", 404},
        {"fine, for comparison", u"invite"_s, full, 200},
    };
}

} // namespace Pagedesk::Tests
