"""Mathematics and data: numpy and scipy only, no figure, no widget."""
