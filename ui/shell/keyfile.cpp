// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/keyfile.h"

#include <QCoreApplication>

#include <toml++/toml.h>

#include <algorithm>
#include <utility>

namespace Pagedesk::Ui {

using namespace Qt::Literals::StringLiterals;

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(KeyFile)
};

constexpr qsizetype LargestFile = 64 * 1024;
constexpr qsizetype LongestLine = 1000;
constexpr int MostProblems = 50;
constexpr int MostKeys = 8; // of one action
constexpr qsizetype LongestShown = 40; // of what stands in the file, in a sentence

// A line of the file as far as it sets something.
struct Assignment {
    QString name;
    std::optional<QStringList> keys; // nothing: not a text or a list of texts
    qsizetype end = 0; // where the value ends, in code points
};

enum class Kind { Nothing, Sets, Broken };

std::optional<QStringList> textsOf(const toml::node &node)
{
    const auto textOf = [](const toml::node &one) -> std::optional<QString> {
        const auto text = one.value_exact<std::string>();
        return text ? std::optional(QString::fromStdString(*text)) : std::nullopt;
    };
    if (const auto text = textOf(node))
        return text->isEmpty() ? QStringList() : QStringList(*text);
    const toml::array *list = node.as_array();
    if (list == nullptr || list->size() > MostKeys)
        return std::nullopt;
    QStringList texts;
    for (const toml::node &one : *list) {
        const auto text = textOf(one);
        if (!text)
            return std::nullopt;
        texts.append(*text);
    }
    return texts;
}

// Each line is read by itself: one that is broken does not spoil the others.
Kind readLine(const QByteArray &line, Assignment &assignment)
{
    if (line.size() > LongestLine)
        return Kind::Broken;
    try {
        const toml::table table
            = toml::parse(std::string_view(line.constData(), size_t(line.size())));
        if (table.empty())
            return Kind::Nothing;
        const auto entry = table.begin(); // holds what it points to
        const toml::node &value = entry->second;
        assignment.name = QString::fromStdString(std::string(entry->first.str()));
        assignment.keys = textsOf(value);
        assignment.end = qsizetype(value.source().end.column) - 1;
        return Kind::Sets;
    } catch (const toml::parse_error &) {
        return Kind::Broken;
    }
}

bool isModifier(int key)
{
    return key == Qt::Key_Control || key == Qt::Key_Shift || key == Qt::Key_Alt
        || key == Qt::Key_Meta || key == Qt::Key_AltGr || key == Qt::Key_CapsLock
        || key == Qt::Key_Super_L || key == Qt::Key_Super_R;
}

// Keys that lead through fields, lists and buttons.
bool isForMoving(int key)
{
    static const QList<int> keys{Qt::Key_Escape, Qt::Key_Tab, Qt::Key_Backtab, Qt::Key_Backspace,
        Qt::Key_Return, Qt::Key_Enter, Qt::Key_Insert, Qt::Key_Delete, Qt::Key_Home, Qt::Key_End,
        Qt::Key_Left, Qt::Key_Up, Qt::Key_Right, Qt::Key_Down, Qt::Key_PageUp, Qt::Key_PageDown};
    return keys.contains(key);
}

// What every field does with these.
bool isForEditing(QKeyCombination key)
{
    static const QList<QKeyCombination> keys{Qt::CTRL | Qt::Key_A, Qt::CTRL | Qt::Key_C,
        Qt::CTRL | Qt::Key_V, Qt::CTRL | Qt::Key_X, Qt::CTRL | Qt::Key_Z,
        Qt::CTRL | Qt::SHIFT | Qt::Key_Z, Qt::CTRL | Qt::Key_Backspace, Qt::CTRL | Qt::Key_Delete,
        Qt::CTRL | Qt::Key_Left, Qt::CTRL | Qt::Key_Right, Qt::CTRL | Qt::Key_Home,
        Qt::CTRL | Qt::Key_End};
    return keys.contains(key);
}

QString shown(const QString &text)
{
    QString line = text.size() > LongestShown ? text.left(LongestShown) + u'…' : text;
    for (QChar &c : line) {
        const bool isSafe = c.isPrint() && c.category() != QChar::Other_Format;
        c = isSafe || c == u'…' ? c : QChar(u'?');
    }
    return line;
}

QString native(const QKeySequence &key)
{
    return key.toString(QKeySequence::NativeText);
}

// What the file asks for, line by line; taken back where it cannot be.
class Reading {
public:
    explicit Reading(const QList<KeyAction> &actions)
        : m_actions(actions)
    {
    }

