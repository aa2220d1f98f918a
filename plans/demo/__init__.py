"""The demonstration: invented programmes and organisations to look around in."""
