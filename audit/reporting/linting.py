"""What is the matter with a set of rules, told as text or as JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from audit.diagnosis.linting.lint import Lint
from audit.language.rule import Rule
from audit.model.phrase import Language
from audit.reporting.inert import inert
from audit.version import __version__
from audit.wording import Words, words

SCHEMA = "audit-lint/1"


def told(found: Sequence[Lint], rules: Mapping[str, Rule], language: Language) -> str:
    """One paragraph for each thing that is the matter, with the checks concerned and where they stand."""
    _ = words(language)
    blocks = []
    for one in found:
        lines = [_sentence(one, _)]
        for name in (*one.rules, *one.by):
            rule = rules[name]
            lines.append(f"    {inert(rule.at.path)}:{rule.at.line}  {inert(name)}: {inert(rule.check_text)}")
        blocks.append("\n".join(lines))
    counted = _.plural("{n} rule", "{n} rules", len(rules))
    total = _.plural("{rules}, {n} thing to mend", "{rules}, {n} things to mend", len(found), rules=counted)
    return "\n\n".join([*blocks, total]) + "\n"


def as_json(found: Sequence[Lint], rules: Mapping[str, Rule]) -> str:
    """The same for a machine: every finding, and by kind the rules concerned."""
    following = {one.rules[0]: list(one.by) for one in found if one.kind in ("redundant", "implied")}
    document = {
        "schema": SCHEMA,
        "tool": {"name": "audit", "version": __version__},
        "rules": len(rules),
        "findings": [
            {
                "kind": one.kind,
                "rules": list(one.rules),
                "by": list(one.by),
                "message": {"zh": _sentence(one, words("zh")), "en": _sentence(one, words("en"))},
                "places": [
                    {"rule": name, "path": rules[name].at.path, "line": rules[name].at.line}
                    for name in (*one.rules, *one.by)
                ],
            }
            for one in found
        ],
        "contradictory": [list(one.rules) for one in found if one.kind == "contradictory"],
        "redundant": following,
        "never_binding": [one.rules[0] for one in found if one.kind == "never_binding"],
        "duplicates": {one.rules[0]: one.by[0] for one in found if one.kind == "duplicate"},
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _sentence(one: Lint, _: Words) -> str:
    own, by = (_(", ").join(inert(name) for name in names) for names in (one.rules, one.by))
    match one.kind, one.why:
        case "contradictory", _why if len(one.rules) == 1:
            return _("{rules} can never be met.", rules=own)
        case "contradictory", "applied":
            return _(
                "{rules} can never be met where the conditions of all of them hold.",
                rules=own,
            )
        case "contradictory", _why:
            return _("{rules} can never be met together.", rules=own)
        case "redundant", _why:
            return _("{rules} follows from {by} and says nothing of its own.", rules=own, by=by)
        case "implied", _why:
            return _("{rules} follows from {by} together.", rules=own, by=by)
        case "duplicate", _why:
            return _("{rules} says what the library's {by} says already.", rules=own, by=by)
        case _kind, "always":
            return _("{rules} holds whatever the figures are, so that it never finds anything.", rules=own)
        case _kind, "never":
            return _("{rules} never applies: what it applies to cannot be.", rules=own)
        case _:
            return _("{rules} is checked nowhere in this workspace.", rules=own)
