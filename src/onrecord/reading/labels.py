"""The label sets of the model's heads, in the order of its outputs."""

ROLES = ("O", "B-source", "I-source", "B-content", "I-content", "B-cue", "I-cue")
NAMES = ("O", "B-person", "I-person", "B-organisation", "I-organisation", "B-place", "I-place", "B-other", "I-other")
