// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/theme.h"

#include <QWidget>

class QPainter;

namespace Pagedesk::Ui {

class ThemeProvider;

// A word on a soft ground: time running out, closed, written by an assistant.
enum class TagKind { Warn, Bad, Good, Plain };

// Size and painting, for delegates. 18 px high at a text scale of 1.
QSize tagSize(const Theme &theme, const QString &text);
void paintTag(
    QPainter &painter, const QRect &rect, const Theme &theme, TagKind kind, const QString &text);

// The same for a label of the workspace: a dot of its colour, if it has one, before its name.
QSize labelSize(const Theme &theme, const QString &name);
void paintLabel(QPainter &painter, const QRect &rect, const Theme &theme, const QColor &colour,
    const QString &name);

// The same as a widget.
class Tag : public QWidget {
    Q_OBJECT

public:
    explicit Tag(const ThemeProvider &theme, QWidget *parent = nullptr);

    void setTag(TagKind kind, const QString &text);
    const QString &text() const { return m_text; }
    TagKind kind() const { return m_kind; }
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const ThemeProvider &m_theme;
    TagKind m_kind = TagKind::Plain;
    QString m_text;
};

} // namespace Pagedesk::Ui
