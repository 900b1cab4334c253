"""The words and endings that deny, contrast, suppose or disapprove, in Korean and English."""

import re

# A Korean modifier speaks of its noun alone ("필요 없는 열"), unless that noun only closes the sentence.
_NOUN = r"\s+(?!(?:것|거|게|걸|건|편|점|셈)|\S+(?:입니다|이다|이에요|예요|이고)(?!\S))[가-힣a-z0-9]"
# Negations that deny nothing: idioms ("not only"), conditions ("않으면"), purposes ("넘치지 않게").
HARMLESS = re.compile(
    r"뿐만?\s*아니라|뿐\s*아니고|아니라면|아니면|않으면|없으면|못하면|(?<!\S)(?:안|못)\s+[가-힣]*면(?!\S)"
    rf"|(?:(?:없|않|못하)[은는을던]|(?<!\S)(?:안|못)\s+[가-힣]*[한은는던된]){_NOUN}|만\s+[가-힣]*지\s*(?:않고|말고)"
    r"|않을까|않도록|않게|문제\s*없|끊임없|틀림없|수\s*밖에\s*없|잊지\s*(?:않|말|마)"
    r"|whether or not|not (?:only|just|merely|simply)|(?:don't|do not|dont|never|not) forget"
    r"|no matter|no doubt|why not|if not"
)
KOREAN_AFTER = re.compile(
    r"(?:지(?:는|도|를|가)?\s*)?(?:않|못|말아|마세요)|(?:수\s*)?없|아니|아닌|아닙|피해야"
)
KOREAN_BEFORE = re.compile(r"(?<!\S)(?:안|못)\s+(?=([가-힣]+))")
ENGLISH = re.compile(
    r"\b(?:not|never|no|cannot|\w+n't|(?:do|does|did|is|are|was|were|wo|ca|should|would|could)nt|neither|nor|hardly"
    r"|fails? to|(?:should|must|would|always|better|i'd|i) avoid"
    r"|ignor(?:e|es|ed|ing)|regardless of)\b",
    re.ASCII,
)
# What is disregarded is denied, too: "클래스 비율은 신경 쓰지 않고".
DISREGARD = re.compile(
    r"(?:신경\s*(?:을\s*)?(?:안\s*)?쓰|고려하|상관하|따지|구분하|생각하)지\s*(?:않|못)|상관\s*없이|무시하고"
)
CONTRAST = re.compile(
    r"(?:지\s*)?않고|(?:지\s*)?않은\s*채|없이|말고|(?:이|가)?\s*아니라|아니고|(?<![은는한운])\s대신"
    r"|\b(?:without|instead of|rather than)\b",
    re.ASCII,
)
# What is called needless or without effect is denied as well, and people say that in many ways.
NEEDLESS = re.compile(
    rf"필요\s*(?:가|는|도|까지|조차)?\s*(?:없(?!는{_NOUN})|안)|지\s*않아도|없어도|굳이"
    r"|(?<!\S)안\s+[가-힣]+도\s+(?:되|됩|돼|상관|괜찮)|(?:걱정|고민)\S*\s+(?:안|쓸 필요)"
    r"|낭비|쓸데\s*없"
    r"|영향(?:을|이|은)?\s*(?:주지\s*(?:는\s*)?않|안\s+주|없)"
    r"|(?<!that )(?<!which )(?<!who )\b(?:no (?:real )?(?:need|reason|point|use|problem|difference|influence|effect"
    r"|impact|harm)|needn't|(?:don't|doesn't|do not|does not|dont|doesnt|won't) (?:really |even |actually )?"
    r"(?:need|have to|matter|affect|help|change|make (?:a|any) difference|say|tell)"
    r"|(?:isn't|is not|aren't|not) (?:really )?(?:necessary|needed|required|worth|important|dangerous)"
    r"|nothing (?:wrong|useful)|(?:does|do|says?|tells?) nothing|pointless|overkill"
    r"|waste of (?:time|effort)|wasted effort)\b(?! (?:to )?wait)",
    re.ASCII,
)
# After what is needless: why it is, or what is done instead.
REASON = re.compile(r",? (?:so|because|since|but)\b|, (?:it|i|we|you)\b")
CONDITION = re.compile(r"\s*(?:if|when|unless)\b")
# Between a term and the negation right behind it: "규제는 하지 않고".
AT_ONCE = re.compile(r"[가-힣]{0,4}\s?(?:\s하)?")
# The topic of a clause, where more than a light verb follows it.
TOPIC = re.compile(r".*[은는]\s+(?=\S{2})")
# "not V X but Y" and "that can't be V" reach less far than their clause does.
BUT = re.compile(r"[\s,]*but\b(?!\s+(?:i|it|we|you|they|this|that)\b)")
SHARED_VERB = re.compile(
    r"(?:(?<=n't)|(?<=\bdo not)|(?<=ld not))\s+\w+(?:\s+(?:at|on|for|by|with))?", re.ASCII
)
RELATIVE = re.compile(r"\b(?:that|which|who)(?:\s+(?:is|are|was|were|do|does|can|should|must|may|will))?\s*$")
FEW_WORDS = re.compile(r"(?:\W+\w+){0,3}", re.ASCII)
SUBJECT = re.compile(r"\s(?:i|we|you|it|they)\s")
# What a sentence warns of, it doesn't claim. A bad row and a schema error are things, not warnings.
DISAPPROVAL = re.compile(
    r"(?<!\bno )(?<!\bnever a )(?<!\bnot a )\b"
    r"(?:(?<!was )(?<!were )wrong|mistake|mistaken|(?:(?:is|be|as) an|common|classic|typical|serious) error"
    r"|trap|pitfall|myth|misconception|leak(?:s|age|ing)?|danger(?:ous)?"
    r"|bad(?= (?:idea|practice|habit|plan|choice|because|since|for)\b)|bad(?=\W*$)|harm(?:s|ful)?"
    r"|must not|should not|problem|cheat(?:s|ing)?|optimistic|misleading|inflat\w*)\b"
    r"|잘못(?!된\s+[가-힣]|\s+[보들입])|실수|오해|함정|위험|금물|누수|낙관|과대평가",
    re.ASCII,
)
FORBIDDEN = re.compile(r"문제(?!\S*\s*없)|안 된|안 되|안 됩|안 돼|부풀|나쁘|나쁩|새어|샌다|샙니다")
PREVENTION = re.compile(
    r"\b(?:avoid|prevent|protect)\w*|(?<![가-힣])막[가-힣]|방지|예방|피하|피할|피해", re.ASCII
)
# What is granted of the other thing.
CONCESSION = re.compile(r"(?:지만|는데|은데|반면|반면에|달리)$")
TURN = re.compile(r"(?:but|while|whereas)\b")
IF = re.compile(
    r"\b(?:if|when|(?<!at )once(?= (?:the|a|an|it|you|we|they|i|all|every\w*)\b))\b|면(?:\s|,)", re.ASCII
)
APPROVAL = re.compile(
    r"면\s*(?:되(?!돌|살|짚|찾|풀)|된|됩|돼|좋|충분|가장)|\b(?:fine|good|best|enough|better|safe|correct)\b",
    re.ASCII,
)
