"""The two directions of KL, as menus and titles name them."""

FORWARD, REVERSE = "KL(p‖q), forward", "KL(q‖p), reverse"
