"""The thread from a target to what it depends on, and back (``docs/semantics.md`` §35).

One query walks from a target to the tasks that serve it, the nodes of chains it stands on, the
enterprises that make them and the places they lie in; or from any of these to all others. Every step
says why it was taken and opens its evidence.
"""

from jingwei.thread.walking import Step, Thing, Thread, Woven, walk

__all__ = ["Step", "Thing", "Thread", "Woven", "walk"]
