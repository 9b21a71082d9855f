// SPDX-License-Identifier: GPL-3.0-or-later
// Runs a fuzz target without a fuzzing engine: every file of its corpus, each within its limits of
// time and memory, then mutations of them from a seed that is printed.
//   fuzz_x [FILE...]   runs only these files
#include "tests/fuzz/fuzz.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>

#include <array>
#include <atomic>
#include <random>

#if defined(__SANITIZE_ADDRESS__)
// Of the sanitizer's allocator_interface.h, which does not come with GCC.
extern "C" int __sanitizer_install_malloc_and_free_hooks(
    void (*onMalloc)(const volatile void *, std::size_t), void (*onFree)(const volatile void *));
extern "C" std::size_t __sanitizer_get_allocated_size(const volatile void *block);
#endif

namespace {

constexpr qint64 MostMs = 1000;
constexpr qint64 MostBytes = qint64(64) * 1024 * 1024;
constexpr int Mutations = 3000;
constexpr qint64 MutationsMs = 5000; // a slow target makes fewer
constexpr std::uint32_t DefaultSeed = 20260928;

std::atomic<qint64> allocated{0};
std::atomic<qint64> highest{0};

#if defined(__SANITIZE_ADDRESS__)
void onMalloc(const volatile void * /*block*/, std::size_t size)
{
    const qint64 now = allocated += static_cast<qint64>(size);
    if (now > highest)
        highest = now;
}

void onFree(const volatile void *block)
{
    if (block)
        allocated
            -= static_cast<qint64>(__sanitizer_get_allocated_size(const_cast<const void *>(block)));
}

void countAllocations()
{
    __sanitizer_install_malloc_and_free_hooks(&onMalloc, &onFree);
}
#else
void countAllocations() { } // the run with sanitizers counts
#endif

// One input, within the limits. `name` says which one failed.
bool run(const QByteArray &input, const QByteArray &name)
{
    QElapsedTimer timer;
    const qint64 before = allocated;
    highest = before;
    timer.start();
    // A copy of its own, so that a read behind its end is seen.
    const std::vector<std::uint8_t> copy(input.begin(), input.end());
    LLVMFuzzerTestOneInput(copy.data(), copy.size());
    const qint64 ms = timer.elapsed();
    const qint64 bytes = highest - before;
    if (ms <= MostMs && bytes <= MostBytes)
        return true;
    std::fprintf(stderr, "%s: took %lld ms and %lld bytes\n", name.constData(),
        static_cast<long long>(ms), static_cast<long long>(bytes));
    return false;
}

QList<QByteArray> readFiles(const QStringList &paths)
{
    QList<QByteArray> inputs;
    for (const QString &path : paths) {
        QFile file(path);
        if (!file.open(QIODevice::ReadOnly)) {
            std::fprintf(stderr, "cannot read %s\n", qPrintable(path));
            std::exit(2);
        }
        inputs.append(file.readAll());
    }
    return inputs;
}

QByteArray mutated(const QList<QByteArray> &inputs, std::mt19937 &random)
{
    static const std::array<QByteArray, 16> Tokens{"null", "[", "{", "\"", "\\ud83d", "\\u0000",
        "1e999", QByteArray(1, '\0'), "\xff", "\xed\xa0\x80", "9007199254740993", "../", "\r\n",
        "%00", "[[[[[[[[", "18446744073709551616"};
    const auto below = [&random](qsizetype end) {
        return static_cast<qsizetype>(
            random() % static_cast<std::uint32_t>(qMax<qsizetype>(end, 1)));
    };
    QByteArray input = inputs.at(below(inputs.size()));
    for (qsizetype changes = 1 + below(4); changes > 0; --changes) {
        const qsizetype at = below(input.size() + 1);
        switch (random() % 6) {
        case 0:
            input.insert(at, Tokens.at(static_cast<std::size_t>(below(Tokens.size()))));
            break;
        case 1:
            input.remove(at, 1 + below(16));
            break;
        case 2:
            input.insert(at, input.mid(below(input.size()), 1 + below(64)));
            break;
        case 3: {
            const QByteArray &other = inputs.at(below(inputs.size()));
            input = input.first(at) + other.mid(below(other.size() + 1));
            break;
        }
        case 4:
            input.truncate(at);
            break;
        default:
            if (at < input.size())
                input[at] = static_cast<char>(input.at(at) ^ (1 << below(8)));
            break;
        }
    }
    return input;
}

// Keeps an input until the next one, so that whatever ends the program leaves it behind.
void keep(QFile &file, const QByteArray &input)
{
    file.seek(0);
    file.write(input);
    file.resize(input.size());
}

bool runMutations(const QList<QByteArray> &inputs)
{
    const std::uint32_t seed = qEnvironmentVariableIsSet("PAGEDESK_FUZZ_SEED")
        ? qEnvironmentVariable("PAGEDESK_FUZZ_SEED").toUInt()
        : DefaultSeed;
    std::printf("seed %u\n", seed);
    std::fflush(stdout);
    std::mt19937 random(seed);
    QFile kept(QStringLiteral(PAGEDESK_FUZZ_NAME ".failing"));
    if (!kept.open(QIODevice::WriteOnly | QIODevice::Unbuffered)) {
        std::fprintf(stderr, "cannot write %s\n", qPrintable(kept.fileName()));
        return false;
    }
    QElapsedTimer timer;
    timer.start();
    int done = 0;
    for (; done < Mutations && timer.elapsed() < MutationsMs; ++done) {
        const QByteArray input = mutated(inputs, random);
        keep(kept, input);
        if (!run(input, "mutation " + QByteArray::number(done)))
            return false;
    }
    kept.remove();
    std::printf("%d mutations in %lld ms\n", done, static_cast<long long>(timer.elapsed()));
    return true;
}

} // namespace

int main(int argc, char **argv)
{
    QStringList paths;
    for (int i = 1; i < argc; ++i)
        paths.append(QFile::decodeName(argv[i]));
    const bool given = !paths.isEmpty();
    const QDir corpus(QStringLiteral(PAGEDESK_FUZZ_CORPUS));
    if (!given) {
        for (const QString &name : corpus.entryList(QDir::Files, QDir::Name))
            paths.append(corpus.filePath(name));
    }
    const QList<QByteArray> inputs = readFiles(paths);
    if (inputs.isEmpty()) {
        std::fprintf(stderr, "there is nothing in %s\n", qPrintable(corpus.path()));
        return 2;
    }
    countAllocations();
    run({}, "nothing"); // what is made once is made now
    bool good = true;
    for (qsizetype i = 0; i < inputs.size(); ++i) {
        std::printf("%s\n", qPrintable(paths.at(i)));
        std::fflush(stdout);
        good = run(inputs.at(i), QFile::encodeName(paths.at(i))) && good;
    }
    std::printf("%lld files\n", static_cast<long long>(inputs.size()));
    return good && (given || runMutations(inputs)) ? 0 : 1;
}
