"""What thinks: no I/O, no clock, no chance, no framework."""
