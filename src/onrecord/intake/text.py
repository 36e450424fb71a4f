"""Bytes to text: UTF-8 and nothing else, kept to the character.

A wrong guess at an encoding would put wrong characters into somebody's quotation, so nothing is guessed: what is no
UTF-8 is refused, with the position of the first bad byte and a command that mends the file. Line endings stay as they
are; of a byte order mark alone the text is rid.
"""

from onrecord.errors import InputError, Outcome

MAX_BYTES = 64 * 1024 * 1024
_BOM = b"\xef\xbb\xbf"
_UTF16_BOMS = (b"\xff\xfe", b"\xfe\xff")
_SIGNATURES = {
    b"PK\x03\x04": "a ZIP archive (as .docx and .odt are); save it as plain text first",
    b"BZh": "packed by bzip2; unpack it first, e.g. bunzip2 FILE.bz2",
    b"\xfd7zXZ\x00": "packed by xz; unpack it first, e.g. unxz FILE.xz",
    b"\xd0\xcf\x11\xe0": "an old Word or Excel document; save it as plain text first",
    b"\x89PNG": "a picture (PNG); its text would have to be recognised first",
    b"\xff\xd8\xff": "a picture (JPEG); its text would have to be recognised first",
    b"GIF8": "a picture (GIF); its text would have to be recognised first",
    b"SQLite format 3\x00": "a database (SQLite)",
}
# English text in UTF-16 is half NUL bytes; a stray one in a text, as a broken export leaves it, is harmless.
_MAX_NUL_SHARE = 0.01


def decoded(data: bytes, *, source: str) -> str:
    """The text of a file's bytes, to the character, without its byte order mark.

    Raises InputError, also where there is nothing but white space.
    """
    if len(data) > MAX_BYTES:
        limit_mb = MAX_BYTES // 1024**2
        raise InputError(
            f"larger than {limit_mb} MB, the limit for one article; split it", source=source, outcome=Outcome.TOO_LARGE
        )
    _refuse_binary(data, source=source)
    body = data.removeprefix(_BOM)
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        position = error.start + len(data) - len(body)
        raise InputError(
            f"not UTF-8 text: byte 0x{body[error.start]:02x} at position {position} fits no character; "
            "if the file is in Latin-1, convert it: iconv -f latin1 -t utf-8 FILE",
            source=source,
            outcome=Outcome.NOT_TEXT,
        ) from error
    if not text.strip():
        raise InputError(
            "nothing to read: the input is empty or white space only", source=source, outcome=Outcome.EMPTY
        )
    return text


def _refuse_binary(data: bytes, *, source: str) -> None:
    """Raises InputError for what is known at a glance to be something else than UTF-8."""
    for signature, advice in _SIGNATURES.items():
        if data.startswith(signature):
            raise InputError(f"not a text file but {advice}", source=source, outcome=Outcome.NOT_TEXT)
    if data.startswith(_UTF16_BOMS) or data.count(0) > _MAX_NUL_SHARE * len(data):
        raise InputError(
            f"not UTF-8 text: {data.count(0)} of {len(data)} bytes are NUL, as in UTF-16 or a binary file; "
            "if it is text in UTF-16, convert it: iconv -f utf-16 -t utf-8 FILE",
            source=source,
            outcome=Outcome.NOT_TEXT,
        )
