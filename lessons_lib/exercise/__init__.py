"""What all exercises and predictions share: reading answers, comparing them, naming mistakes, keeping guesses."""
