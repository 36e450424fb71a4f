"""The names in what a page gives as its author.

One field may hold one name or five, with posts, places, agencies and addresses among them. Names are told apart by
what stands between them and by the words they are made of, as in a printed byline; but here something is an author's
name for certain, so that what is no person's name ("Associated Press", "Weyport Staff") stays as it is given.
"""

import re
from collections.abc import Iterable, Sequence

from onrecord.intake.outlets import outlet_of
from onrecord.intake.page.values import key, plain
from onrecord.intake.phrases import entries, pattern, words
from onrecord.intake.plain.bylines import is_name

_ADDRESS = re.compile(r"(?:https?:)?//\S+|\bwww\.\S+", re.IGNORECASE)
_CONTACT = re.compile(r"[<(\[]?\s*[\w.+-]+@[\w.-]+\.\w+\s*[>)\]]?|(?<!\w)@+\w+")
_ASIDE = re.compile(r"\s*[(\[][^()\[\]]*[)\]]")
_REST = re.compile(
    r"(?<=\w)\s+(?:in|at|[Ff]or|from|reports|reporting|[Ss]pecial|contributed"
    r"|(?:[Pp]osted|[Pp]ublished|[Uu]pdated|[Ll]ast|on)\b(?=.*\d))"
    r"\s+(?=\S).*|\s+and$|\s+(?:and\s+)?(?:(?i:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-zA-Z]*\.?\s+)?\d.*|\s+[–—-]\s.*"
)
_LISTED = re.compile(r"\s*[;|•·\n]\s*|\s*/\s*|\s*,\s*(?:and\s+|&\s+)?|\s+[–—]\s+")
_JOINED = re.compile(r"\s+(and|&|with)\s+", re.IGNORECASE)
_WEEKDAY = re.compile(r"(?<=\w)[\s,]+(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b,?\s+(?=[A-Z]\w+\.? \d|\d)")
_SUFFIX = re.compile(r"\s*,\s*(?=(?:Jr|Sr)\b\.?|I{2,3}\b|IV\b)")
_NUMBER = re.compile(r"(?<![^\W\d_])\d+(?![^\W\d_])")
_NOTE = re.compile(r"(?<=[^\W\d_])\d{1,2}(?!\w)")
_PROFILE = re.compile(
    r"/(?:authors?|profiles?|people|person|staff|contributors?|writers?|by|reporters?)/(?:[^?#]*/)?"
    r"(?P<slug>[^/?#.]+)(?:\.\w{2,5})?/?(?:[?#]|$)"
)
_SHORTENED = re.compile(r"(?:\b[A-Z]|\b[JS]r)\.$")
_NICKNAME = re.compile(r"\s[\"“”‘'(][^\"“”()]{2,20}[\"“”’')]\s")
_QUOTES = '"“”'
_LOOSE_ENDS = " \t,;:|/•·–—-+&…"
_MAX_CHARS = 1_000
_MAX_NAME_CHARS = 80
_MAX_NAMES = 40
_WORDS_OF_FULL_NAME = 2


def names_in(value: str) -> tuple[str, ...]:
    """The authors that a value names, in its order: persons, and what stands first if it is no person's name."""
    text = _ADDRESS.sub("", _CONTACT.sub("", plain(value[:_MAX_CHARS])))
    text = _WEEKDAY.sub(" | ", pattern("author_introducers").sub("", text, count=1))
    found: list[str] = []
    for piece in _pieces(_SUFFIX.sub(" ", _NOTE.sub("", text))):
        name = _bare(piece)
        if name and _belongs(name, before=found):
            found.append(name)
        if len(found) == _MAX_NAMES:
            break
    return tuple(found)


def inverted(name: str) -> str:
    """A name as libraries write it, the family name first, in its usual order: "Falk, Jorun"."""
    family, comma, given = name.partition(",")
    is_inverted = given.strip() and "," not in given and not _is_post(given) and not is_name(given)
    return f"{given.strip()} {family.strip()}" if comma and is_inverted else name


def distinct(names: Iterable[str]) -> tuple[str, ...]:
    """The names without those that repeat another: in another case, without its accents or its nickname."""
    found: dict[str, str] = {}
    for name in names:
        same = _NICKNAME.sub(" ", name)
        if key(same) not in found or (found[key(same)].isupper() and not name.isupper()):
            found[key(same)] = name
    return tuple(found.values())


def is_person(name: str) -> bool:
    """Whether a name reads as a person's, in whatever script, and not as an outlet's or a desk's."""
    if name.lower() == name.upper():
        return any(map(str.isalpha, name))
    return is_name(name) and not outlet_of(name) and not is_page_wording(name)


