"""audit tells whether the figures in plans hold together."""

__version__ = "0.1.0"
