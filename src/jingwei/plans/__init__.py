"""Plans: from a document to typed, sourced targets, and from plan to plan.

A document is compiled to statements and records (``compiling``), written to a plan file that a
person reviews (``planfile``, ``review``), and linked to other plans (``indicator``, ``lineage``).
"""
