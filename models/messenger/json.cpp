// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/messenger/jsontree.h"

#include <charconv>
#include <cmath>
#include <utility>

namespace Pagedesk {

JsonValue::Kind JsonValue::kind() const
{
    return m_tree ? m_tree->nodes[m_index].kind : Kind::Absent;
}

bool JsonValue::isTrue() const
{
    return (kind() == Kind::Bool || kind() == Kind::String) && bytes() == "true";
}

JsonValue JsonValue::operator[](std::string_view key) const
{
    JsonValue found;
    if (!isObject())
        return found;
    for (const JsonValue member : *this) {
        if (member.key() == key)
            found = member;
    }
    return found;
}

JsonValue::Iterator JsonValue::begin() const
{
    return Iterator(
        hasChildren() ? JsonValue(m_tree, m_index + 1) : JsonValue(m_tree, subtreeEnd()));
}

JsonValue::Iterator JsonValue::end() const
{
    return Iterator(JsonValue(m_tree, subtreeEnd()));
}

bool JsonValue::hasChildren() const
{
    return subtreeEnd() > m_index + 1;
}

std::string_view JsonValue::key() const
{
    if (!m_tree)
        return {};
    const JsonNode &node = m_tree->nodes[m_index];
    return m_tree->view(node.keyBegin, node.keyLength);
}

std::string_view JsonValue::bytes() const
{
    if (!m_tree)
        return {};
    const JsonNode &node = m_tree->nodes[m_index];
    if (node.kind == Kind::Number) // as received, whatever the parser has read
        return {m_tree->text.constData() + node.textBegin, node.textLength};
    return m_tree->view(node.textBegin, node.textLength);
}

QString JsonValue::text() const
{
    if (kind() != Kind::String && kind() != Kind::Number)
        return {};
    const std::string_view utf8 = bytes();
    QString text = QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
    if (utf8.find('\0') != std::string_view::npos)
        text.replace(QChar(u'\0'), QChar(QChar::ReplacementCharacter));
    return text;
}

std::optional<qint64> JsonValue::toInt64() const
{
    const std::string_view digits = bytes();
    qint64 number = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (error != std::errc() || end != digits.data() + digits.size())
        return std::nullopt;
    return number;
}

std::optional<double> JsonValue::toDouble() const
{
    const std::string_view digits = bytes();
    double number = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (error != std::errc() || end != digits.data() + digits.size() || !std::isfinite(number))
        return std::nullopt;
    return number;
}

QByteArray JsonValue::raw() const
{
    if (!m_tree)
        return {};
    const JsonNode &node = m_tree->nodes[m_index];
    return m_tree->text.mid(node.begin, node.end - node.begin);
}

quint32 JsonValue::subtreeEnd() const
{
    return m_tree ? m_tree->nodes[m_index].subtreeEnd : m_index;
}

namespace {

constexpr size_t SpareBytes = 64 * 1024; // what a thread keeps at most

// Bodies come by the thousand, one after the other: the memory of the last document is used again.
thread_local std::unique_ptr<JsonTree> t_spare;

} // namespace

Result<JsonDocument> JsonDocument::parse(const QByteArray &text)
{
    auto tree = t_spare ? std::move(t_spare) : std::make_unique<JsonTree>();
    tree->text = text;
    if (auto read = readJson(*tree); !read)
        return failure(std::move(read.error()));
    return JsonDocument(std::move(tree));
}

JsonDocument::JsonDocument(std::unique_ptr<JsonTree> tree)
    : m_tree(std::move(tree))
{
}

JsonDocument::JsonDocument(JsonDocument &&) noexcept = default;
JsonDocument &JsonDocument::operator=(JsonDocument &&) noexcept = default;

JsonDocument::~JsonDocument()
{
    if (!m_tree
        || m_tree->decoded.capacity() + m_tree->nodes.capacity() * sizeof(JsonNode) > SpareBytes)
        return;
    m_tree->text = {};
    t_spare = std::move(m_tree);
}

JsonValue JsonDocument::root() const
{
    return m_tree ? JsonValue(m_tree.get(), 0) : JsonValue();
}

} // namespace Pagedesk
