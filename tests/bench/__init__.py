"""The goals of speed and size as one program: `python -m tests.bench`, or `make bench`.

Absolute figures drift with whoever shares the machine, so variants run by turns in paired rounds
and goals are ratios wherever they can be. Nothing here is asserted by a test.
"""
