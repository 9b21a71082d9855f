// SPDX-License-Identifier: GPL-3.0-or-later
// A desktop without a window that never stops replying: it prints "stored <text>" once a reply is
// safe on its disk. The crash test kills it at random.
//   deskagent PROFILE CONVERSATION PREFIX [LINK]
#include "tests/e2e/testdesk.h"

#include <QCoreApplication>

#include <cstdio>

using namespace Pagedesk;
using namespace Pagedesk::Tests;

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    const QStringList words = QCoreApplication::arguments();
    TestDesk desk(words.at(1));
    if (!desk.start())
        return 1;
    if (words.size() > 4 && !desk.pair(words.at(4)))
        return 1;
    std::printf("ready\n");
    std::fflush(stdout);
    const ConversationId conversation{words.at(2)};
    int count = 0;
    QTimer timer;
    QObject::connect(&timer, &QTimer::timeout, &desk.session, [&] {
        const QString text = QStringLiteral("%1 %2").arg(words.at(3)).arg(count++);
        desk.outbox.send(conversation, text)
            .then(&desk.session, [text](const Result<MessageId> &sent) {
                if (!sent)
                    return;
                std::printf("stored %s\n", qPrintable(text));
                std::fflush(stdout);
            });
    });
    timer.start(15);
    return QCoreApplication::exec();
}
