// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/access/access.h"
#include "app/relay/dispatch/settle.h"
#include "app/relay/ledger/audit.h"
#include "app/relay/ledger/conversations.h"
#include "app/relay/ledger/messages.h"
#include "app/relay/ledger/pages.h"
#include "app/relay/sync/commandhandler.h"
#include "tests/relay/ledgerfixture.h"

#include <QTest>

using namespace Pagedesk;
using namespace Pagedesk::Relay;
using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qint64 T = 1'790'000'000'000;
constexpr qint64 Day = 24LL * 3'600'000;
const PageId Bakery{u"7"_s};
const ConversationId Thread{u"7-9"_s};

} // namespace

// What a Page's settings do in the ledger.
class TestSettingsCommand : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_ledger = std::make_unique<LedgerFixture>();
        QVERIFY(m_ledger->opened);
        QVERIFY(m_ledger->run([this](Connection &c, Ledger::Touched &) -> Result<> {
            if (auto added = connectPage(c, Bakery, u"Bakery"_s, "sealed", T); !added)
                return added;
            for (const Role role : {Role::Agent, Role::Admin}) {
                const auto link = Access::invite(c, u"Ada"_s, role, T);
                if (!link)
                    return failure(link.error());
                const auto paired = Access::pair(c, {link->inviteId, link->secret, u"desk"_s}, T);
                if (!paired)
                    return failure(paired.error());
                const auto device = Access::authenticate(
                    c, "Bearer " + paired->deviceToken.reveal().toStdString());
                m_devices.insert(role, device->id);
            }
            return {};
        }));
    }

    void theAuditChainSaysWhatIsDifferent()
    {
        PageSettings settings;
        settings.receive = false;
        settings.partPauseMs = 0;
        settings.nickname = u"Canary of a name"_s;
        QVERIFY(!set(Role::Admin, settings, u"#0b7285"_s).error);
        const AuditEntry entry = lastEntry();
        QCOMPARE(entry.action, u"set_page_settings"_s);
        QCOMPARE(entry.subject, Bakery.value);
        QVERIFY2(entry.detail.endsWith(u" nickname:none->set receive:on->off "
                                       "partPauseMs:600->0 colour:#d9480f->#0b7285"_s),
            qPrintable(entry.detail));
        QVERIFY(!entry.detail.contains(u"Canary"_s));
        // The same once more is nothing new.
        const qint64 seq = page().seq;
        QVERIFY(!set(Role::Admin, settings, u"#0b7285"_s).error);
        QVERIFY(!lastEntry().detail.contains(u"->"_s));
        QCOMPARE(page().seq, seq);
    }

    void aTeamNobodyCanWorkInIsRefused()
    {
        PageSettings settings;
        settings.defaultTeam = {u"gone"_s};
        const auto result = set(Role::Admin, settings);
        QCOMPARE(result.error->kind, Error::Kind::Rejected);
        QVERIFY(result.error->detail.startsWith(u"This team is gone"_s));
        QVERIFY(page().settings == PageSettings());
    }

    void whatIsSaidInThemIsInNoAudit()
    {
        PageSettings settings;
        settings.hours.zone = u"Europe/Berlin"_s;
        settings.awayReply = true;
        settings.awayText = u"Canary of a text"_s;
        QVERIFY(!set(Role::Admin, settings).error);
        QVERIFY2(
            lastEntry().detail.endsWith(u" awayReply:off->on hours:changed awayText:changed"_s),
            qPrintable(lastEntry().detail));
        settings.awayText.clear();
        QCOMPARE(set(Role::Admin, settings).error->kind, Error::Kind::Rejected);
        QVERIFY(page().settings.answersAway());
    }

    void anAgentChangesNothing()
    {
        PageSettings settings;
        settings.receive = false;
        const auto result = set(Role::Agent, settings);
        QCOMPARE(result.error->kind, Error::Kind::Forbidden);
        QVERIFY(page().settings == PageSettings());
        QVERIFY(lastEntry().detail.contains(u"refused:"_s));
    }

    void connectingAgainKeepsThem()
    {
        PageSettings settings;
        settings.nickname = u"Ovens"_s;
        QVERIFY(!set(Role::Admin, settings).error);
        QVERIFY(m_ledger->run([](Connection &c, Ledger::Touched &) -> Result<> {
            if (auto removed = removePage(c, Bakery); !removed)
                return failure(removed.error());
            return connectPage(c, Bakery, u"Bakery"_s, "sealed again", T);
        }));
        QCOMPARE(page().settings.nickname, u"Ovens"_s);
    }

    void profilesAreAskedForAsWanted()
    {
        QVERIFY(writes(T));
        QVERIFY(!writes(T + 1000));
        QVERIFY(!writes(T + 30 * Day));
        QVERIFY(writes(T + 31 * Day)); // old by now
        QVERIFY(!writes(T + 32 * Day));
        PageSettings still;
        still.updateProfiles = false;
        QVERIFY(!set(Role::Admin, still).error);
        QVERIFY(!writes(T + 90 * Day));
        QVERIFY(!set(Role::Admin, {}).error);
        QVERIFY(writes(T + 91 * Day));
        // Whoever has no name is asked about when that is wanted again.
        PageSettings none;
        none.requestProfiles = false;
        QVERIFY(!set(Role::Admin, none).error);
        QVERIFY(!writes(T + 92 * Day));
        QVERIFY(!set(Role::Admin, {}).error);
        QVERIFY(writes(T + 93 * Day));
    }

    void thePauseIsCountedFromTheAnswerBefore()
    {
        PageSettings settings;
        settings.partPauseMs = 2000;
        QVERIFY(!set(Role::Admin, settings).error);
        QVERIFY(writes(T));
        for (int part = 0; part < 2; ++part) {
            Wire::SendReply reply{
                {u"part-%1"_s.arg(part)}, Thread, u"Hi"_s, T, 0, 0, u"group"_s, part};
            QVERIFY(!apply(Role::Agent, reply).error);
        }
        QVERIFY(claimed(0, T + 10).granted);
        QVERIFY(!claimed(1, T + 20).showsTyping); // the first has not left
        settle(0, T + 500);
        const Claim early = claimed(1, T + 600);
        QVERIFY(!early.granted && early.showsTyping);
        QCOMPARE(nextTryOf(1), T + 2500);
        // A clock that was set back makes it no longer than it is.
        QVERIFY(!claimed(1, T - 100'000).granted);
        QCOMPARE(nextTryOf(1), T - 98'000);
        QVERIFY(claimed(1, T + 2500).granted);
    }

private:
    Wire::CommandResult apply(Role role, const Wire::CommandBody &body)
    {
        Wire::CommandResult result;
        const Wire::Command command{{u"c%1"_s.arg(++m_commands)}, body};
        const auto done = m_ledger->run([&](Connection &c, Ledger::Touched &touched) -> Result<> {
            const auto applied = applyCommand(c, command, m_devices.value(role), T, touched);
            if (!applied)
                return failure(applied.error());
            result = *applied;
            return {};
        });
        if (!done)
            qWarning("cannot apply: %s", qPrintable(done.error().detail));
        return result;
    }
    Wire::CommandResult set(Role role, const PageSettings &settings, const QString &colour = {})
    {
        return apply(role, Wire::SetPageSettings{Bakery, settings, colour});
    }
    template <typename Value> Value read(const std::function<Result<Value>(Connection &)> &work)
    {
        Value value{};
        const auto done = m_ledger->run([&](Connection &c, Ledger::Touched &) -> Result<> {
            const auto found = work(c);
            if (!found)
                return failure(found.error());
            value = *found;
            return {};
        });
        if (!done)
            qWarning("cannot read: %s", qPrintable(done.error().detail));
        return value;
    }
    Page page()
    {
        return read<std::optional<Page>>([](Connection &c) {
            return pageById(c, Bakery);
        }).value_or(Page{});
    }
    AuditEntry lastEntry()
    {
        const auto rows
            = read<QList<AuditRow>>([](Connection &c) { return auditAfter(c, 0, 1000); });
        return rows.isEmpty() ? AuditEntry{} : rows.last().entry;
    }
    // Whether the customer's profile is to be asked for because of this message.
    bool writes(qint64 at)
    {
        return read<bool>([at](Connection &c) -> Result<bool> {
            Message message;
            message.id = {u"m%1"_s.arg(at)};
            message.mid = {u"mid%1"_s.arg(at)};
            message.pageId = Bakery;
            message.conversationId = Thread;
            message.text = u"Hello"_s;
            message.sentAt = at;
            const auto seq = takeSeqs(c, Bakery.value, 2);
            if (!seq)
                return failure(seq.error());
            message.seq = message.arrival = *seq;
            if (const auto added = insertMessage(c, message); !added)
                return failure(added.error());
            const auto noted = noteMessage(c, message, {u"9"_s}, *seq + 1);
            return noted ? Result<bool>(noted->wantsProfile) : failure(noted.error());
        });
    }
    static MessageId part(int number) { return {u"part-%1"_s.arg(number)}; }
    Claim claimed(int number, qint64 now)
    {
        Claim claim;
        const auto done = m_ledger->run([&](Connection &c, Ledger::Touched &touched) -> Result<> {
            const auto taken = Relay::claim(c, part(number), Leave::Now, now, touched);
            if (!taken)
                return failure(taken.error());
            claim = *taken;
            return {};
        });
        if (!done)
            qWarning("cannot claim: %s", qPrintable(done.error().detail));
        return claim;
    }
    void settle(int number, qint64 endedAt)
    {
        SendVerdict verdict;
        verdict.outcome = SendVerdict::Outcome::Sent;
        verdict.mid = {u"m_sent%1"_s.arg(number)};
        QVERIFY(m_ledger->run([&](Connection &c, Ledger::Touched &touched) {
            return Relay::settle(
                c, {part(number), endedAt - 100, endedAt, 200, verdict}, endedAt, touched);
        }));
    }
    qint64 nextTryOf(int number)
    {
        return read<std::optional<Outbound>>(
            [number](Connection &c) { return outboundById(c, part(number)); })
            .value_or(Outbound{})
            .nextTryAt;
    }

    std::unique_ptr<LedgerFixture> m_ledger;
    QHash<Role, DeviceId> m_devices;
    int m_commands = 0;
};

QTEST_GUILESS_MAIN(TestSettingsCommand)
#include "tst_settingscommand.moc"
