// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/pairingpanel.h"

#include "ui/admin/confirmline.h"
#include "ui/theme/themedlabel.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QSysInfo>
#include <QVBoxLayout>

namespace Pagedesk::Ui {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int FormWidth = 480;
constexpr int LongestLink = 2000;
constexpr int LongestDeviceName = 80;

} // namespace

PairingPanel::PairingPanel(const ThemeProvider &theme, QWidget *parent)
    : Panel(theme, &Theme::surface, {}, parent)
{
    setObjectName(u"pairingPanel"_s);
    auto *across = new QHBoxLayout;
    across->addStretch(1);
    across->addWidget(buildForm(), 0);
    across->addStretch(1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(24, 24, 24, 24);
    layout->addStretch(2);
    layout->addLayout(across);
    layout->addStretch(3);
    setWorkspaceHere({});
    connect(m_link, &QLineEdit::textChanged, this, &PairingPanel::check);
    connect(m_link, &QLineEdit::returnPressed, this, &PairingPanel::join);
    connect(m_device, &QLineEdit::returnPressed, this, &PairingPanel::join);
    connect(m_join, &QAbstractButton::clicked, this, &PairingPanel::join);
    check();
}

void PairingPanel::offerLink(const QString &link)
{
    m_link->setText(link.trimmed());
    m_join->setFocus();
}

void PairingPanel::setBusy(bool busy)
{
    m_busy = busy;
    m_link->setEnabled(!busy);
    m_device->setEnabled(!busy);
    m_forget->setEnabled(!busy);
    m_startHere->setEnabled(!busy);
    m_delete->setEnabled(!busy);
    m_join->setText(busy ? tr("Joining") : tr("Join"));
    check();
}

void PairingPanel::setLeavable(bool leavable)
{
    m_back->setVisible(leavable);
}

void PairingPanel::setProblem(const QString &sentence)
{
    m_problem->setText(sentence);
    m_problem->setVisible(!sentence.isEmpty());
}

void PairingPanel::setNote(const QString &sentence)
{
    m_note->setText(sentence);
    m_note->setVisible(!sentence.isEmpty());
}

void PairingPanel::focusField()
{
    m_link->setFocus();
}

QWidget *PairingPanel::buildForm()
{
    auto *form = new QWidget(this);
    form->setFixedWidth(FormWidth);
    auto *layout = new QVBoxLayout(form);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    const auto words
        = [this, form, layout](QFont Fonts::*font, QColor Theme::*colour, const QString &text) {
              auto *label = new ThemedLabel(m_theme, font, colour, form);
              label->setText(text);
              label->setWordWrap(true);
              layout->addWidget(label);
              return label;
          };
    const auto field = [form, layout](const QString &name, int length) {
        auto *edit = new QLineEdit(form);
        edit->setAccessibleName(name);
        edit->setMaxLength(length);
        layout->addWidget(edit);
        return edit;
    };
    words(&Fonts::heading, &Theme::text, tr("Join a workspace"));
    words(&Fonts::body, &Theme::muted,
        tr("Paste the pairing link you were given. An admin makes one under People, or on the "
           "relay with pagedesk-relay invite; it works once, for ten minutes."));
    layout->addSpacing(8);
    words(&Fonts::secondaryStrong, &Theme::text, tr("Pairing link"));
    m_link = field(tr("Pairing link"), LongestLink);
    m_link->setObjectName(u"pairingLink"_s);
    m_link->setPlaceholderText(u"pagedesk://pair?…"_s);
    m_relay = words(&Fonts::meta, &Theme::muted, {});
    m_relay->setObjectName(u"pairingRelay"_s);
    words(&Fonts::secondaryStrong, &Theme::text, tr("Name of this device"));
    m_device = field(tr("Name of this device"), LongestDeviceName);
    m_device->setObjectName(u"deviceName"_s);
    m_device->setText(QSysInfo::machineHostName().left(LongestDeviceName));
    m_problem = words(&Fonts::secondary, &Theme::bad, {});
    m_problem->setObjectName(u"pairingProblem"_s);
    m_problem->hide();
    m_note = words(&Fonts::secondary, &Theme::warn, {});
    m_note->setObjectName(u"pairingNote"_s);
    m_note->hide();
    m_join = new QPushButton(tr("Join"), form);
    m_join->setObjectName(u"join"_s);
    m_join->setProperty("kind", u"primary"_s);
    m_join->setToolTip(tr("Join the workspace (Enter)"));
    layout->addSpacing(8);
    m_back = new QPushButton(tr("Back to the conversations"), form);
    m_back->setObjectName(u"leavePairing"_s);
    m_back->setProperty("kind", u"plain"_s);
    m_back->hide();
    connect(m_back, &QAbstractButton::clicked, this, &PairingPanel::left);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addWidget(m_join);
    buttons->addWidget(m_back);
    buttons->addStretch(1);
    layout->addLayout(buttons);
    m_forget = new ConfirmLine(m_theme, u"forgetDevice"_s, tr("Forget this device"),
        tr("Everything this computer keeps of the workspace is removed, also replies that were "
           "not sent."),
        form);
    m_forget->hide();
    layout->addWidget(m_forget);
    layout->addWidget(buildLocal(form));
    layout->addWidget(buildHere(form));
    connect(m_forget, &ConfirmLine::confirmed, this, &PairingPanel::forgetRequested);
    return form;
}

QWidget *PairingPanel::buildLocal(QWidget *form)
{
    m_local = new QWidget(form);
    m_local->hide();
    auto *layout = new QVBoxLayout(m_local);
    layout->setContentsMargins(0, 24, 0, 0);
    layout->setSpacing(8);
    const auto words
        = [this, layout](QFont Fonts::*font, QColor Theme::*colour, const QString &text) {
              auto *label = new ThemedLabel(m_theme, font, colour, m_local);
              label->setText(text);
              label->setWordWrap(true);
              layout->addWidget(label);
              return label;
          };
    m_localTitle = words(&Fonts::heading, &Theme::text, {});
    m_localWords = words(&Fonts::body, &Theme::muted, {});
    m_startHere = new QPushButton(m_local);
    m_startHere->setObjectName(u"startHere"_s);
    layout->addWidget(m_startHere, 0, Qt::AlignLeft);
    connect(m_startHere, &QAbstractButton::clicked, this, &PairingPanel::localRequested);
    return m_local;
}

// The workspace of this computer outlives what this desktop forgets of it: who wants it gone says
// so here.
QWidget *PairingPanel::buildHere(QWidget *form)
{
    m_here = new QWidget(form);
    m_here->hide();
    auto *layout = new QVBoxLayout(m_here);
    layout->setContentsMargins(0, 24, 0, 0);
    layout->setSpacing(8);
    m_hereWords = new ThemedLabel(m_theme, &Fonts::body, &Theme::text, m_here);
    m_hereWords->setObjectName(u"workspaceHere"_s);
    m_hereWords->setWordWrap(true);
    m_hereWords->setTextInteractionFlags(Qt::TextSelectableByMouse);
    layout->addWidget(m_hereWords);
    m_delete = new ConfirmLine(m_theme, u"deleteWorkspace"_s, tr("Delete the workspace"),
        tr("Its conversations, notes, files, people and Page logins are deleted for good. There "
           "is no other copy: everybody else who works in it loses it too."),
        m_here);
    layout->addWidget(m_delete);
    connect(m_delete, &ConfirmLine::confirmed, this, &PairingPanel::deleteRequested);
    return m_here;
}

void PairingPanel::setWorkspaceHere(const QString &folder)
{
    const bool here = !folder.isEmpty();
    m_here->setVisible(here);
    m_delete->close();
    m_hereWords->setText(
        tr("The workspace that runs on this computer stays in %1 when this device forgets it: "
           "its conversations are there and nowhere else.")
            .arg(folder));
    m_localTitle->setText(here ? tr("Or open the one that is here") : tr("Or start a new one"));
    m_localWords->setText(here
            ? tr("You come back as the admin you were, with everything that is in it.")
            : tr("The relay then runs on this computer while Pagedesk is open. Facebook delivers "
                 "messages only to a public https address; connecting Pages says what is needed "
                 "for that."));
    m_startHere->setText(here ? tr("Open the workspace on this computer")
                              : tr("Start a workspace on this computer"));
}

void PairingPanel::setForgettable(bool forgettable)
{
    m_forget->close();
    m_forget->setVisible(forgettable);
}

void PairingPanel::setLocalOffered(bool offered)
{
    m_local->setVisible(offered);
}

void PairingPanel::check()
{
    const QString text = m_link->text().trimmed();
    const auto link = Wire::pairingLinkFrom(text);
    m_join->setEnabled(link.has_value() && !m_busy);
    setProblem({});
    if (text.isEmpty())
        m_relay->setText(tr("It begins with pagedesk://pair"));
    else if (link)
        m_relay->setText(tr("Joins the workspace at %1").arg(link->relay.authority()));
    else
        m_relay->setText(
            tr("This is not a pairing link. Copy the whole line that the relay printed."));
    m_relay->setColour(text.isEmpty() || link ? &Theme::muted : &Theme::bad);
}

void PairingPanel::join()
{
    const auto link = Wire::pairingLinkFrom(m_link->text().trimmed());
    if (!link || m_busy)
        return;
    const QString device = m_device->text().trimmed();
    Q_EMIT joinRequested(*link, device.isEmpty() ? tr("Desktop") : device);
}

} // namespace Pagedesk::Ui
