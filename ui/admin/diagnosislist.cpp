// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/admin/diagnosislist.h"

#include "ui/theme/scrollarea.h"
#include "ui/theme/themedlabel.h"
#include "ui/theme/themeprovider.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace Pagedesk::Ui {

using namespace Qt::Literals::StringLiterals;

namespace {

struct Sign {
    QString text;
    QColor Theme::*colour;
    QString spoken;
};

Sign signOf(CheckState state)
{
    switch (state) {
    case CheckState::Good:
        return {u"✓"_s, &Theme::ok, DiagnosisList::tr("fine")};
    case CheckState::Warning:
        return {u"!"_s, &Theme::warn, DiagnosisList::tr("to be looked at")};
    case CheckState::Bad:
        return {u"✗"_s, &Theme::bad, DiagnosisList::tr("wrong")};
    case CheckState::Unknown:
        break;
    }
    return {u"?"_s, &Theme::faint, DiagnosisList::tr("not known")};
}

} // namespace

DiagnosisList::DiagnosisList(const ThemeProvider &theme, QWidget *parent)
    : QScrollArea(parent)
    , m_theme(theme)
{
    setObjectName(u"diagnosis"_s);
    makeColumn(*this);
    auto *inner = new QWidget;
    auto *layout = new QVBoxLayout(inner);
    layout->setContentsMargins(0, Metrics::Gutter, Metrics::Gutter, 0);
    m_lines = new QVBoxLayout;
    m_lines->setSpacing(Metrics::Gutter);
    layout->addLayout(m_lines);
    layout->addStretch(1);
    setWidget(inner);
}

void DiagnosisList::setLines(const QList<DiagnosisLine> &lines, qint64 now)
{
    while (QLayoutItem *item = m_lines->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    const auto rank = [](const DiagnosisLine &line) {
        return line.state == CheckState::Bad ? 0 : line.state == CheckState::Warning ? 1 : 2;
    };
    QList<DiagnosisLine> sorted = lines;
    std::stable_sort(sorted.begin(), sorted.end(),
        [&rank](const DiagnosisLine &a, const DiagnosisLine &b) { return rank(a) < rank(b); });
    for (const DiagnosisLine &line : std::as_const(sorted))
        m_lines->addWidget(lineFor(line, now));
}

QWidget *DiagnosisList::lineFor(const DiagnosisLine &line, qint64 now)
{
    const DoctorWords words = doctorWords(line, now);
    const Sign sign = signOf(line.state);
    auto *widget = new QWidget;
    widget->setObjectName(u"check-"_s + pageCheckName(line.check));
    widget->setProperty("state", checkStateName(line.state));
    const auto label
        = [this, widget](QFont Fonts::*font, QColor Theme::*colour, const QString &text) {
              auto *made = new ThemedLabel(m_theme, font, colour, widget);
              made->setText(text);
              made->setWordWrap(true);
              made->setTextInteractionFlags(Qt::TextSelectableByMouse);
              return made;
          };
    auto *mark = label(&Fonts::bodyStrong, sign.colour, sign.text);
    mark->setAccessibleName(sign.spoken);
    mark->setFixedWidth(m_theme.theme().px(Metrics::Icon));
    auto *texts = new QVBoxLayout;
    texts->setSpacing(2);
    texts->addWidget(label(&Fonts::bodyStrong, &Theme::text, words.title));
    if (!words.symptom.isEmpty())
        texts->addWidget(label(&Fonts::body, &Theme::text, words.symptom));
    texts->addWidget(label(&Fonts::secondary, &Theme::muted, words.cause));
    if (!words.advice.isEmpty())
        texts->addWidget(label(&Fonts::secondary, &Theme::text, words.advice));
    auto *layout = new QHBoxLayout(widget);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(mark, 0, Qt::AlignTop);
    layout->addLayout(texts, 1);
    if (words.cure != Cure::None) {
        auto *button = new QPushButton(cureText(words.cure), widget);
        button->setObjectName(u"cure-"_s + pageCheckName(line.check));
        button->setAutoDefault(false);
        connect(button, &QAbstractButton::clicked, this,
            [this, cure = words.cure] { Q_EMIT cureWanted(cure); });
        layout->addWidget(button, 0, Qt::AlignTop);
    }
    return widget;
}

} // namespace Pagedesk::Ui
