// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/threadmodel.h"
#include "tests/ui/threadgallery.h"
#include "ui/thread/bubblebuilder.h"

#include <QRegularExpression>
#include <QTest>
#include <QTextLine>

using namespace Pagedesk;
using namespace Pagedesk::Test;
using namespace Pagedesk::Ui;
using namespace Qt::Literals::StringLiterals;

namespace {

ThreadStyle style(int width = 648, Qt::LayoutDirection direction = Qt::LeftToRight)
{
    ThreadStyle result{lightTheme(), {}, width, direction};
    result.words.locale = QLocale(QLocale::English, QLocale::UnitedKingdom);
    result.words.now = Noonish + 30 * Minute;
    result.words.ownName = u"Leila"_s;
    result.words.contactName = u"Amina Mansour"_s;
    return result;
}

// The middle of a character of a block, in row coordinates.
QPointF middleOf(const TextBlock &block, int position)
{
    const QTextLine line = block.layout->lineForTextPosition(position);
    const qreal x = (line.cursorToX(position) + line.cursorToX(position + 1)) / 2;
    return block.rect.topLeft() + QPointF(x, line.y() + line.height() / 2);
}

const TextBlock &blockOf(const RowLayout &row, TextBlock::Role role)
{
    const auto found = std::find_if(
        row.texts.begin(), row.texts.end(), [role](const TextBlock &b) { return b.role == role; });
    static const TextBlock none;
    return found == row.texts.end() ? none : *found;
}

} // namespace

class TestThreadLayout : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { qputenv("TZ", "UTC"); }
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u"^(?!\\s*OpenType support missing)"_s));
    }
    void sides_data();
    void sides();
    void bubbleIsAsWideAsItsText();
    void linesHaveAPitch();
    void textsAlignByTheirOwnDirection();
    void emojiStandWithoutABubble();
    void onlyOwnLinksAreHit();
    void sendAgainIsHit();
    void attachmentsAreHit();
    void positionsFollowThePoint();
    void pictureSizes_data();
    void pictureSizes();
    void gridOfTwoColumns();
    void contexts();
    void quotesWhatIsLoaded();
    void estimatesAreNear();
};

void TestThreadLayout::sides_data()
{
    QTest::addColumn<Message>("message");
    QTest::addColumn<BubbleKind>("kind");
    QTest::addColumn<bool>("atStart");
    Message note = reply(1, u"Hello"_s, DeliveryState::Received);
    note.direction = Direction::Note;
    using S = DeliveryState;
    QTest::newRow("customer") << textMessage(1, u"Hello"_s) << BubbleKind::Incoming << true;
    QTest::newRow("operator") << reply(1, u"Hello"_s, S::Sent) << BubbleKind::Outgoing << false;
    QTest::newRow("assistant") << reply(1, u"Hello"_s, S::Sent, Noonish, Author::Assistant)
                               << BubbleKind::Assistant << false;
    QTest::newRow("elsewhere") << reply(1, u"Hello"_s, S::Received, Noonish, Author::Elsewhere)
                               << BubbleKind::Elsewhere << false;
    QTest::newRow("note") << note << BubbleKind::Note << false;
}

void TestThreadLayout::sides()
{
    QFETCH(const Message, message);
    QFETCH(const bool, atStart);
    QTEST(bubbleKind(message), "kind");
    const RowLayout plain = layOutRow(message, {}, style());
    const RowLayout mirrored = layOutRow(message, {}, style(648, Qt::RightToLeft));
    if (atStart) {
        QCOMPARE(plain.bubble.left(), 20.0);
        QCOMPARE(mirrored.bubble.right(), 628.0);
    } else {
        QCOMPARE(plain.bubble.right(), 628.0);
        QCOMPARE(mirrored.bubble.left(), 20.0);
    }
    QCOMPARE(plain.bubble.size(), mirrored.bubble.size());
    QCOMPARE(plain.height, mirrored.height);
    QCOMPARE(plain.radius, plain.kind == BubbleKind::Note ? 6.0 : 14.0);
}

