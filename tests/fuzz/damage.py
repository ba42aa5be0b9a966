"""Ways to damage what was sound: bytes, words of a text, values of a JSON tree, cells of a table."""

from __future__ import annotations

import csv
import io
import json
from random import Random
from typing import Any

NUMBERS = (
    "", "0", "-0", "1e999999999", "-1e-999999999", "NaN", "inf", "-", "NA", "1,000", "１２３", "٣", "½", "三十", ".5", "5.",
    "1e5", "0x10", "1_000", "+7", "9" * 40, "9" * 5000, "0." + "3" * 60, "1e400", "99999999999999999999.9999", "²", "1\u00a0000",
)  # fmt: skip
WORDS = (
    "", " ", "\u202egnp", "\x1b]0;x\x07", "::error file=a::b", "\ufeff", "\u2028", "长" * 2000, "a;b;;c", "/", "../../x",
    "=cmd|'/C calc'!A0", "<script>alert(1)</script>", "{0}", "{region}", "%s", "null", "true", "2019", "2019/2017", "2019Q5",
    "2019-13-45", "nan", "\t", "~", "|", "]]>", "&#0;", "\\", '"', "'", "\r", "\n",
)  # fmt: skip
VALUES: tuple[Any, ...] = (
    None, True, False, 0, -1, 10**30, 1.5, 1e308, "", "x", [], {}, [[]], [None], {"": None}, "/dev/zero", "a\0b", "\ud800",
    *NUMBERS[3:8],
)  # fmt: skip


def damaged_bytes(random: Random, data: bytes) -> bytes:
    """A few bytes changed, a stretch cut out, repeated or moved, or the end missing."""
    out = bytearray(data)
    for _ in range(random.choice((1, 1, 2, 5))):
        at, length = random.randrange(len(out) + 1), random.choice((1, 1, 3, 20, 300))
        match random.randrange(6):
            case 0:
                out[at : at + length] = random.randbytes(min(length, 4))
            case 1:
                del out[at : at + length]
            case 2:
                out[at:at] = out[at : at + length] * random.choice((1, 2, 30))
            case 3:
                out[at:at] = random.choice((b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"\r\n", b"\xed\xa0\x80"))
            case 4:
                other = random.randrange(len(out) + 1)
                out[other:other] = out[at : at + length]
            case _:
                del out[at:]
        if not out:
            break
    return bytes(out)


def damaged_text(random: Random, text: str, words: tuple[str, ...] = WORDS) -> str:
    """Some words of a text replaced, joined or repeated by others."""
    parts = text.split(" ") if random.random() < 0.5 else text.split("\n")
    joint = " " if len(parts) > 1 and "\n" not in text[:1] and " ".join(parts) == text else "\n"
    for _ in range(random.choice((1, 1, 2, 4))):
        at = random.randrange(len(parts))
        match random.randrange(5):
            case 0:
                parts[at] = random.choice((*words, *NUMBERS))
            case 1:
                parts[at] += random.choice((*words, *NUMBERS))
            case 2:
                parts.insert(at, random.choice(parts))
            case 3:
                parts[at] = parts[at][: random.randrange(len(parts[at]) + 1)]
            case _:
                other = random.randrange(len(parts))
                parts[at], parts[other] = parts[other], parts[at]
    return joint.join(parts)


def damaged_tree(random: Random, value: Any) -> Any:
    """A JSON tree with a few values replaced, taken out, repeated or renamed."""
    tree = json.loads(json.dumps(value))
    for _ in range(random.choice((1, 1, 2, 3))):
        nodes = [node for node in _containers(tree) if node]
        if not nodes:
            return random.choice(VALUES)
        node = random.choice(nodes)
        key = random.choice(list(node)) if isinstance(node, dict) else random.randrange(len(node))
        match random.randrange(5):
            case 0 if isinstance(node, dict):
                node[random.choice(WORDS)] = node.pop(key)
            case 1:
                del node[key]
            case 2 if isinstance(node, list):
                node.append(node[key])
            case 3:
                node[key] = random.choice((*NUMBERS, *WORDS))
            case _:
                node[key] = random.choice(VALUES)
    return tree


def _containers(value: Any) -> list[Any]:
    if not isinstance(value, dict | list):
        return []
    inner = value.values() if isinstance(value, dict) else value
    return [value, *(found for item in inner for found in _containers(item))]


def damaged_table(random: Random, text: str) -> str:
    """A CSV table with a few cells, columns or lines damaged; still CSV, most of the time."""
    rows = list(csv.reader(io.StringIO(text)))
    for _ in range(random.choice((1, 1, 2, 4))):
        row = random.randrange(len(rows))
        column = random.randrange(len(rows[row])) if rows[row] else 0
        match random.randrange(6):
            case 0:
                rows.insert(row, list(random.choice(rows)))
            case 1 if len(rows) > 1:
                del rows[row]
            case 2 if rows[row]:
                del rows[row][column]
            case 3 if rows[row]:
                for other in rows[1:]:
                    if column < len(other):
                        other[column] = random.choice(NUMBERS)
            case _ if rows[row]:
                rows[row][column] = random.choice((*NUMBERS, *WORDS))
            case _:
                pass
        if not rows:
            return ""
    out = io.StringIO()
    csv.writer(out, lineterminator=random.choice(("\n", "\n", "\r\n"))).writerows(rows)
    return out.getvalue()
