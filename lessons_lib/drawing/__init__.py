"""The live figure, the one palette, how numbers are written, and artists that several figures use."""
