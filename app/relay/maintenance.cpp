// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/maintenance.h"

#include "app/relay/access/access.h"
#include "app/relay/access/masterkey.h"
#include "app/relay/access/pagetokens.h"
#include "app/relay/exporting.h"
#include "app/relay/jobcommands.h"
#include "app/relay/ledger/audit.h"
#include "app/relay/ledger/jobs.h"
#include "app/relay/ledger/pages.h"
#include "app/relay/ledger/people.h"
#include "app/relay/maintenancetools.h"
#include "app/relay/operations.h"
#include "app/relay/pagecommands.h"

#include <QFile>

#include <cstdio>

namespace Pagedesk::Relay::Maintenance {

namespace {

using namespace Qt::Literals::StringLiterals;

constexpr qsizetype MaxNameLength = 200;

Result<Secret> tokenFrom(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return failure(Error::Kind::NotFound,
            u"cannot read the token file %1: %2"_s.arg(path, file.errorString()));
    Secret token(file.read(16 * 1024).trimmed());
    if (token.isEmpty())
        return failure(Error::Kind::NotFound, u"the token file %1 is empty"_s.arg(path));
    return token;
}

bool isPageId(const QString &id)
{
    return id.size() <= 32
        && std::all_of(id.begin(), id.end(), [](QChar c) { return c >= u'0' && c <= u'9'; });
}

Result<> pageAdd(const CommandLine &line)
{
    const auto folder = line.required(u"data"_s);
    const auto id = line.required(u"page-id"_s);
    const auto name = line.required(u"name"_s);
    const auto path = line.required(u"token-file"_s);
    for (const auto *option : {&folder, &id, &name, &path}) {
        if (!*option)
            return failure(option->error());
    }
    if (!isPageId(*id))
        return failure(Error::Kind::Rejected, u"--page-id must be digits: %1"_s.arg(*id));
    const auto token = tokenFrom(*path);
    if (!token)
        return failure(token.error());
    const auto kept = inLedger(line, true, [&](Connection &connection) -> Result<> {
        const auto vault = MasterKey::vaultFor(*folder, MasterKey::IfMissing::Make);
        if (!vault)
            return failure(vault.error());
        const auto sealed = PageTokens::seal(connection, *vault, {*id}, *token);
        if (!sealed)
            return failure(sealed.error());
        const qint64 now = SystemClock().now();
        if (auto connected
            = connectPage(connection, {*id}, name->left(MaxNameLength), *sealed, now);
            !connected)
            return connected;
        return appendAudit(connection, now, {commandLineActor(), u"page_added"_s, *id});
    });
    if (kept)
        print(u"connected %1 %2"_s.arg(*id, *name));
    return kept;
}

Result<> pageList(const CommandLine &line)
{
    QList<Page> pages;
    const auto read = inLedger(line, false, [&pages](Connection &connection) -> Result<> {
        const auto found = allPages(connection);
        if (!found)
            return failure(found.error());
        pages = *found;
        return {};
    });
    for (const Page &page : std::as_const(pages))
        print(u"%1\t%2\t%3"_s.arg(page.id.value, pageStateName(page.state), page.name));
    return read;
}

// A link for somebody new, or for one more device of somebody who is there.
Result<Wire::PairingLink> newInvite(
    Connection &connection, const OperatorId &person, const QString &name, Role role, qint64 now)
{
    if (person.isEmpty())
        return Access::invite(connection, name.left(MaxNameLength), role, now);
    const auto known = operatorById(connection, person);
    if (!known)
        return failure(known.error());
    if (!*known || !(*known)->active) {
        return failure(
            Error::Kind::NotFound, u"there is no active operator %1"_s.arg(person.value));
    }
    return Access::inviteFor(connection, person, now);
}

Result<> invite(const CommandLine &line)
{
    const OperatorId person{line.value(u"operator"_s)};
    const auto name = person.isEmpty() ? line.required(u"name"_s) : Result<QString>(QString());
    if (!name)
        return failure(name.error());
    const auto role = roleFromName(line.value(u"role"_s, u"agent"_s));
    if (!role) {
        return failure(Error::Kind::Rejected,
            u"--role is agent, supervisor or admin, not %1"_s.arg(line.value(u"role"_s)));
    }
    if (!person.isEmpty() && !(line.value(u"name"_s) + line.value(u"role"_s)).isEmpty()) {
        return failure(Error::Kind::Rejected,
            u"--operator is for somebody who has a name and a role: leave --name and --role out"_s);
    }
    Wire::PairingLink link;
    const auto invited = inLedger(line, true, [&](Connection &connection) -> Result<> {
        const auto address = setting(connection, u"address"_s);
        if (!address)
            return failure(address.error());
        const qint64 now = SystemClock().now();
        const auto made = newInvite(connection, person, *name, *role, now);
        if (!made)
            return failure(made.error());
        const AuditEntry entry = person.isEmpty()
            ? AuditEntry{commandLineActor(), u"invite_made"_s, made->inviteId, roleName(*role)}
            : AuditEntry{commandLineActor(), u"device_invited"_s, person.value,
                u"invite:"_s + made->inviteId};
        if (auto noted = appendAudit(connection, now, entry); !noted)
            return noted;
        link = *made;
        link.relay = QUrl(address->isEmpty() ? u"http://127.0.0.1:8480"_s : *address);
        return {};
    });
    if (invited)
        print(Wire::toLink(link));
    return invited;
}

Result<> operatorList(const CommandLine &line)
{
    QList<Operator> people;
    const auto read = inLedger(line, false, [&people](Connection &connection) -> Result<> {
        const auto found = allOperators(connection);
        if (!found)
            return failure(found.error());
        people = *found;
        return {};
    });
    for (const Operator &person : std::as_const(people)) {
        print(u"%1\t%2\t%3\t%4"_s.arg(person.id.value, roleName(person.role),
            person.active ? u"active"_s : u"revoked"_s, person.name));
    }
    return read;
}

Result<> operatorRevoke(const CommandLine &line)
{
    const auto id = line.required(u"operator"_s);
    if (!id)
        return failure(id.error());
    bool changed = false;
    const auto revoked = inLedger(line, false, [&](Connection &connection) -> Result<> {
        const qint64 now = SystemClock().now();
        const auto done = revokeOperator(connection, {*id}, now);
        if (!done)
            return failure(done.error());
        changed = *done;
        if (!changed)
            return {};
        return appendAudit(connection, now, {commandLineActor(), u"operator_revoked"_s, *id});
    });
    if (revoked && !changed) {
        return failure(
            Error::Kind::NotFound, u"there is no active operator with the id %1"_s.arg(*id));
    }
    if (revoked)
        print(u"revoked %1"_s.arg(*id));
    return revoked;
}

Result<> events(const CommandLine &line)
{
    bool isNumber = false;
    const qint64 after = line.value(u"after"_s, u"0"_s).toLongLong(&isNumber);
    if (!isNumber || after < 0)
        return failure(
            Error::Kind::Rejected, u"--after is a number from 0: %1"_s.arg(line.value(u"after"_s)));
    return readLedger(line, [&](Connection &connection) {
        return printEvents(connection, after, line.value(u"page"_s), stdout);
    });
}

Result<> exportAll(const CommandLine &line)
{
    return readLedger(line, [&](Connection &connection) {
        return printExport(
            connection, line.value(u"page"_s), line.value(u"conversation"_s), stdout);
    });
}

Result<> jobs(const CommandLine &line)
{
    return readLedger(line, [&](Connection &connection) {
        return printJobs(connection, line.has(u"parked"_s), stdout);
    });
}

Result<> jobsRetry(const CommandLine &line)
{
    const auto text = line.required(u"id"_s);
    if (!text)
        return failure(text.error());
    bool isNumber = false;
    const qint64 id = text->toLongLong(&isNumber);
    if (!isNumber)
        return failure(Error::Kind::Rejected, u"--id is the number of a job: %1"_s.arg(*text));
    const auto retried = inLedger(line, false, [id](Connection &connection) -> Result<> {
        const auto found = retryJob(connection, id, SystemClock().now());
        if (!found)
            return failure(found.error());
        if (!*found)
            return failure(Error::Kind::NotFound, u"there is no job %1"_s.arg(id));
        return {};
    });
    if (retried)
        print(u"job %1 is due now"_s.arg(id));
    return retried;
}

} // namespace

const QList<Command> &commands()
{
    static const QList<Command> list{
        {"page add", "--data DIR --page-id ID --name NAME --token-file F",
            "connect a Page with its access token, or replace the token",
            {u"data"_s, u"page-id"_s, u"name"_s, u"token-file"_s}, &pageAdd},
        {"page list", "--data DIR", "the connected Pages: id, state, name", {u"data"_s}, &pageList},
        {"page check", "--data DIR [--page-id ID] [--graph-url URL]",
            "ask Meta whether the stored tokens and subscriptions work, and say what does not",
            {u"data"_s, u"page-id"_s, u"graph-url"_s}, &pageCheck},
        {"page remove", "--data DIR --page-id ID",
            "forget a Page's token and stop serving it; its history stays",
            {u"data"_s, u"page-id"_s}, &pageRemove},
        {"invite", "--data DIR --name NAME [--role agent|supervisor|admin] | --operator ID",
            "print a link that pairs one desktop within 10 minutes: of somebody new, or one more "
            "of somebody who is there",
            {u"data"_s, u"name"_s, u"role"_s, u"operator"_s}, &invite},
        {"operator list", "--data DIR", "the operators: id, role, state, name", {u"data"_s},
            &operatorList},
        {"operator revoke", "--data DIR --operator ID", "end an operator's access on all devices",
            {u"data"_s, u"operator"_s}, &operatorRevoke},
        {"events", "--data DIR [--after N] [--page ID]",
            "everything received, JSON lines, oldest first", {u"data"_s, u"after"_s, u"page"_s},
            &events},
        {"export", "--data DIR [--page ID] [--conversation ID]",
            "conversations and messages, JSON lines", {u"data"_s, u"page"_s, u"conversation"_s},
            &exportAll},
        {"jobs retry", "--data DIR --id N", "do a job now, also one that was given up",
            {u"data"_s, u"id"_s}, &jobsRetry},
        {"jobs", "--data DIR [--parked]",
            "the work that waits, with its newest tries, JSON lines; --parked: what was given up",
            {u"data"_s}, &jobs, {u"parked"_s}},
        {"audit", "--data DIR [--after N]", "who did what, JSON lines, oldest first",
            {u"data"_s, u"after"_s}, &printAudit},
        {"backup", "--data DIR --to FILE",
            "write the ledger and all attachments to one file; the master key is not in it and has "
            "to be kept separately",
            {u"data"_s, u"to"_s}, &backup},
        {"restore", "--from FILE --data DIR",
            "put a backup into a folder without a ledger; the master key has to be put there by "
            "hand",
            {u"from"_s, u"data"_s}, &restore},
        {"verify", "--data DIR",
            "check the ledger, the attachments and the audit chain; a line for each check",
            {u"data"_s}, &verify},
        {"replay", "--data DIR",
            "project every event once more into a ledger beside it, and say where the two differ",
            {u"data"_s}, &replay},
        {"rotate-master-key", "--data DIR",
            "seal the Page tokens under a new master key: PAGEDESK_NEW_MASTER_KEY, or a fresh one",
            {u"data"_s}, &rotateMasterKey},
    };
    return list;
}

} // namespace Pagedesk::Relay::Maintenance
