"""Loads a compiled list of system calls into the kernel. Needs no library, so that it works where nothing else is."""

import ctypes
import os
import struct

_PR_SET_SECCOMP, _MODE_FILTER = 22, 2
# Stands for the child's own number until the child is there; no other constant of the program is like it.
SOMEBODY = 0x5AFEC0DE
_INSTRUCTION = struct.Struct("=HBBI")


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p))


def load(program: bytes) -> None:
    """Close the door: from here on this thread, and every thread it starts, makes these system calls only."""
    own = _addressed_to(os.getpid(), program)
    order = _Program(len(own) // _INSTRUCTION.size, own)
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_PR_SET_SECCOMP, _MODE_FILTER, ctypes.byref(order), 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "seccomp refused the program")


def _addressed_to(pid: int, program: bytes) -> bytes:
    instructions = [
        (code, yes, no, pid if number == SOMEBODY else number)
        for code, yes, no, number in _INSTRUCTION.iter_unpack(program)
    ]
    return b"".join(_INSTRUCTION.pack(*instruction) for instruction in instructions)
