"""The parts of a run, each a function from settings to numbers."""
