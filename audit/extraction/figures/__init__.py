"""Figures with their key: indicator, period, region, industry, measure and kind."""