    KeyChoices read(const QByteArray &content)
    {
        if (content.size() > LargestFile) {
            add(0, Words::tr("The file is too large."));
        } else {
            const QList<QByteArray> lines = content.split('\n');
            for (int number = 1; number <= lines.size(); ++number)
                readOne(number, lines.at(number - 1).trimmed());
        }
        while (takeBackOneClash()) { }
        KeyChoices choices;
        for (const KeyAction &action : m_actions)
            choices.keys.insert(action.name, keysOf(action));
        std::stable_sort(m_problems.begin(), m_problems.end(),
            [](const KeyProblem &a, const KeyProblem &b) { return a.line < b.line; });
        choices.problems = m_problems.mid(0, MostProblems);
        return choices;
    }

private:
    struct Wish {
        int line = 0;
        QList<QKeySequence> keys;
    };

    void add(int line, const QString &sentence) { m_problems.append({line, sentence}); }

    void readOne(int number, const QByteArray &line)
    {
        Assignment assignment;
        switch (readLine(line, assignment)) {
        case Kind::Nothing:
            return;
        case Kind::Broken:
            add(number, Words::tr("This cannot be read. Write it like resolve = \"Ctrl+E\"."));
            return;
        case Kind::Sets:
            take(number, assignment);
        }
    }

    void take(int number, const Assignment &assignment)
    {
        const auto action = std::find_if(m_actions.cbegin(), m_actions.cend(),
            [&assignment](const KeyAction &one) { return one.name == assignment.name; });
        if (action == m_actions.cend()) {
            add(number, Words::tr("There is no action “%1”.").arg(shown(assignment.name)));
        } else if (m_wishes.contains(action->name)) {
            add(number,
                Words::tr("“%1” stands in line %2 already, which counts.")
                    .arg(action->name)
                    .arg(m_wishes.value(action->name).line));
        } else if (!assignment.keys) {
            add(number,
                Words::tr("The keys of “%1” must be a text or a short list of texts.")
                    .arg(action->name));
        } else if (const auto keys = parse(number, *assignment.keys, *action)) {
            m_wishes.insert(action->name, {number, *keys});
        }
    }

    std::optional<QList<QKeySequence>> parse(
        int number, const QStringList &texts, const KeyAction &action)
    {
        QList<QKeySequence> keys;
        for (const QString &text : texts) {
            const auto key = QKeySequence::fromString(text, QKeySequence::PortableText);
            const bool isKey = key.count() == 1 && key[0].key() != Qt::Key_unknown
                && key[0].key() != 0 && text.size() <= LongestShown;
            const auto trouble = isKey
                ? keyTrouble(key, action)
                : std::optional(Words::tr("“%1” is not a key.").arg(shown(text)));
            if (trouble) {
                add(number, *trouble);
                return std::nullopt;
            }
            if (!keys.contains(key))
                keys.append(key);
        }
        return keys;
    }

    QList<QKeySequence> keysOf(const KeyAction &action) const
    {
        const auto wish = m_wishes.constFind(action.name);
        return wish == m_wishes.cend() ? action.defaults : wish->keys;
    }

    // Of two actions with one key the later line gives way; a default never does.
    bool takeBackOneClash()
    {
        QHash<QKeySequence, const KeyAction *> owners;
        for (const KeyAction &action : m_actions) {
            const QList<QKeySequence> keys = keysOf(action);
            for (const QKeySequence &key : keys) {
                const KeyAction *other = std::exchange(owners[key], &action);
                if (other != nullptr && other != &action) {
                    takeBack(*other, action, key);
                    return true;
                }
            }
        }
        return false;
    }

    void takeBack(const KeyAction &one, const KeyAction &other, const QKeySequence &key)
    {
        const int oneLine = m_wishes.value(one.name).line;
        const int otherLine = m_wishes.value(other.name).line;
        const KeyAction &loser = oneLine > otherLine ? one : other;
        const KeyAction &owner = oneLine > otherLine ? other : one;
        const int line = std::max(oneLine, otherLine);
        if (line == 0) // two defaults; the table's test forbids it
            m_wishes.insert(loser.name, {0, {}});
        else
            m_wishes.remove(loser.name);
        add(line,
            Words::tr("%1 is already the key of “%2” (%3).")
                .arg(native(key), owner.text, owner.name));
    }

    const QList<KeyAction> &m_actions;
    QHash<QString, Wish> m_wishes;
    QList<KeyProblem> m_problems;
};

QString quoted(const QKeySequence &key)
{
    QString text = key.toString(QKeySequence::PortableText);
    text.replace(u'\\', u"\\\\"_s).replace(u'"', u"\\\""_s);
    return u'"' + text + u'"';
}

