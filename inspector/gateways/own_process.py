"""What the process keeps to itself: what it writes is for the user alone, and it leaves no core dump, which would hold the key."""

import os


def keep_to_itself() -> None:
    """For the rest of this process, and of those that it starts."""
    os.umask(0o077)
    try:
        import resource
    except ModuleNotFoundError:  # Windows writes no core dumps, and a user's files there are his own
        return
    _, most = resource.getrlimit(resource.RLIMIT_CORE)
    resource.setrlimit(resource.RLIMIT_CORE, (0, most))
