"""The workshop: two worlds side by side that a room of people steers, month by month."""
