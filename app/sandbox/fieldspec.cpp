// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/fieldspec.h"

#include <optional>

namespace Pagedesk::Sandbox {

using namespace Qt::Literals::StringLiterals;

namespace {

class FieldReader {
public:
    explicit FieldReader(QStringView text)
        : m_text(text)
    {
    }

    // Everything up to the end, or up to the closing brace of `depth`.
    std::optional<QList<FieldSpec>> readList(int depth)
    {
        QList<FieldSpec> fields;
        if (depth > DeepestNesting)
            return std::nullopt;
        while (true) {
            FieldSpec field;
            field.name = word();
            if (field.name.isEmpty() || !readModifiers(field))
                return std::nullopt;
            if (take(u'{')) {
                auto inner = readList(depth + 1);
                if (!inner || !take(u'}'))
                    return std::nullopt;
                field.fields = *std::move(inner);
            }
            fields.append(std::move(field));
            if (!take(u','))
                return fields;
        }
    }

    bool isAtEnd() const { return m_at == m_text.size(); }

private:
    static constexpr int DeepestNesting = 8;

    bool take(QChar wanted)
    {
        skipSpace();
        if (isAtEnd() || m_text[m_at] != wanted)
            return false;
        ++m_at;
        skipSpace();
        return true;
    }

    void skipSpace()
    {
        while (!isAtEnd() && m_text[m_at].isSpace())
            ++m_at;
    }

    QString word()
    {
        skipSpace();
        const auto begin = m_at;
        while (!isAtEnd() && (m_text[m_at].isLetterOrNumber() || m_text[m_at] == u'_'))
            ++m_at;
        return m_text.sliced(begin, m_at - begin).toString();
    }

    bool readModifiers(FieldSpec &field)
    {
        while (take(u'.')) {
            const QString name = word();
            const auto end = m_text.indexOf(u')', m_at);
            if (name.isEmpty() || !take(u'(') || end < m_at)
                return false;
            field.modifiers.insert(name, m_text.sliced(m_at, end - m_at).trimmed().toString());
            m_at = end + 1;
        }
        return true;
    }

    QStringView m_text;
    qsizetype m_at = 0;
};

} // namespace

tl::expected<QList<FieldSpec>, GraphError> readFields(const QString &text)
{
    if (text.trimmed().isEmpty())
        return QList<FieldSpec>();
    FieldReader reader(text);
    auto fields = reader.readList(0);
    if (!fields || !reader.isAtEnd())
        return graphFailure({2500, 0, u"Syntax error in the fields that were asked for"_s});
    return *std::move(fields);
}

QList<FieldSpec> plainFields(const QStringList &names)
{
    QList<FieldSpec> fields;
    for (const QString &name : names)
        fields.append({name, {}, {}});
    return fields;
}

GraphResult makeNode(
    const QString &type, const QList<FieldSpec> &fields, const QHash<QString, FieldMaker> &makers)
{
    QJsonObject node{{u"id"_s, makers.value(u"id"_s)({})}};
    for (const FieldSpec &field : fields) {
        const auto maker = makers.constFind(field.name);
        if (maker == makers.constEnd()) {
            return graphFailure(
                badParameter(u"Tried accessing nonexisting field (%1) on node type (%2)"_s.arg(
                    field.name, type)));
        }
        const QJsonValue value = (*maker)(field);
        if (!value.isUndefined())
            node[field.name] = value;
    }
    return node;
}

} // namespace Pagedesk::Sandbox
