"""What people do who sign in: come, go, and look after the ways in."""
