"""Drives a program on a terminal: steps as JSON in the first argument, the program after it. Prints what the terminal showed, then the exit code.

A step is {"size": [rows, columns]}, {"send": TEXT}, {"expect": TEXT}, which waits for TEXT in what came since the step before,
or {"signal": NUMBER}, which the program gets.
"""
import fcntl
import json
import os
import pty
import select
import struct
import sys
import termios
import time

SECONDS_MAX = 30


def resize(rows, columns):
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))


def read(deadline):
    ready, _, _ = select.select([terminal], [], [], max(0, deadline - time.monotonic()))
    try:
        return os.read(terminal, 65536) if ready else b""
    except OSError:
        return b""


def expect(text):
    seen, deadline = b"", time.monotonic() + SECONDS_MAX
    while text.encode() not in seen:
        more = read(deadline)
        if not more:
            ended, status = os.waitpid(child, os.WNOHANG)
            state = f"ended with {os.waitstatus_to_exitcode(status)}" if ended else "still runs"
            sys.exit(f"{text!r} did not come; the terminal showed {b''.join(shown) + seen!r}; the program {state}")
        shown.append(more)
        seen += more


child, terminal = pty.fork()
if child == 0:
    # The first size is there before the program looks for it.
    os.read(0, 1)
    os.execvp(sys.argv[2], sys.argv[2:])
shown = []
resize(24, 80)
os.write(terminal, b"\n")
for step in json.loads(sys.argv[1]):
    if "size" in step:
        resize(*step["size"])
    elif "send" in step:
        os.write(terminal, step["send"].encode())
    elif "signal" in step:
        os.kill(child, step["signal"])
    else:
        expect(step["expect"])
deadline = time.monotonic() + SECONDS_MAX
while more := read(deadline):
    shown.append(more)
sys.stdout.buffer.write(b"".join(shown))
print("exit code", os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
