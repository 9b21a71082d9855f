// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/desktop/childprogram.h"
#include "models/base/task.h"
#include "models/wire/pairing.h"

#include <QObject>
#include <QUrl>

#include <memory>

namespace Pagedesk {

// Practice mode's surroundings: a sandbox that plays Meta with two sample Pages, and a relay of
// its own, both on loopback and in the practice folder. Everything else is the real thing.
class PracticeWorld : public QObject {
    Q_OBJECT

public:
    // `folder`: keeps the relay's data, the secrets of this practice and the logs.
    explicit PracticeWorld(QString folder, QObject *parent = nullptr);
    ~PracticeWorld() override;

    // Starts both and connects the Pages. NotFound, Timeout, Rejected or Storage, with a sentence.
    Task<> start();
    // A fresh link for pairing this desktop; after start().
    Task<Wire::PairingLink> invite();
    QUrl relay() const { return m_relayUrl; }
    QUrl sandbox() const { return m_sandboxUrl; }

private:
    Result<> prepareFolder();
    void giveSecrets(ChildProgram &program) const;
    Task<> startRelay();
    Task<> startSandbox();
    Task<> connectPage(const QString &id, const QString &name);
    Task<QString> maintain(const QStringList &words);
    QString path(const QString &name) const;

    QString m_folder;
    QString m_appSecret;
    QString m_verifyToken;
    QUrl m_relayUrl;
    QUrl m_sandboxUrl;
    std::unique_ptr<ChildProgram> m_relay;
    std::unique_ptr<ChildProgram> m_sandbox;
};

} // namespace Pagedesk
