"""Finds and loads what a run works on: a folder of tables with its rules, a single table, or a draft."""
