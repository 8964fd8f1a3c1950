"""Texts, models that predict them byte by byte, and the coder that turns a prediction into a file."""
