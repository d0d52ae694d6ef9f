"""The steps that command line, Python and web share: read, compile, and what follows from it.

Each step takes documents or a workspace and gives results of the rooms below; nothing is
printed here, and nothing is computed that a room below could compute.
"""
