"""Programs that dev.py starts, and how they end with it."""

import contextlib
import ctypes
import fcntl
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from systemschangers.launcher.console import Stopped, Trouble, say, step
from systemschangers.launcher.places import DATA, ROOT


def end_with_us(number: int) -> Callable[[], object] | None:
    """Linux tells a program when the one that started it is gone, even by kill -9."""
    if sys.platform != "linux":
        return None
    prctl = ctypes.CDLL(None).prctl
    return lambda: prctl(1, number)  # 1 is PR_SET_PDEATHSIG


class Child:
    """A program that never outlives us: asked to stop, then made to, with all that it started."""

    def __init__(
        self,
        name: str,
        command: list[str],
        env: dict[str, str],
        log: Path | None = None,
        ending: int = signal.SIGTERM,
        **options: Any,
    ) -> None:
        self.name, self.command, self.env, self.log, self.ending = name, command, env, log, ending
        self.options: dict[str, Any] = {"cwd": ROOT, **options}

    def __enter__(self) -> "Child":
        with contextlib.ExitStack() as stack:
            if self.log:
                if self.log.exists():
                    self.log.replace(self.log.with_suffix(".old.log"))
                self.options["stdout"] = stack.enter_context(self.log.open("wb"))
            self.process: subprocess.Popen[Any] = subprocess.Popen(
                self.command,
                env=self.env,
                stdin=subprocess.DEVNULL,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # the terminal's Ctrl-C is for us: we stop them in order
                preexec_fn=end_with_us(self.ending),
                **self.options,
            )
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.process.send_signal(self.ending)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(timeout=20)
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def last_words(self) -> str:
        lines = self.log.read_text(errors="replace").splitlines() if self.log else []
        return "\n".join(lines[-25:])

    def insist(self) -> None:
        """The others need this one: if it is gone, say so with its last words."""
        if self.process.poll() is not None:
            raise Trouble(
                f"{self.last_words()}\n\nThe {self.name} stopped by itself"
                f" (exit code {self.process.returncode}). Above are the last lines of {self.log}"
            )


def quietly(
    doing: str,
    command: list[str],
    env: dict[str, str],
    news: Callable[[str], str] = lambda line: line,
) -> list[str]:
    """Run a command behind one line of progress. All that it said is shown only if it fails."""
    lines: list[str] = []
    with step(doing) as progress:
        piped: dict[str, Any] = {"stdout": subprocess.PIPE, "text": True, "errors": "replace"}
        with Child(doing, command, env, **piped) as child:
            for line in child.process.stdout or ():
                lines.append(line.rstrip())
                progress(news(line.strip()))
            failed = child.process.wait() != 0
        if failed:
            raise Trouble("\n".join([*lines[-60:], "", f"{doing}: this failed, as told above."]))
    return lines


def in_front(command: list[str], env: dict[str, str]) -> int:
    """Run a command that has the terminal to itself, and give its exit code."""
    process = subprocess.Popen(command, cwd=ROOT, env=env, preexec_fn=end_with_us(signal.SIGINT))
    try:
        return process.wait()
    except Stopped as stopped:
        say()
        if stopped.number != signal.SIGINT:  # Ctrl-C has reached it from the terminal
            process.send_signal(signal.SIGINT)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=15)
        raise
    finally:
        process.kill()
        process.wait()


def command_of(pid: int) -> str:
    """The command line of a running process; nothing for one that is gone."""
    if Path("/proc/self/cmdline").exists():
        with contextlib.suppress(OSError):
            return Path(f"/proc/{pid}/cmdline").read_text(errors="replace").replace("\0", " ")
        return ""
    listing = ["ps", "-ww", "-o", "command=", "-p", str(pid)]
    return subprocess.run(listing, capture_output=True, text=True, check=False).stdout


@contextlib.contextmanager
def locked(name: str, wait: bool = False) -> Iterator[bool]:
    """One at a time in this clone. The lock goes with the process, however that ends."""
    DATA.mkdir(exist_ok=True)
    with (DATA / name).open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            yield False
        else:
            yield True
