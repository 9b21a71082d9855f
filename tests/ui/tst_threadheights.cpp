// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/thread/heightindex.h"

#include <QRandomGenerator>
#include <QTest>

#include <algorithm>
#include <numeric>

using namespace Pagedesk::Ui;

class TestThreadHeights : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void emptyIndex();
    void rowAtBoundaries_data();
    void rowAtBoundaries();
    void rowsWithoutHeight();
    void randomOperationsEqualANaiveList();
    void sumsBeyond32Bits();
};

void TestThreadHeights::emptyIndex()
{
    HeightIndex index;
    QCOMPARE(index.size(), 0);
    QCOMPARE(index.total(), 0);
    QCOMPARE(index.rowAt(0), -1);
    index.assign({});
    QCOMPARE(index.rowAt(5), -1);
    index.insert(0, std::vector<int>{7});
    QCOMPARE(index.total(), 7);
    index.remove(0, 1);
    QCOMPARE(index.total(), 0);
}

void TestThreadHeights::rowAtBoundaries_data()
{
    QTest::addColumn<qint64>("y");
    QTest::addColumn<int>("row");
    // Heights 10, 20, 30.
    QTest::newRow("above") << qint64(-5) << 0;
    QTest::newRow("first pixel") << qint64(0) << 0;
    QTest::newRow("last pixel of the first") << qint64(9) << 0;
    QTest::newRow("first pixel of the second") << qint64(10) << 1;
    QTest::newRow("last pixel of the second") << qint64(29) << 1;
    QTest::newRow("third") << qint64(30) << 2;
    QTest::newRow("below") << qint64(1000) << 2;
}

void TestThreadHeights::rowAtBoundaries()
{
    QFETCH(const qint64, y);
    HeightIndex index;
    index.assign({10, 20, 30});
    QTEST(index.rowAt(y), "row");
}

void TestThreadHeights::rowsWithoutHeight()
{
    HeightIndex index;
    index.assign({0, 10, 0, 0, 5});
    QCOMPARE(index.rowAt(0), 1);
    QCOMPARE(index.rowAt(10), 4);
    QCOMPARE(index.top(4), 10);
}

void TestThreadHeights::randomOperationsEqualANaiveList()
{
    QRandomGenerator random(7);
    HeightIndex index;
    std::vector<int> naive;
    for (int round = 0; round < 3000; ++round) {
        const int size = static_cast<int>(naive.size());
        const int what = random.bounded(4);
        if (what == 0 || size == 0) {
            std::vector<int> heights(static_cast<size_t>(random.bounded(1, 9)));
            std::generate(heights.begin(), heights.end(), [&] { return random.bounded(1, 200); });
            const int row = random.bounded(2) == 0 ? size : random.bounded(size + 1);
            index.insert(row, heights);
            naive.insert(naive.begin() + row, heights.begin(), heights.end());
        } else if (what == 1) {
            const int row = random.bounded(size);
            const int count = std::min(size - row, random.bounded(1, 6));
            index.remove(row, count);
            naive.erase(naive.begin() + row, naive.begin() + row + count);
        } else {
            const int row = random.bounded(size);
            index.setHeight(row, random.bounded(1, 500));
            naive[static_cast<size_t>(row)] = index.height(row);
        }
        QCOMPARE(index.size(), static_cast<int>(naive.size()));
        QCOMPARE(index.total(), std::accumulate(naive.begin(), naive.end(), qint64(0)));
        if (naive.empty())
            continue;
        const int row = random.bounded(index.size());
        const qint64 top = std::accumulate(naive.begin(), naive.begin() + row, qint64(0));
        QCOMPARE(index.top(row), top);
        QCOMPARE(index.rowAt(top), row);
        QCOMPARE(index.rowAt(top + index.height(row) - 1), row);
    }
}

void TestThreadHeights::sumsBeyond32Bits()
{
    HeightIndex index;
    index.assign(std::vector<int>(100, 100'000'000));
    QCOMPARE(index.total(), qint64(10'000'000'000));
    QCOMPARE(index.rowAt(9'999'999'999), 99);
}

QTEST_GUILESS_MAIN(TestThreadHeights)
#include "tst_threadheights.moc"
