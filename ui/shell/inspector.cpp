// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/inspector.h"

#include "ui/theme/themeprovider.h"

#include <QClipboard>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace Pagedesk::Ui {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr QSize FirstSize(720, 560);

} // namespace

Inspector::Inspector(const ThemeProvider &theme, QWidget *parent)
    : QWidget(parent, Qt::Window)
    , m_theme(theme)
    , m_text(new QPlainTextEdit(this))
{
    setObjectName(u"inspector"_s);
    setWindowTitle(tr("Details of a message"));
    setAttribute(Qt::WA_DeleteOnClose);
    resize(FirstSize);
    m_text->setObjectName(u"inspection"_s);
    m_text->setAccessibleName(tr("Details of a message"));
    m_text->setReadOnly(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_text->setFrameShape(QFrame::NoFrame);
    m_text->document()->setDocumentMargin(16);
    m_text->setPlainText(tr("Asking the relay…"));
    auto *copy = new QPushButton(tr("Copy everything"), this);
    connect(copy, &QPushButton::clicked, this,
        [this] { QGuiApplication::clipboard()->setText(m_text->toPlainText()); });
    auto *close = new QPushButton(tr("Close"), this);
    connect(close, &QPushButton::clicked, this, &QWidget::close);
    auto *buttons = new QHBoxLayout;
    buttons->setContentsMargins(16, 8, 16, 12);
    buttons->addWidget(copy);
    buttons->addStretch();
    buttons->addWidget(close);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_text, 1);
    layout->addLayout(buttons);
    connect(&theme, &ThemeProvider::changed, this, &Inspector::applyTheme);
    applyTheme();
}

void Inspector::setText(const QString &text)
{
    m_text->setPlainText(text);
}

void Inspector::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        close();
    else
        QWidget::keyPressEvent(event);
}

void Inspector::applyTheme()
{
    QFont font = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    font.setPixelSize(m_theme.theme().fonts.body.pixelSize());
    m_text->setFont(font);
}

} // namespace Pagedesk::Ui
