"""For people who run audit among their own tests: the pytest plugin."""
