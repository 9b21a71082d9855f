// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/messenger/jsonrepair.h"
#include "models/messenger/jsontree.h"

#include <rapidjson/error/en.h>
#include <rapidjson/reader.h>
#include <rapidjson/stream.h>

#include <algorithm>
#include <array>
#include <limits>

namespace Pagedesk {

namespace {

using Kind = JsonValue::Kind;
using rapidjson::SizeType;

constexpr std::string_view ByteOrderMark = "\xef\xbb\xbf";
constexpr qsizetype MaxTextBytes = std::numeric_limits<qint32>::max(); // spans are 32 bits wide
// A short text may be dense; a long one with more than a value for every eight bytes is no event
// but an attempt on our memory.
constexpr size_t FreeNodes = 4096;
constexpr size_t BytesPerNode = 8;

// Strings are decoded where they stand, in a copy of the text. Of a type of its own, so that the
// parser does not work on a copy of it: its position is asked for.
struct Stream : rapidjson::InsituStringStream {
    explicit Stream(char *text)
        : rapidjson::InsituStringStream(text)
    {
    }
};

// Appends what the parser finds to a tree. Positions come from the parser's stream, which may read
// a repaired copy of the text: only numbers are taken from the text itself.
class TreeBuilder : public rapidjson::BaseReaderHandler<rapidjson::UTF8<>, TreeBuilder> {
public:
    TreeBuilder(JsonTree &tree, Stream &stream, size_t skipped)
        : m_tree(tree)
        , m_stream(stream)
        , m_skipped(skipped)
        , m_maxNodes(FreeNodes + static_cast<size_t>(tree.text.size()) / BytesPerNode)
        , m_last(skipped)
    {
    }

    const char *problem() const { return m_problem; }

    bool Null() { return addScalar(Kind::Null, 0, 0, position()); }
    bool Bool(bool value) { return addScalar(Kind::Bool, nextToken(), value ? 4 : 5, position()); }
    bool String(const char *text, SizeType length, bool /*copy*/)
    {
        return addScalar(Kind::String, offsetOf(text), length, position());
    }
    bool RawNumber(const char * /*text*/, SizeType /*length*/, bool /*copy*/)
    {
        const std::string_view text = received();
        const size_t begin = nextToken();
        const size_t end = std::min(text.find_first_not_of("+-.0123456789eE", begin), text.size());
        return addScalar(Kind::Number, begin, end - begin, end);
    }
    bool Key(const char *text, SizeType length, bool /*copy*/)
    {
        m_keyBegin = static_cast<quint32>(offsetOf(text));
        m_keyLength = length;
        m_last = position();
        return true;
    }
    bool StartObject() { return open(Kind::Object); }
    bool EndObject(SizeType /*members*/) { return close(); }
    bool StartArray() { return open(Kind::Array); }
    bool EndArray(SizeType /*elements*/) { return close(); }

private:
    std::string_view received() const
    {
        return {m_tree.text.constData(), static_cast<size_t>(m_tree.text.size())};
    }
    size_t position() const { return m_skipped + m_stream.Tell(); }
    size_t offsetOf(const char *text) const
    {
        return static_cast<size_t>(text - m_tree.decoded.data());
    }
    // Between two tokens there is nothing but white space and separators. Brackets are found this
    // way too, because the parser tells of them before it has passed them.
    size_t nextToken() const { return received().find_first_not_of(" \t\r\n,:", m_last); }

    bool add(Kind kind)
    {
        if (m_tree.nodes.size() >= m_maxNodes) {
            m_problem = "more values than a text of this length can sensibly have";
            return false;
        }
        JsonNode &node = m_tree.nodes.emplace_back();
        node.kind = kind;
        node.begin = static_cast<quint32>(nextToken());
        node.keyBegin = m_keyBegin;
        node.keyLength = m_keyLength;
        m_keyLength = 0;
        return true;
    }

