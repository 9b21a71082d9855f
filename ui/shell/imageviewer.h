// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QPixmap>
#include <QWidget>

namespace Pagedesk::Ui {

class ThemeProvider;

// A window with one picture: fitted at first, zoomed with the wheel or + and -, moved by dragging,
// closed with Escape.
class ImageViewer : public QWidget {
    Q_OBJECT

public:
    ImageViewer(const ThemeProvider &theme, const QString &title, QWidget *parent = nullptr);

    void setImage(const QImage &image);
    // A sentence in place of the picture.
    void setWords(const QString &words);
    // 1 shows a pixel as a pixel.
    qreal zoom() const { return m_zoom; }
    void fit();
    void zoomBy(qreal factor, QPointF around);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    qreal fittingZoom() const;
    void keepInSight();

    const ThemeProvider &m_theme;
    QPixmap m_picture;
    QString m_words;
    qreal m_zoom = 1;
    QPointF m_offset; // of the picture's top left
    QPointF m_dragged;
    bool m_fitted = true;
};

} // namespace Pagedesk::Ui
