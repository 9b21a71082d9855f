// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/windowfixture.h"
#include "ui/shell/actions.h"
#include "ui/shell/keyfile.h"

#include <QAccessible>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QRegularExpression>
#include <QTest>

using namespace Pagedesk;
using namespace Pagedesk::Testing;
using namespace Pagedesk::Ui;
using namespace Qt::Literals::StringLiterals;

namespace {

// What has no key of its own, and why that is no loss: the palette has them all.
const QHash<ActionId, QString> &withoutKey()
{
    static const QHash<ActionId, QString> reasons{
        {ActionId::AppSettings, u"asked for once, when a workspace is set up"_s},
        {ActionId::AppearanceSystem, u"chosen once"_s},
        {ActionId::AppearanceLight, u"chosen once"_s},
        {ActionId::AppearanceDark, u"chosen once"_s},
        {ActionId::About, u"read once"_s},
    };
    return reasons;
}

const QHash<ActionId, QString> &withoutMenuEntry()
{
    static const QHash<ActionId, QString> reasons{{ActionId::Menu, u"it opens the menu"_s}};
    return reasons;
}

void collect(const QMenu &menu, QList<QAction *> &found)
{
    const QList<QAction *> entries = menu.actions();
    for (QAction *entry : entries) {
        if (const QMenu *below = entry->menu())
            collect(*below, found);
        else
            found.append(entry);
    }
}

void collectNames(QAccessibleInterface *menu, QStringList &names)
{
    for (int i = 0; i < menu->childCount(); ++i) {
        QAccessibleInterface *child = menu->child(i);
        names.append(child->text(QAccessible::Name));
    }
}

} // namespace

// Every action of the table can be found, named and reached in every way.
class TestActions : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u"^(?!\\s*OpenType support missing)"_s));
    }
    void hasAUniqueNameAndText();
    void keepsTheNamesOfKeysToml();
    void hasAKeyOrAReason();
    void noTwoShareAKey();
    void aKeyTypesNothing();
    void standsInTheMenuOrSaysWhyNot();
    void hasAnAccessibleName();
    void standsInThePalette();

private:
    Actions &actions() { return *m_fixture->window->findChild<Actions *>(); }

    std::unique_ptr<WindowFixture> m_fixture;
};

void TestActions::initTestCase()
{
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedKingdom));
    m_fixture = std::make_unique<WindowFixture>();
    QVERIFY(m_fixture->show());
    QCOMPARE(actions().all().size(), QMetaEnum::fromType<ActionId>().keyCount());
}

void TestActions::hasAUniqueNameAndText()
{
    QSet<QString> names;
    QSet<QString> texts;
    static const QRegularExpression form(u"^[a-z]+(-[a-z]+)*$"_s);
    for (const ActionId id : actions().all()) {
        const QString name = actionName(id);
        QVERIFY2(form.match(name).hasMatch(), qPrintable(name));
        QVERIFY2(!names.contains(name), qPrintable(name));
        names.insert(name);
        const QString text = actions()[id]->text();
        QVERIFY2(!text.isEmpty() && !text.contains(u'&'), qPrintable(name));
        QVERIFY2(!texts.contains(text.toCaseFolded()), qPrintable(name));
        texts.insert(text.toCaseFolded());
    }
}

// People have written these into their files.
void TestActions::keepsTheNamesOfKeysToml()
{
    const QStringList promised{u"palette"_s, u"filter"_s, u"next-conversation"_s,
        u"previous-conversation"_s, u"reply"_s, u"resolve"_s, u"attach-files"_s,
        u"find-in-thread"_s, u"find-earlier"_s, u"find-later"_s, u"jump-to-date"_s,
        u"first-unread"_s, u"first-today"_s, u"newest-message"_s, u"view-inbox"_s, u"view-unread"_s,
        u"view-waiting"_s, u"view-closing-soon"_s, u"view-resolved"_s, u"toggle-contact"_s,
        u"toggle-list"_s, u"toggle-rail"_s, u"retry-connection"_s, u"connect-pages"_s,
        u"page-doctor"_s, u"page-settings"_s, u"people"_s, u"app-settings"_s, u"menu"_s,
        u"all-pages"_s, u"first-page"_s, u"ninth-page"_s, u"larger-text"_s, u"smaller-text"_s,
        u"normal-text"_s, u"appearance-system"_s, u"appearance-light"_s, u"appearance-dark"_s,
        u"help"_s, u"shortcuts"_s, u"about"_s, u"quit"_s};
    QStringList names;
    for (const ActionId id : actions().all())
        names.append(actionName(id));
    for (const QString &name : promised)
        QVERIFY2(names.contains(name), qPrintable(name));
}

