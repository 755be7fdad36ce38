"""A client of `kubectl proxy` and of the API server itself: requests, watches, and WebSockets.

    client.py PROXY-PORT TOKEN OTHER-TOKEN      the second may not look at pods
"""

import base64
import json
import os
import socket
import ssl
import struct
import sys
import urllib.request

PORT, TOKEN, OTHER = int(sys.argv[1]), sys.argv[2], sys.argv[3]
PODS = "/api/v1/namespaces/default/pods"
SERVER = ("127.0.0.1", 6443)
TEXT, BINARY, CLOSE, PING, PONG = 1, 2, 8, 9, 10


class Refused(Exception):
    def __init__(self, status, body):
        super().__init__(f"{status}: {body}")
        self.status, self.body = status, body


class Socket:
    """An upgraded connection; frames of ours are masked."""

    def __init__(self, connection, path, protocols=(), origin="http://localhost"):
        self.file = connection.makefile("rb")
        self.connection = connection
        lines = [
            f"GET {path} HTTP/1.1",
            "Host: 127.0.0.1",
            "Connection: Upgrade",
            "Upgrade: websocket",
            "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Key: " + base64.b64encode(os.urandom(16)).decode(),
        ]
        if origin:
            lines.append("Origin: " + origin)
        if protocols:
            lines.append("Sec-WebSocket-Protocol: " + ", ".join(protocols))
        connection.sendall("\r\n".join([*lines, "", ""]).encode())
        self.status = int(self.file.readline().split()[1])
        self.headers = {}
        while (line := self.file.readline().strip()) != b"":
            name, _, value = line.decode().partition(":")
            self.headers[name.lower()] = value.strip()
        if self.status != 101:
            length = int(self.headers.get("content-length", 0))
            raise Refused(self.status, self.file.read(length).decode())

    def send(self, opcode, data):
        mask = os.urandom(4)
        masked = bytes(byte ^ mask[at % 4] for at, byte in enumerate(data))
        self.connection.sendall(bytes([0x80 | opcode, 0x80 | len(data)]) + mask + masked)

    def frame(self):
        first, length = self.file.read(2)
        if length == 126:
            (length,) = struct.unpack(">H", self.file.read(2))
        elif length == 127:
            (length,) = struct.unpack(">Q", self.file.read(8))
        return first & 0x0F, self.file.read(length)

    def event(self):
        opcode, data = self.frame()
        assert opcode == TEXT and data.endswith(b"\n"), (opcode, data)
        event = json.loads(data)
        return event["type"], event["object"]["metadata"]["name"]


def through_proxy():
    return socket.create_connection(("127.0.0.1", PORT), timeout=30)


def direct():
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    context.set_alpn_protocols(["http/1.1"])
    return context.wrap_socket(socket.create_connection(SERVER, timeout=30))


def requests_and_watches():
    url = f"http://127.0.0.1:{PORT}"
    with urllib.request.urlopen(f"{url}{PODS}/backend", timeout=30) as answer:
        assert json.load(answer)["metadata"]["name"] == "backend"
    with urllib.request.urlopen(f"{url}{PODS}/backend:8000/proxy/a/b?c=d", timeout=30) as answer:
        assert answer.read() == b"path /a/b?c=d\n"
    selector = "fieldSelector=metadata.name%3Dbackend"
    with urllib.request.urlopen(f"{url}{PODS}?watch=1&timeoutSeconds=1&{selector}", timeout=30) as answer:
        events = [json.loads(line) for line in answer]
        assert [event["type"] for event in events][:1] == ["ADDED"], events
    watching = Socket(through_proxy(), f"{PODS}?watch=1&timeoutSeconds=5&{selector}")
    assert watching.event() == ("ADDED", "backend")
    watching.send(PING, b"still there?")
    assert watching.frame() == (PONG, b"still there?")
    while (last := watching.frame())[0] != CLOSE:
        assert last[0] == TEXT, last
    assert last[1] == struct.pack(">H", 1000), last
    print("requests and watches: done")


def upgrades():
    for path in (f"{PODS}/backend:8000/proxy/echo", "/api/v1/namespaces/default/services/http:backend:80/proxy/echo"):
        echo = Socket(through_proxy(), path)
        for word in (b"hello", b"x" * 100):
            echo.send(TEXT, word)
            assert echo.frame() == (TEXT, word), path
        echo.send(CLOSE, b"")
        assert echo.file.read() == b"", path
    print("upgrades: done")


def executed():
    command = "command=echo&command=from%20within&stdout=1&stderr=1"
    shell = Socket(through_proxy(), f"{PODS}/backend/exec?{command}", ["v4.channel.k8s.io"])
    assert shell.headers["sec-websocket-protocol"] == "v4.channel.k8s.io"
    said = b""
    while not said.endswith(b"\n"):
        opcode, data = shell.frame()
        assert opcode == BINARY, (opcode, data)
        if data[:1] == b"\x01":
            said += data[1:]
    assert said == b"from within\n", said
    print("exec: done")


def tokens():
    """As browsers show them: among the subprotocols, of which one is left to agree to."""

    def protocols(token):
        return ["base64url.bearer.authorization.k8s.io." + base64.urlsafe_b64encode(token.encode()).decode().rstrip("="), "chosen"]

    path = f"{PODS}?watch=1&timeoutSeconds=5"
    watching = Socket(direct(), path, protocols(TOKEN))
    assert watching.headers["sec-websocket-protocol"] == "chosen", watching.headers
    assert watching.event()[0] == "ADDED"
    watching.send(CLOSE, b"")
    while watching.frame()[0] != CLOSE:
        pass
    for token, origin, status, words in (
        (OTHER, "http://localhost", 403, 'cannot watch resource \\"pods\\"'),
        ("nobody's", "http://localhost", 401, "Unauthorized"),
        (TOKEN, None, 403, ""),
    ):
        try:
            Socket(direct(), path, protocols(token), origin)
            raise AssertionError(f"{status} was due")
        except Refused as refused:
            assert refused.status == status and words in refused.body, refused
    print("tokens: done")


requests_and_watches()
upgrades()
executed()
tokens()
