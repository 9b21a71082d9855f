// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/conversation.h"
#include "models/domain/page.h"
#include "models/domain/replywindow.h"
#include "ui/theme/panel.h"

class QGridLayout;

namespace Pagedesk::Ui {

class ContactPicture;
class MediaSource;
class ThemedLabel;

// The right edge of the window: who the open conversation is with.
class ContactPanel : public Panel {
    Q_OBJECT

public:
    ContactPanel(const ThemeProvider &theme, MediaSource &media, QWidget *parent = nullptr);

    struct Facts {
        Conversation conversation;
        Page page;
        ReplyWindow window;
        qint64 beganAt = 0; // ms UTC of the first message; 0 while it is not known
        qint64 now = 0;
    };
    void setFacts(const Facts &facts);

private:
    enum Line { PsidLine, FirstLine, LastLine, WindowLine, LineCount };

    QWidget *buildHead(MediaSource &media);
    QWidget *buildFacts();
    void fitWidth();
    void setLine(Line line, const QString &value, const QString &tip = {});

    ContactPicture *m_picture = nullptr;
    ThemedLabel *m_name = nullptr;
    ThemedLabel *m_page = nullptr;
    QGridLayout *m_grid = nullptr;
    ThemedLabel *m_keys[LineCount] = {};
    ThemedLabel *m_values[LineCount] = {};
    QString m_psid;
};

} // namespace Pagedesk::Ui
