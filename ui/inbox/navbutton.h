// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/icons.h"
#include "ui/theme/theme.h"

#include <QAbstractButton>
#include <QColor>

namespace Pagedesk::Ui {

class ThemeProvider;

// A line of the rail: an icon or a Page's square, a name, a number, and a red mark when something
// is wrong. Compact, it shows the icon alone and says the rest in its tooltip.
class NavButton : public QAbstractButton {
    Q_OBJECT

public:
    NavButton(
        const ThemeProvider &theme, Icon icon, const QString &text, QWidget *parent = nullptr);
    NavButton(const ThemeProvider &theme, const QColor &square, const QString &text,
        QWidget *parent = nullptr);

    void setCount(int count);
    int count() const { return m_count; }
    void setSquare(const QColor &square);
    // Shows a warning sign instead of the number; `reason` says why. Empty takes it away.
    void setWarning(const QString &reason, QColor Theme::*colour = &Theme::bad);
    const QString &warning() const { return m_warning; }
    // More to say, in the tooltip and to a screen reader; lines of plain text.
    void setDetail(const QString &detail);
    void setCompact(bool compact);
    // "Ctrl+1", shown in the tooltip.
    void setKey(const QString &key);

    QSize sizeHint() const override;

Q_SIGNALS:
    // It is about to be shown: a chance to bring it up to date.
    void detailWanted();

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void enterEvent(QEnterEvent *event) override;
    void leaveEvent(QEvent *event) override;

private:
    void describe();
    void paintGround(QPainter &painter) const;
    void paintSign(QPainter &painter, const QRect &place) const;
    int paintEnd(QPainter &painter, const QRect &line) const; // its width
    QRect mirrored(const QRect &rect) const;

    const ThemeProvider &m_theme;
    Icon m_icon = Icon::Circle;
    QColor m_square; // invalid: the icon is shown
    int m_count = 0;
    QString m_warning;
    QColor Theme::*m_warningColour = &Theme::bad;
    QString m_detail;
    QString m_key;
    bool m_compact = false;
};

} // namespace Pagedesk::Ui
