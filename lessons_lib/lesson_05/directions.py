"""The two directions of KL, as menus and titles name them."""

FORWARD, REVERSE = "KL(p‖q), forward", "KL(q‖p), reverse"


def short_name(direction: str) -> str:
    """Return a direction's name within a sentence, and in the library's mathematics: "forward" or "reverse"."""
    return direction.split()[-1]