void TestThreadLayout::bubbleIsAsWideAsItsText()
{
    const RowLayout small = layOutRow(textMessage(1, u"Hi"_s), {}, style());
    QVERIFY(small.bubble.width() < 60);
    const QString prose = u"A sentence of some length. "_s.repeated(20);
    QVERIFY(layOutRow(textMessage(1, prose), {}, style()).bubble.width() <= 460);
    const RowLayout narrow = layOutRow(textMessage(1, prose), {}, style(360));
    QVERIFY(narrow.bubble.right() < 320);
    const QString word(400, u'w');
    QVERIFY(layOutRow(textMessage(1, word), {}, style()).bubble.width() <= 460);
    // Absurd widths neither crash nor loop.
    for (const int width : {0, 1, 50})
        QVERIFY(layOutRow(textMessage(1, prose), {}, style(width)).height > 0);
}

void TestThreadLayout::linesHaveAPitch()
{
    const RowLayout one = layOutRow(textMessage(1, u"One"_s), {}, style());
    QCOMPARE(one.bubble.height(), 36.0); // 8 + 20 + 8, as drawn
    const RowLayout three = layOutRow(textMessage(1, u"One\n\nThree"_s), {}, style());
    QCOMPARE(three.bubble.height(), 76.0);
    const RowLayout mixed = layOutRow(textMessage(1, u"你好 شكراً 👍 ok"_s), {}, style());
    QCOMPARE(mixed.bubble.height(), 36.0);
    const RowLayout many
        = layOutRow(textMessage(1, u"Line\n"_s.repeated(299) + u"Line"_s), {}, style());
    QCOMPARE(many.bubble.height(), 6016.0);
}

void TestThreadLayout::textsAlignByTheirOwnDirection()
{
    const auto shortLine = [](const QString &text, Qt::LayoutDirection direction) {
        const RowLayout row = layOutRow(textMessage(1, text), {}, style(648, direction));
        const TextBlock *body = row.body();
        const QTextLine line = body->layout->lineAt(1);
        const qreal rest = body->rect.width() - line.naturalTextWidth();
        return std::make_pair(line.x(), std::floor(rest));
    };
    for (const auto direction : {Qt::LeftToRight, Qt::RightToLeft}) {
        const auto [latin, latinRest] = shortLine(u"A longer line\nshort"_s, direction);
        QCOMPARE(latin, 0.0);
        QVERIFY(latinRest > 10);
        const auto [arabic, arabicRest] = shortLine(u"متى يبدأ الدرس القادم؟\nشكراً"_s, direction);
        QVERIFY(arabic > 10);
        QCOMPARE(arabic, arabicRest);
    }
}

void TestThreadLayout::emojiStandWithoutABubble()
{
    const RowLayout row = layOutRow(textMessage(1, u"👍"_s), {}, style());
    QVERIFY(row.bubble.isEmpty());
    QVERIFY(row.body());
    QCOMPARE(row.body()->role, TextBlock::Role::Emoji);
    QVERIFY(row.body()->rect.width() > 30);
    QVERIFY(!layOutRow(textMessage(1, u"👍👍👍👍"_s), {}, style()).bubble.isEmpty());
}

void TestThreadLayout::onlyOwnLinksAreHit()
{
    const QString text = u"See https://example.org/a, ok"_s;
    for (const auto direction : {Qt::LeftToRight, Qt::RightToLeft}) {
        const RowLayout row = layOutRow(textMessage(1, text), {}, style(648, direction));
        const RowHit link = row.hit(middleOf(*row.body(), 10));
        QCOMPARE(link.kind, RowHit::Kind::Link);
        QCOMPARE(link.url, QUrl(u"https://example.org/a"_s));
        QCOMPARE(row.hit(middleOf(*row.body(), 1)).kind, RowHit::Kind::Text);
        QCOMPARE(row.hit(middleOf(*row.body(), 25)).kind, RowHit::Kind::Text); // the comma
        QCOMPARE(row.hit({324, 10000}).kind, RowHit::Kind::Nothing);
    }
}

