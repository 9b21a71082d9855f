// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/replica/contactstore.h"
#include "models/store/replica/streamrows.h"
#include "tests/support/temporaryreplica.h"

#include <QTest>

using namespace Pagedesk;
using namespace Pagedesk::Testing;
using namespace Qt::Literals::StringLiterals;

namespace {

const ConversationId One{u"1-11"_s};
const ConversationId Two{u"2-22"_s};
const ConversationId Three{u"3-33"_s};

ContactCard cardOf(const ConversationId &id, const QStringList &suggestions, qint64 seq)
{
    ContactCard card;
    card.id = id;
    card.pageId = {id.value.section(u'-', 0, 0)};
    card.suggestions = suggestions;
    card.seq = seq;
    return card;
}

} // namespace

// Suggestions of Meta's, which stand with two contacts and are found from either.
class TestContactStore : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_replica = std::make_unique<TemporaryReplica>();
        QVERIFY(apply(cardOf(One, {u"s1"_s, u"s2"_s}, 1)));
        QVERIFY(apply(cardOf(Two, {u"s1"_s}, 2)));
        QVERIFY(apply(cardOf(Three, {u"s2"_s}, 3)));
    }

    void theyAreFoundFromBothSides()
    {
        QCOMPARE(suggestedFor(One), (QSet{Two, Three}));
        QCOMPARE(suggestedFor(Two), QSet{One});
        m_replica->close();
        QVERIFY(m_replica->open());
        QCOMPARE(suggestedFor(Three), QSet{One});
    }

    // What one of them shows depends on the other, before and after.
    void theOtherHearsOfIt()
    {
        QCOMPARE(changedBy(cardOf(Two, {}, 4)), (QSet{One, Two}));
        QCOMPARE(suggestedFor(One), QSet{Three});
        QCOMPARE(changedBy(cardOf(Two, {u"s1"_s}, 5)), (QSet{One, Two}));
        QCOMPARE(suggestedFor(One), (QSet{Two, Three}));
        QCOMPARE(changedBy(cardOf(Two, {}, 5)), QSet<ConversationId>()); // it is not newer
        QCOMPARE(suggestedFor(One), (QSet{Two, Three}));
    }

    // A Page that is taken from somebody leaves nothing of its people.
    void nobodyIsSuggestedOfAPageThatIsGone()
    {
        QVERIFY(m_replica->write(
            [](ReplicaWriter &writer) { return StreamRows::remove(writer, u"2"_s); }));
        QCOMPARE(suggestedFor(One), QSet{Three});
        const auto left = m_replica->read([](Connection &connection) {
            return connection.all("SELECT conversation_id FROM contact_suggestion ORDER BY 1", {},
                [](const Row &row) { return row.text(0); });
        });
        QVERIFY(left);
        QCOMPARE(*left, (QList<QString>{One.value, One.value, Three.value}));
    }

private:
    Result<> apply(const ContactCard &card)
    {
        return m_replica->write(
            [card](ReplicaWriter &writer) { return ContactStore::apply(writer, card); });
    }
    QSet<ConversationId> changedBy(const ContactCard &card)
    {
        QSet<ConversationId> changed;
        const auto connection = connect(&m_replica->get(), &Replica::changed, this,
            [&changed](const ReplicaChanges &changes) { changed = changes.contacts; });
        const auto applied = apply(card);
        QCoreApplication::processEvents();
        disconnect(connection);
        return applied ? changed : QSet<ConversationId>();
    }
    QSet<ConversationId> suggestedFor(const ConversationId &id)
    {
        const auto cards = m_replica->read(
            [id](Connection &connection) { return ContactStore::suggestedFor(connection, id); });
        QSet<ConversationId> ids;
        for (const ContactCard &card : cards.value_or(QList<ContactCard>()))
            ids.insert(card.id);
        return ids;
    }

    std::unique_ptr<TemporaryReplica> m_replica;
};

QTEST_GUILESS_MAIN(TestContactStore)
#include "tst_contactstore.moc"
