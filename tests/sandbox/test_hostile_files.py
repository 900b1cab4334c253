"""Programs that change files: jailed, and then let loose, to see that they would."""

import pytest

from tests.sandbox.scene import Scene

FILES = {
    "overwrites": "open(FILE, 'w').write('gone')",
    "appends": "open(FILE, 'a').write('more')",
    "changes a byte in place": "open(FILE, 'r+b').write(b'X')",
    "makes a new file": "open(NEW, 'x').write('here')",
    "makes a file by a descriptor of its folder": """
        import os
        os.open("new", os.O_WRONLY | os.O_CREAT, dir_fd=os.open(FOLDER, os.O_RDONLY))
    """,
    "makes a file without a name, and names it": """
        import os
        file = os.open(FOLDER, os.O_TMPFILE | os.O_WRONLY)
        os.link(f"/proc/self/fd/{file}", NEW, src_dir_fd=file, follow_symlinks=True)
    """,
    "empties by a read-only open": "import os; os.open(FILE, os.O_RDONLY | os.O_TRUNC)",
    "truncates": "import os; os.truncate(FILE, 0)",
    "deletes": "import os; os.remove(FILE)",
    "renames": "import os; os.rename(FILE, NEW)",
    "makes a folder": "import os; os.mkdir(NEW)",
    "makes a symbolic link": "import os; os.symlink('/etc/passwd', NEW)",
    "makes a hard link": "import os; os.link(FILE, NEW)",
    "makes a named pipe": "import os; os.mkfifo(NEW)",
    "makes a named socket": "import socket; socket.socket(socket.AF_UNIX).bind(NEW)",
    "changes rights": "import os; os.chmod(FILE, 0o777)",
    "changes times": "import os; os.utime(FILE, (1, 1))",
    "writes through a memory map": """
        import mmap
        with open(FILE, "r+b") as file:
            mmap.mmap(file.fileno(), 0)[:3] = b"XXX"
    """,
    "writes by system call": """
        import ctypes
        libc = ctypes.CDLL(None)
        libc.write(libc.open(FILE.encode(), 1), b"gone", 4)
    """,
    "writes by openat2": """
        import ctypes
        libc = ctypes.CDLL(None)
        how = (ctypes.c_uint64 * 3)(1, 0, 0)
        libc.write(libc.syscall(CALLS["openat2"], -100, FILE.encode(), how, 24), b"gone", 4)
    """,
    "makes a file by creat": "import ctypes; ctypes.CDLL(None).creat(NEW.encode(), 0o600)",
    "saves a table": "import pandas; pandas.DataFrame({'a': [1]}).to_csv(NEW)",
    "writes to a database": """
        import sqlite3
        with sqlite3.connect(FOLDER + "/db.sqlite3") as database: database.execute("DELETE FROM secrets")
    """,
}


@pytest.mark.parametrize("program", FILES.values(), ids=FILES.keys())
def test_no_file_is_touched(program: str, scene: Scene) -> None:
    scene.attack_in_jail(program)
    assert scene.harm() == set()

    scene.attack_at_large(program)
    assert "files" in scene.harm()
