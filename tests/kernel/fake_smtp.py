"""A mail server on a socket, that takes letters or fails in the ways mail servers do."""

from __future__ import annotations

import socket
import socketserver
import threading
from email import message_from_bytes, policy
from email.message import EmailMessage
from time import sleep


class FakeMailServer:
    """`received` holds what it took. `mood` is what it does with the next letters:

    takes; busy (421 at hello); later (451 to the words); no_such_address (550 to the address);
    hangs_up_before (the line is cut before the words), hangs_up_after (cut once it has them).
    `seconds` is how long it takes over each."""

    def __init__(self) -> None:
        self.received: list[EmailMessage] = []
        self.connections = 0
        self.mood = "takes"
        self.seconds = 0.0
        self.port = _free_port()
        self._server: socketserver.ThreadingTCPServer | None = None

    def start(self) -> FakeMailServer:
        world = self

        class Handler(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                world.connections += 1
                world._talk(self)

        socketserver.ThreadingTCPServer.allow_reuse_address = True
        self._server = socketserver.ThreadingTCPServer(("127.0.0.1", self.port), Handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def stop(self) -> None:
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
            self._server = None

    def _talk(self, line: socketserver.StreamRequestHandler) -> None:
        def say(words: str) -> None:
            line.wfile.write(words.encode() + b"\r\n")

        say("421 too busy" if self.mood == "busy" else "220 hello")
        while command := line.rfile.readline():
            verb = command.strip().upper()[:4]
            if verb == b"RCPT" and (self.mood == "no_such_address" or b"nobody@" in command):
                say("550 no such address")
            elif verb == b"DATA":
                if self.mood == "hangs_up_before":
                    return
                say("354 go on")
                words = b""
                while (part := line.rfile.readline()) not in (b".\r\n", b""):
                    words += part
                if self.mood == "later":
                    say("451 try again later")
                    continue
                sleep(self.seconds)
                self.received.append(message_from_bytes(words, policy=policy.default))
                if self.mood == "hangs_up_after":
                    return
                say("250 taken")
            elif verb == b"QUIT":
                say("221 bye")
                return
            else:
                say("250 yes")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
