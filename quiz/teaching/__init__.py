"""What an instructor does: classes, what they show, and the files taken out."""
