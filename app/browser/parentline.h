// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

class QSocketNotifier;

namespace Pagedesk::Browser {

// The pipes to the program that has started this one: what happens goes out as one JSON object a
// line, with hosts at the most and never a whole address; the end of the incoming pipe is the end.
class ParentLine : public QObject {
    Q_OBJECT

public:
    // Takes standard output for itself: whatever else is written there goes to standard error, and
    // the processes that show pages inherit neither. Make it before anything starts a process.
    explicit ParentLine(QObject *parent = nullptr);
    ~ParentLine() override;

    // What was written to standard input up to the end of the line; empty when there is no whole
    // line of at most LongestAddress bytes. Waits for it.
    static QString readAddress();

    void watch(); // needs an application

    void tell(const QString &event);
    void tell(const QString &event, const QString &host);
    void tellFailure(const QString &host, const QString &reason);

Q_SIGNALS:
    void gone(); // the other side has closed a pipe, or died

private:
    void write(const QJsonObject &object);

    int m_output = -1;
    QSocketNotifier *m_input = nullptr;
};

} // namespace Pagedesk::Browser
