// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QTcpServer>
#include <QUrl>

#include <memory>
#include <vector>

class QTcpSocket;

namespace Pagedesk::Tests {

// A network between desktops and a relay that can be cut, in one direction or in both. As in a real
// one, nobody is told: bytes wait where they are, and so does the news that somebody has hung up.
class Partition : public QObject {
    Q_OBJECT

public:
    enum Way { Up = 1, Down = 2, Both = 3 }; // Up: from the desktop to the relay

    explicit Partition(quint16 relayPort);
    ~Partition() override;
    QUrl url() const;

    // So many bytes still get through in each of these ways, so that a frame may arrive by half.
    void cut(Way ways, qsizetype lastBytes = 0);
    // The network is back, and all that waited arrives.
    void mend();
    // The network is back for new connections. Those of before are lost, and the relay never hears.
    void forget();
    // As forget(), and both ends are told with a reset.
    void reset();

private:
    struct Wire {
        QTcpSocket *desktop = nullptr;
        QTcpSocket *relay = nullptr;
        bool lost = false; // nothing passes any more, whatever becomes of the network
    };

    void join(QTcpSocket *desktop);
    void pass(Wire &wire);
    void pass(Wire &wire, Way way);
    void passEnd(Wire &wire, Way way);

    QTcpServer m_server;
    quint16 m_relayPort;
    std::vector<std::unique_ptr<Wire>> m_wires;
    int m_cut = 0; // of Way
    qsizetype m_left[2] = {0, 0}; // bytes that still get through a cut: up, down
};

} // namespace Pagedesk::Tests