void TestActions::hasAKeyOrAReason()
{
    for (const ActionId id : actions().all()) {
        const bool hasKey = !actions().defaultKeys(id).isEmpty();
        QVERIFY2(hasKey != withoutKey().contains(id), qPrintable(actionName(id)));
        QCOMPARE(actions()[id]->shortcuts(), actions().defaultKeys(id));
    }
}

void TestActions::noTwoShareAKey()
{
    QHash<QKeySequence, ActionId> owners;
    for (const ActionId id : actions().all()) {
        for (const QKeySequence &key : actions().defaultKeys(id)) {
            QVERIFY2(!key.isEmpty() && key.count() == 1, qPrintable(actionName(id)));
            QVERIFY2(!owners.contains(key), qPrintable(actionName(id) + u": "_s + key.toString()));
            owners.insert(key, id);
        }
    }
}

void TestActions::aKeyTypesNothing()
{
    for (const ActionId id : actions().all()) {
        for (const QKeySequence &key : actions().defaultKeys(id)) {
            if (key == QKeySequence(Qt::Key_Slash))
                continue; // does so only where nothing is written
            const auto trouble = keyTrouble(key, {actionName(id), {}, {}});
            QVERIFY2(!trouble, qPrintable(trouble.value_or(QString())));
        }
    }
}

void TestActions::standsInTheMenuOrSaysWhyNot()
{
    QMenu menu;
    actions().fillMenu(menu);
    QList<QAction *> entries;
    collect(menu, entries);
    for (const ActionId id : actions().all()) {
        const auto count = entries.count(actions()[id]);
        QVERIFY2(count == (withoutMenuEntry().contains(id) ? 0 : 1), qPrintable(actionName(id)));
    }
}

void TestActions::hasAnAccessibleName()
{
    QMenu menu;
    actions().fillMenu(menu);
    QStringList names;
    collectNames(QAccessible::queryAccessibleInterface(&menu), names);
    for (const QMenu *below : menu.findChildren<QMenu *>())
        collectNames(QAccessible::queryAccessibleInterface(const_cast<QMenu *>(below)), names);
    for (const ActionId id : actions().all()) {
        const QString text = actions()[id]->text();
        const bool isNamed = std::any_of(names.cbegin(), names.cend(),
            [&text](const QString &name) { return name.startsWith(text); });
        QVERIFY2(isNamed || withoutMenuEntry().contains(id), qPrintable(actionName(id)));
    }
}

void TestActions::standsInThePalette()
{
    QVERIFY(m_fixture->open(Sample::Amina));
    auto &list = *m_fixture->child<QListView>("paletteList");
    for (const ActionId id : actions().all()) {
        const QAction *action = actions()[id];
        const bool isPage
            = std::find(PageActions.begin(), PageActions.end(), id) != PageActions.end();
        if (id == ActionId::Palette || !action->isVisible())
            continue;
        // Pages stand there by their names.
        const QString words = isPage ? action->text().section(u": "_s, 1) : action->text();
        QVERIFY(!words.isEmpty());
        actions()[ActionId::Palette]->trigger();
        auto &field = *m_fixture->child<QLineEdit>("paletteField");
        QTRY_VERIFY(field.hasFocus());
        field.setText(words);
        const QModelIndex first = list.model()->index(0, 0);
        QCOMPARE(first.data().toString(), words);
        QVERIFY(first.data(Qt::AccessibleTextRole).toString().startsWith(words));
        const QString key = keysOf(*action);
        QVERIFY(key.isEmpty() || first.data(Qt::AccessibleTextRole).toString().endsWith(key));
        QTest::keyClick(&field, Qt::Key_Escape);
        QVERIFY(!list.isVisible());
    }
}

QTEST_MAIN(TestActions)
#include "tst_actions.moc"
