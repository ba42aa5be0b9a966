"""Rules and tables of audit in pandera's words; the public door is `audit.pandera`."""
