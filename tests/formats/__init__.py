"""Tests of packs in other forms."""
