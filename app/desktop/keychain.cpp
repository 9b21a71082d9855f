// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/keychain.h"

#include <qt6keychain/keychain.h>

#include <memory>

namespace Pagedesk {

using namespace Qt::Literals::StringLiterals;

namespace {

const QString Service = u"Pagedesk"_s;
const QString ProbeKey = u"probe"_s;
constexpr int ProbeBytes = 16;

Error errorOf(const QKeychain::Job &job)
{
    if (job.error() == QKeychain::EntryNotFound)
        return {Error::Kind::NotFound, u"the keychain has no such entry"_s};
    return {Error::Kind::Storage,
        u"the keychain does not work: error %1"_s.arg(static_cast<int>(job.error()))};
}

} // namespace

Task<Secret> Keychain::read(const QString &key)
{
    auto promise = std::make_shared<Promise<Secret>>();
    auto task = promise->task();
    auto *job = new QKeychain::ReadPasswordJob(Service, this);
    job->setKey(key);
    connect(job, &QKeychain::Job::finished, this, [promise, job] {
        if (job->error() != QKeychain::NoError)
            promise->finish(failure(errorOf(*job)));
        else
            promise->finish(Secret(job->binaryData()));
    });
    job->start();
    return task;
}

Task<> Keychain::write(const QString &key, const Secret &secret)
{
    return put(key, secret).andThen(this, [this, key, secret] {
        return read(key).andThen(this, [secret](const Secret &found) {
            return Task<>::finished(found.matches(secret.reveal())
                    ? Result<>()
                    : failure(Error::Kind::Storage, u"the keychain forgets what it takes"_s));
        });
    });
}

Task<> Keychain::remove(const QString &key)
{
    auto promise = std::make_shared<Promise<>>();
    auto task = promise->task();
    auto *job = new QKeychain::DeletePasswordJob(Service, this);
    job->setKey(key);
    connect(job, &QKeychain::Job::finished, this, [promise, job] {
        const bool gone
            = job->error() == QKeychain::NoError || job->error() == QKeychain::EntryNotFound;
        promise->finish(gone ? Result<>() : failure(errorOf(*job)));
    });
    job->start();
    return task;
}

Task<> Keychain::probe()
{
    return write(ProbeKey, Secret(randomToken(ProbeBytes))).andThen(this, [this] {
        return remove(ProbeKey);
    });
}

Task<> Keychain::put(const QString &key, const Secret &secret)
{
    auto promise = std::make_shared<Promise<>>();
    auto task = promise->task();
    auto *job = new QKeychain::WritePasswordJob(Service, this);
    job->setKey(key);
    job->setBinaryData(secret.reveal());
    connect(job, &QKeychain::Job::finished, this, [promise, job] {
        promise->finish(job->error() == QKeychain::NoError ? Result<>() : failure(errorOf(*job)));
    });
    job->start();
    return task;
}

} // namespace Pagedesk
