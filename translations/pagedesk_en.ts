<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>ConversationWords</name>
    <message numerus="yes">
        <source>📷 %n photos</source>
        <translation>
            <numerusform>📷 %n photo</numerusform>
            <numerusform>📷 %n photos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>🎬 %n videos</source>
        <translation>
            <numerusform>🎬 %n video</numerusform>
            <numerusform>🎬 %n videos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>📎 %n files</source>
        <translation>
            <numerusform>📎 %n file</numerusform>
            <numerusform>📎 %n files</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n unread</source>
        <translation>
            <numerusform>%n unread</numerusform>
            <numerusform>%n unread</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ErrorText</name>
    <message numerus="yes">
        <source>Try again in %n minutes.</source>
        <translation>
            <numerusform>Try again in %n minute.</numerusform>
            <numerusform>Try again in %n minutes.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>JumpButton</name>
    <message numerus="yes">
        <source>Jump to the newest message, %n new</source>
        <translation>
            <numerusform>Jump to the newest message, %n new</numerusform>
            <numerusform>Jump to the newest message, %n new</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PageWords</name>
    <message numerus="yes">
        <source>Older conversations are being read: %n so far.</source>
        <translation>
            <numerusform>Older conversations are being read: %n so far.</numerusform>
            <numerusform>Older conversations are being read: %n so far.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n gaps in which messages are missing.</source>
        <translation>
            <numerusform>%n gap in which messages are missing.</numerusform>
            <numerusform>%n gaps in which messages are missing.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n messages were missed and recovered.</source>
        <translation>
            <numerusform>%n message was missed and recovered.</numerusform>
            <numerusform>%n messages were missed and recovered.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n older messages are no longer given by Facebook.</source>
        <translation>
            <numerusform>%n older message is no longer given by Facebook.</numerusform>
            <numerusform>%n older messages are no longer given by Facebook.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n events are shown with a delay.</source>
        <translation>
            <numerusform>%n event is shown with a delay.</numerusform>
            <numerusform>%n events are shown with a delay.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StatusStrip</name>
    <message numerus="yes">
        <source>%n Pages</source>
        <translation>
            <numerusform>%n Page</numerusform>
            <numerusform>%n Pages</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StatusWords</name>
    <message numerus="yes">
        <source>%n replies waiting</source>
        <translation>
            <numerusform>%n reply waiting</numerusform>
            <numerusform>%n replies waiting</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ThreadText</name>
    <message numerus="yes">
        <source>%n photos, being fetched</source>
        <translation>
            <numerusform>%n photo, being fetched</numerusform>
            <numerusform>%n photos, being fetched</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photos, kept here</source>
        <translation>
            <numerusform>%n photo, kept here</numerusform>
            <numerusform>%n photos, kept here</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TimeWords</name>
    <message numerus="yes">
        <source>%n days</source>
        <translation>
            <numerusform>%n day</numerusform>
            <numerusform>%n days</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Pagedesk::Ui::FileTray</name>
    <message numerus="yes">
        <source>Copying %n file(s)…</source>
        <translation>
            <numerusform>Copying %n file…</numerusform>
            <numerusform>Copying %n files…</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Pagedesk::Ui::ConnectPages</name>
    <message numerus="yes">
        <source>Connect %n Page(s)</source>
        <translation>
            <numerusform>Connect %n Page</numerusform>
            <numerusform>Connect %n Pages</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>There are %n minute(s) left.</source>
        <translation>
            <numerusform>There is %n minute left.</numerusform>
            <numerusform>There are %n minutes left.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Pagedesk::Ui::PageSettingsWindow</name>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Changes of %n Page(s) are not applied: %1.</source>
        <translation>
            <numerusform>Changes of a Page are not applied: %1.</numerusform>
            <numerusform>Changes of %n Pages are not applied: %1.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PeopleWords</name>
    <message numerus="yes">
        <source>%1 and %n more</source>
        <translation>
            <numerusform>%1 and %n more</numerusform>
            <numerusform>%1 and %n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n devices</source>
        <translation>
            <numerusform>%n device</numerusform>
            <numerusform>%n devices</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Team · %n people</source>
        <translation>
            <numerusform>Team · %n person</numerusform>
            <numerusform>Team · %n people</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Pagedesk::Alerts</name>
    <message numerus="yes">
        <source>Something new in %n conversation(s).</source>
        <translation>
            <numerusform>Something new in %n conversation.</numerusform>
            <numerusform>Something new in %n conversations.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n conversation(s) still wait to be looked at.</source>
        <translation>
            <numerusform>%n conversation still waits to be looked at.</numerusform>
            <numerusform>%n conversations still wait to be looked at.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Pagedesk::TrayIcon</name>
    <message numerus="yes">
        <source>And %n other Page(s).</source>
        <translation>
            <numerusform>And %n other Page.</numerusform>
            <numerusform>And %n other Pages.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n unread conversation(s)</source>
        <translation>
            <numerusform>%n unread conversation</numerusform>
            <numerusform>%n unread conversations</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Pagedesk::Ui::CareStrip</name>
    <message numerus="yes">
        <source>And %n other Page(s).</source>
        <translation>
            <numerusform>And %n other Page.</numerusform>
            <numerusform>And %n other Pages.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Pagedesk::Ui::GoLivePanel</name>
    <message numerus="yes">
        <source>%n of these are left before the Page is ready.</source>
        <translation>
            <numerusform>%n of these is left before the Page is ready.</numerusform>
            <numerusform>%n of these are left before the Page is ready.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PageDoctor</name>
    <message numerus="yes">
        <source>%n events with a wrong signature were refused since the relay was started.</source>
        <translation>
            <numerusform>%n event with a wrong signature was refused since the relay was started.</numerusform>
            <numerusform>%n events with a wrong signature were refused since the relay was started.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n conversations cannot be answered here.</source>
        <translation>
            <numerusform>%n conversation cannot be answered here.</numerusform>
            <numerusform>%n conversations cannot be answered here.</numerusform>
        </translation>
    </message>
</context>
</TS>
