"""The files that a user names: read whole within a bound, written whole or not at all, and told apart.

Every other place that opens such a file does it here, so that a device, a pipe, an endless file or a name that is none
ends in a sentence and nothing is ever waited for.
"""

from __future__ import annotations

import atexit
import contextlib
import hashlib
import os
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import IO

from audit.model.errors import InputError

LARGEST = 512 * 2**20
"""Bytes of the largest file that is read."""

Content = str | bytes | Iterable[str]
"""What is written to a file: at once, or piece by piece as it is made."""

_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


def content_of(path: Path, shown: str | None = None, most: int = LARGEST) -> bytes:
    """The bytes of a file; `shown` is the name that messages give it.

    Raises `InputError` for what is not there, is no regular file (a pipe or a device may never end), cannot be opened
    or has more than `most` bytes.
    """
    with _opened(path, shown) as file:
        data = file.read(most + 1) if os.fstat(file.fileno()).st_size <= most else None
    name = path.as_posix() if shown is None else shown
    if data is None or len(data) > most:
        raise InputError(
            "{path}: is larger than {most} bytes, which is the most that is read; split it.",
            path=name,
            most=most,
        )
    return data


@contextlib.contextmanager
def _opened(path: Path, shown: str | None) -> Iterator[IO[bytes]]:
    """A regular file opened to be read."""
    name = path.as_posix() if shown is None else shown
    try:
        with os.fdopen(os.open(path, _FLAGS), "rb") as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise InputError("{path}: is a folder, a pipe or a device; name the file itself.", path=name)
            yield file
    except (FileNotFoundError, NotADirectoryError):
        raise InputError("{path}: there is no such file.", path=name) from None
    except ValueError:  # a NUL in the name
        raise InputError("{path}: is no name that a file can have.", path=name) from None
    except OSError as error:
        raise InputError("{path}: cannot be read ({reason}).", path=name, reason=error.strerror) from None


def beginning_of(path: Path, shown: str | None = None, most: int = 4096) -> bytes:
    """The first bytes of a file; `InputError` as for `content_of`, however large it is."""
    with _opened(path, shown) as file:
        return file.read(most)


def digest_of(path: Path, shown: str | None = None) -> str:
    """The SHA-256 of a file's bytes; `InputError` as for `content_of`, however large it is."""
    found = hashlib.sha256()
    for piece in pieces_of(path, shown, 2**20):
        found.update(piece)
    return found.hexdigest()


def pieces_of(path: Path, shown: str | None, most: int) -> Iterator[bytes]:
    """The bytes of a file in pieces of `most`; `InputError` as for `content_of`, however large it is."""
    with _opened(path, shown) as file:
        while piece := file.read(most):
            yield piece


def text_of(path: Path, shown: str | None = None, most: int = LARGEST) -> str:
    """The text of a UTF-8 file without its byte order mark; `InputError` as for `content_of`, and for other bytes."""
    return decoded(content_of(path, shown, most), path.as_posix() if shown is None else shown)


