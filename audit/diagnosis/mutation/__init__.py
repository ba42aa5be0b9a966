"""What the rules would catch: every figure is changed by typical slips, and the rules are asked whether they notice.

`slips` tells what a slip makes of a figure, `variants` builds the changed tables, `catching` confronts them with the
rules, `guards` adds up what was caught.
"""
