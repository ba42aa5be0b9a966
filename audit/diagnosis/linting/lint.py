"""Rules held against each other before any data: which contradict, which say nothing of their own, which never bind.

Rules are compared where all figures of one are figures of the other, by their `where`; what a rule says only when it
applies is taken so. A rule that is no condition over numbers is compared as a whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal

from audit.diagnosis.linting.conditions import ALWAYS, TooMany, all_of, any_of, condition
from audit.diagnosis.linting.terms import Terms, terms_of
from audit.diagnosis.systems.constraint import Constraint
from audit.diagnosis.systems.rule_sets import Alternatives, contradictions, follows_from, implied_by
from audit.language.expression import Expression, Junction, Not, Truth
from audit.language.rule import Rule
from audit.language.selections import conditions_of
from audit.model.codes import CodeList
from audit.model.frozen import frozen

LintKind = Literal["contradictory", "redundant", "implied", "never_binding", "duplicate"]
Domain = frozenset[tuple[str, str]]


@frozen
class Lint:
    """What is the matter with `rules`, and by which others: rules that contradict each other; one that follows from
    another or from several, or says the same as one that is shipped (`by`); one that never binds (`why`: because it
    holds always, applies never or nowhere). Rules that contradict each other only in what they ask `if` something is
    so do it where all of that is so (`why`: applied)."""

    kind: LintKind
    rules: tuple[str, ...]
    by: tuple[str, ...] = ()
    why: Literal["", "always", "never", "nothing", "applied"] = ""


@frozen(slots=False)
class _Instance:
    """A rule on one set of figures: where it applies, what it says there, and what is known of its figures anyway.

    What it says may be `asked` only on a `premise` (`if … then …`).
    """

    rule: str
    domain: Domain
    applies: Alternatives
    check: Alternatives
    known: Mapping[str, Constraint]
    premise: Alternatives = ALWAYS
    asked: Alternatives = ()
    not_applying: Alternatives = ()

    @property
    def says(self) -> Alternatives:
        """What must be for the rule to be met: it does not apply, or its check holds."""
        if self.applies == ALWAYS:
            return self.check
        return any_of(self.not_applying, self.check)


def lint(rules: Sequence[Rule], shipped: Sequence[Rule], codes: Mapping[str, CodeList]) -> tuple[Lint, ...]:
    """All that is the matter with `rules`, in the order of the kinds.

    `shipped` are the rules of the library, in force or not: a rule that says the same as one of them is told. With
    `codes` hierarchies are known.
    """
    by_rule = {rule.id: tuple(_instances(rule, codes)) for rule in rules}
    instances = [one for own in by_rule.values() for one in own]
    order = {rule.id: place for place, rule in enumerate(rules)}
    contradictory = [*_contradictory(instances, order)]
    never = [*_never_binding(by_rule)]
    silent = {one.rules[0] for one in never}
    duplicates = [*_duplicates(rules, shipped, codes)]
    told = silent | {one.rules[0] for one in duplicates}
    following = _following({rule: own for rule, own in by_rule.items() if rule not in silent}, order)
    return (*contradictory, *(one for one in following if one.rules[0] not in told), *never, *duplicates)


def _instances(rule: Rule, codes: Mapping[str, CodeList], *, keyed: bool = True) -> Iterator[_Instance]:
    for name, terms in terms_of(rule, codes, keyed=keyed):
        dropped = {rule.hierarchy[0]} if rule.hierarchy and name != rule.id else set()
        domain = frozenset(
            (column, told) for column, told in conditions_of(rule.where) if column not in dropped
        ) | {("", rule.table)}
        try:
            check = condition(rule.check, terms)
            premise, asked = _conditional(rule.check)
            guard = ALWAYS if rule.applies is None else condition(rule.applies, terms)
            outside = () if rule.applies is None else condition(rule.applies, terms, False)
            one = _Instance(
                rule.id, domain, guard, check, dict(_known(rule, terms)), condition(premise, terms),
                condition(asked, terms), outside,
            )  # fmt: skip
            _ = one.says, all_of(guard, check), all_of(guard, one.premise, one.asked)
        except TooMany:
            continue
        yield one


def _conditional(check: Expression) -> tuple[Expression, Expression]:
    """The premise of a check and what it asks then; a check without one asks always."""
    match check:
        case Junction("or", Not(premise), asked):
            return premise, asked
        case _:
            return Truth(True), check


def _known(rule: Rule, terms: Terms) -> Iterator[tuple[str, Constraint]]:
    yield from terms.known(rule.check)
    if rule.applies is not None:
        yield from terms.known(rule.applies)


def _speaking_of(instances: Iterable[_Instance], domain: Domain) -> list[_Instance]:
    """The instances that speak of all figures of a domain."""
    return [one for one in instances if one.domain <= domain]


def _with_known(
    conditions: Mapping[str, Alternatives], instances: Iterable[_Instance]
) -> dict[str, Alternatives]:
    """Conditions with what is known of their figures; the names of the latter begin with a blank."""
    known = {f" {name}": constraint for one in instances for name, constraint in one.known.items()}
    return {**conditions, **{name: ((constraint,),) for name, constraint in known.items()}}


def _contradictory(instances: Sequence[_Instance], order: Mapping[str, int]) -> Iterator[Lint]:
    """The smallest sets of rules that apply together and cannot be met together: first whatever is so, then where all
    is so that they ask something `if` it is."""
    seen: list[frozenset[str]] = []
    for why in ("", "applied"):
        for domain in _domains(instances):
            own = _speaking_of(instances, domain)
            if why and all(one.premise == ALWAYS for one in own):
                continue
            for rules in _conflicting(own, premises=bool(why)):
                if not any(other <= rules or (why and rules <= other) for other in seen):
                    seen.append(rules)
                    yield Lint("contradictory", tuple(sorted(rules, key=order.__getitem__)), why=why)


def _conflicting(own: Sequence[_Instance], *, premises: bool) -> Iterator[frozenset[str]]:
    """The smallest sets of rules that cannot be met where they apply, with `premises` where these hold too."""
    guards = {
        f"{place}": all_of(one.applies, one.premise) if premises else one.applies
        for place, one in enumerate(own)
    }
    demands = {
        f"{place}": all_of(guards[f"{place}"], one.asked if premises else one.check)
        for place, one in enumerate(own)
    }
    for found in contradictions(_with_known(demands, own)):
        chosen = [name for name in found if name in demands]
        together = {name: guards[name] for name in chosen}
        if any(True for _ in contradictions(_with_known(together, [own[int(name)] for name in chosen]))):
            continue  # they never apply together
        if chosen:
            yield frozenset(own[int(name)].rule for name in chosen)


def _domains(instances: Iterable[_Instance]) -> list[Domain]:
    """The domains, the wider before those within them."""
    return sorted(dict.fromkeys(one.domain for one in instances), key=lambda d: (len(d), sorted(d)))


def _never_binding(by_rule: Mapping[str, Sequence[_Instance]]) -> Iterator[Lint]:
    """Rules that hold whatever the figures are, or that never apply."""
    for rule, own in by_rule.items():
        if own and all(_always(one) for one in own):
            applies = any(_possible(all_of(one.applies, one.premise), one) for one in own)
            yield Lint("never_binding", (rule,), why="always" if applies else "never")


def _always(one: _Instance) -> bool:
    found = follows_from("", _with_known({"": one.says}, [one]))
    return found is not None and all(name.startswith(" ") for name in found)


def _possible(wanted: Alternatives, one: _Instance) -> bool:
    return not any(True for _ in contradictions(_with_known({"": wanted}, [one])))


def _following(by_rule: Mapping[str, Sequence[_Instance]], order: Mapping[str, int]) -> list[Lint]:
    """Rules that follow from others wherever they speak, with the fewest others from which they do."""
    instances = [one for own in by_rule.values() for one in own]
    found = []
    for rule, own in by_rule.items():
        because = [_followed(one, [other for other in instances if other.rule != rule]) for one in own]
        if own and all(because):
            others = sorted({name for names in because for name in names}, key=order.__getitem__)
            found.append(Lint("redundant" if len(others) == 1 else "implied", (rule,), tuple(others)))
    return found


def _followed(one: _Instance, others: Iterable[_Instance]) -> frozenset[str]:
    """The rules from which an instance follows; none where it does not."""
    around = _speaking_of(others, one.domain)
    names = {f"{place}": other for place, other in enumerate(around)}
    conditions = {"": one.says, **{name: other.says for name, other in names.items()}}
    found = follows_from("", _with_known(conditions, [one, *around]))
    return frozenset() if found is None else frozenset(names[name].rule for name in found if name in names)


def _duplicates(
    rules: Sequence[Rule], shipped: Sequence[Rule], codes: Mapping[str, CodeList]
) -> Iterator[Lint]:
    """Rules that are not shipped and say of the same figures what a shipped one says."""
    own = [rule for rule in rules if rule not in shipped]
    library = [(rule, tuple(_instances(rule, codes, keyed=False))) for rule in shipped] if own else []
    for rule in own:
        instances = tuple(_instances(rule, codes, keyed=False))
        for other, others in library:
            every = instances and all(any(_alike(one, another) for another in others) for one in instances)
            if every and rule.id != other.id and _same_keys(rule, other):
                yield Lint("duplicate", (rule.id,), (other.id,))
                break


def _same_keys(rule: Rule, other: Rule) -> bool:
    """Whether one of two rules is checked for all dimensions that the other is checked for."""
    a, b = ({name for name, _ in one.for_each} for one in (rule, other))
    return a <= b or b <= a


def _alike(one: _Instance, other: _Instance) -> bool:
    """Whether two checks say the same of the same figures, and one speaks where the other does."""
    if not (one.domain <= other.domain or other.domain <= one.domain) or one.check == ALWAYS:
        return False
    variables = [{v for alternative in i.check for c in alternative for v in c.weights} for i in (one, other)]
    if variables[0] != variables[1]:
        return False
    found = implied_by(_with_known({"one": one.check, "other": other.check}, [one, other]))
    return "other" in found.get("one", ()) and "one" in found.get("other", ())
