"""The relation with each ally once the work began: its journal, its health, and how much each trusts the other."""
