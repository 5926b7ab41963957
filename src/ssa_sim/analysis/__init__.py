"""The analysis floor: reads results, returns tables and sentences."""
