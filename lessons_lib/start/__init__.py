"""The commands and the environment in which they run: standard library only."""
