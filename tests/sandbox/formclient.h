// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/sandbox/sandboxprocess.h"

#include <QMap>
#include <QUrl>
#include <QUrlQuery>

// Clicks through the login dialog as a browser without scripts would: it knows forms, and nothing
// of what they mean.
class FormClient {
public:
    explicit FormClient(SandboxProcess &sandbox)
        : m_sandbox(sandbox)
    {
    }

    // The dialog's address is made of these parameters, with those of an ordinary app around them.
    void open(const QMap<QString, QString> &parameters);
    // Sends the page's form with that button. False when there is no such button.
    bool press(const QString &button);
    // Presses the first button that leads on until the dialog is left; false when it never is.
    bool passBy(const QString &person = QStringLiteral("Continue as Omar"));

    bool has(const QString &field) const { return m_boxes.contains(field); }
    bool isTicked(const QString &field) const { return m_boxes.value(field); }
    void tick(const QString &field, bool isTicked) { m_boxes[field] = isTicked; }
    QStringList buttons() const;
    QString text() const { return QString::fromUtf8(m_answer.body); }
    int status() const { return m_answer.status; }

    // Where the dialog has led back to; empty while it shows a page.
    QUrl returned() const;
    QString returned(const QString &parameter) const;

    static inline const QString RedirectUri
        = QStringLiteral("https://relay.example/oauth/callback");

private:
    struct Button {
        QString text;
        QString name;
        QString value;
    };

    void take(const HttpAnswer &answer);

    SandboxProcess &m_sandbox;
    QString m_address;
    HttpAnswer m_answer;
    QList<std::pair<QString, QString>> m_hidden;
    QMap<QString, bool> m_boxes;
    QList<Button> m_buttons;
};