def decoded(data: bytes, shown: str) -> str:
    """The text of UTF-8 bytes without a byte order mark; `InputError` says where they are none."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(
            "{path}: is not UTF-8 text at byte {byte}; save it as UTF-8.", path=shown, byte=error.start
        ) from None


def write(path: Path, content: Content) -> None:
    """Write a file whole or not at all: to a temporary file beside `path` that then takes its place.

    A symbolic link stays one: what it points to is written. Raises `InputError` when the folder is missing or not
    writable, or when something other than a file has that name.
    """
    with laid_aside(path, content) as take_place:
        take_place()


def write_together(files: Mapping[Path, Content | None]) -> None:
    """Write files, each whole, or none of them; those without content are to go. Raises `InputError` as `write` does."""
    with contextlib.ExitStack() as kept:
        for take_place in [kept.enter_context(laid_aside(path, content)) for path, content in files.items()]:
            take_place()


@contextlib.contextmanager
def laid_aside(path: Path, content: Content | None) -> Iterator[Callable[[], None]]:
    """A file written whole to a temporary one beside `path`, with what lets it take its place; else it is gone at the end.
    Without content what stands there is to go.

    Raises `InputError` as `write` does, both at once and where it takes its place.
    """
    temporary = None
    if content is None:
        yield lambda: path.unlink(missing_ok=True)
        return
    try:
        with _writable(path):
            target = Path(os.path.realpath(path))
            if target.exists() and not target.is_file():
                raise InputError(
                    "{path} cannot be written: it is a folder, a pipe or a device.", path=str(path)
                )
            from tempfile import mkstemp  # which brings more with it than a run that writes no file needs

            handle, temporary = mkstemp(prefix=".audit-", suffix=".tmp", dir=target.parent)
        with os.fdopen(handle, "wb") as file:
            for piece in (content,) if isinstance(content, str | bytes) else content:
                data = piece.encode("utf-8", "replace") if isinstance(piece, str) else piece
                with _writable(path):
                    file.write(data)
            with _writable(path):
                file.flush()
                os.chmod(temporary, 0o666 & ~_umask())

        def take_place() -> None:
            with _writable(path):
                os.replace(temporary, target)

        yield take_place
    finally:
        if temporary is not None:
            with contextlib.suppress(OSError):
                os.unlink(temporary)


@contextlib.contextmanager
def _writable(path: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, ValueError) as fault:
        raise InputError(
            "{path} cannot be written: {fault}; choose another place with -o.",
            path=str(path),
            fault=getattr(fault, "strerror", None) or str(fault),
        ) from None


def write_new(folder: Path, files: Mapping[Path, bytes]) -> tuple[Path, ...]:
    """Write files below `folder` and give their paths, relative to it and sorted.

    They are laid out aside and then moved to their place: a new folder by one rename, in a folder that is there each
    of its entries by one. `InputError` where a file is already there (nothing is written then) or where the folder
    cannot be written (what was moved is taken back).
    """
    for name in files:
        if os.path.lexists(folder / name):
            raise InputError(
                "{path} is already there and is never overwritten; choose another folder.",
                path=(folder / name).as_posix(),
            )
    from shutil import rmtree
    from tempfile import TemporaryDirectory

    there = folder.exists()
    moved: list[Path] = []
    try:
        (folder if there else folder.parent).mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=folder if there else folder.parent, prefix=".audit-") as aside:
            laid_out = Path(aside) / "new"
            for name, content in files.items():
                (laid_out / name).parent.mkdir(parents=True, exist_ok=True)
                (laid_out / name).write_bytes(content)
            _move(laid_out, folder, moved)
    except (OSError, ValueError) as error:
        for path in moved:
            rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink(missing_ok=True)
        raise InputError(
            "{path} cannot be written ({reason}); choose another folder.",
            path=folder.as_posix(), reason=getattr(error, "strerror", None) or str(error),
        ) from None  # fmt: skip
    return tuple(sorted(files))


def _move(source: Path, target: Path, moved: list[Path]) -> None:
    """Move a file or folder to its place; where a folder is there already, what is in it. `moved` gets what is new."""
    if target.is_dir():
        for entry in sorted(source.iterdir()):
            _move(entry, target / entry.name, moved)
        return
    os.rename(source, target)
    moved.append(target)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


@cache
def folder_aside() -> Path:
    """A folder of this process alone for what memory does not hold; gone when the process or its command ends."""
    from tempfile import mkdtemp

    atexit.register(clear_aside)
    return Path(mkdtemp(prefix="audit-"))


def clear_aside() -> None:
    """Take away the folder aside with what is in it, where there is one."""
    if folder_aside.cache_info().currsize:
        from shutil import rmtree

        rmtree(folder_aside(), ignore_errors=True)
        folder_aside.cache_clear()


def keep_apart(outputs: Sequence[Path], inputs: Iterable[Path]) -> None:
    """Raise `InputError` when an output is one of the inputs or of the other outputs.

    The same file is meant, whatever it is called: through hard and symbolic links, and where nothing is there yet the
    same place.
    """
    if not outputs:
        return
    known = {identity: path for path in inputs for identity in [_identity(path)]}
    written: dict[object, Path] = {}
    for output in outputs:
        identity = _identity(output)
        if identity in known:
            raise InputError(
                "{path} is read by this run ({input}) and is never overwritten; choose another name.",
                path=output.as_posix(), input=known[identity].as_posix(),
            )  # fmt: skip
        if identity in written:
            raise InputError(
                "{path} and {other} are the same file; one run cannot write both.",
                path=output.as_posix(), other=written[identity].as_posix(),
            )  # fmt: skip
        written[identity] = output


def _identity(path: Path) -> object:
    """What two names of one file share: device and number of a file, the real place of one that is not there yet."""
    try:
        status = os.stat(path)
        return status.st_dev, status.st_ino
    except (OSError, ValueError):
        try:
            return os.path.normcase(os.path.realpath(path))
        except (OSError, ValueError):
            return str(path)
