// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/clock.h"
#include "models/base/result.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QList>
#include <QObject>

namespace Pagedesk::Sandbox {

// One thing that shall go wrong.
struct Fault {
    enum class Target { Send, Webhook, Graph, Media };
    enum class Kind {
        Delay, // by `milliseconds`
        Duplicate, // webhook: the same body twice
        Reorder, // webhook: changes places with the Page's next event
        Drop, // webhook: never sent; else: the connection ends without an answer
        WrongSignature, // webhook: one attempt
        Error, // answers `code`, `subcode`, `httpStatus`
        CommitThenFail, // send: the customer gets it, the answer goes wrong in the way of `mode`
        FailWithoutCommit, // send: the same answers, but the customer gets nothing
        ExpiredToken, // 190/463; media: the address has expired
        Outage, // nothing works
    };
    enum class Mode {
        Timeout,
        Status500,
        Reset,
        Truncated,
        EmptyId,
        Error1,
        Error2,
        Late, // the right answer, `milliseconds` after the echo
    };

    int id = 0;
    Target target = Target::Send;
    Kind kind = Kind::Delay;
    Mode mode = Mode::Timeout;
    int remaining = 1; // how many times; -1 until cleared
    qint64 milliseconds = 0; // Delay; Outage: how long, 0 until cleared
    int code = 0;
    int subcode = 0;
    int httpStatus = 0; // 0: what Meta uses
    QString pageId; // only for this Page; empty for all
    QString only; // webhook: for this kind of event; graph: for calls of this edge; empty for all
    qint64 endsAt = 0; // of an Outage with a length, by the sandbox's clock
};

// The faults that are set. Each use takes one off a fault's count.
class Faults final : public QObject {
    Q_OBJECT
public:
    explicit Faults(const Clock &clock);

    // Error::Rejected: the sentence names the field that is wrong.
    Result<Fault> add(const QJsonObject &json);
    void clear();
    QJsonArray list() const;

    // Takes every fault of that target that applies, oldest first.
    QList<Fault> take(Fault::Target target, const QString &pageId, const QString &what = {});
    // Takes one use of one kind; outages and whatever else is set stay untouched.
    bool takeKind(Fault::Target target, Fault::Kind kind, const QString &pageId);
    bool isOut(Fault::Target target, const QString &pageId) const;

Q_SIGNALS:
    void changed();

private:
    bool applies(const Fault &fault, Fault::Target target, const QString &pageId) const;
    void use(int id);

    const Clock &m_clock;
    QList<Fault> m_faults;
    int m_lastId = 0;
};

} // namespace Pagedesk::Sandbox
