"""Words as evidence: function words, particles and endings hold a sentence together, others say what."""

import re

_TOKEN = re.compile(r"[^\s,;:()\[\]{}\"!?…·|=→]+")

# "and" and "or" are left out on purpose: they join a list of keywords as easily as a sentence.
_ENGLISH = """
a about above across after again against all also although always an another any anyone anything are
aren't arent as at away back be because been before being below between both but by can can't cannot
cant could couldn't did didn't didnt do does doesn't doesnt doing don't done dont down during each
either else enough even ever every everything few first for from get gets give gives go goes had has have
having he hence here how however i i'd i'll i'm i've if in inside instead into is isn't isnt it it'd
it'll it's its itself just keep keeps let lets like made make makes many may me means might more most
much must my need needs neither never no nor not nothing now of off often on once one only onto other
others our out outside over own per put rather really same say see she should shouldn't shouldnt since
so some something still such take takes than that that's the their them themselves then there there's
therefore these they they're thing things this those though through thus till to too toward under unless
until up upon us use used uses using usually very want was wasn't way we we'd we'll we're we've well
were weren't what whatever when where whereas whether which while who whole whose why will with within
without won't wont would yet you you'd you'll you're your
"""
_FUNCTION_WORDS = frozenset(_ENGLISH.split())
_ENDING = re.compile(
    r"(?:[은는을를에의]|[이가도]|로|와|과|만|에서|에게|까지|부터|마다|보다|처럼|이나|라도|라고|이란|란"
    r"|[다요죠고며면서게지려해돼]|지만|는데|은데|니까|므로|도록|거나|해야|하기|되기"
    r"|[한할된될인일던줄질큰운]|하여|음|함|됨|임)$"
)
_NOUNS_LIKE_ENDINGS = re.compile(
    r"(?:정확도|정밀도|민감도|속도|빈도|난이도|중요도|복잡도|농도|이미지|패키지|메시지|평가|추가|증가|원가|가지|정의|주의|결과"
    r"|효과|초과|성과|경로|확인|원인|라인|도메인|파일|스케일|제한|권한|역할|분할|순서|문서|화면|경고|로그인|조인|샘플링|재개"
    r"|체인|단일|예외|데이|릴리스|디자인|프로필|컬럼|처음|다음|모음|부하|배지|변이|길이|깊이|차이|높이|노이즈|그래디언트|온도|강도)$"
)
# Words that any Korean sentence may use: bound nouns, connectives, and short verbs with their endings.
_KOREAN_FUNCTION_WORD = re.compile(
    r"(?:[것거게수때데]|저|제|이|그|이런|그런|어떤|여러|경우|정도|때문|생각|대신|다음|먼저|일단|우선|보통|특히|예|물론"
    r"|사실|바로|좀|더|잘|꼭|또|다|안|못|및|등|아주|매우|너무|가장|모두|이미|항상|계속|한번|조금|그냥|거의"
    r"|실제|실제로|예를|들어|그리고|그래서|하지만|그러면|그런데|따라서|또한|반면|다만|그러니까|왜냐하면|만약|즉)"
    r"(?:[은는이가을를도에로면만]|에서|에는|으로|입니다|예요|이에요|이죠|라서|이라|이라서|니까)?"
    r"|[하해합한할했되돼된될됩있없같좋쓰써쓴쓸씁놓보봅본주줘준줍싶많않둡두둬넣]"
    r"(?:[다고면는은지게서며야요죠던을여]|니다|습니다|어요|아요|어서|아서|어야|아야|어도|아도|으면|는데|은데"
    r"|지만|거나|도록|이|면서|려면|려고|겠습니다|었습니다|았습니다|거든요|니까)?"
)
_PARTICLE = re.compile(
    r"(?<=[가-힣a-z0-9])(?:에서는|에서도|으로는|으로도|이라는|에서|에게|으로|까지|부터|마다|보다|처럼|이나|라는"
    r"|[은는이가을를에의로와과도만])$"
)
_ENGLISH_ENDING = re.compile(r"(?<=[a-z]{3})(?:ing|ed|es|s)$")


def tokens(text: str) -> list[str]:
    """The words of a normalised text without the punctuation around them."""
    stripped = (token.strip("'.*`/-") for token in _TOKEN.findall(text))
    return [token for token in stripped if token]


def function_share(words: list[str]) -> float:
    """How much of it holds a sentence together: above .4 in prose, below .15 in a list of keywords."""
    return sum(map(_is_function_bearing, words)) / len(words) if words else 0.0


def content(words: list[str]) -> list[str]:
    """Stems of the words that carry content."""
    return [_stem(word) for word in words if not _is_common(word)]


def familiar(stems: list[str], vocabulary: frozenset[str]) -> int:
    """How many stems begin with a word of the vocabulary, as inflection adds to the end in both languages."""
    return sum(_is_familiar(stem, vocabulary) for stem in stems)


def shingles(words: list[str], size: int) -> set[tuple[str, ...]]:
    """Every run of so many words."""
    return {tuple(words[start : start + size]) for start in range(len(words) - size + 1)}


def _is_common(word: str) -> bool:
    return word in _FUNCTION_WORDS or bool(_KOREAN_FUNCTION_WORD.fullmatch(word))


def _is_familiar(stem: str, vocabulary: frozenset[str]) -> bool:
    shortest = 4 if stem.isascii() else 2
    return stem in vocabulary or any(stem[:size] in vocabulary for size in range(shortest, len(stem)))


def _is_function_bearing(word: str) -> bool:
    if _is_common(word):
        return True
    return bool(_ENDING.search(word)) and not _NOUNS_LIKE_ENDINGS.search(word)


def _stem(word: str) -> str:
    return _ENGLISH_ENDING.sub("", _PARTICLE.sub("", word))
