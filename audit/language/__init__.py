"""Rule files become plans: YAML with positions, a grammar for expressions, names resolved against tables and codes."""
