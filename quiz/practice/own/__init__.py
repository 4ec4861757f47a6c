"""What is a learner's own, in their hands: to take out, to bring in, and to delete."""
