"""Enterprises that are probably one: by code, by name, and by a linkage model without codes.

Rows of one code are one enterprise by law. Without codes the Fellegi-Sunter model of Splink
(Linacre et al. 2022, International Journal of Population Data Science 7(3)) weighs name, address,
industry and region; every pair is shown with its probability and the threshold, and a person
decides. Without the extra ``splink``, names are compared after normalising only.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from jingwei.statistics.enterprises.names import bare_company, core_company
from jingwei.statistics.enterprises.register import Enterprise

THRESHOLD = 0.9
"""Probability from which a pair is shown as probably one enterprise."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two rows that are probably one enterprise. ``by`` is name or model."""

    one: Enterprise
    other: Enterprise
    probability: float
    by: str
    reasons: tuple[str, ...]

    @property
    def id(self) -> str:
        return "+".join(sorted((self.one.id, self.other.id)))


def by_name(rows: Sequence[Enterprise]) -> tuple[Pair, ...]:
    """Pairs of one normalised name where the codes do not forbid it."""
    groups: defaultdict[str, list[Enterprise]] = defaultdict(list)
    for row in rows:
        if row.name:
            groups[bare_company(row.name)].append(row)
    found: list[Pair] = []
    for name in sorted(groups):
        same = sorted(groups[name], key=lambda each: each.id)
        for order, one in enumerate(same):
            found += [
                Pair(one, other, 1.0, "name", (f"名称归一后相同：{name}",))
                for other in same[order + 1 :]
                if not (one.code and other.code)
            ]
    return tuple(found)


def splink_present() -> bool:
    """Whether the extra ``splink`` is installed."""
    from importlib.util import find_spec

    return find_spec("splink") is not None


def by_model(rows: Sequence[Enterprise], *, threshold: float = THRESHOLD) -> tuple[Pair, ...]:
    """Pairs by Splink on DuckDB, two valid codes never being one enterprise. Deterministic.

    Parameters are estimated from the data: u from random pairs (seeded), m by expectation
    maximisation; too few rows (below 20) keep Splink's starting weights.
    """
    import logging

    import pandas as pd
    import splink.comparison_library as cl
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on

    logging.getLogger("splink").setLevel(logging.ERROR)
    kept = sorted((row for row in rows if row.name), key=lambda each: each.id)
    if len(kept) < 2:
        return ()
    frame = pd.DataFrame(
        [
            {
                "unique_id": row.id,
                "name": bare_company(row.name),
                "core": core_company(row.name),
                "head": core_company(row.name)[:2],
                "tail": core_company(row.name)[-3:],
                "address": row.address or None,
                "industry": row.industry[:3] or None,
                "region": row.region or None,
            }
            for row in kept
        ]
    )
    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=[
            cl.JaroWinklerAtThresholds("core", [0.96, 0.9, 0.8]),
            cl.LevenshteinAtThresholds("address", [2, 5]),
            cl.ExactMatch("industry"),
            cl.ExactMatch("region"),
        ],
        blocking_rules_to_generate_predictions=[
            block_on("head"), block_on("tail"), block_on("address"),
        ],
        probability_two_random_records_match=1 / max(len(kept), 10),
    )  # fmt: skip
    engine: Any = DuckDBAPI()
    linker: Any = Linker(engine.register(frame), settings)
    if len(kept) >= 20:
        linker.training.estimate_u_using_random_sampling(max_pairs=2e5, seed=1)
    predicted = linker.inference.predict(
        threshold_match_probability=threshold
    ).as_pandas_dataframe()
    known = {row.id: row for row in kept}
    found: list[Pair] = []
    for line in predicted.to_dict("records"):
        one, other = known[line["unique_id_l"]], known[line["unique_id_r"]]
        if one.code and other.code:
            continue
        one, other = sorted((one, other), key=lambda each: each.id)
        found.append(
            Pair(
                one,
                other,
                round(float(line["match_probability"]), 4),
                "model",
                _reasons(one, other),
            )
        )
    return tuple(sorted(found, key=lambda pair: (-pair.probability, pair.id)))


def _reasons(one: Enterprise, other: Enterprise) -> tuple[str, ...]:
    told = [f"名称：{one.name} / {other.name}"]
    if one.address and other.address:
        told.append(f"地址：{one.address} / {other.address}")
    if one.industry and one.industry == other.industry:
        told.append(f"行业相同：{one.industry}")
    if one.region and one.region == other.region:
        told.append(f"地区相同：{one.region}")
    return tuple(told)


def merged(pair: Pair, vintage: str) -> Enterprise:
    """The row that records a person's yes: the one without a code becomes the other."""
    keep, drop = (pair.one, pair.other) if pair.one.code or not pair.other.code else (pair.other, pair.one)  # fmt: skip
    return replace(drop, merged_into=keep.id, vintage=vintage)
