// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/samplefiles.h"

#include "app/sandbox/png.h"

#include <QtEndian>

#include <cmath>

namespace Pagedesk::Sandbox {

using namespace Qt::Literals::StringLiterals;

namespace {

QByteArray littleEndian(quint32 number, int bytes)
{
    QByteArray text(4, Qt::Uninitialized);
    qToLittleEndian(number, text.data());
    return text.left(bytes);
}

} // namespace

MediaFile samplePhoto(const QString &name, quint32 seed)
{
    const Picture picture = drawPhoto(640, 480, seed);
    return {{}, encodePng(picture), u"image/png"_s, name, picture.width, picture.height};
}

MediaFile samplePdf(const QString &name, const QByteArray &line)
{
    const QByteArray content = "BT /F1 24 Tf 60 760 Td (" + line + ") Tj ET";
    const QList<QByteArray> objects{"<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        "/Resources << /Font << /F1 5 0 R >> >> >>",
        "<< /Length " + QByteArray::number(content.size()) + " >>\nstream\n" + content
            + "\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"};
    QByteArray pdf = "%PDF-1.4\n";
    QByteArray table = "0000000000 65535 f \n";
    for (qsizetype i = 0; i < objects.size(); ++i) {
        table += QByteArray::number(pdf.size()).rightJustified(10, '0') + " 00000 n \n";
        pdf += QByteArray::number(i + 1) + " 0 obj\n" + objects.at(i) + "\nendobj\n";
    }
    const QByteArray count = QByteArray::number(objects.size() + 1);
    const QByteArray start = QByteArray::number(pdf.size());
    pdf += "xref\n0 " + count + '\n' + table + "trailer\n<< /Size " + count
        + " /Root 1 0 R >>\nstartxref\n" + start + "\n%%EOF\n";
    return {{}, pdf, u"application/pdf"_s, name, 0, 0};
}

MediaFile sampleSound(const QString &name)
{
    constexpr quint32 Rate = 8000; // samples a second, 8 bits, one channel
    constexpr quint32 Samples = Rate * 3 / 2;
    QByteArray samples;
    samples.reserve(Samples);
    for (quint32 i = 0; i < Samples; ++i) {
        const double seconds = double(i) / Rate;
        const double pitch = 330 + 110 * std::floor(seconds * 4);
        const double loudness = 0.6 * (1 - std::fmod(seconds * 4, 1.0));
        samples.append(
            char(quint8(128 + 100 * loudness * std::sin(6.283185307 * pitch * seconds))));
    }
    const QByteArray wav = "RIFF" + littleEndian(36 + Samples, 4) + "WAVEfmt " + littleEndian(16, 4)
        + littleEndian(1, 2) + littleEndian(1, 2) + littleEndian(Rate, 4) + littleEndian(Rate, 4)
        + littleEndian(1, 2) + littleEndian(8, 2) + "data" + littleEndian(Samples, 4) + samples;
    return {{}, wav, u"audio/wav"_s, name, 0, 0};
}

} // namespace Pagedesk::Sandbox
