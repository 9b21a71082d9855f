// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/windowsettings.h"

#include <QDir>

#include <array>

namespace Pagedesk::Ui {

using namespace Qt::Literals::StringLiterals;

namespace {

const QString Geometry = u"window/geometry"_s;
const QString Splitter = u"window/splitter"_s;
const QString Appearance = u"window/appearance"_s;
const QString TextScale = u"window/textScale"_s;
const QString Order = u"list/order"_s;
const QString Contact = u"window/contact"_s;
const QString Rail = u"window/narrowRail"_s;
const QString Recent = u"palette/recent"_s;
const std::array<std::pair<ConversationFilter::Order, QString>, 4> OrderNames{{
    {ConversationFilter::Order::Newest, u"newest"_s},
    {ConversationFilter::Order::Window, u"window"_s},
    {ConversationFilter::Order::Waiting, u"waiting"_s},
    {ConversationFilter::Order::Priority, u"priority"_s},
}};

QString goLiveOf(const PageId &page)
{
    return u"goLive/"_s + page.value;
}

} // namespace

WindowSettings::WindowSettings(const QString &profileFolder)
    : m_folder(profileFolder)
    , m_settings(QDir(profileFolder).filePath(u"settings.ini"_s), QSettings::IniFormat)
{
}

QByteArray WindowSettings::geometry() const
{
    return m_settings.value(Geometry).toByteArray();
}

void WindowSettings::setGeometry(const QByteArray &geometry)
{
    m_settings.setValue(Geometry, geometry);
}

QByteArray WindowSettings::splitter() const
{
    return m_settings.value(Splitter).toByteArray();
}

void WindowSettings::setSplitter(const QByteArray &state)
{
    m_settings.setValue(Splitter, state);
}

ThemeProvider::Mode WindowSettings::appearance() const
{
    return modeFromName(m_settings.value(Appearance).toString());
}

void WindowSettings::setAppearance(ThemeProvider::Mode mode)
{
    m_settings.setValue(Appearance, modeName(mode));
}

qreal WindowSettings::textScale() const
{
    bool isNumber = false;
    const qreal scale = m_settings.value(TextScale, 1.0).toDouble(&isNumber);
    return isNumber ? scale : 1.0;
}

void WindowSettings::setTextScale(qreal scale)
{
    m_settings.setValue(TextScale, scale);
}

ConversationFilter::Order WindowSettings::order() const
{
    const QString stored = m_settings.value(Order).toString();
    for (const auto &[order, name] : OrderNames) {
        if (stored == name)
            return order;
    }
    return ConversationFilter::Order::Newest;
}

void WindowSettings::setOrder(ConversationFilter::Order order)
{
    for (const auto &[known, name] : OrderNames) {
        if (known == order)
            m_settings.setValue(Order, name);
    }
}

bool WindowSettings::isContactShown() const
{
    return m_settings.value(Contact, true).toBool();
}

void WindowSettings::setContactShown(bool shown)
{
    m_settings.setValue(Contact, shown);
}

QStringList WindowSettings::recentCommands() const
{
    return m_settings.value(Recent).toStringList();
}

void WindowSettings::setRecentCommands(const QStringList &ids)
{
    m_settings.setValue(Recent, ids);
}

QString WindowSettings::file(const QString &name) const
{
    return QDir(m_folder).filePath(name);
}

bool WindowSettings::isRailNarrow() const
{
    return m_settings.value(Rail, false).toBool();
}

void WindowSettings::setRailNarrow(bool narrow)
{
    m_settings.setValue(Rail, narrow);
}

QStringList WindowSettings::goLiveDone(const PageId &page) const
{
    return m_settings.value(goLiveOf(page)).toStringList();
}

void WindowSettings::setGoLiveDone(const PageId &page, const QStringList &names)
{
    m_settings.setValue(goLiveOf(page), names);
}

} // namespace Pagedesk::Ui