void TestThreadLayout::sendAgainIsHit()
{
    Message failed = reply(1, u"Hello"_s, DeliveryState::Failed);
    failed.failure = FailureKind::Unreachable;
    RowLayout row = layOutRow(failed, {}, style());
    QVERIFY(row.failed);
    const TextBlock &meta = blockOf(row, TextBlock::Role::Meta);
    QVERIFY(meta.actionStart > 0);
    const int action = static_cast<int>(meta.actionStart);
    QCOMPARE(row.hit(middleOf(meta, action + 2)).kind, RowHit::Kind::SendAgain);
    QCOMPARE(row.hit(middleOf(meta, 2)).kind, RowHit::Kind::Meta);
    failed.failure = FailureKind::TooLong;
    row = layOutRow(failed, {}, style());
    QCOMPARE(blockOf(row, TextBlock::Role::Meta).actionStart, -1);
}

void TestThreadLayout::attachmentsAreHit()
{
    Message message = textMessage(1, u"Both"_s);
    message.attachments = {attachment(AttachmentKind::File, AttachmentState::Captured),
        attachment(AttachmentKind::Image, AttachmentState::Captured),
        attachment(AttachmentKind::File, AttachmentState::Expired)};
    const RowLayout row = layOutRow(message, {}, style());
    QCOMPARE(row.pictures.size(), size_t(1));
    QCOMPARE(row.cards.size(), size_t(2));
    const RowHit picture = row.hit(row.pictures.front().rect.center());
    QCOMPARE(picture.kind, RowHit::Kind::Attachment);
    QCOMPARE(picture.attachment, 1);
    QCOMPARE(row.hit(row.cards.front().rect.center()).attachment, 0);
    QCOMPARE(row.hit(row.cards.back().rect.center()).kind, RowHit::Kind::Nothing); // gone
    QVERIFY(row.pictures.front().rect.top() >= row.bubble.bottom());
    QVERIFY(row.cards.front().rect.top() >= row.picturesRect.bottom());
    QVERIFY(row.cards.back().rect.top() >= row.cards.front().rect.bottom());
}

void TestThreadLayout::positionsFollowThePoint()
{
    const RowLayout row = layOutRow(textMessage(1, u"One\nTwo"_s), {}, style());
    const QRectF body = row.body()->rect;
    QCOMPARE(row.bodyPosition(body.topLeft() - QPointF(50, 50)), 0);
    QCOMPARE(row.bodyPosition(body.topLeft() + QPointF(0, 10)), 0);
    QCOMPARE(row.bodyPosition({body.right() + 200, body.top() + 10}), 3);
    QCOMPARE(row.bodyPosition({body.left() - 5, body.bottom() - 5}), 4);
    QCOMPARE(row.bodyPosition(body.bottomRight() + QPointF(50, 50)), 7);
    Message photo = textMessage(1, {});
    photo.attachments = {attachment(AttachmentKind::Image, AttachmentState::Captured)};
    QCOMPARE(layOutRow(photo, {}, style()).bodyPosition({30, 30}), -1);
}

void TestThreadLayout::pictureSizes_data()
{
    QTest::addColumn<QSize>("original");
    QTest::addColumn<QSizeF>("shown");
    QTest::newRow("unknown") << QSize(0, 0) << QSizeF(300, 180);
    QTest::newRow("wide") << QSize(3000, 1500) << QSizeF(300, 150);
    QTest::newRow("tall") << QSize(600, 900) << QSizeF(213, 320);
    QTest::newRow("small") << QSize(120, 100) << QSizeF(120, 100);
    QTest::newRow("tiny") << QSize(1, 1) << QSizeF(88, 88);
    QTest::newRow("a thread") << QSize(1, 100000) << QSizeF(88, 320);
    QTest::newRow("a line") << QSize(100000, 1) << QSizeF(300, 88);
}

void TestThreadLayout::pictureSizes()
{
    QFETCH(const QSize, original);
    Attachment picture;
    picture.width = original.width();
    picture.height = original.height();
    QTEST(singlePictureSize(picture, {300, 320}, 88), "shown");
}

