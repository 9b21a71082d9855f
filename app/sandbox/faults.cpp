// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/faults.h"

#include <QHash>
#include <QSet>

#include <algorithm>
#include <array>

namespace Pagedesk::Sandbox {

using namespace Qt::Literals::StringLiterals;

namespace {

using Kind = Fault::Kind;
using Mode = Fault::Mode;
using Target = Fault::Target;

template <typename Value> struct Named {
    const char *name;
    Value value;
};

constexpr std::array<Named<Target>, 4> Targets{{{"send", Target::Send},
    {"webhook", Target::Webhook}, {"graph", Target::Graph}, {"media", Target::Media}}};
constexpr std::array<Named<Kind>, 10> Kinds{{{"delay", Kind::Delay}, {"duplicate", Kind::Duplicate},
    {"reorder", Kind::Reorder}, {"drop", Kind::Drop}, {"wrong_signature", Kind::WrongSignature},
    {"error", Kind::Error}, {"commit_then_fail", Kind::CommitThenFail},
    {"fail_without_commit", Kind::FailWithoutCommit}, {"expired_token", Kind::ExpiredToken},
    {"outage", Kind::Outage}}};
constexpr std::array<Named<Mode>, 8> Modes{{{"timeout", Mode::Timeout}, {"500", Mode::Status500},
    {"reset", Mode::Reset}, {"truncated", Mode::Truncated}, {"empty_id", Mode::EmptyId},
    {"error_1", Mode::Error1}, {"error_2", Mode::Error2}, {"late", Mode::Late}}};

template <typename Table>
QString nameOf(const Table &table, decltype(Table::value_type::value) value)
{
    for (const auto &each : table) {
        if (each.value == value)
            return QString::fromLatin1(each.name);
    }
    return {};
}

template <typename Table>
Result<decltype(Table::value_type::value)> named(
    const Table &table, const QString &field, const QJsonValue &value)
{
    QStringList names;
    for (const auto &each : table) {
        const QString name = QString::fromLatin1(each.name);
        // "500" is as good as a number.
        if (value.toVariant().toString() == name)
            return each.value;
        names.append(name);
    }
    return failure(
        Error::Kind::Rejected, u"%1: must be one of %2"_s.arg(field, names.join(u", "_s)));
}

bool suits(Kind kind, Target target)
{
    switch (kind) {
    case Kind::Delay:
    case Kind::Drop:
    case Kind::Outage:
        return true;
    case Kind::Duplicate:
    case Kind::Reorder:
    case Kind::WrongSignature:
        return target == Target::Webhook;
    case Kind::Error:
    case Kind::ExpiredToken:
        return target != Target::Webhook;
    case Kind::CommitThenFail:
    case Kind::FailWithoutCommit:
        return target == Target::Send;
    }
    return false;
}

Result<qint64> number(
    const QJsonObject &json, const QString &field, qint64 fallback, qint64 smallest)
{
    const QJsonValue value = json[field];
    if (value.isUndefined())
        return fallback;
    const double given = value.toDouble(double(smallest) - 1);
    if (!value.isDouble() || given < double(smallest) || given > 1e15)
        return failure(
            Error::Kind::Rejected, u"%1: must be a number from %2"_s.arg(field).arg(smallest));
    return qint64(given);
}

Result<> checkFields(const QJsonObject &json)
{
    static const QSet<QString> Known{u"target"_s, u"fault"_s, u"count"_s, u"milliseconds"_s,
        u"code"_s, u"subcode"_s, u"httpStatus"_s, u"pageId"_s, u"mode"_s, u"event"_s, u"edge"_s};
    for (const QString &field : json.keys()) {
        if (!Known.contains(field))
            return failure(Error::Kind::Rejected, u"%1: there is no such field"_s.arg(field));
    }
    return {};
}

// What, where and how; without the numbers.
Result<Fault> readNames(const QJsonObject &json)
{
    const QJsonValue givenMode = json[u"mode"_s];
    const auto target = named(Targets, u"target"_s, json[u"target"_s]);
    const auto kind = named(Kinds, u"fault"_s, json[u"fault"_s]);
    const auto mode = named(Modes, u"mode"_s, givenMode.isUndefined() ? u"timeout"_s : givenMode);
    if (!target)
        return failure(target.error());
    if (!kind)
        return failure(kind.error());
    if (!mode)
        return failure(mode.error());
    if (!suits(*kind, *target)) {
        return failure(Error::Kind::Rejected,
            u"fault: %1 is not possible with the target %2"_s.arg(
                nameOf(Kinds, *kind), nameOf(Targets, *target)));
    }
    Fault fault;
    fault.target = *target;
    fault.kind = *kind;
    fault.mode = *mode;
    fault.pageId = json[u"pageId"_s].toVariant().toString();
    fault.only = json[fault.target == Target::Graph ? u"edge"_s : u"event"_s].toString();
    return fault;
}

Result<Fault> readFault(const QJsonObject &json)
{
    if (const auto known = checkFields(json); !known)
        return failure(known.error());
    auto fault = readNames(json);
    if (!fault)
        return fault;
    const Kind kind = fault->kind;
    const auto count = number(json, u"count"_s, kind == Kind::Outage ? -1 : 1, -1);
    const auto milliseconds = number(json, u"milliseconds"_s, kind == Kind::Delay ? 1000 : 0, 0);
    const auto code = number(json, u"code"_s, kind == Kind::Error ? 1 : 0, 0);
    const auto subcode = number(json, u"subcode"_s, 0, 0);
    const auto status = number(json, u"httpStatus"_s, 0, 0);
    for (const auto *each : {&count, &milliseconds, &code, &subcode, &status}) {
        if (!*each)
            return failure(each->error());
    }
    if (*count == 0)
        return failure(Error::Kind::Rejected, u"count: must be at least 1, or -1 for always"_s);
    if (*status != 0 && (*status < 200 || *status > 599))
        return failure(Error::Kind::Rejected, u"httpStatus: must be from 200 to 599"_s);
    fault->remaining = int(*count);
    fault->milliseconds = *milliseconds;
    fault->code = int(*code);
    fault->subcode = int(*subcode);
    fault->httpStatus = int(*status);
    return fault;
}

} // namespace

Faults::Faults(const Clock &clock)
    : m_clock(clock)
{
}

Result<Fault> Faults::add(const QJsonObject &json)
{
    auto fault = readFault(json);
    if (!fault)
        return fault;
    fault->id = ++m_lastId;
    if (fault->kind == Kind::Outage && fault->milliseconds > 0)
        fault->endsAt = m_clock.now() + fault->milliseconds;
    m_faults.append(*fault);
    Q_EMIT changed();
    return fault;
}

void Faults::clear()
{
    m_faults.clear();
    Q_EMIT changed();
}

QJsonArray Faults::list() const
{
    QJsonArray array;
    for (const Fault &fault : m_faults) {
        QJsonObject json{{u"id"_s, fault.id}, {u"target"_s, nameOf(Targets, fault.target)},
            {u"fault"_s, nameOf(Kinds, fault.kind)}, {u"count"_s, fault.remaining},
            {u"milliseconds"_s, fault.milliseconds}};
        if (fault.kind == Kind::CommitThenFail || fault.kind == Kind::FailWithoutCommit)
            json[u"mode"_s] = nameOf(Modes, fault.mode);
        if (fault.code != 0)
            json[u"code"_s] = fault.code;
        if (!fault.pageId.isEmpty())
            json[u"pageId"_s] = fault.pageId;
        array.append(json);
    }
    return array;
}

QList<Fault> Faults::take(Target target, const QString &pageId, const QString &what)
{
    QList<Fault> taken;
    for (const Fault &fault : std::as_const(m_faults)) {
        const bool isOfKind = fault.only.isEmpty() || fault.only == what;
        // These two belong to an attempt to send a webhook, not to its events.
        const bool isOfAttempt = fault.kind == Kind::WrongSignature
            || (fault.kind == Kind::Outage && target == Target::Webhook);
        if (applies(fault, target, pageId) && isOfKind && !isOfAttempt)
            taken.append(fault);
    }
    for (const Fault &fault : std::as_const(taken))
        use(fault.id);
    return taken;
}

bool Faults::takeKind(Target target, Kind kind, const QString &pageId)
{
    for (const Fault &fault : std::as_const(m_faults)) {
        if (fault.kind == kind && applies(fault, target, pageId)) {
            use(fault.id);
            return true;
        }
    }
    return false;
}

bool Faults::isOut(Target target, const QString &pageId) const
{
    return std::any_of(m_faults.cbegin(), m_faults.cend(), [&](const Fault &fault) {
        return fault.kind == Kind::Outage && applies(fault, target, pageId);
    });
}

bool Faults::applies(const Fault &fault, Target target, const QString &pageId) const
{
    return fault.target == target && (fault.pageId.isEmpty() || fault.pageId == pageId)
        && (fault.endsAt == 0 || m_clock.now() < fault.endsAt);
}

void Faults::use(int id)
{
    for (auto it = m_faults.begin(); it != m_faults.end(); ++it) {
        if (it->id != id)
            continue;
        if (it->remaining > 0 && --it->remaining == 0)
            m_faults.erase(it);
        return;
    }
}

} // namespace Pagedesk::Sandbox
