"""The plan de trabajo of an organisation: table, Gantt, Excel out and back in, calendar (domain §1.11)."""
