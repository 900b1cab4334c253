"""Servers of every kind that a program on this machine could reach."""

import socket
from contextlib import suppress
from pathlib import Path

Address = tuple[str, int] | str


def servers(folder: Path, mark: str) -> dict[str, socket.socket]:
    """One open server of each kind that this machine has, by name."""
    kinds: dict[str, tuple[socket.AddressFamily, socket.SocketKind, Address]] = {
        "tcp": (socket.AF_INET, socket.SOCK_STREAM, ("127.0.0.1", 0)),
        "udp": (socket.AF_INET, socket.SOCK_DGRAM, ("127.0.0.1", 0)),
        "tcp6": (socket.AF_INET6, socket.SOCK_STREAM, ("::1", 0)),
        "udp6": (socket.AF_INET6, socket.SOCK_DGRAM, ("::1", 0)),
        "unix": (socket.AF_UNIX, socket.SOCK_STREAM, str(folder / "unix")),
        "datagram": (socket.AF_UNIX, socket.SOCK_DGRAM, str(folder / "datagram")),
        "seqpacket": (socket.AF_UNIX, socket.SOCK_SEQPACKET, str(folder / "seqpacket")),
        "abstract": (socket.AF_UNIX, socket.SOCK_STREAM, f"\0{mark}"),
        "abstract_datagram": (socket.AF_UNIX, socket.SOCK_DGRAM, f"\0{mark}-datagram"),
    }
    opened = {}
    for name, (family, kind, address) in kinds.items():
        # A machine may be without IPv6.
        with suppress(OSError):
            opened[name] = _listening(family, kind, address)
    return opened


def has_visitor(server: socket.socket) -> bool:
    """Whether anybody has come since the last time."""
    try:
        if server.type is socket.SOCK_DGRAM:
            server.recv(100)
        else:
            server.accept()[0].close()
    except BlockingIOError:
        return False
    return True


def _listening(family: socket.AddressFamily, kind: socket.SocketKind, address: Address) -> socket.socket:
    server = socket.socket(family, kind)
    server.bind(address)
    if kind is not socket.SOCK_DGRAM:
        server.listen()
    server.setblocking(False)
    return server
