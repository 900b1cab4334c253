"""Programs that speak to somebody outside: jailed, and then let loose, to see that they would."""

import pytest

from interview.sandbox.jobs import Ending
from tests.require import require
from tests.sandbox.scene import Scene

SERVERS = {
    "connects by TCP": ("import socket; socket.create_connection(TCP, timeout=1)", "tcp"),
    "connects by TCP over IPv6": ("import socket; socket.create_connection(TCP6[:2], timeout=1)", "tcp6"),
    "sends by UDP": (
        "import socket; socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'x', UDP)",
        "udp",
    ),
    "sends by UDP over IPv6": (
        "import socket; socket.socket(socket.AF_INET6, socket.SOCK_DGRAM).sendto(b'x', UDP6)",
        "udp6",
    ),
    "connects to a unix socket": ("import socket; socket.socket(socket.AF_UNIX).connect(UNIX)", "unix"),
    "connects to a socket of packets": (
        "import socket; socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET).connect(SEQPACKET)",
        "seqpacket",
    ),
    "connects to an abstract socket": (
        "import socket; socket.socket(socket.AF_UNIX).connect(ABSTRACT)",
        "abstract",
    ),
    "sends to a unix socket": (
        "import socket; socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM).sendto(b'x', DATAGRAM)",
        "datagram",
    ),
    "sends out of a pair of sockets": (
        """
        import socket
        one, other = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
        one.sendto(b"x", DATAGRAM)
        """,
        "datagram",
    ),
    "sends out of a pair of sockets without a file": (
        """
        import socket
        one, other = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
        one.sendmsg([b"x"], [], 0, ABSTRACT_DATAGRAM)
        """,
        "abstract_datagram",
    ),
    "connects one of a pair of sockets": (
        """
        import socket
        one, other = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
        one.connect(ABSTRACT_DATAGRAM)
        one.send(b"x")
        """,
        "abstract_datagram",
    ),
    "fetches a page": (
        "import urllib.request; urllib.request.urlopen(f'http://127.0.0.1:{TCP[1]}/', timeout=0.3)",
        "tcp",
    ),
    "reads a table from the network": (
        """
        import pandas, socket
        socket.setdefaulttimeout(0.3)
        pandas.read_csv(f"http://127.0.0.1:{TCP[1]}/a.csv")
        """,
        "tcp",
    ),
}
# By number, for Python doesn't know them all, and whether this machine has them or not.
FAMILIES = {
    "unix": (1, 1),
    "inet": (2, 1),
    "inet, raw": (2, 3),
    "ax25": (3, 5),
    "inet6": (10, 1),
    "inet6, raw": (10, 3),
    "key": (15, 3),
    "netlink": (16, 3),
    "packet": (17, 3),
    "rds": (21, 5),
    "can": (29, 3),
    "tipc": (30, 2),
    "bluetooth": (31, 3),
    "alg": (38, 5),
    "vsock": (40, 1),
    "kcm": (41, 2),
    "qipcrtr": (42, 2),
    "smc": (43, 1),
    "xdp": (44, 3),
}


@pytest.mark.parametrize(("program", "server"), SERVERS.values(), ids=SERVERS.keys())
def test_no_server_is_reached(program: str, server: str, scene: Scene) -> None:
    require("IPv6", is_here="6" not in server or scene.has(server))
    scene.attack_in_jail(program)
    assert scene.harm() == set()

    scene.attack_at_large(program)
    assert scene.harm() == {server}


@pytest.mark.parametrize(("family", "kind"), FAMILIES.values(), ids=FAMILIES.keys())
def test_no_socket_of_any_family_is_had(family: int, kind: int, scene: Scene) -> None:
    # Refused, and not merely missing: a machine that has the family would have said yes.
    outcome = scene.attack_in_jail(f"import socket; print(socket.socket({family}, {kind}))")

    assert (outcome.ending, outcome.prints) == (Ending.FORBIDDEN, "")
    assert outcome.error is not None
    assert outcome.error.type == "PermissionError"


def test_a_pair_of_sockets_leads_from_a_program_to_itself(scene: Scene) -> None:
    outcome = scene.attack_in_jail("""
        import socket
        one, other = socket.socketpair()
        one.send(b"to myself")
        print(other.recv(20).decode())
    """)

    assert outcome.prints == "to myself\n"
