"""The live workshop: one run of a session with people in a room, seen from three faces."""
