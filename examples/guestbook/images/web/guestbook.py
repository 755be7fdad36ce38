#!/usr/bin/python3
"""The guestbook's web front end: one page, one form, messages kept in Redis.

Reads from the follower, writes to the leader, and needs nothing but Python's own library. Settings come from the environment:
GUESTBOOK_TITLE, REDIS_LEADER and REDIS_FOLLOWER (host:port), REDIS_PASSWORD, PORT.
"""
import html
import os
import signal
import socket
import threading
import urllib.parse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

VERSION = open("/etc/guestbook-version").read().strip()
TITLE = os.environ.get("GUESTBOOK_TITLE", "Guestbook")
KEY = "messages"
MESSAGES_MAX = 100
BODY_BYTES_MAX = 64 * 1024


def redis(address, *words):
    """Sends one command and returns its answer; raises OSError or ValueError."""
    host, port = address.rsplit(":", 1)
    commands = [("AUTH", os.environ["REDIS_PASSWORD"]), words]
    with socket.create_connection((host, int(port)), timeout=2) as conn:
        stream = conn.makefile("rwb")
        for command in commands:
            stream.write(b"*%d\r\n" % len(command))
            for word in (w.encode() for w in command):
                stream.write(b"$%d\r\n%s\r\n" % (len(word), word))
        stream.flush()
        return [answer(stream) for _ in commands][-1]


def answer(stream):
    line = stream.readline().rstrip(b"\r\n")
    sign, rest = line[:1], line[1:]
    if sign in (b"+", b":"):
        return rest.decode()
    if sign == b"$":
        return None if rest == b"-1" else stream.read(int(rest) + 2)[:-2].decode()
    if sign == b"*":
        return [answer(stream) for _ in range(int(rest))]
    raise ValueError(line.decode() or "the connection was closed")


def page(messages):
    items = "".join(f"<li>{html.escape(m)}</li>" for m in messages)
    return f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{html.escape(TITLE)}</title></head>
<body><h1>{html.escape(TITLE)}</h1><form method="post"><input name="message" autofocus><button>Sign</button></form>
<ul>{items}</ul><footer>version {VERSION}, served by {html.escape(socket.gethostname())}</footer></body></html>
"""


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        if self.path == "/healthz":
            return self.reply(200, "ok\n", "text/plain")
        if self.path == "/version":
            return self.reply(200, VERSION + "\n", "text/plain")
        try:
            messages = redis(os.environ["REDIS_FOLLOWER"], "LRANGE", KEY, "0", str(MESSAGES_MAX - 1))
        except (OSError, ValueError) as error:
            return self.reply(503, f"cannot read the messages: {error}\n", "text/plain")
        return self.reply(200, page(messages), "text/html; charset=utf-8")

    def do_POST(self):
        length = int(self.headers.get("Content-Length") or 0)
        if length > BODY_BYTES_MAX:
            return self.reply(413, "the message is too long\n", "text/plain")
        form = urllib.parse.parse_qs(self.rfile.read(length).decode("utf-8", "replace"))
        try:
            redis(os.environ["REDIS_LEADER"], "LPUSH", KEY, form.get("message", [""])[0])
        except (OSError, ValueError) as error:
            return self.reply(503, f"cannot write the message: {error}\n", "text/plain")
        self.send_response(303)
        self.send_header("Location", "/")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def reply(self, status, body, kind):
        data = body.encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)


def main():
    server = ThreadingHTTPServer(("", int(os.environ.get("PORT", "8080"))), Handler)
    server.daemon_threads = False
    signal.signal(signal.SIGTERM, lambda *_: threading.Thread(target=server.shutdown).start())
    print(f"guestbook {VERSION} listens on port {server.server_port}", flush=True)
    server.serve_forever()
    print("guestbook stopped", flush=True)


main()
