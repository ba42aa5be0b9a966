"""One Expectation that runs rules of audit on a batch: `expect_figures_to_hold_together`.

The batch is taken whole, from pandas, SQL or Spark. A broken rule is an exception of the validation, never bad data.
"""

from __future__ import annotations

from typing import Any, ClassVar, Dict, List, Literal, Tuple  # noqa: UP035 (pydantic 1 evaluates them)

from great_expectations.compatibility import pydantic
from great_expectations.core.result_format import ResultFormat
from great_expectations.execution_engine import PandasExecutionEngine
from great_expectations.expectations.expectation import BatchExpectation
from great_expectations.render.components import LegacyDiagnosticRendererType, LegacyRendererType
from great_expectations.render.renderer.renderer import renderer
from great_expectations.validator.metric_configuration import MetricConfiguration

from audit.integrations.gx import rendering, results
from audit.integrations.rows import confronted, rule_text, rules_of

NAME = "expect_figures_to_hold_together"
_TABLE = "table.head"
Codes = Dict[str, Dict[str, str | None]]  # noqa: UP006


class ExpectFiguresToHoldTogether(BatchExpectation):
    """Expect the figures of a batch to relate to each other as rules of audit say.

    Args:
        rules: a text of rules (YAML), the expression of a rule on each row (`zone == east + west`), or a rule file or
            folder, whose text is taken in, so that a saved suite needs no file.
        codes: the code lists of the rules, code to parent, by dimension.
        table: what the batch is called in rules that are for several tables.
        keys: columns that tell rows apart; unexpected rows are named by them.
        strict: whether what could not be tested fails too.
        language: of the texts in Data Docs, "en" or "zh".

    Succeeds where nothing is violated, every rule found something to check, and something could be tested.
    """

    rules: str
    codes: Codes | None = None
    table: str | None = None
    keys: List[str] = []  # noqa: RUF012, UP006
    strict: bool = False
    language: Literal["en", "zh"] = "en"

    domain_keys: ClassVar[Tuple[str, ...]] = ("batch_id",)  # noqa: UP006
    success_keys: ClassVar[Tuple[str, ...]] = ("rules", "codes", "table", "keys", "strict")  # noqa: UP006
    args_keys: ClassVar[Tuple[str, ...]] = ("rules",)  # noqa: UP006
    library_metadata: ClassVar[Dict[str, Any]] = {  # noqa: UP006
        "maturity": "production", "tags": ["consistency"], "contributors": [], "requirements": ["plan-audit"],
        "has_full_test_suite": True, "manually_reviewed_code": True,
    }  # fmt: skip

    @pydantic.validator("rules", pre=True)
    def _whole_text(cls, given: Any) -> str:
        """The rules as a text; what cannot be read is refused when the Expectation is made."""
        from audit.integrations.gx.suite import text_of_rules

        text = text_of_rules(given)
        rules_of(text)
        return text

    def get_validation_dependencies(
        self, execution_engine: Any = None, runtime_configuration: Any = None
    ) -> Any:
        """The whole table as a frame."""
        needed = super().get_validation_dependencies(execution_engine, runtime_configuration)
        domain = {"batch_id": self.batch_id, "table": None}
        whole = {"n_rows": 0, "fetch_all": True}
        needed.set_metric_configuration(
            metric_name=_TABLE, metric_configuration=MetricConfiguration(_TABLE, domain, whole)
        )
        return needed

    def _validate(
        self, metrics: Dict[str, Any], runtime_configuration: Any = None, execution_engine: Any = None  # noqa: UP006
    ) -> Dict[str, Any]:  # fmt: skip  # noqa: UP006
        frame = metrics[_TABLE]
        ordered = isinstance(execution_engine, PandasExecutionEngine)
        report = confronted(
            frame, len(frame) if ordered else 0, rules_of(self.rules), self.codes, self.table, self.keys
        )
        asked = (runtime_configuration or {}).get("result_format", {})
        asked = asked.get("result_format", "BASIC") if isinstance(asked, dict) else asked
        format_ = ResultFormat(asked).value
        index = list(frame.index) if ordered else None
        return {
            "success": results.success(report, strict=self.strict),
            "result": results.result(report, format_, self.keys, index),
            "meta": results.meta(report, format_),
        }

    @classmethod
    @renderer(renderer_type=LegacyRendererType.PRESCRIPTIVE)
    def _prescriptive_renderer(
        cls, configuration: Any = None, result: Any = None, runtime_configuration: Any = None
    ) -> Any:
        return rendering.prescription(configuration or result.expectation_config)

    @classmethod
    @renderer(renderer_type=LegacyDiagnosticRendererType.UNEXPECTED_STATEMENT)
    def _diagnostic_unexpected_statement_renderer(
        cls, configuration: Any = None, result: Any = None, runtime_configuration: Any = None
    ) -> Any:
        return rendering.statement(result)

    @classmethod
    @renderer(renderer_type=LegacyDiagnosticRendererType.UNEXPECTED_TABLE)
    def _diagnostic_unexpected_table_renderer(
        cls, configuration: Any = None, result: Any = None, runtime_configuration: Any = None
    ) -> Any:
        return rendering.table(result)

    @classmethod
    @renderer(renderer_type=LegacyDiagnosticRendererType.OBSERVED_VALUE)
    def _diagnostic_observed_value_renderer(
        cls, configuration: Any = None, result: Any = None, runtime_configuration: Any = None
    ) -> Any:
        return rendering.observed(result)


__all__ = ["NAME", "ExpectFiguresToHoldTogether", "rule_text"]
