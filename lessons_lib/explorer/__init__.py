"""What all explorers share: a state, a pure computation, a view, controls and challenges."""
