"""The course's commands: `python3 -m lessons_lib lab`, `test`, `read` and `class`.

This file has to parse on any Python, so that it can say when one is too old.
"""

import shutil
import sys

OLDEST, NEWEST = (3, 11), (3, 14)


def refusal(version):
    """Return the sentence for a Python of this version that cannot be used, or None for one that can."""
    if OLDEST <= tuple(version[:2]) <= NEWEST:
        return None
    names = ["python3.%d" % minor for minor in range(NEWEST[1], OLDEST[1] - 1, -1)]
    which = getattr(shutil, "which", lambda name: None)  # Python 2 has none
    found = [name for name in names if which(name)]
    return (
        "The course needs Python %d.%d to %d.%d, and this is Python %d.%d. " % (OLDEST + NEWEST + tuple(version[:2]))
        + ("There is a suitable one here, so try:" if found else "With one from python.org, start it again:")
        + "\n    %s -m lessons_lib lab" % (found[0] if found else "python3.13")
    )


def main():
    """Run the command named on the command line."""
    reason = refusal(sys.version_info)
    if reason:
        sys.exit(reason)
    from lessons_lib.start.launcher import run

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
