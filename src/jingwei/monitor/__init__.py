"""Monitoring: what became of a plan's targets, said with proof or not said at all."""
