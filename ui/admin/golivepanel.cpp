// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/admin/golivepanel.h"

#include "ui/theme/themedlabel.h"

#include <QCheckBox>
#include <QPushButton>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include <algorithm>

namespace Pagedesk::Ui {

using namespace Qt::Literals::StringLiterals;

namespace {

// What one tick stands for: it is set when none of them is wrong.
struct Measured {
    const char *name;
    QList<PageCheck> checks;
};

const QList<Measured> &measured()
{
    static const QList<Measured> All{
        {"goAccess", {PageCheck::Token, PageCheck::Permissions, PageCheck::Task}},
        {"goPage", {PageCheck::Published, PageCheck::Messaging}},
        {"goAddress", {PageCheck::Address, PageCheck::VerifyToken, PageCheck::Signature}},
        {"goWebhooks", {PageCheck::AppWebhook, PageCheck::PageWebhook}},
        {"goMode", {PageCheck::AppMode}},
    };
    return All;
}

} // namespace

GoLivePanel::GoLivePanel(const ThemeProvider &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
{
    setObjectName(u"goLive"_s);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, Metrics::Gutter, 0, 0);
    layout->setSpacing(8);
    const auto title = [&](const QString &text) {
        auto *label = new ThemedLabel(theme, &Fonts::bodyStrong, &Theme::text, this);
        label->setText(text);
        layout->addWidget(label);
    };
    title(tr("Measured"));
    addItem(*layout, "goAccess", tr("Access, permissions and role are in order"), false);
    addItem(*layout, "goPage", tr("The Page is published and its messages can be read"), false);
    addItem(
        *layout, "goAddress", tr("Facebook reaches the relay, and both trust each other"), false);
    addItem(*layout, "goWebhooks", tr("Everything that happens on the Page is delivered"), false);
    addItem(*layout, "goMode", tr("Facebook has refused nobody because of the app's mode"), false);
    keep(addItem(*layout, "goProbe", tr("A test message came in, and its answer arrived"), false));
    auto *test = new QPushButton(tr("Send a test message"), this);
    test->setObjectName(u"goTest"_s);
    test->setAutoDefault(false);
    connect(test, &QAbstractButton::clicked, this, &GoLivePanel::testMessageWanted);
    layout->addWidget(test, 0, Qt::AlignLeft);
    layout->addSpacing(Metrics::Gutter);
    title(tr("For you to try"));
    addItem(*layout, "goStranger",
        tr("Somebody without a role in your app has written, and got an answer"), true);
    addItem(*layout, "goPicture", tr("A picture went both ways"), true);
    addItem(*layout, "goPhone", tr("A reply given in the Page's inbox at Facebook is shown here"),
        true);
    addItem(*layout, "goPeople", tr("Everybody who answers is paired and sees the Page"), true);
    addItem(*layout, "goBackup", tr("The relay's data is backed up every day"), true);
    m_result = new ThemedLabel(theme, &Fonts::body, &Theme::text, this);
    m_result->setObjectName(u"goResult"_s);
    m_result->setWordWrap(true);
    layout->addSpacing(Metrics::Gutter);
    layout->addWidget(m_result);
    layout->addStretch(1);
    showResult();
}

QCheckBox *GoLivePanel::addItem(
    QVBoxLayout &layout, const char *name, const QString &text, bool byHand)
{
    auto *item = new QCheckBox(text, this);
    item->setObjectName(QLatin1StringView(name));
    // What is measured is not for ticking.
    item->setAttribute(Qt::WA_TransparentForMouseEvents, !byHand);
    item->setFocusPolicy(byHand ? Qt::StrongFocus : Qt::NoFocus);
    connect(item, &QCheckBox::toggled, this, &GoLivePanel::showResult);
    m_items.insert(item->objectName(), item);
    if (byHand)
        keep(item);
    layout.addWidget(item);
    return item;
}

void GoLivePanel::keep(QCheckBox *item)
{
    m_kept.append(item);
    connect(item, &QCheckBox::toggled, this, [this] { Q_EMIT doneChanged(done()); });
}

QStringList GoLivePanel::done() const
{
    QStringList names;
    for (const QCheckBox *item : m_kept) {
        if (item->isChecked())
            names.append(item->objectName());
    }
    return names;
}

void GoLivePanel::setDone(const QStringList &names)
{
    const QSignalBlocker quiet(this);
    for (QCheckBox *item : std::as_const(m_kept))
        item->setChecked(names.contains(item->objectName()));
}

void GoLivePanel::setLines(const QList<DiagnosisLine> &lines)
{
    for (const Measured &each : measured()) {
        const bool isFine = std::all_of(
            each.checks.begin(), each.checks.end(), [&lines](PageCheck check) {
                return std::any_of(lines.begin(), lines.end(), [check](const DiagnosisLine &line) {
                    // What nobody can know, such as the role behind a token, is no hindrance.
                    const bool isOpen = line.state == CheckState::Unknown
                        && check == PageCheck::Task && line.reason == "by_hand"_L1;
                    return line.check == check && (line.state == CheckState::Good || isOpen);
                });
            });
        m_items.value(QLatin1StringView(each.name))->setChecked(isFine);
    }
}

void GoLivePanel::setProbePassed()
{
    m_items.value(u"goProbe"_s)->setChecked(true);
}

void GoLivePanel::showResult()
{
    if (m_result == nullptr)
        return;
    const auto left = static_cast<int>(std::count_if(m_items.cbegin(), m_items.cend(),
        [](const QCheckBox *item) { return !item->isChecked(); }));
    m_result->setText(left == 0
            ? tr("All is done: the Page is ready for customers.")
            : tr("%n of these are left before the Page is ready.", nullptr, left));
    m_result->setColour(left == 0 ? &Theme::ok : &Theme::text);
}

} // namespace Pagedesk::Ui
