"""Given names that tell whether a man or a woman bears them.

The list, data/given_names.txt, holds what English-language news uses almost only for one of the two. What is not in it
tells nothing.
"""

from onrecord.reading.pronouns import Gender
from onrecord.reading.titles import folded
from onrecord.reading.wordlists import words


def is_given_name(word: str) -> bool:
    """Whether a word is one of the listed given names."""
    return folded(word) in words("given_names", "he", "she")


def gender_of_given(word: str) -> Gender:
    """Whether the bearer of a given name is a man or a woman, as far as the list tells."""
    if folded(word) in words("given_names", "he"):
        return Gender.HE
    return Gender.SHE if folded(word) in words("given_names", "she") else Gender.UNKNOWN