def is_page_wording(name: str) -> bool:
    """Whether it is the wording of a button or a label of the page: "Follow Us"."""
    return pattern("page_wording").match(name) is not None


def from_address(address: str) -> str | None:
    """The name at the end of a profile's address: "https://weyport.example/author/ilse-quandt"."""
    match = _PROFILE.search(address)
    slug = match["slug"] if match else ""
    parts = slug.replace("_", "-").split("-")
    if len(parts) < _WORDS_OF_FULL_NAME or not all(part.isalpha() for part in parts):
        return None
    name = " ".join(part if part in words("name_particles") else part.capitalize() for part in parts)
    return name if is_person(name) else None


def _pieces(text: str) -> list[str]:
    """The text cut where a name may end; "and" cuts only where names stand on both sides."""
    found: list[str] = []
    for listed in _LISTED.split(text):
        left, *more = _JOINED.split(listed)
        for joint, right in zip(more[::2], more[1::2], strict=True):
            if _may_be_name(left) and _may_be_name(right):
                found.append(left)
                left = right
            elif not _is_plural(right) or not is_name(_bare(left)):
                left = f"{left} {joint} {right}"
        found.append(left)
    return found


def _may_be_name(piece: str) -> bool:
    bare = _bare(piece)
    return is_person(bare) or bool(outlet_of(bare)) or (bare.istitle() and " " not in bare and not _is_post(bare))


def _is_plural(piece: str) -> bool:
    """Whether others without a name are added: "and agencies"."""
    return piece.islower() and len(piece.split()) == 1


def _bare(piece: str) -> str:
    """The name without what stands around it: a post, a place, an employer, a date, a remark in brackets."""
    name = _REST.sub("", _ASIDE.sub("", piece)).strip(_LOOSE_ENDS)
    if len(name) > 1 and name[0] in _QUOTES and name[-1] in _QUOTES:
        name = name.strip(_QUOTES)
    if not _SHORTENED.search(name):
        name = name.rstrip(".")
    return _without_outlet(_without_post(name))


def _without_outlet(name: str) -> str:
    """Without the agency or outlet that stands behind a name with nothing in between: "Ilse Quandt The Tide"."""
    of_name = name.split()
    if len(of_name) <= _WORDS_OF_FULL_NAME or is_person(name):
        return name
    for end in range(_WORDS_OF_FULL_NAME, len(of_name)):
        person = " ".join(of_name[:end])
        if is_person(person) and outlet_of(" ".join(of_name[end:])):
            return person
    return name


def _without_post(name: str) -> str:
    """Without the post in front of a name or behind it: "Ilse Quandt Political Editor"."""
    of_name = name.split()
    behind = len(of_name)
    while behind and _plain(of_name[behind - 1]) in (_post_words() if behind < len(of_name) else words("byline_posts")):
        behind -= 1
    before = max((i for i, word in enumerate(of_name[:-1], 1) if _plain(word) in words("byline_posts")), default=0)
    for rest in (of_name[:behind], of_name[before:]):
        if len(rest) < len(of_name) and is_person(" ".join(rest)):
            return " ".join(rest)
    return name


def _belongs(name: str, *, before: Sequence[str]) -> bool:
    """Whether a piece is an author, given those before it in the same value."""
    if not any(map(str.isalpha, name)) or _NUMBER.search(name) or len(name) > _MAX_NAME_CHARS or _is_account(name):
        return False
    if not before:
        return True
    if name in entries("byline_places") or _is_post(name):
        return False
    if outlet_of(name):
        return outlet_of(before[-1]) is not None
    alone = len(name.split()) < _WORDS_OF_FULL_NAME and name.lower() != name.upper()
    return not (alone and (len(before[-1].split()) >= _WORDS_OF_FULL_NAME or outlet_of(before[-1])))


def _is_account(name: str) -> bool:
    """Whether it is what a program calls whoever set it up: "admin"."""
    return pattern("author_accounts").fullmatch(name) is not None


def _is_post(name: str) -> bool:
    """Whether it names a post, a desk or a degree: it ends in the word for one."""
    of_name = [_plain(word) for word in name.split()]
    is_titled = of_name[-1:] and of_name[-1] in words("byline_posts") | words("author_degrees")
    return bool(is_titled) or all(word in _post_words() for word in of_name)


def _post_words() -> frozenset[str]:
    return words("byline_posts") | words("byline_roles") | words("author_posts")


def _plain(word: str) -> str:
    return word.lower().strip(".,")
