"""Issued versions of the Plan: frozen files, what was frozen of the data, and what changed since, in words."""
