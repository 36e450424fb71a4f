"""Striking figures: shares, multiples, changes, harm and waste in numbers that somebody must have counted.

Years, ages, distances, prices, results of votes and what was counted by whoever the sentence names are none.
"""

import re
from collections.abc import Iterator

from onrecord.checking.material import Material
from onrecord.span import Span

_NUMBER = r"\d[\d,.]*"
_SMALL = r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d{1,3})"
_BASE = (
    r"(?:two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|fifty|a hundred|hundred|a thousand|1,000|\d{1,3})"
)
_ORDINAL = r"(?:second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|twelfth|twentieth)"
_PART = (
    r"(?:half|a third|a quarter|a fifth|a sixth|a tenth|two[- ]thirds|three[- ]quarters|two[- ]fifths|"
    r"four[- ]fifths|nine[- ]tenths|the vast majority)"
)
_MANY = (
    rf"(?:{_NUMBER}\s(?:million|billion)|\d{{1,3}}(?:,\d{{3}})+|\d{{4,}}|\b(?:tens of |"
    rf"hundreds of )?(?:thousands|hundreds|dozens|scores|millions)\b|(?:a|one|two|three|four|five|six|"
    rf"seven|eight|nine|ten) (?:million|thousand|hundred))"
)
_SPAN_OF = (
    r"(?:night|day|week|month|year|time|way|distance|price|size|length|width|height|weight|age|century|season|hour|world|"
    r"road|game|match|season|evening|morning|afternoon|story|length|route|journey|trip|money|battle|fun)"
)
_PEOPLE = (
    r"(?:people|patients|children|workers|families|homes|households|jobs|deaths|victims|pupils|students|residents|citizens|"
    r"animals|fish|birds|men|women|teachers|nurses|doctors|drivers|passengers|customers|tenants|pensioners|migrants|crimes|"
    r"babies|infants|girls|boys|villagers|soldiers|civilians|prisoners|refugees|cyclists|pedestrians|dogs|cows|sheep|trees|"
    r"bees|hives|wells|houses|flats|islanders|farmers|miners|fishermen|sailors|owners|members|voters|inmates|elderly)"
)
_WHOM = rf"(?:of\s+)?(?:\w+\s+){{0,2}}?{_PEOPLE}"
_PERCENT = rf"(?:{_NUMBER}|{_SMALL})\s?(?:%|per\s?cent\b|percentage points)"
_CHANGED = (
    r"\b(?:risen|rose|rises|rising|increased|soared|jumped|climbed|surged|grown|grew|up|fallen|fell|falling|dropped|plunged|"
    r"slumped|shrunk|declined|down|gone up|went up|gone down|sunk|sank|collapsed)\b"
)
_LOST = (
    r"(?:cost|costs|costing|lost|loses|losing|wasted|wastes|owes?|owed|squandered|swallowed|swallows|"
    r"burnt|burned through|missing|drains?|drained)"
)
_PAYERS = (
    r"(?:taxpayers?|the public|ratepayers?|the (?:state|city|town|county|country|region|nation|treasury|"
    r"budget)|customers|insurers|lives)"
)
_HARMED = (
    r"(?:died|dead|lost|fled|ill|sick|injured|killed|homeless|suffer\w*|infected|drown\w*|starv\w*|froze|frozen|"
    r"perished|evicted|vanished|disappeared|unpaid|unemployed|jobless|out of work|addicted|poisoned|"
    r"hungry|without|hurt|"
    r"displaced|missing|abandoned|abused|die|dies|dying|lose|fall ill|never)"
)
_HARMS = (
    r"(?:killed|kills|cost|injured|sickened|displaced|destroyed|affects?|affected|infected|poisoned|"
    r"ruined|drowned|maimed|evicted|swept away|claimed)"
)
_STRIKING = re.compile(
    rf"{_CHANGED}[^.;]{{0,60}}?{_PERCENT}|{_PERCENT}\s+(?:more|fewer|less|higher|lower|above|below)\b"
    rf"|{_PERCENT}\s+of\s+(?:all\s+|the\s+|its\s+|their\s+|our\s+|those\s+)?(?:[\w'’-]+\s+){{0,3}}?[\w'’-]+"
    rf"|\b{_SMALL}\s+(?:[a-z]+\s+){{0,2}}?(?:in|out of)\s+(?:every\s+)?{_BASE}\b(?!\s+(?:years?|"
    rf"months?|weeks?|days?|hours?|minutes|seconds|metres|meters|miles|kilom|parts|rooms|places|towns|"
    rf"cities|countries|games|matches|sets|starts|races))"
    rf"|\b(?:every|each)\s+{_ORDINAL}\s+(?!year|month|week|day|hour|time|sunday|saturday|friday|monday|tuesday|wednesday|thursday|one\b)[a-z]+"
    r"|\b(?:doubled|tripled|trebled|quadrupled|halved|\w+fold)\b"
    r"|\b(?:twice|three times|four times|five times|six times|seven times|eight times|nine times|"
    r"ten times|\d+ times)\s+(?:as|more|higher|the)\s+\w+"
    rf"|\b{_PART}\s+of\s+(?:all|the|its|their|those|them|our)\b"
    rf"|\b{_PART}\s+(?:the|its|their|his|her|all)\s+(?!{_SPAN_OF}\b)[a-z]+"
    rf"|\b(?:{_SMALL}|{_NUMBER})\s+[a-z]+\s+(?:for|to|per)\s+(?:every|each)\s+[a-z]+"
    rf"|\b{_LOST}\b[^.;]{{0,60}}?{_PAYERS}[^.;]{{0,40}}?(?:{_NUMBER}|{_MANY})"
    rf"|\b(?:has|have|had|is|are|was|were)\s+(?:already\s+)?{_LOST}\b[^.;]{{0,40}}?{_NUMBER}\s(?:million|billion|trillion)\b"
    rf"|\b(?:wast\w+|lost|loses|losing|owe[sd]?|squander\w*|swallow\w*)\b[^.;]{{0,40}}?{_NUMBER}\s(?:million|billion|trillion)\b"
    rf"|{_NUMBER}\s(?:million|billion)\s+(?:[\w'’-]+\s+){{0,4}}?(?:is|are|was|were|have|has)?\s*(?:missing|gone|disappeared|vanished|lost|wasted|unaccounted)\b"
    rf"|(?:{_MANY}|\b\d{{3,}})\s+{_WHOM}\b[^.;]{{0,50}}\b{_HARMED}\b"
    rf"|\b{_HARMS}\b[^.;]{{0,20}}?{_MANY}\s+{_WHOM}\b",
    re.IGNORECASE,
)
_SOURCED = re.compile(
    r"\b(?:according to|surveys?|polls?|study|studies|figures (?:show|from|of|published|released)|statistics|census|"
    r"estimate[sd]?|audit|research(?:ers)?|said|says|say|told|shows?|found|counted|of the vote|votes?|"
    r"turnout|precincts|"
    r"delegates|shares|stocks?|(?:an?|the|its|their|his|her)\s+(?:[\w-]+\s+){0,2}?report|reported|data|announced|"
    r"wages?|pay rise|interest|sentence|stake)\b",
    re.IGNORECASE,
)
# Where a poll or a count of votes is the subject, its figures need no source each time.
_OF_POLLS = re.compile(
    r"\b(?:polls?|surveys?|pollster|exit poll|caucus|caucuses|primaries|delegates|(?:presidential|"
    r"republican|democratic|"
    r"state's|hampshire|carolina|iowa) primary)\b",
    re.IGNORECASE,
)


def striking(material: Material) -> Iterator[Span]:
    """The first striking figure of each sentence that names no source, each with the words that make it one."""
    text = material.article.text
    if any(_OF_POLLS.search(text, p.span.start, p.span.end) for p in material.article.paragraphs):
        return
    for sentence in material.sentences:
        match = _STRIKING.search(text, sentence.start, sentence.end)
        if match and not material.quoted[match.start()] and not _SOURCED.search(text, sentence.start, sentence.end):
            yield Span(*match.span())
