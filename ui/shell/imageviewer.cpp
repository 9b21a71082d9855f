// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/imageviewer.h"

#include "ui/theme/themeprovider.h"

#include <QKeyEvent>
#include <QPainter>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace Pagedesk::Ui {

namespace {

constexpr qreal MostZoom = 16;
constexpr qreal LeastZoom = 0.02;
constexpr qreal KeyStep = 1.25;
constexpr QSize FirstSize(960, 720);

} // namespace

ImageViewer::ImageViewer(const ThemeProvider &theme, const QString &title, QWidget *parent)
    : QWidget(parent, Qt::Window)
    , m_theme(theme)
{
    setWindowTitle(title);
    setAccessibleName(title);
    setAttribute(Qt::WA_DeleteOnClose);
    setFocusPolicy(Qt::StrongFocus);
    resize(FirstSize);
}

void ImageViewer::setImage(const QImage &image)
{
    m_picture = QPixmap::fromImage(image);
    m_words.clear();
    fit();
}

void ImageViewer::setWords(const QString &words)
{
    m_words = words;
    update();
}

void ImageViewer::fit()
{
    m_fitted = true;
    m_zoom = fittingZoom();
    keepInSight();
}

void ImageViewer::zoomBy(qreal factor, QPointF around)
{
    if (m_picture.isNull())
        return;
    const qreal least = std::min(LeastZoom, fittingZoom());
    const qreal zoom = std::clamp(m_zoom * factor, least, MostZoom);
    // The point under the mouse stays there.
    m_offset = around - (around - m_offset) * (zoom / m_zoom);
    m_zoom = zoom;
    m_fitted = false;
    keepInSight();
}

void ImageViewer::paintEvent(QPaintEvent *)
{
    const Theme &theme = m_theme.theme();
    QPainter painter(this);
    painter.fillRect(rect(), theme.background);
    if (m_picture.isNull()) {
        painter.setFont(theme.fonts.body);
        painter.setPen(theme.muted);
        painter.drawText(rect().adjusted(24, 24, -24, -24),
            static_cast<int>(Qt::AlignCenter) | static_cast<int>(Qt::TextWordWrap), m_words);
        return;
    }
    painter.setRenderHint(QPainter::SmoothPixmapTransform, m_zoom < 2);
    painter.drawPixmap(
        QRectF(m_offset, QSizeF(m_picture.size()) * m_zoom), m_picture, QRectF(m_picture.rect()));
}

void ImageViewer::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    if (m_fitted)
        fit();
    else
        keepInSight();
}

void ImageViewer::wheelEvent(QWheelEvent *event)
{
    constexpr qreal UnitsPerDoubling = 480; // four notches of a mouse wheel
    const qreal units = event->angleDelta().y();
    zoomBy(std::pow(2.0, units / UnitsPerDoubling), event->position());
    event->accept();
}

void ImageViewer::mousePressEvent(QMouseEvent *event)
{
    m_dragged = event->position();
}

void ImageViewer::mouseMoveEvent(QMouseEvent *event)
{
    if (!event->buttons().testFlag(Qt::LeftButton))
        return;
    m_offset += event->position() - m_dragged;
    m_dragged = event->position();
    keepInSight();
}

void ImageViewer::mouseDoubleClickEvent(QMouseEvent *event)
{
    if (m_fitted)
        zoomBy(1 / m_zoom, event->position());
    else
        fit();
}

void ImageViewer::keyPressEvent(QKeyEvent *event)
{
    const QPointF middle = rect().center();
    switch (event->key()) {
    case Qt::Key_Escape:
        close();
        return;
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        zoomBy(KeyStep, middle);
        return;
    case Qt::Key_Minus:
        zoomBy(1 / KeyStep, middle);
        return;
    case Qt::Key_0:
        fit();
        return;
    case Qt::Key_1:
        zoomBy(1 / m_zoom, middle);
        return;
    default:
        QWidget::keyPressEvent(event);
    }
}

qreal ImageViewer::fittingZoom() const
{
    if (m_picture.isNull())
        return 1;
    const qreal across = qreal(width()) / m_picture.width();
    const qreal down = qreal(height()) / m_picture.height();
    return std::min({across, down, 1.0});
}

void ImageViewer::keepInSight()
{
    const QSizeF shown = QSizeF(m_picture.size()) * m_zoom;
    const auto kept = [](qreal offset, qreal picture, qreal window) {
        return picture <= window ? (window - picture) / 2
                                 : std::clamp(offset, window - picture, 0.0);
    };
    m_offset = QPointF(
        kept(m_offset.x(), shown.width(), width()), kept(m_offset.y(), shown.height(), height()));
    update();
}

} // namespace Pagedesk::Ui
