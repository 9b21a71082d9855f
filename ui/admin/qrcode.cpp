// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/admin/qrcode.h"

#include <QPainter>

#include <qrencode.h>

#include <algorithm>
#include <memory>

namespace Pagedesk::Ui {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int QuietModules = 4; // ISO/IEC 18004 asks for four
constexpr int ModulePixels = 4;

} // namespace

QrCode::QrCode(QWidget *parent)
    : QWidget(parent)
{
    setObjectName(u"qrCode"_s);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setAccessibleName(tr("QR code of the pairing link"));
}

void QrCode::setContent(const Secret &content)
{
    m_side = 0;
    m_dark.clear();
    if (!content.isEmpty()) {
        const QByteArray &bytes = content.reveal();
        const std::unique_ptr<QRcode, decltype(&QRcode_free)> code(
            QRcode_encodeData(int(bytes.size()),
                reinterpret_cast<const unsigned char *>(bytes.constData()), 0, QR_ECLEVEL_M),
            &QRcode_free);
        if (code) {
            m_side = code->width;
            m_dark.resize(m_side * m_side);
            for (int i = 0; i < m_side * m_side; ++i)
                m_dark.setBit(i, (code->data[i] & 1) != 0);
        }
    }
    updateGeometry();
    update();
}

QSize QrCode::sizeHint() const
{
    const int side = m_side == 0 ? 0 : (m_side + 2 * QuietModules) * ModulePixels;
    return {side, side};
}

void QrCode::paintEvent(QPaintEvent *)
{
    if (m_side == 0)
        return;
    QPainter painter(this);
    painter.fillRect(rect(), Qt::white);
    // Whole pixels: a module that is blurred at its edge is harder to read.
    const int module = std::max(1, std::min(width(), height()) / (m_side + 2 * QuietModules));
    const int used = module * (m_side + 2 * QuietModules);
    const QPoint origin((width() - used) / 2 + QuietModules * module,
        (height() - used) / 2 + QuietModules * module);
    for (int row = 0; row < m_side; ++row) {
        for (int column = 0; column < m_side; ++column) {
            if (isDark(column, row)) {
                painter.fillRect(
                    QRect(origin + QPoint(column, row) * module, QSize(module, module)), Qt::black);
            }
        }
    }
}

} // namespace Pagedesk::Ui
