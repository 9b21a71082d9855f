// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/contact/contactfields.h"

#include "ui/theme/icons.h"
#include "ui/theme/themedlabel.h"
#include "ui/theme/themeprovider.h"
#include "ui/thread/displaytext.h"

#include <QCompleter>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QStringListModel>
#include <QToolButton>
#include <QVBoxLayout>

namespace Pagedesk::Ui {

using namespace Qt::Literals::StringLiterals;

ContactFields::ContactFields(const ThemeProvider &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    m_rows = new QVBoxLayout;
    m_rows->setSpacing(6);
    layout->addLayout(m_rows);
    m_name = new QLineEdit(this);
    m_name->setObjectName(u"newFieldName"_s);
    m_name->setMaxLength(static_cast<int>(MaxFieldName));
    m_name->setPlaceholderText(tr("New field, e.g. Phone"));
    m_name->setAccessibleName(tr("Name of a new field"));
    m_names = new QStringListModel(this);
    auto *completer = new QCompleter(m_names, this);
    completer->setCaseSensitivity(Qt::CaseInsensitive);
    m_name->setCompleter(completer);
    m_value = new QLineEdit(this);
    m_value->setObjectName(u"newFieldValue"_s);
    m_value->setMaxLength(static_cast<int>(MaxFieldValue));
    m_value->setPlaceholderText(tr("Value"));
    m_value->setAccessibleName(tr("Value of the new field"));
    m_add = new QPushButton(tr("Add"), this);
    m_add->setObjectName(u"addField"_s);
    m_add->setAccessibleName(tr("Add the field"));
    auto *line = new QHBoxLayout;
    line->setSpacing(4);
    line->addWidget(m_value, 1);
    line->addWidget(m_add);
    layout->addWidget(m_name);
    layout->addLayout(line);
    for (QLineEdit *edit : {m_name, m_value})
        connect(edit, &QLineEdit::textChanged, this, &ContactFields::fitButton);
    connect(m_name, &QLineEdit::returnPressed, m_value, qOverload<>(&QWidget::setFocus));
    connect(m_value, &QLineEdit::returnPressed, this, &ContactFields::add);
    connect(m_add, &QPushButton::clicked, this, &ContactFields::add);
    fitButton();
}

void ContactFields::setNames(const QStringList &names)
{
    QStringList offered = names;
    for (const QString &usual : {tr("Phone"), tr("E-mail"), tr("Customer number")}) {
        if (!offered.contains(usual))
            offered.append(usual);
    }
    m_names->setStringList(offered);
}

void ContactFields::setFields(
    const ConversationId &id, const QList<CustomField> &fields, const QList<CustomField> &foreign)
{
    if (m_conversation != id) {
        m_name->clear(); // meant for somebody else
        m_value->clear();
    }
    if (m_conversation == id && m_fields == fields && m_foreign == foreign)
        return; // somebody may be typing
    m_conversation = id;
    m_fields = fields;
    m_foreign = foreign;
    while (QLayoutItem *item = m_rows->takeAt(0)) {
        item->widget()->hide();
        item->widget()->deleteLater(); // one of its own signals may have led here
        delete item;
    }
    for (const CustomField &field : fields)
        m_rows->addWidget(row(field, true));
    for (const CustomField &field : foreign)
        m_rows->addWidget(row(field, false));
}

QWidget *ContactFields::row(const CustomField &field, bool isOwn)
{
    auto *line = new QWidget(this);
    auto *layout = new QVBoxLayout(line);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(2);
    auto *caption = new ThemedLabel(m_theme, &Fonts::meta, &Theme::muted, line);
    caption->setText(displayLine(field.name));
    caption->setElided(true);
    layout->addWidget(caption);
    if (!isOwn) {
        auto *value = new ThemedLabel(m_theme, &Fonts::secondary, &Theme::text, line);
        value->setText(displayLine(field.value));
        value->setWordWrap(true);
        value->setTextInteractionFlags(Qt::TextSelectableByMouse);
        layout->addWidget(value);
        return line;
    }
    auto *edit = new QLineEdit(field.value, line);
    edit->setMaxLength(static_cast<int>(MaxFieldValue));
    edit->setAccessibleName(field.name);
    edit->setCursorPosition(0);
    auto *remove = new QToolButton(line);
    remove->setIcon(themedIcon(Icon::Close, m_theme.theme()));
    remove->setAutoRaise(true);
    remove->setToolTip(tr("Remove this field"));
    remove->setAccessibleName(tr("Remove the field %1").arg(field.name));
    auto *value = new QHBoxLayout;
    value->setSpacing(2);
    value->addWidget(edit, 1);
    value->addWidget(remove);
    layout->addLayout(value);
    connect(edit, &QLineEdit::editingFinished, this, [this, edit, field] {
        if (edit->text().trimmed() != field.value && !edit->text().trimmed().isEmpty())
            Q_EMIT edited({ContactField::Custom, field.name, edit->text().trimmed()});
        else
            edit->setText(field.value); // emptying by accident is no removal
    });
    connect(remove, &QToolButton::clicked, this, [this, field] {
        Q_EMIT edited({ContactField::Custom, field.name, {}});
    });
    return line;
}

void ContactFields::add()
{
    if (!m_add->isEnabled())
        return;
    Q_EMIT edited({ContactField::Custom, m_name->text().simplified(), m_value->text().trimmed()});
    m_name->clear();
    m_value->clear();
    m_name->setFocus();
}

void ContactFields::fitButton()
{
    m_add->setEnabled(!m_name->text().trimmed().isEmpty() && !m_value->text().trimmed().isEmpty());
}

} // namespace Pagedesk::Ui