QString valueOf(const QList<QKeySequence> &keys)
{
    if (keys.isEmpty())
        return u"\"\""_s;
    if (keys.size() == 1)
        return quoted(keys.constFirst());
    QStringList texts;
    for (const QKeySequence &key : keys)
        texts.append(quoted(key));
    return u'[' + texts.join(u", "_s) + u']';
}

QByteArray lineOf(const QString &name, const QList<QKeySequence> &keys)
{
    return (name + u" = "_s + valueOf(keys)).toUtf8();
}

// Whether it is the comment in which firstKeyFile() shows the default.
bool isDefaultComment(const QByteArray &line, const QString &name)
{
    const QByteArray trimmed = line.trimmed();
    return trimmed.startsWith("# " + name.toUtf8() + " = ");
}

// What stands behind the value: a comment of the person's own.
QByteArray restOf(const QByteArray &line, const Assignment &assignment)
{
    const QList<uint> letters = QString::fromUtf8(line.trimmed()).toUcs4();
    const qsizetype from = std::clamp<qsizetype>(assignment.end, 0, letters.size());
    const QString rest = QString::fromUcs4(
        reinterpret_cast<const char32_t *>(letters.constData()) + from, letters.size() - from);
    return rest.trimmed().isEmpty() ? QByteArray() : "  " + rest.trimmed().toUtf8();
}

// Replaces the lines that set the action by what `make` says of them; true if there was one.
template <typename Make>
bool replaceLines(QList<QByteArray> &lines, const QString &name, const Make &make)
{
    bool isFound = false;
    for (qsizetype at = 0; at < lines.size();) {
        Assignment assignment;
        const bool sets = readLine(lines.at(at).trimmed(), assignment) == Kind::Sets;
        if (!sets || assignment.name != name) {
            ++at;
        } else if (std::exchange(isFound, true)) {
            lines.removeAt(at); // one that never counted
        } else {
            lines[at] = make(restOf(lines.at(at), assignment));
            ++at;
        }
    }
    return isFound;
}

} // namespace

KeyChoices readKeys(const QByteArray &content, const QList<KeyAction> &actions)
{
    return Reading(actions).read(content);
}

std::optional<QString> keyTrouble(const QKeySequence &key, const KeyAction &action)
{
    if (action.defaults.contains(key))
        return std::nullopt;
    const QKeyCombination combination = key[0];
    const int code = combination.key();
    const bool isPlain = !(combination.keyboardModifiers()
        & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier));
    if (isModifier(code))
        return Words::tr("%1 needs another key with it.").arg(native(key));
    if (isPlain && isForMoving(code))
        return Words::tr("%1 is needed for moving and for writing.").arg(native(key));
    if (isPlain && code < Qt::Key_Escape)
        return Words::tr("%1 would type text.").arg(native(key));
    if (isForEditing(combination))
        return Words::tr("%1 is needed in every field.").arg(native(key));
    return std::nullopt;
}

QByteArray firstKeyFile(const QList<KeyAction> &actions)
{
    QByteArray content
        = "# The keys of Pagedesk. Take away the # at the beginning of a line and change the key;\n"
          "# several stand in brackets: filter = [\"Ctrl+K\", \"/\"]. \"\" turns a key off.\n"
          "# A line that cannot be used is named in the window, and the default counts.\n";
    for (const KeyAction &action : actions)
        content
            += "\n# " + action.text.toUtf8() + "\n# " + lineOf(action.name, action.defaults) + '\n';
    return content;
}

QByteArray withKeys(
    const QByteArray &content, const KeyAction &action, const QList<QKeySequence> &keys)
{
    QList<QByteArray> lines = content.split('\n');
    const QByteArray line = lineOf(action.name, keys);
    if (replaceLines(lines, action.name, [&line](const QByteArray &rest) { return line + rest; }))
        return lines.join('\n');
    const auto comment = std::find_if(lines.begin(), lines.end(),
        [&action](const QByteArray &one) { return isDefaultComment(one, action.name); });
    if (comment != lines.end())
        *comment = line;
    else
        lines.prepend(line); // before any heading of a table, which would swallow it
    return lines.join('\n');
}

QByteArray withDefaultKeys(const QByteArray &content, const KeyAction &action)
{
    QList<QByteArray> lines = content.split('\n');
    const QByteArray line = "# " + lineOf(action.name, action.defaults);
    replaceLines(lines, action.name, [&line](const QByteArray &rest) { return line + rest; });
    return lines.join('\n');
}

} // namespace Pagedesk::Ui
