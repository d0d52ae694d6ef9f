"""Enterprises: who is who, by code, and by name only with a person's yes."""

from jingwei.core.uscc import check_character, likely_code, region_in_code, valid, valid_form
from jingwei.statistics.enterprises.divisions import DIVISIONS_GBT4754_2017
from jingwei.statistics.enterprises.duplicates import (
    THRESHOLD,
    Pair,
    by_model,
    by_name,
    merged,
    splink_present,
)
from jingwei.statistics.enterprises.names import bare_company, core_company
from jingwei.statistics.enterprises.register import Enterprise, add, enterprises, register

__all__ = [
    "DIVISIONS_GBT4754_2017",
    "THRESHOLD",
    "Enterprise",
    "Pair",
    "add",
    "bare_company",
    "by_model",
    "by_name",
    "check_character",
    "core_company",
    "enterprises",
    "likely_code",
    "merged",
    "region_in_code",
    "register",
    "splink_present",
    "valid",
    "valid_form",
]
