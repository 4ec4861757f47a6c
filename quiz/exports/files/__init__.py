"""The files of an instructor: one module a file, what it is for and what a row says."""
