"""The explorers of the lessons."""
