"""Jingwei (经纬): from the sentence in the plan to the verdict."""

__version__ = "0.1.0"