void TestThreadLayout::gridOfTwoColumns()
{
    QCOMPARE(pictureGrid(2, {148, 88}, 4), (QList<QRectF>{{0, 0, 148, 88}, {152, 0, 148, 88}}));
    QCOMPARE(pictureGrid(3, {148, 88}, 4).constLast(), QRectF(0, 92, 300, 88));
    QCOMPARE(pictureGrid(4, {148, 88}, 4).constLast(), QRectF(152, 92, 148, 88));
}

void TestThreadLayout::contexts()
{
    using S = DeliveryState;
    ThreadModel model;
    constexpr qint64 Day = 24 * 60 * Minute;
    Message failed = reply(4, u"d"_s, S::Failed, Noonish + 2 * Minute);
    model.reset({textMessage(0, u"a"_s, Noonish - Day), textMessage(1, u"b"_s),
                    textMessage(2, u"c"_s, Noonish + Minute), failed,
                    reply(5, u"e"_s, S::Sent, Noonish + 3 * Minute),
                    reply(6, u"f"_s, S::Sent, Noonish + 4 * Minute),
                    reply(7, u"g"_s, S::Sent, Noonish + 20 * Minute)},
        false);
    LocalDays days;
    QStringList seen;
    for (int row = 0; row < model.rowCount(); ++row) {
        const RowContext context = rowContext(model, row, style().words, days);
        seen.append(u"%1%2%3%4"_s.arg(context.edge == RowContext::Edge::Beginning ? u"B"_s : u""_s,
            context.day.isValid() ? u"D"_s : u""_s, context.showsAuthor ? u"A"_s : u""_s,
            context.showsMeta ? u"M"_s : u""_s));
    }
    QCOMPARE(seen, (QStringList{u"BDAM"_s, u"DA"_s, u"M"_s, u"AM"_s, u""_s, u"M"_s, u"AM"_s}));
    model.setMoreBefore(true);
    QCOMPARE(rowContext(model, 0, style().words, days).edge, RowContext::Edge::Loading);
}

void TestThreadLayout::quotesWhatIsLoaded()
{
    ThreadModel model;
    Message answer = reply(2, u"Sure"_s, DeliveryState::Sent, Noonish + Minute);
    answer.replyTo = textMessage(1, {}).mid;
    Message lost = reply(3, u"What?"_s, DeliveryState::Sent, Noonish + 2 * Minute);
    lost.replyTo = Mid{u"m_unknown"_s};
    model.reset({textMessage(1, u"Can I\ncome?"_s), answer, lost}, false);
    LocalDays days;
    const RowContext context = rowContext(model, 1, style().words, days);
    QCOMPARE(context.quoteAuthor, u"Amina Mansour"_s);
    QCOMPARE(context.quoteText, u"Can I come?"_s);
    QVERIFY(rowContext(model, 2, style().words, days).quoteText.isEmpty());

    const RowLayout row = layOutRow(answer, context, style());
    const TextBlock &quoted = blockOf(row, TextBlock::Role::Quote);
    QVERIFY(row.bubble.contains(quoted.rect));
    QVERIFY(row.bubble.contains(row.quoteBar));
    QVERIFY(quoted.rect.bottom() <= row.body()->rect.top());
    QCOMPARE(row.hit(quoted.rect.center()).kind, RowHit::Kind::Quote);
}

void TestThreadLayout::estimatesAreNear()
{
    const QMap<QString, QList<Message>> threads = gallery();
    for (const QList<Message> &messages : threads) {
        ThreadModel model;
        model.reset(messages, false);
        LocalDays days;
        for (int row = 0; row < model.rowCount(); ++row) {
            const RowContext context = rowContext(model, row, style().words, days);
            const int exact = layOutRow(model.at(row), context, style()).height;
            const int estimate = estimateRowHeight(model.at(row), context, style());
            QVERIFY2(estimate > exact / 2 && estimate < exact * 2,
                qPrintable(
                    u"%1 for %2: %3"_s.arg(estimate).arg(exact).arg(model.at(row).text.left(30))));
        }
    }
}

QTEST_MAIN(TestThreadLayout)
#include "tst_threadlayout.moc"
