from collections import Counter
from dataclasses import replace
from typing import Any

from interview.rules.selection import Candidate, Part, Plan, choose


def plan_of(number: int, **kind: Any) -> Plan:
    return Plan((Part(number, **kind),))


def bank(*, seen: frozenset[int] = frozenset()) -> list[Candidate]:
    topics = ("python", "ml-theory", "mlops")
    rarities = ("very-common", "common", "moderate", "rare")
    return [
        Candidate(
            id=number,
            topic=topics[number % 3],
            difficulty="easy" if number % 2 else "medium",
            rarity=rarities[number % 4],
            has_code=number % 5 == 0,
            times_seen=int(number in seen),
        )
        for number in range(24)
    ]


def test_the_same_seed_gives_the_same_questions_whatever_the_order_of_the_bank() -> None:
    plan = plan_of(6)

    first = choose(bank(), plan, seed=7)

    assert choose(reversed(bank()), plan, seed=7) == first
    assert choose(bank(), plan, seed=8) != first


def test_only_questions_of_the_plan_are_chosen() -> None:
    plan = plan_of(3, topics=frozenset({"python"}), difficulties=frozenset({"medium"}), has_code=False)

    chosen = choose(bank(), plan, seed=1)

    assert len(chosen) == 3
    assert {(each.topic, each.difficulty, each.has_code) for each in chosen} == {("python", "medium", False)}


def test_questions_that_are_named_are_the_only_ones_that_fit() -> None:
    plan = plan_of(2, ids=frozenset({5, 7, 99}))

    chosen = choose(bank(seen=frozenset({5})), plan, seed=1)

    assert [each.id for each in chosen] == [7, 5]


def test_no_question_comes_again_while_an_unseen_one_fits() -> None:
    seen = frozenset(range(20))

    for seed in range(50):
        chosen = choose(bank(seen=seen), plan_of(6), seed=seed)

        assert {each.id for each in chosen[:4]} == {20, 21, 22, 23}
        assert len({each.id for each in chosen}) == 6


def test_common_questions_come_up_more_often_as_their_weights_say() -> None:
    drawn = Counter(choose(bank(), plan_of(1), seed=seed)[0].rarity for seed in range(3000))

    # Weights 4 : 2 : 1 : 0.5 with six questions each.
    assert abs(drawn["very-common"] / 3000 - 4 / 7.5) < 0.04
    assert abs(drawn["rare"] / 3000 - 0.5 / 7.5) < 0.03


def test_a_plan_that_nothing_fits_gives_nothing() -> None:
    assert choose(bank(), plan_of(3, topics=frozenset({"poetry"})), seed=1) == []


def test_each_part_of_a_plan_gets_its_questions_in_the_plans_order() -> None:
    plan = Plan((Part(2, has_code=False), Part(1, topics=frozenset({"mlops"})), Part(2, has_code=True)))

    for seed in range(50):
        chosen = choose(bank(), plan, seed=seed)

        assert [each.has_code for each in chosen[:2] + chosen[3:]] == [False, False, True, True]
        assert chosen[2].topic == "mlops"
        assert len({each.id for each in chosen}) == 5


def test_a_part_that_takes_anything_leaves_what_only_another_can_use() -> None:
    coded = [each for each in bank() if each.has_code][:2]
    prose = [each for each in bank() if not each.has_code][:3]
    plan = Plan((Part(3), Part(2, has_code=True)))

    for seed in range(50):
        assert choose(coded + prose, plan, seed=seed)[3:] in (coded, coded[::-1])


def test_weak_topics_come_up_more_often() -> None:
    people = [replace(each, weakness={"python": 1.0}.get(each.topic, 0.0)) for each in bank()]
    drawn = Counter(choose(people, plan_of(1), seed=seed)[0].topic for seed in range(3000))

    # Eight questions of each topic with the same rarities: 1.5 against 0.5 and 0.5.
    assert abs(drawn["python"] / 3000 - 0.6) < 0.04
