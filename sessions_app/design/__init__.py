"""The carta descriptiva: what a session will be for one organisation, from the method to the room (domain §3)."""
