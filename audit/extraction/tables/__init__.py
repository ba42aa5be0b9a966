"""Tables inside documents: their structure, the figures in their cells, and what the structure ties together."""
