"""Running the code of a pack: a child process, its limits, and what programs need around them."""
