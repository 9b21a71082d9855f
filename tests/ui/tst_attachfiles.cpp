// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/replica/draftstore.h"
#include "tests/support/await.h"
#include "tests/ui/windowfixture.h"
#include "ui/composer/filetray.h"
#include "ui/shell/threadpane.h"
#include "ui/thread/threadview.h"

#include <QClipboard>
#include <QDropEvent>
#include <QGuiApplication>
#include <QLabel>
#include <QMimeData>
#include <QPushButton>
#include <QTest>
#include <QTextEdit>
#include <QToolButton>

using namespace Pagedesk;
using namespace Pagedesk::Testing;
using namespace Pagedesk::Ui;
using namespace Qt::Literals::StringLiterals;

// Files that go with a reply, as they are pasted, dropped, taken out and sent in the real window.
class TestAttachFiles : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_fixture = std::make_unique<WindowFixture>();
        QVERIFY(window().show());
        QVERIFY(window().open(Sample::Amina));
        editor().setFocus();
        QTRY_VERIFY(editor().hasFocus());
    }
    void cleanup() { m_fixture.reset(); }

    void pastedFilesGoWithTheText()
    {
        paste({file(u"Preisliste.pdf"_s, "%PDF-1.4\n"), file(u"b.txt"_s, "hello")});
        QTRY_COMPARE(names(), QStringList({u"Preisliste.pdf"_s, u"b.txt"_s}));
        QTest::keyClicks(&editor(), u"Here it is"_s);
        QTest::keyClick(&editor(), Qt::Key_Return);
        QTRY_COMPARE(window().pending(Sample::Amina).size(), 3);
        const auto pending = window().pending(Sample::Amina);
        QCOMPARE(pending.at(0).text, u"Here it is"_s);
        QCOMPARE(pending.at(1).attachments.first().name, u"Preisliste.pdf"_s);
        QCOMPARE(pending.at(1).attachments.first().mimeType, u"application/pdf"_s);
        QCOMPARE(pending.at(2).attachments.first().name, u"b.txt"_s);
        QVERIFY(!pending.at(0).details.group.isEmpty());
        QCOMPARE(pending.at(2).details.group, pending.at(0).details.group);
        QCOMPARE(names(), QStringList());
        QVERIFY(!tray().isVisible());
        QCOMPARE(editor().toPlainText(), QString());
    }

    void aFileNeedsNoText()
    {
        QVERIFY(!send().isEnabled());
        drop({file(u"photo.txt"_s, "x")});
        QTRY_COMPARE(names(), QStringList({u"photo.txt"_s}));
        QVERIFY(send().isEnabled());
        QTest::mouseClick(&send(), Qt::LeftButton);
        QTRY_COMPARE(window().pending(Sample::Amina).size(), 1);
        QVERIFY(!send().isEnabled());
    }

    void aPastedPictureIsAFile()
    {
        QImage picture(20, 10, QImage::Format_RGB32);
        picture.fill(Qt::red);
        QGuiApplication::clipboard()->setImage(picture);
        editor().paste();
        QTRY_COMPARE(names(), QStringList({u"picture.png"_s}));
        QTest::keyClick(&editor(), Qt::Key_Return);
        QTRY_COMPARE(window().pending(Sample::Amina).size(), 1);
        QCOMPARE(window().pending(Sample::Amina).first().attachments.first().kind,
            AttachmentKind::Image);
    }

    void takenOutAgain()
    {
        drop({file(u"a.txt"_s, "a"), file(u"b.txt"_s, "b")});
        QTRY_COMPARE(names().size(), 2);
        QTest::mouseClick(tray().findChildren<QToolButton *>().first(), Qt::LeftButton);
        QTRY_COMPARE(names(), QStringList({u"b.txt"_s}));
        QTRY_VERIFY(editor().hasFocus());
    }

    void filesStayWithTheirConversation()
    {
        drop({file(u"for Amina.txt"_s, "a")});
        QTRY_COMPARE(names().size(), 1);
        QVERIFY(window().open(Sample::Nadia));
        QCOMPARE(names(), QStringList());
        QVERIFY(window().open(Sample::Amina));
        QCOMPARE(names(), QStringList({u"for Amina.txt"_s}));
        // They are on the disk, too.
        QTRY_COMPARE(storedNames(Sample::Amina), QStringList({u"for Amina.txt"_s}));
        QCOMPARE(storedNames(Sample::Nadia), QStringList());
    }

    void whatCannotBeSentSaysSo()
    {
        const QString large = file(u"large.bin"_s, {});
        QFile file(large);
        QVERIFY(file.resize(40'000'000)); // takes no room
        drop({large, window().replica.folder()});
        QTRY_VERIFY(problem().contains(u"not a file"_s) || problem().contains(u"larger"_s));
        QCOMPARE(names(), QStringList());
    }

    void aClosedWindowTakesNothing()
    {
        QVERIFY(window().open(Sample::Rosa));
        drop({file(u"a.txt"_s, "a")});
        QVERIFY(window().open(Sample::Amina));
        QCOMPARE(names(), QStringList());
    }

    void hostileNamesAreOnlyText()
    {
        drop({file(u"<b>x<b>\u202Egnp.exe"_s, "MZ")});
        QTRY_COMPARE(names().size(), 1);
        QVERIFY(!names().first().contains(QChar(0x202E)));
        for (const QLabel *label : tray().findChildren<QLabel *>())
            QVERIFY(label->pixmap().isNull() == false || label->textFormat() == Qt::PlainText);
    }

    void everyControlHasAName()
    {
        drop({file(u"a.txt"_s, "a")});
        QTRY_COMPARE(names().size(), 1);
        for (const QAbstractButton *button : tray().findChildren<QAbstractButton *>())
            QVERIFY(!button->accessibleName().isEmpty());
        QVERIFY(!window().child<QToolButton>("attach")->accessibleName().isEmpty());
    }

