"""Sensitive actors keep their alias wherever words leave the house, whoever typed their name."""

from alianzas.commitments.hooks import veils

from . import queries

of_sensitive_actors = veils(queries.veil)