    bool addScalar(Kind kind, size_t textBegin, size_t textLength, size_t end)
    {
        if (!add(kind))
            return false;
        JsonNode &node = m_tree.nodes.back();
        node.textBegin = static_cast<quint32>(textBegin);
        node.textLength = static_cast<quint32>(textLength);
        node.end = static_cast<quint32>(end);
        node.subtreeEnd = static_cast<quint32>(m_tree.nodes.size());
        m_last = end;
        return true;
    }

    bool open(Kind kind)
    {
        if (m_depth >= m_open.size()) {
            m_problem = "nested too deeply";
            return false;
        }
        m_open[m_depth++] = static_cast<quint32>(m_tree.nodes.size());
        if (!add(kind))
            return false;
        m_last = nextToken() + 1;
        return true;
    }

    bool close()
    {
        JsonNode &node = m_tree.nodes[m_open[--m_depth]];
        m_last = nextToken() + 1;
        node.end = static_cast<quint32>(m_last);
        node.subtreeEnd = static_cast<quint32>(m_tree.nodes.size());
        return true;
    }

    JsonTree &m_tree;
    Stream &m_stream;
    size_t m_skipped; // bytes of the byte order mark
    size_t m_maxNodes;
    size_t m_last; // where the last token ended
    quint32 m_keyBegin = 0;
    quint32 m_keyLength = 0;
    std::array<quint32, JsonDocument::MaxDepth> m_open{}; // containers not yet closed
    size_t m_depth = 0;
    const char *m_problem = nullptr;
};

struct Outcome {
    rapidjson::ParseErrorCode code = rapidjson::kParseErrorNone;
    size_t offset = 0;
    const char *problem = nullptr; // our own limits
};

Outcome build(JsonTree &tree, const QByteArray &readable)
{
    const auto size = static_cast<size_t>(readable.size());
    tree.nodes.clear();
    tree.nodes.reserve(size / 16 + 16);
    tree.decoded.assign(readable.constData(), size);
    const size_t skipped = readable.startsWith(ByteOrderMark) ? ByteOrderMark.size() : 0;
    Stream stream(tree.decoded.data() + skipped);
    TreeBuilder builder(tree, stream, skipped);
    rapidjson::Reader reader;
    constexpr unsigned Flags = rapidjson::kParseInsituFlag | rapidjson::kParseIterativeFlag
        | rapidjson::kParseNumbersAsStringsFlag;
    const auto result = reader.Parse<Flags>(stream, builder);
    if (result.IsError())
        return {result.Code(), skipped + result.Offset(), builder.problem()};
    // The parser takes a NUL for the end.
    if (skipped + stream.Tell() != size)
        return {rapidjson::kParseErrorDocumentRootNotSingular, skipped + stream.Tell(), nullptr};
    return {};
}

bool mayHaveSurrogates(const QByteArray &text)
{
    const std::string_view view(text.constData(), static_cast<size_t>(text.size()));
    return view.find("\\ud") != std::string_view::npos
        || view.find("\\uD") != std::string_view::npos;
}

QString describe(const Outcome &outcome)
{
    using namespace Qt::Literals::StringLiterals;
    QString what = QString::fromLatin1(
        outcome.problem ? outcome.problem : rapidjson::GetParseError_En(outcome.code));
    while (what.endsWith(u'.'))
        what.chop(1);
    return u"not readable as JSON: %1, at byte %2"_s.arg(what).arg(outcome.offset);
}

} // namespace

Result<> readJson(JsonTree &tree)
{
    if (tree.text.size() > MaxTextBytes)
        return failure(Error::Kind::TooLarge, QStringLiteral("the JSON text exceeds 2 GiB"));
    // Faster than to let the parser check each character.
    if (!tree.text.isValidUtf8())
        return failure(Error::Kind::Protocol, QStringLiteral("not valid UTF-8"));
    Outcome outcome
        = build(tree, mayHaveSurrogates(tree.text) ? repairedJson(tree.text) : tree.text);
    if (outcome.code == rapidjson::kParseErrorNumberTooBig)
        outcome = build(tree, repairedJson(tree.text));
    if (outcome.code != rapidjson::kParseErrorNone)
        return failure(Error::Kind::Protocol, describe(outcome));
    return {};
}

} // namespace Pagedesk
