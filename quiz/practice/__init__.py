"""What a learner does: each act is one function, and `answers` is the only place that grades."""
