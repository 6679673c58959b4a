"""Details in a text that could show who a service user is: pointed out before sharing, never blocked.

Every pattern is bounded and starts at the edge of a word, so that time grows with the length of the
text and no faster. It misses things and finds harmless ones: the person who wrote it decides."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from .given_names import GIVEN_NAMES

KINDS = {
    "email": "An e-mail address",
    "nhs": "An NHS number",
    "phone": "A phone number",
    "national_insurance": "A National Insurance number",
    "birth": "A date of birth",
    "address": "An address",
    "postcode": "A postcode",
    "name": "A name",
}


@dataclass(frozen=True, slots=True)
class Found:
    """`words` is text[start:end]; `kind` one of KINDS."""

    kind: str
    start: int
    end: int
    words: str

    @property
    def label(self) -> str:
        return KINDS[self.kind]


MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
DATE = (
    r"(?:\d{1,2}[/.-]\d{1,2}[/.-](?P<y1>\d{4}|\d{2})(?!\d)"
    r"|(?P<y2>\d{4})-\d{2}-\d{2}(?!\d)"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?[ ](?:of[ ])?{MONTH}\b[ ,.]{{0,2}}(?P<y3>\d{{4}}(?!\d))?"
    rf"|{MONTH}[ ]\d{{1,2}}(?:st|nd|rd|th)?(?!\d)[ ,]{{0,2}}(?P<y4>\d{{4}}(?!\d))?)"
)
STREET = (
    r"(?:street|road|avenue|lane|close|drive|court|crescent|terrace|gardens|grove|mews|way|place|square"
    r"|walk|row|rise|view|green|hill|park|house|buildings|st|rd|ave|ln|cres|ct)"
)
PLAIN_STREET = r"(?:street|road|avenue|lane|close|drive|crescent|terrace|gardens|grove|mews)"

EMAIL = re.compile(r"(?<![\w.+'-])[\w.+'-]{1,64}@(?:[\w-]{1,63}\.){1,5}[\w-]{2,24}")
NHS = re.compile(r"(?<![\d+])\d{3}([ -]?)\d{3}\1\d{4}(?![\d])")
PHONE = re.compile(
    r"(?<![\w+])(?:\(?(?:\+|00)44\)?[ ]?(?:\(0\))?|\(?0)(?:[ ().-]{0,2}\d){9,10}(?!\d)"
    r"|\b(?:tel|phone|mobile|mob|call|ring|number is)\b[ .:]{0,3}\d(?:[ -]?\d){5,10}(?!\d)",
    re.IGNORECASE,
)
NATIONAL_INSURANCE = re.compile(
    r"(?<!\w)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z][ -]?\d{2}[ -]?\d{2}[ -]?\d{2}[ -]?[A-D](?!\w)",
    re.IGNORECASE,
)
POSTCODE = re.compile(
    r"(?<!\w)(?:[A-Z]{1,2}\d[A-Z\d]?|GIR)[ ]?\d[ABD-HJLNP-UW-Z]{2}(?!\w)", re.IGNORECASE
)
ORDINAL = re.compile(r"\d(?:st|nd|rd|th)$")
BIRTH_SAID = re.compile(
    rf"(?<!\w)(?:born|d\.?o\.?b\.?|date of birth|birth ?day|birth ?date)\b[^\w\n]{{0,3}}"
    rf"(?:(?:is|was|on|in|the|:)[ ]){{0,3}}{DATE}",
    re.IGNORECASE,
)
FULL_DATE = re.compile(rf"(?<![\w/.-]){DATE}", re.IGNORECASE)
ADDRESS = re.compile(
    r"(?<![\w/])(?:(?:flat|apartment|apt|unit)[ ]\d{1,4}[A-Za-z]?(?!\w)"
    r"|\d{1,4}[A-Za-z]?,?[ ](?:[A-Z][\w'’-]{0,24}[ ]){1,3}(?i:" + STREET + r")(?!\w)"
    r"|\d{1,4}[a-z]?[ ](?:[a-z'’-]{2,24}[ ]){1,2}" + PLAIN_STREET + r"(?!\w))"
)
FLAT = re.compile(r"(?<!\w)(?:Flat|Apartment|FLAT)[ ]\d{1,4}[A-Za-z]?(?!\w)")
TITLED = re.compile(
    r"(?<!\w)(?:(?P<title>Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Rev|Reverend|Sir|Dame|Lord|Lady|Nurse|Sgt|PC"
    r"|Judge|Uncle|Aunt|Auntie|MR|MRS|MISS|DR)\.?[ ](?:[^\W\d_]\.?[ ]){0,2}(?P<name>[^\W\d_][\w'’-]{1,30})"
    r"(?:[ ][A-Z][a-z'’-]{1,30})?"
    r"|(?:mr|mrs)\.?[ ](?P<low>[a-z][a-z'’-]{1,30}))(?!\w)"
)
WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|['’-](?=[^\W\d_]))*")

NOT_STREET = frozenset(
    "of on in the a an and at to by for from with people weeks days hours minutes months years miles "
    "men women homes rooms beds streets is was were it we they i my our down up off along across this "
    "that who which more less other others new old times goes steps doors sleeping".split()
)
ALSO_JOBS = frozenset(["Nurse", "PC", "Judge", "Miss", "MISS", "Lady", "Lord", "Sir"])
NOT_AFTER_MR = frozenset("and or who said rang was is has had came in at on to right man".split())
NOT_NAMES = frozenset(
    """
