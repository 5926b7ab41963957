"""The page itself (NiceGUI): panels that show a room and let it be steered."""
