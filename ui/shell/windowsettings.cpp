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

const QString AlertAbout = u"alerts/about"_s;
const QString AlertPreview = u"alerts/preview"_s;
const QString AlertSound = u"alerts/sound"_s;
const QString AlertRepeat = u"alerts/repeatMinutes"_s;
const QString AlertQuiet = u"alerts/quietHours"_s;
const QString AlertQuietFrom = u"alerts/quietFrom"_s;
const QString AlertQuietTo = u"alerts/quietTo"_s;
const QString KeptInTray = u"window/keptInTray"_s;
using About = AlertSettings::About;
using Preview = AlertSettings::Preview;
const std::array<std::pair<About, QString>, 4> AboutNames{{
    {About::Everything, u"everything"_s},
    {About::MineAndUnassigned, u"mine-and-unassigned"_s},
    {About::Mine, u"mine"_s},
    {About::Nothing, u"nothing"_s},
}};
const std::array<std::pair<Preview, QString>, 3> PreviewNames{{
    {Preview::Text, u"text"_s},
    {Preview::Name, u"name"_s},
    {Preview::Nothing, u"nothing"_s},
}};

// Of a table of names; what the file does not say, or says wrongly, is as it is with a new one.
template <typename Names, typename Value>
Value named(const Names &names, const QString &name, Value otherwise)
{
    for (const auto &[value, known] : names) {
        if (known == name)
            return value;
    }
    return otherwise;
}

template <typename Names, typename Value> QString nameIn(const Names &names, Value value)
{
    for (const auto &[known, name] : names) {
        if (known == value)
            return name;
    }
    return {};
}

int within(const QVariant &stored, int otherwise, int most)
{
    bool isNumber = false;
    const int number = stored.toInt(&isNumber);
    return isNumber && number >= 0 && number <= most ? number : otherwise;
}

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
    return named(OrderNames, m_settings.value(Order).toString(), ConversationFilter::Order::Newest);
}

void WindowSettings::setOrder(ConversationFilter::Order order)
{
    m_settings.setValue(Order, nameIn(OrderNames, order));
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

AlertSettings WindowSettings::alerts() const
{
    AlertSettings alerts;
    alerts.about = named(AboutNames, m_settings.value(AlertAbout).toString(), alerts.about);
    alerts.preview = named(PreviewNames, m_settings.value(AlertPreview).toString(), alerts.preview);
    alerts.hasSound = m_settings.value(AlertSound, alerts.hasSound).toBool();
    alerts.repeatMinutes = within(
        m_settings.value(AlertRepeat), alerts.repeatMinutes, AlertSettings::MostRepeatMinutes);
    alerts.hasQuietHours = m_settings.value(AlertQuiet, alerts.hasQuietHours).toBool();
    const int lastMinute = AlertSettings::MinutesOfDay - 1;
    alerts.quietFrom = within(m_settings.value(AlertQuietFrom), alerts.quietFrom, lastMinute);
    alerts.quietTo = within(m_settings.value(AlertQuietTo), alerts.quietTo, lastMinute);
    return alerts;
}

void WindowSettings::setAlerts(const AlertSettings &alerts)
{
    m_settings.setValue(AlertAbout, nameIn(AboutNames, alerts.about));
    m_settings.setValue(AlertPreview, nameIn(PreviewNames, alerts.preview));
    m_settings.setValue(AlertSound, alerts.hasSound);
    m_settings.setValue(AlertRepeat, alerts.repeatMinutes);
    m_settings.setValue(AlertQuiet, alerts.hasQuietHours);
    m_settings.setValue(AlertQuietFrom, alerts.quietFrom);
    m_settings.setValue(AlertQuietTo, alerts.quietTo);
}

bool WindowSettings::isKeptInTray() const
{
    return m_settings.value(KeptInTray, false).toBool();
}

void WindowSettings::setKeptInTray(bool kept)
{
    m_settings.setValue(KeptInTray, kept);
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
