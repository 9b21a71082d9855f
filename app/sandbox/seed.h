// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/sandbox/world.h"

namespace Pagedesk::Sandbox {

inline constexpr const char *BakeryId = "70044"; // Bloom Bakery
inline constexpr const char *BikesId = "70055"; // Harbour Bikes
inline constexpr const char *UserId = "5511"; // Omar Sayed, who manages both
inline constexpr const char *LenaId = "5522"; // Lena Vogt
inline constexpr const char *BooksId = "70121"; // Fern & Fable Books; Lena may only look at it
inline constexpr const char *CeramicsId = "70132"; // Tidewater Ceramics; Lena answers for it
inline constexpr const char *IdrisId = "5533"; // Idris Okafor
inline constexpr const char *CoffeeId = "70143"; // Copper Kettle Coffee, held by a portfolio
inline constexpr const char *BusinessId = "660011"; // that the first two Pages belong to
inline constexpr const char *UserToken = "sandbox-user-token";
inline constexpr const char *ThumbId = "369239263222822"; // the blue thumb, small

// The fixed Page access token of a sample Page: "sandbox-page-token-<id>".
QString samplePageToken(const QString &pageId);
// Every webhook field an inbox asks for.
QStringList defaultFields();

// Two Pages, the people who know them, their pictures and the thumb sticker. Nobody has written.
// Then the people who run Pages, with three more Pages that only the login dialog offers.
void seedWorld(World &world);

// A person the control routes have made up: an everyday name unless one is given.
Customer newCustomer(const QString &psid, const QString &name);

} // namespace Pagedesk::Sandbox
