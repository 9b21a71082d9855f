// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/result.h"

#include <QByteArray>
#include <QString>

#include <memory>
#include <optional>
#include <string_view>

namespace Pagedesk {

struct JsonTree;

// One value of a JsonDocument, cheap to copy, valid while the document lives. A value that is not
// there is of kind Absent and answers every question emptily, so that paths need no checks.
class JsonValue {
public:
    enum class Kind : quint8 { Absent, Null, Bool, Number, String, Array, Object };
    class Iterator;

    JsonValue() = default;
    JsonValue(const JsonTree *tree, quint32 index)
        : m_tree(tree)
        , m_index(index)
    {
    }

    Kind kind() const;
    bool isAbsent() const { return kind() == Kind::Absent; }
    bool isNull() const { return kind() == Kind::Null; }
    bool isArray() const { return kind() == Kind::Array; }
    bool isObject() const { return kind() == Kind::Object; }
    // true, or the string "true": Meta sends both.
    bool isTrue() const;

    // The member of an object; of equal keys the last one, as most parsers have it.
    JsonValue operator[](std::string_view key) const;
    // The members of an object or array in the order received; nothing for all others.
    Iterator begin() const;
    Iterator end() const;
    bool hasChildren() const;

    // The name under which an object holds this value, in UTF-8.
    std::string_view key() const;
    // A string's characters in UTF-8, a number's exactly as written, "true" or "false"; else empty.
    std::string_view bytes() const;
    // A string or number as text; else empty. NUL becomes U+FFFD, because databases and displays
    // end a text at it.
    QString text() const;
    // A whole number given as number or string; nothing when it does not fit or is none.
    std::optional<qint64> toInt64() const;
    // A finite number given as number or string.
    std::optional<double> toDouble() const;
    // The bytes of the value exactly as received.
    QByteArray raw() const;

    // Calls f(const JsonValue &) for this value and all below it in document order, without
    // recursion.
    template <typename F> void visit(F f) const
    {
        for (quint32 i = m_index, last = subtreeEnd(); i < last; ++i)
            f(JsonValue(m_tree, i));
    }
    // How many values visit() finds.
    quint32 valueCount() const { return subtreeEnd() - m_index; }

private:
    quint32 subtreeEnd() const;

    const JsonTree *m_tree = nullptr;
    quint32 m_index = 0;
};

class JsonValue::Iterator {
public:
    explicit Iterator(JsonValue value)
        : m_value(value)
    {
    }
    JsonValue operator*() const { return m_value; }
    Iterator &operator++()
    {
        m_value.m_index = m_value.subtreeEnd();
        return *this;
    }
    bool operator!=(const Iterator &other) const
    {
        return m_value.m_index != other.m_value.m_index;
    }

private:
    JsonValue m_value;
};

// A JSON text, read once into a flat list of values; nothing in it recurses. Numbers keep their
// characters, so that ids beyond 53 bits stay exact. A byte order mark and escapes of half a
// surrogate pair (read as U+FFFD) are tolerated.
class JsonDocument {
public:
    static constexpr int MaxDepth = 512; // what other readers of the raw items get along with

    // Protocol: no JSON, invalid UTF-8, nested deeper than MaxDepth, or more values than any real
    // text of its length has. The detail says what and at which byte.
    static Result<JsonDocument> parse(const QByteArray &text);

    JsonDocument(JsonDocument &&) noexcept;
    JsonDocument &operator=(JsonDocument &&) noexcept;
    ~JsonDocument();

    JsonValue root() const;

private:
    explicit JsonDocument(std::unique_ptr<JsonTree> tree);

    std::unique_ptr<JsonTree> m_tree;
};

} // namespace Pagedesk
