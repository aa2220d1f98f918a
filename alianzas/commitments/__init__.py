"""The list of everything with an owner and a date, and the calendar that shows it elsewhere (domain §6.5)."""
