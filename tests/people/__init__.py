"""What people do who sign in, without a browser."""
