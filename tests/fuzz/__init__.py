"""Damaged and hostile inputs, made from a seed, through every command: each must end in an answer or in a sentence."""
