// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/relay/access/pagetokens.h"

#include "app/relay/ledger/logins.h"
#include "app/relay/ledger/pages.h"
#include "app/relay/ledger/people.h"

namespace Pagedesk::Relay::PageTokens {

namespace {

using namespace Qt::Literals::StringLiterals;

constexpr auto KeySetting = "master_key"_L1;

QString owner(const PageId &page)
{
    return u"page:"_s + page.value;
}

QString owner(const QString &loginId)
{
    return u"login:"_s + loginId;
}

Result<> sealLoginsAnew(Connection &connection, const Vault &vault)
{
    const auto logins = allLogins(connection);
    if (!logins)
        return failure(logins.error());
    for (const FacebookLogin &login : *logins) {
        const auto sealed = sealedLoginToken(connection, login.id);
        if (!sealed)
            return failure(sealed.error());
        const auto token = openLogin(vault, login.id, *sealed);
        if (!token)
            return failure(token.error());
        const auto kept
            = replaceSealedLoginToken(connection, login.id, vault.seal(*token, owner(login.id)));
        if (!kept)
            return failure(kept.error());
    }
    return {};
}

} // namespace

Result<QString> keyIdOf(Connection &connection)
{
    return setting(connection, KeySetting);
}

Result<> adopt(Connection &connection, const Vault &vault)
{
    const auto keyId = keyIdOf(connection);
    if (!keyId)
        return failure(keyId.error());
    if (keyId->isEmpty())
        return setSetting(connection, KeySetting, vault.keyId());
    if (vault.use(*keyId))
        return {};
    return failure(Error::Kind::Unauthorized,
        u"the Page tokens are sealed under the master key %1, which is not here"_s.arg(*keyId));
}

Result<QByteArray> seal(
    Connection &connection, const Vault &vault, const PageId &page, const Secret &token)
{
    if (const auto adopted = adopt(connection, vault); !adopted)
        return failure(adopted.error());
    return vault.seal(token, owner(page));
}

Result<Secret> open(const Vault &vault, const PageId &page, const QByteArray &sealed)
{
    return vault.open(sealed, owner(page));
}

Result<QByteArray> sealLogin(
    Connection &connection, const Vault &vault, const QString &loginId, const Secret &token)
{
    if (const auto adopted = adopt(connection, vault); !adopted)
        return failure(adopted.error());
    return vault.seal(token, owner(loginId));
}

Result<Secret> openLogin(const Vault &vault, const QString &loginId, const QByteArray &sealed)
{
    return vault.open(sealed, owner(loginId));
}

Result<int> sealAll(Connection &connection, const Vault &vault, const QString &keyId)
{
    const auto pages = allPages(connection);
    if (!pages)
        return failure(pages.error());
    if (!vault.use(keyId))
        return failure(Error::Kind::NotFound, u"the master key %1 is not here"_s.arg(keyId));
    if (const auto logins = sealLoginsAnew(connection, vault); !logins)
        return failure(logins.error());
    int count = 0;
    for (const Page &page : *pages) {
        const auto sealed = sealedTokenOf(connection, page.id);
        if (!sealed)
            return failure(sealed.error());
        if (sealed->isEmpty())
            continue; // removed
        const auto token = open(vault, page.id, *sealed);
        if (!token)
            return failure(token.error());
        const auto kept
            = replaceSealedToken(connection, page.id, vault.seal(*token, owner(page.id)));
        if (!kept)
            return failure(kept.error());
        ++count;
    }
    if (const auto kept = setSetting(connection, KeySetting, keyId); !kept)
        return failure(kept.error());
    return count;
}

} // namespace Pagedesk::Relay::PageTokens
