"""Bridges to the tools that users of tables live with: pandera and Great Expectations.

The public doors are `audit.pandera` and `audit.gx`; each loads its library when it is imported, and nothing else does.
"""
