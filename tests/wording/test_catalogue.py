import io
import re
import string
from gettext import GNUTranslations
from pathlib import Path

import pytest
from babel.messages.catalog import Message

from audit.model.phrase import Language
from audit.wording import language_of, translator, words
from audit.wording.__main__ import MO, PACKAGE, PO, collect, compiled, strings, untranslated, updated

MESSAGES = [
    message for message in updated(PO.read_bytes(), collect()) if message.id and any(strings(message.string))
]


def test_every_message_of_the_code_is_translated() -> None:
    missing = untranslated(updated(PO.read_bytes(), collect()))
    assert not missing, f"run `python -m audit.wording` and translate in {PO.relative_to(PACKAGE)}: {missing}"


def test_messages_are_collected_wherever_they_stand(tmp_path: Path) -> None:
    (tmp_path / "code.py").write_text(
        "f\"{_('in a text') + _(name)}\"\n"
        'told = _.plural("{n} cat", "{n} cats", len(of(_)), at=where("x"))\n'
        'raise InputError("a " "message", **more) from None\n'
    )
    assert {strings(m.id) for m in collect(tmp_path) if m.id} == {
        ("in a text",), ("{n} cat", "{n} cats"), ("a message",)
    }  # fmt: skip


def test_the_compiled_catalogue_is_current() -> None:
    shipped, fresh = (GNUTranslations(io.BytesIO(mo)) for mo in (MO.read_bytes(), compiled(PO.read_bytes())))
    for message in MESSAGES:
        one, many = (*strings(message.id), strings(message.id)[0])[:2]
        assert shipped.ngettext(one, many, 1) == fresh.ngettext(one, many, 1)
        assert shipped.gettext(one) == fresh.gettext(one)


@pytest.mark.parametrize("message", MESSAGES, ids=lambda m: strings(m.id)[0][:40])
def test_a_translation_has_the_places_of_its_message_and_chinese_words(message: Message) -> None:
    def places(text: str) -> set[str]:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name}

    for text in strings(message.string):
        assert places(text) == places(strings(message.id)[-1])
        assert re.search(r"[\u3000-\u9fff\uff00-\uffef]", text)


def test_messages_come_in_both_languages() -> None:
    assert words("zh")("error") == "错误"
    assert words("en")("error") == "error"
    assert translator("zh")("no such message") == "no such message"
    assert words("zh").plural("{n} check", "{n} checks", 2) == "2 项校验"
    assert words("en").plural("{n} check", "{n} checks", 1) == "1 check"


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LC_ALL": "C", "LANG": "zh_CN"}, "en"),
        ({}, "en"),
        ({"LANG": ""}, "en"),
    ],
)
def test_the_locale_chooses_the_language(environment: dict[str, str], language: Language) -> None:
    assert language_of(environment) == language