private:
    WindowFixture &window() { return *m_fixture; }
    QTextEdit &editor() { return *window().child<QTextEdit>("replyEditor"); }
    QPushButton &send() { return *window().child<QPushButton>("send"); }
    FileTray &tray() { return *window().child<FileTray>("fileTray"); }
    QString problem() { return window().child<QLabel>("composerProblem")->text(); }

    QString file(const QString &name, const QByteArray &bytes)
    {
        const QString path = window().replica.folder() + u'/' + name;
        QFile file(path);
        if (file.open(QIODevice::WriteOnly))
            file.write(bytes);
        return path;
    }

    static std::unique_ptr<QMimeData> dataOf(const QStringList &paths)
    {
        auto data = std::make_unique<QMimeData>();
        QList<QUrl> urls;
        for (const QString &path : paths)
            urls.append(QUrl::fromLocalFile(path));
        data->setUrls(urls);
        return data;
    }

    void paste(const QStringList &paths)
    {
        QGuiApplication::clipboard()->setMimeData(dataOf(paths).release());
        editor().paste();
    }

    // Onto the thread, as somebody would who drags files out of a folder.
    void drop(const QStringList &paths)
    {
        const auto data = dataOf(paths);
        auto *pane = window().child<ThreadPane>("threadPane");
        QDragEnterEvent enter(QPoint(50, 50), Qt::CopyAction, data.get(), Qt::LeftButton, {});
        enter.ignore();
        QCoreApplication::sendEvent(pane, &enter);
        if (!enter.isAccepted())
            return;
        QDropEvent event(QPointF(50, 50), Qt::CopyAction, data.get(), Qt::LeftButton, {});
        QCoreApplication::sendEvent(pane, &event);
    }

    QStringList names()
    {
        QStringList names;
        for (const QToolButton *button : tray().findChildren<QToolButton *>()) {
            if (!button->isHidden() && !button->parentWidget()->isHidden())
                names.append(button->accessibleName().section(u' ', 2));
        }
        return names;
    }

    QStringList storedNames(const ConversationId &id)
    {
        QStringList names;
        const auto files = await(window().desk.drafts.files(id));
        for (const Attachment &file : files.value_or(QList<Attachment>()))
            names.append(file.name);
        return names;
    }

    std::unique_ptr<WindowFixture> m_fixture;
};

QTEST_MAIN(TestAttachFiles)
#include "tst_attachfiles.moc"