i i'm i've i'd i'll ok okay monday tuesday wednesday thursday friday saturday sunday january february march
april may june july august september october november december christmas easter ramadan eid diwali hanukkah
english welsh scottish irish british polish romanian kurdish urdu arabic french spanish italian portuguese
punjabi bengali somali tigrinya farsi ukrainian muslim christian hindu sikh jewish european african asian
caribbean england wales scotland ireland britain uk london north south east west northern southern eastern
western central upper lower greater old new great
council street road avenue lane close drive court house centre center hospital surgery clinic school college
university church mosque temple library hall park square bridge station hostel shelter hub project trust
foundation charity association society service services team office department unit board committee panel
partnership network programme program forum group club union credit benefit benefits allowance payment
payments support independence personal universal housing options first homeless homelessness prevention
reduction act law code policy duty plan review assessment application form forms letter officer manager
worker worker's lead leader director nurse doctor gp social care adult adults children child children's
family families mental health community primary secondary probation prison police jobcentre job plus citizens
citizen advice bureau age concern red cross crisis samaritans mind army salvation food bank outreach recovery
drug drugs alcohol refuge women's men's youth young people's people refugee asylum home homes office state
crown county magistrates tribunal local authority government national insurance nhs dwp pip esa jsa uc hmp
hmo cab ymca mp zoom teams word excel google facebook whatsapp wi-fi wifi
day days night week month year bus train tesco asda aldi lidl boots greggs coronation strictly street's
systems changers changer small win wins royal general memorial saint st district borough city town valley
green hill wood field river canal mill market high main doorway gate lodge manor villa view terrace gardens
grove close crescent way place row walk rise mews tower towers block floor room meeting blue badge
""".split()
)
# Given names that are words too: only beside a surname.
ALSO_WORDS = frozenset(
    """
