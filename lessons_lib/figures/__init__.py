"""What explorers draw: each view is built on a figure and then moved by `update(result)`."""
