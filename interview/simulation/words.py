"""What people type: a few words at a time, in two languages, with the signs that break careless code."""

import random

ENGLISH = (
    "the model recall precision leakage validation split feature gradient loss baseline because therefore first "
    "then about measured on held-out data, which would tell us whether it overfits. I'd start with a simple one"
)
KOREAN = (
    "모델은 검증 데이터에서 재현율을 먼저 보고 그다음에 정밀도를 확인합니다. "
    "왜냐하면 클래스가 불균형하기 때문에 정확도만으로는 부족합니다."
)
WORDS = f"{ENGLISH} {KOREAN}".split()
SIGNS = (
    "\n",
    "\n\n- ",
    " p < 0.05 & n > 30 ",
    ' "x" ',
    " 100% ",
    " a+b=c ",
    " 🙂 ",
    " naïve ",
    "\t",
    "</textarea>",
)
CODE = (
    "\n# first the baseline",
    "\nimport numpy as np",
    "\nx = np.arange(10) % 3",
    "\nprint('a < b', x & 1)",
)


def next_words(chance: random.Random) -> str:
    """The next few words, or now and then a sign."""
    if chance.random() < 0.12:
        return chance.choice(SIGNS)
    return " ".join(chance.choices(WORDS, k=chance.randint(1, 5))) + " "


def next_line_of_code(chance: random.Random) -> str:
    return chance.choice(CODE)