amber angel april art ash bill blessing carol dale dawn daisy dean dick drew earl faith frank grace grant guy
harmony hazel heath heather henry holly hope iris ivy jack jade jasmine jean jewel joy june lance laurel
lee lily mark may mercy mike miles nick norm olive pat patience peg penny precious ray reed rob robin rose
rosemary ruby rusty sandy sky sonny sue summer sunny ted tony trinity victor victoria viola violet virginia
will max josh gene chase chuck cliff clay cole dean dot mo
""".split()
)
ANY_GIVEN = GIVEN_NAMES | ALSO_WORDS
ENDS_SENTENCE = frozenset('.!?:;\n\r“"‘•–—*|/\t')


def find_identifiers(text: str, *, today: date | None = None) -> list[Found]:
    """What in `text` may show who somebody is, in the order it is written, nothing twice.

    A full date counts as a birth date when it lies three years back or more; `today` is the day to
    reckon from. Takes time in proportion to the length of the text."""
    taken: list[Found] = []
    for found in _all(text, today or date.today()):  # noqa: DTZ011 (only the year is used)
        taken.append(found)
    taken.sort(key=lambda found: (found.start, -found.end))
    kept: list[Found] = []
    for found in taken:
        if not kept or found.start >= kept[-1].end:
            kept.append(found)
        elif _rank(found) < _rank(kept[-1]) and found.end >= kept[-1].end:
            kept[-1] = found
    return kept


def _rank(found: Found) -> int:
    return list(KINDS).index(found.kind)


def _all(text: str, today: date) -> Iterator[Found]:
    yield from (_found("email", text, match) for match in EMAIL.finditer(text))
    for match in NHS.finditer(text):
        if match[1] or _is_nhs_number(match[0]):
            yield _found("nhs", text, match)
    yield from (_found("phone", text, match) for match in PHONE.finditer(text))
    for match in NATIONAL_INSURANCE.finditer(text):
        yield _found("national_insurance", text, match)
    yield from (_found("birth", text, match) for match in BIRTH_SAID.finditer(text))
    for match in FULL_DATE.finditer(text):
        year = next((match[f"y{n}"] for n in range(1, 5) if match[f"y{n}"]), None)
        if year and _long_ago(int(year), len(year), today):
            yield _found("birth", text, match)
    for match in ADDRESS.finditer(text):
        plain = match[0].islower()
        if not plain or not NOT_STREET & set(WORD.findall(match[0])):
            yield _found("address", text, match)
    yield from (_found("address", text, match) for match in FLAT.finditer(text))
    for match in POSTCODE.finditer(text):
        if not ORDINAL.search(match[0]):
            yield _found("postcode", text, match)
    for match in TITLED.finditer(text):
        name = match["name"] or ""
        titled = name[:1].isupper() and not (
            match["title"] in ALSO_JOBS and name.casefold() in NOT_NAMES
        )
        if titled or (match["low"] and match["low"] not in NOT_AFTER_MR):
            yield _found("name", text, match)
    yield from _names(text)


def _found(kind: str, text: str, match: re.Match[str]) -> Found:
    words = match[0].rstrip(" ,.-")
    return Found(kind, match.start(), match.start() + len(words), words)


def _is_nhs_number(digits: str) -> bool:
    """The check digit of the NHS Data Dictionary (modulus 11)."""
    check = 11 - sum(int(digit) * (10 - place) for place, digit in enumerate(digits[:9])) % 11
    return int(digits[9]) == (0 if check == 11 else check)


def _long_ago(year: int, digits: int, today: date) -> bool:
    if digits == 2:
        year += 2000 if year <= today.year % 100 else 1900
    return 1900 <= year <= today.year - 3


def _names(text: str) -> Iterator[Found]:
    """Runs of capitalised words that read as a person's name, and given names alone."""
    run: list[tuple[int, int, str, bool]] = []
    for start, end, word in _words(text):
        joined = bool(run) and text[run[-1][1] : start] == " "
        if run and not joined:
            yield from _name_in(run, text)
            run = []
        if word[0].isupper() and not (len(word) > 1 and word.isupper()):
            run.append((start, end, word.casefold(), _opens_sentence(text, start)))
        elif run:
            yield from _name_in(run, text)
            run = []
    if run:
        yield from _name_in(run, text)


def _words(text: str) -> Iterator[tuple[int, int, str]]:
    for match in WORD.finditer(text):
        word = match[0]
        if word.endswith(("'s", "’s")):
            word = word[:-2]
        yield match.start(), match.start() + len(word), word


def _opens_sentence(text: str, start: int) -> bool:
    before = text[max(0, start - 3) : start].rstrip(" ")
    return not before or before[-1] in ENDS_SENTENCE or text[start - 1] in ENDS_SENTENCE


def _name_in(run: list[tuple[int, int, str, bool]], text: str) -> Iterator[Found]:
    words = list(run)
    if words[0][3] and words[0][2] not in GIVEN_NAMES:
        words = words[1:]
    if not words:
        return
    for place, (start, end, word, _) in enumerate(words):
        if word in NOT_NAMES or word not in ANY_GIVEN:
            continue
        after = words[place + 1 : place + 3]
        surname = [w for w in after if len(w[2]) > 1]
        if surname and surname[0][2] not in NOT_NAMES:
            last = surname[-1] if surname[-1][2] not in NOT_NAMES else surname[0]
            yield Found("name", start, last[1], text[start : last[1]])
            return
        if word in GIVEN_NAMES and word not in ALSO_WORDS and not surname:
            yield Found("name", start, end, text[start:end])
            return
    plain = [word for word in words if len(word[2]) > 1]
    whole = 2 <= len(plain) <= 3 and len(plain) == len(words)
    if whole and not any(word[2] in NOT_NAMES for word in plain):
        yield Found("name", plain[0][0], plain[-1][1], text[plain[0][0] : plain[-1][1]])


def without_names(found: Iterable[Found], known: Iterable[str]) -> list[Found]:
    """`found` without the names in `known` (colleagues, services, places): not a service user's."""
    fold = {name.casefold() for name in known}
    return [one for one in found if one.kind != "name" or one.words.casefold() not in fold]
