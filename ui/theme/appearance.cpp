// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/appearance.h"

#include "ui/theme/theme.h"

#include <QHash>

namespace Pagedesk::Ui {

using namespace Qt::Literals::StringLiterals;

namespace {

// Names in braces-free "@name" form are replaced by the theme's values.
constexpr auto Sheet = R"(
QToolTip { background: @raised; color: @text; border: 1px solid @line; padding: 4px 8px; }
QMenu { background: @raised; color: @text; border: 1px solid @line; padding: 4px; }
QMenu::item { padding: 6px 24px 6px 12px; border-radius: 4px; }
QMenu::item:selected { background: @selection; color: @text; }
QMenu::item:disabled { color: @faint; }
QMenu::separator { height: 1px; background: @line; margin: 4px 8px; }
QPushButton { background: @raised; color: @text; border: 1px solid @line; border-radius: 8px;
    padding: 0 12px; min-height: @button; font-size: @secondary; }
QPushButton:hover { background: @background; }
QPushButton:pressed, QPushButton:checked { background: @selection; }
QPushButton:focus { border-color: @accent; }
QPushButton:disabled { color: @faint; background: @background; }
QPushButton::menu-indicator { subcontrol-origin: padding; subcontrol-position: center right;
    right: 6px; width: 10px; height: 10px; }
QPushButton[kind="primary"] { background: @accent; color: @accentText; border-color: @accent;
    font-weight: 600; }
QPushButton[kind="primary"]:hover { background: @accentHover; }
QPushButton[kind="primary"]:focus { border-color: @text; }
QPushButton[kind="primary"]:disabled { background: @line; color: @muted; border-color: @line; }
QPushButton[kind="danger"] { color: @bad; }
QPushButton[kind="plain"] { background: transparent; border-color: transparent; color: @accent; }
QPushButton[kind="plain"]:hover { background: @selection; }
QPushButton[kind="plain"]:focus { border-color: @accent; }
QLineEdit { background: @background; color: @text; border: 1px solid @edge; border-radius: 8px;
    padding: 0 10px; min-height: @button; selection-background-color: @accent;
    selection-color: @accentText; }
QLineEdit:focus { border-color: @accent; }
QPlainTextEdit { background: @background; color: @text; border: 1px solid @edge; border-radius: 8px;
    padding: 4px 6px; selection-background-color: @accent; selection-color: @accentText; }
QPlainTextEdit:focus { border-color: @accent; }
QComboBox, QSpinBox { min-height: @button; }
QListWidget { background: @raised; border: 1px solid @line; border-radius: 8px; padding: 4px;
    outline: 0; }
QListWidget:focus { border-color: @accent; }
QListWidget::item { padding: 6px 8px; border-radius: 6px; color: @text; }
QListWidget::item:hover { background: @background; }
QListWidget::item:selected { background: @selection; color: @text; }
QListWidget::item:disabled { color: @faint; }
QTabWidget::pane { border: 0; border-top: 1px solid @line; }
QTabWidget::tab-bar { left: 0; }
QTabBar { qproperty-drawBase: 0; }
QTabBar::tab { background: transparent; color: @muted; border: 0; padding: 8px 12px;
    border-bottom: 2px solid transparent; }
QTabBar::tab:hover { color: @text; }
QTabBar::tab:selected { color: @accent; border-bottom-color: @accent; }
QTabBar::tab:selected:focus { background: @selection; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: @handle; border-radius: 4px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover { background: @faint; }
QScrollBar::handle:disabled { background: transparent; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
)"_L1;

QColor between(const QColor &a, const QColor &b, qreal share)
{
    const auto mix = [share](float x, float y) { return x + static_cast<float>(share) * (y - x); };
    return QColor::fromRgbF(
        mix(a.redF(), b.redF()), mix(a.greenF(), b.greenF()), mix(a.blueF(), b.blueF()));
}

} // namespace

QColor edgeOf(const Theme &theme)
{
    return between(theme.line, theme.muted, 0.7);
}

namespace {

QHash<QString, QString> valuesOf(const Theme &theme)
{
    // The border is part of a control's height.
    const auto pixels = [](int length) { return QString::number(length) + u"px"_s; };
    return {
        {u"background"_s, theme.background.name()},
        {u"raised"_s, theme.raised.name()},
        {u"line"_s, theme.line.name()},
        {u"edge"_s, edgeOf(theme).name()},
        {u"text"_s, theme.text.name()},
        {u"muted"_s, theme.muted.name()},
        {u"faint"_s, theme.faint.name()},
        {u"accent"_s, theme.accent.name()},
        {u"accentHover"_s, between(theme.accent, theme.text, 0.12).name()},
        {u"accentText"_s, theme.accentText.name()},
        {u"bad"_s, theme.bad.name()},
        {u"selection"_s, theme.selection.name()},
        {u"handle"_s, between(theme.line, theme.faint, 0.35).name()},
        {u"button"_s, pixels(theme.px(Metrics::Control) - 2)},
        {u"secondary"_s, pixels(theme.fonts.secondary.pixelSize())},
    };
}

void setText(
    QPalette &palette, QPalette::ColorRole role, const QColor &colour, const QColor &disabled)
{
    palette.setColor(role, colour);
    palette.setColor(QPalette::Disabled, role, disabled);
}

} // namespace

QPalette paletteOf(const Theme &theme)
{
    QPalette palette(theme.raised, theme.surface);
    palette.setColor(QPalette::Window, theme.surface);
    palette.setColor(QPalette::Base, theme.surface);
    palette.setColor(QPalette::AlternateBase, theme.background);
    palette.setColor(QPalette::Button, theme.raised);
    palette.setColor(QPalette::ToolTipBase, theme.raised);
    setText(palette, QPalette::WindowText, theme.text, theme.faint);
    setText(palette, QPalette::Text, theme.text, theme.faint);
    setText(palette, QPalette::ButtonText, theme.text, theme.faint);
    setText(palette, QPalette::ToolTipText, theme.text, theme.faint);
    palette.setColor(QPalette::PlaceholderText, theme.faint);
    palette.setColor(QPalette::BrightText, theme.bad);
    palette.setColor(QPalette::Highlight, theme.accent);
    palette.setColor(QPalette::HighlightedText, theme.accentText);
    palette.setColor(QPalette::Link, theme.accent);
    palette.setColor(QPalette::LinkVisited, theme.accent);
    const QColor shade = theme.dark ? theme.background : theme.line;
    palette.setColor(QPalette::Light, between(theme.raised, theme.text, 0.06));
    palette.setColor(QPalette::Midlight, between(theme.raised, theme.text, 0.03));
    palette.setColor(QPalette::Mid, theme.line);
    palette.setColor(QPalette::Dark, between(shade, theme.faint, 0.3));
    palette.setColor(QPalette::Shadow, edgeOf(theme)); // see ControlStyle
#if QT_VERSION >= QT_VERSION_CHECK(6, 6, 0)
    palette.setColor(QPalette::Accent, theme.accent);
#endif
    return palette;
}

QString styleSheetOf(const Theme &theme)
{
    const QHash<QString, QString> values = valuesOf(theme);
    QString result;
    const QString sheet = Sheet;
    qsizetype done = 0;
    for (qsizetype at = sheet.indexOf(u'@'); at >= 0; at = sheet.indexOf(u'@', done)) {
        qsizetype end = at + 1;
        while (end < sheet.size() && sheet.at(end).isLetter())
            ++end;
        result += QStringView(sheet).mid(done, at - done);
        result += values.value(sheet.mid(at + 1, end - at - 1));
        done = end;
    }
    result += QStringView(sheet).mid(done);
    return result;
}

} // namespace Pagedesk::Ui
