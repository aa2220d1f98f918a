"""S6.2: where each person stands on the Línea de Posibilidad, at the start and again at the end."""
