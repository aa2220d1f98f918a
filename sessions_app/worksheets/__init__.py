"""Planillas: the worksheet of every activity. One definition, the prompt, gives form, read view, blank and export."""
