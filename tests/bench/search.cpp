// SPDX-License-Identifier: GPL-3.0-or-later
// search: until the first 50 hits are there, over a million messages of several scripts.
// index_cost: rows a second that a replica takes in with the index of the search and without it.
#include "models/store/replica/conversationstore.h"
#include "models/store/replica/messagestore.h"
#include "models/store/replica/pagestore.h"
#include "models/store/replica/searchindex.h"
#include "models/store/replica/steps.h"
#include "tests/support/rows.h"
#include "tests/support/temporaryreplica.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QRandomGenerator>
#include <QTimeZone>

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace {

using namespace Pagedesk;
using namespace Pagedesk::Testing;
using namespace Qt::Literals::StringLiterals;

constexpr int Batch = 2000; // messages in a transaction
constexpr int Conversations = 20'000;
constexpr int Pages = 5;
constexpr int LatinWords = 30'000;
constexpr quint32 Seed = 20261122;

// Words as a language has them: a few are everywhere, most are rare.
class Texts {
public:
    Texts()
    {
        constexpr std::u16string_view Starts = u"bcdfghklmnprstvwz";
        constexpr std::u16string_view Vowels = u"aeiouéü";
        for (int i = 0; i < LatinWords; ++i) {
            QString word;
            for (int syllables = 1 + m_random.bounded(3); syllables > 0; --syllables) {
                word += QChar(Starts[size_t(m_random.bounded(int(Starts.size())))]);
                word += QChar(Vowels[size_t(m_random.bounded(int(Vowels.size())))]);
                if (m_random.bounded(2) == 0)
                    word += QChar(Starts[size_t(m_random.bounded(int(Starts.size())))]);
            }
            m_words.append(word);
        }
    }

    QString word() { return m_words.at(rank(LatinWords)); }
    QString sign() { return QString(QChar(char16_t(0x4E00 + rank(3000)))); }
    QString thai() { return QString(QChar(char16_t(0x0E01 + rank(46)))); }

    QString text()
    {
        QString text;
        const int kind = m_random.bounded(10);
        const int length = 1 + m_random.bounded(kind < 7 ? 20 : 30);
        for (int i = 0; i < length; ++i)
            text += kind < 7 ? word() + u' ' : kind < 9 ? sign() : thai();
        return text;
    }

    // As somebody types it.
    QString query()
    {
        switch (m_random.bounded(14)) {
        case 0:
            return word().left(1);
        case 1:
            return word().left(2);
        case 2:
            return word().left(3);
        case 3:
        case 4:
            return word();
        case 5:
            return word() + u' ' + word();
        case 6:
            return u'"' + word() + u' ' + word() + u'"';
        case 7:
            return word() + u" -"_s + word() + u' ';
        case 8:
            return sign();
        case 9:
            return sign() + sign();
        case 10:
            return thai() + thai();
        case 11:
            return word() + u" page:bakery has:photo"_s;
        case 12:
            return u"from:us "_s + word() + u" before:2024-06-01 "_s;
        default:
            return u"state:pending "_s + word();
        }
    }

    QRandomGenerator &random() { return m_random; }

private:
    // Zipf's law, by its inverse.
    int rank(int count)
    {
        const double part = m_random.generateDouble();
        return std::min(count - 1, int(std::pow(double(count), part)) - 1);
    }

    QRandomGenerator m_random{Seed};
    QStringList m_words;
};

Message messageAt(Texts &texts, int index, int all)
{
    const int person = texts.random().bounded(Conversations);
    const QString page = QString::number(person % Pages + 1);
    // Three years, and not in the order of time: that is how a history arrives.
    const qint64 at
        = Noon - qint64(index % 2 == 0 ? index : all - index) * (94'000'000 / all) * 1000;
    const bool ours = texts.random().bounded(5) < 2;
    Message message = ours
        ? outbound(page, QString::number(person), u"m%1"_s.arg(index), at, index + 1)
        : inbound(page, QString::number(person), u"m%1"_s.arg(index), at, index + 1);
    message.text = texts.text();
    if (texts.random().bounded(12) == 0) {
        Attachment photo;
        photo.kind = AttachmentKind::Image;
        message.attachments.append(photo);
    }
    return message;
}

Result<> storePeople(ReplicaWriter &writer, Texts &texts)
{
    for (int i = 1; i <= Pages; ++i) {
        Page one = page(QString::number(i), i);
        one.name = i == 1 ? u"Corner Bakery"_s : u"Page %1"_s.arg(i);
        if (const auto stored = PageStore::apply(writer, one); !stored)
            return stored;
    }
    for (int i = 0; i < Conversations; ++i) {
        Conversation one
            = conversation(QString::number(i % Pages + 1), QString::number(i), Noon - i, i + 1);
        one.contact.name = texts.word() + u' ' + texts.word();
        if (i % 50 == 0)
            one.state = ConversationState::Pending;
        if (const auto stored = ConversationStore::apply(writer, one); !stored)
            return stored;
    }
    return {};
}

// Rows a second.
double fill(TemporaryReplica &replica, int count)
{
    Texts texts;
    (void)replica.write([&texts](ReplicaWriter &writer) { return storePeople(writer, texts); });
    qint64 spent = 0;
    for (int from = 0; from < count; from += Batch) {
        QList<Message> messages;
        for (int i = from; i < std::min(count, from + Batch); ++i)
            messages.append(messageAt(texts, i, count));
        QElapsedTimer timer;
        timer.start();
        (void)replica.write([&messages](ReplicaWriter &writer) -> Result<> {
            for (const Message &message : std::as_const(messages)) {
                if (const auto stored = MessageStore::apply(writer, message); !stored)
                    return stored;
            }
            return {};
        });
        spent += timer.nsecsElapsed();
    }
    replica->flush();
    return count / (double(spent) / 1e9);
}

void leaveUnindexed(TemporaryReplica &replica)
{
    (void)replica.write([](ReplicaWriter &writer) {
        return writer.connection.run(u"UPDATE index_state SET messages_from = 1 << 40"_s);
    });
}

qint64 megabytes(TemporaryReplica &replica)
{
    replica.close(); // which copies the log into the file
    const qint64 size = QFileInfo(replica.path()).size() / 1'000'000;
    (void)replica.open();
    return size;
}

double at(QList<double> times, double part)
{
    std::sort(times.begin(), times.end());
    return times.at(qsizetype(part * double(times.size() - 1)));
}

bool measureSearch(TemporaryReplica &replica, int messages, int rounds)
{
    Texts texts;
    const QDateTime now = QDateTime::fromMSecsSinceEpoch(Noon, QTimeZone::utc());
    QList<double> times;
    QString slowest;
    qsizetype hits = 0;
    for (int round = -20; round < rounds; ++round) {
        const QString text = texts.query();
        QElapsedTimer timer;
        timer.start();
        const auto found = await(replica->find({parseSearch(text, now), {}, 50, Noon, {}}));
        if (!found)
            return false;
        const double time = double(timer.nsecsElapsed()) / 1e6;
        if (round < 0) // a program that has just been started
            continue;
        if (times.isEmpty() || time > *std::max_element(times.begin(), times.end()))
            slowest = text;
        times.append(time);
        hits += found->hits.size();
    }
    std::printf("{\"bench\":\"search\",\"value\":%.1f,\"unit\":\"ms p99\",\"limit\":30,"
                "\"peer\":\"%d messages, %d queries\",\"p50\":%.1f,\"worst\":%.1f,"
                "\"slowest\":\"%s\",\"hits\":%.1f}\n",
        at(times, 0.99), messages, rounds, at(times, 0.5), at(times, 1),
        slowest.replace(u'"', u'\'').toUtf8().constData(), double(hits) / rounds);
    return true;
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    const bool quick = QCoreApplication::arguments().contains(u"--quick"_s);
    const int messages = quick ? 100'000 : 1'000'000;
    const int compared = quick ? 20'000 : 100'000;
    TemporaryReplica plain;
    leaveUnindexed(plain);
    TemporaryReplica beside;
    const double without = fill(plain, compared);
    const double with = fill(beside, compared);
    const qint64 plainSize = megabytes(plain);
    std::printf("{\"bench\":\"index_cost\",\"value\":%.0f,\"unit\":\"rows/s\",\"limit\":%.0f,"
                "\"peer\":\"the same without an index; %d messages\",\"ratio\":%.2f,"
                "\"MB\":%lld,\"MB_without\":%lld}\n",
        with, without, compared, with / without, static_cast<long long>(megabytes(beside)),
        static_cast<long long>(plainSize));
    TemporaryReplica replica;
    (void)fill(replica, messages);
    return measureSearch(replica, messages, quick ? 400 : 1000) ? 0 : 1;
}
