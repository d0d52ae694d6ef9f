"""What statistics offices, districts and enterprises hold, on declared definitions.

A series is known by its definition card (口径卡); a value without a card is not compared. Nothing
is changed without a person's yes, and what was known on any day can be asked for.
"""
