"""Real receivers on this machine: a syslog server, a web server, a mail server; each keeps what it got."""

from __future__ import annotations

import email
import http.server
import shutil
import socketserver
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import Message
from pathlib import Path
from typing import Any

import pytest


@dataclass
class Received:
    """What a receiver got, and how it is to behave next."""

    port: int = 0
    messages: list[Any] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)
    """Status codes to give, one a request; 0 is no answer in time, and 200 from then on."""


def certificate(folder: Path) -> Path:
    """A key and a certificate for localhost, made now."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl makes the certificate")
    path = folder / "localhost.pem"
    subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-days", "2"]
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", *subject]
    done = subprocess.run([*command, "-keyout", path, "-out", folder / "cert.pem"], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    path.write_bytes(path.read_bytes() + (folder / "cert.pem").read_bytes())
    return path


def context(pem: Path) -> ssl.SSLContext:
    found = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    found.load_cert_chain(pem)
    return found


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


@contextmanager
def _serving(server: Any, got: Received) -> Iterator[Received]:
    got.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield got
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def syslog(pem: Path | None = None, got: Received | None = None, port: int = 0) -> Iterator[Received]:
    got = got or Received()

    class Handler(socketserver.StreamRequestHandler):
        def setup(self) -> None:
            if pem:
                self.request = context(pem).wrap_socket(self.request, server_side=True)
            super().setup()

        def finish(self) -> None:
            super().finish()
            self.request.close()

        def handle(self) -> None:
            while size := _digits(self.rfile):
                got.messages.append(self.rfile.read(size).decode())

    with _serving(_Server(("127.0.0.1", port), Handler), got):
        yield got


def _digits(stream: Any) -> int:
    text = b""
    while (sign := stream.read(1)) not in (b" ", b""):
        text += sign
    return int(text) if text else 0


@contextmanager
def web(got: Received | None = None) -> Iterator[Received]:
    """Keeps requests by their key, as a receiver that knows a repetition does."""
    got = got or Received()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            status = got.answers.pop(0) if got.answers else 200
            if status in (0, 200):
                got.messages.append((self.headers, body))
            if status == 0:
                time.sleep(1.5)
                return
            self.send_response(status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    with _serving(server, got):
        yield got


@contextmanager
def mail(pem: Path) -> Iterator[Received]:
    """As much of SMTP as a client needs, with STARTTLS; a message in clear text is refused."""
    got = Received()

    class Handler(socketserver.StreamRequestHandler):
        def finish(self) -> None:
            super().finish()
            self.rfile.close()
            self.request.close()

        def say(self, line: str) -> None:
            self.wfile.write(line.encode() + b"\r\n")

        def handle(self) -> None:
            secure = False
            self.say("220 localhost")
            while line := self.rfile.readline().decode().strip():
                word = line.split()[0].upper()
                if word == "EHLO":
                    self.say("250-localhost" if not secure else "250 localhost")
                    if not secure:
                        self.say("250 STARTTLS")
                elif word == "STARTTLS":
                    self.say("220 go on")
                    try:
                        self.request = context(pem).wrap_socket(self.request, server_side=True)
                    except OSError:  # a client that does not trust us
                        return
                    self.rfile.close()
                    self.rfile, self.wfile = self.request.makefile("rb"), self.request.makefile("wb", 0)
                    secure = True
                elif word == "MAIL" and not secure:
                    self.say("530 Must issue a STARTTLS command first")
                elif word == "DATA":
                    self.say("354 go on")
                    got.messages.append(self.message())
                    self.say("250 taken")
                elif word == "QUIT":
                    self.say("221 bye")
                    return
                else:
                    self.say("250 fine")

        def message(self) -> Message:
            lines = []
            while (line := self.rfile.readline()) != b".\r\n":
                lines.append(line[1:] if line.startswith(b"..") else line)
            return email.message_from_bytes(b"".join(lines))

    with _serving(_Server(("127.0.0.1", 0), Handler), got):
        yield got
