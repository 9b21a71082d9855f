// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/themeprovider.h"

#include "ui/theme/appearance.h"
#include "ui/theme/controlstyle.h"

#include <QApplication>
#include <QEvent>
#include <QPalette>
#include <QStyleHints>

namespace Pagedesk::Ui {

using namespace Qt::Literals::StringLiterals;

ThemeProvider::ThemeProvider(QApplication &application, Mode mode, QObject *parent)
    : QObject(parent)
    , m_application(application)
    , m_mode(mode)
{
    QApplication::setStyle(new ControlStyle);
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    connect(QGuiApplication::styleHints(), &QStyleHints::colorSchemeChanged, this, [this] {
        if (m_mode == Mode::System)
            apply();
    });
#else
    m_application.installEventFilter(this);
#endif
    apply();
}

void ThemeProvider::setMode(Mode mode)
{
    if (mode == m_mode)
        return;
    m_mode = mode;
    apply();
}

void ThemeProvider::setTextScale(qreal scale)
{
    const Theme scaled = lightTheme(scale); // it knows the bounds
    if (qFuzzyCompare(scaled.textScale, m_textScale))
        return;
    m_textScale = scaled.textScale;
    apply();
}

bool ThemeProvider::eventFilter(QObject *watched, QEvent *event)
{
    // The platform's theme has changed. Our own palette hides its colours, so look beneath.
    if (event->type() == QEvent::ThemeChange && m_mode == Mode::System
        && wantsDark() != m_theme.dark)
        apply();
    return QObject::eventFilter(watched, event);
}

void ThemeProvider::apply()
{
    m_theme = wantsDark() ? darkTheme(m_textScale) : lightTheme(m_textScale);
    QApplication::setPalette(paletteOf(m_theme));
    QApplication::setFont(m_theme.fonts.body);
    m_application.setStyleSheet(styleSheetOf(m_theme));
    Q_EMIT changed();
}

bool ThemeProvider::wantsDark() const
{
    return m_mode == Mode::System ? platformIsDark() : m_mode == Mode::Dark;
}

bool ThemeProvider::platformIsDark() const
{
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    const Qt::ColorScheme scheme = QGuiApplication::styleHints()->colorScheme();
    if (scheme != Qt::ColorScheme::Unknown)
        return scheme == Qt::ColorScheme::Dark;
#endif
    const QPalette ours = QGuiApplication::palette();
    QGuiApplication::setPalette(QPalette()); // uncovers the platform's
    const bool dark = isDark(QGuiApplication::palette());
    QGuiApplication::setPalette(ours);
    return dark;
}

bool isDark(const QPalette &palette)
{
    return palette.color(QPalette::WindowText).lightnessF()
        > palette.color(QPalette::Window).lightnessF();
}

QString modeName(ThemeProvider::Mode mode)
{
    switch (mode) {
    case ThemeProvider::Mode::Light:
        return u"light"_s;
    case ThemeProvider::Mode::Dark:
        return u"dark"_s;
    case ThemeProvider::Mode::System:
        break;
    }
    return u"system"_s;
}

ThemeProvider::Mode modeFromName(QStringView name)
{
    if (name == "light"_L1)
        return ThemeProvider::Mode::Light;
    return name == "dark"_L1 ? ThemeProvider::Mode::Dark : ThemeProvider::Mode::System;
}

} // namespace Pagedesk::Ui
