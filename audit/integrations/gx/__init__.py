"""Rules of audit in Great Expectations' words, and its results in ours; the public door is `audit.gx`."""
