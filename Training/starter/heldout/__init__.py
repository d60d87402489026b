"""Held-out scenes for the starter model, drawn by code that training never sees."""
