// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProcess>
#include <QString>

namespace Pagedesk::Tests {

// A key and a certificate it has signed itself, for 127.0.0.1 and localhost, made by openssl.
struct CertificateFiles {
    QString certificate;
    QString key;
};

inline CertificateFiles makeCertificate(const QString &folder, const QString &name)
{
    const CertificateFiles files{folder + u'/' + name + QStringLiteral(".crt"),
        folder + u'/' + name + QStringLiteral(".key")};
    const QStringList words{QStringLiteral("req"), QStringLiteral("-x509"),
        QStringLiteral("-newkey"), QStringLiteral("ec"), QStringLiteral("-pkeyopt"),
        QStringLiteral("ec_paramgen_curve:prime256v1"), QStringLiteral("-nodes"),
        QStringLiteral("-days"), QStringLiteral("2"), QStringLiteral("-subj"),
        QStringLiteral("/CN=") + name, QStringLiteral("-addext"),
        QStringLiteral("subjectAltName=IP:127.0.0.1,DNS:localhost"), QStringLiteral("-keyout"),
        files.key, QStringLiteral("-out"), files.certificate};
    QProcess openssl;
    openssl.start(QStringLiteral("openssl"), words);
    openssl.waitForFinished();
    return files;
}

} // namespace Pagedesk::Tests
