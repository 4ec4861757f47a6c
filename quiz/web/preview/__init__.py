"""The author's preview: packs as learners will see them, beside what is wrong with them."""
