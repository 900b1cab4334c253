from collections import Counter

from interview.rules.selection import Candidate, Plan, choose


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
    plan = Plan(number=6)

    first = choose(bank(), plan, seed=7)

    assert choose(reversed(bank()), plan, seed=7) == first
    assert choose(bank(), plan, seed=8) != first


def test_only_questions_of_the_plan_are_chosen() -> None:
    plan = Plan(number=3, topics=frozenset({"python"}), difficulties=frozenset({"medium"}), has_code=False)

    chosen = choose(bank(), plan, seed=1)

    assert len(chosen) == 3
    assert {(each.topic, each.difficulty, each.has_code) for each in chosen} == {("python", "medium", False)}


def test_no_question_comes_again_while_an_unseen_one_fits() -> None:
    seen = frozenset(range(20))

    for seed in range(50):
        chosen = choose(bank(seen=seen), Plan(number=6), seed=seed)

        assert {each.id for each in chosen[:4]} == {20, 21, 22, 23}
        assert len({each.id for each in chosen}) == 6


def test_common_questions_come_up_more_often_as_their_weights_say() -> None:
    drawn = Counter(choose(bank(), Plan(number=1), seed=seed)[0].rarity for seed in range(3000))

    # Weights 4 : 2 : 1 : 0.5 with six questions each.
    assert abs(drawn["very-common"] / 3000 - 4 / 7.5) < 0.04
    assert abs(drawn["rare"] / 3000 - 0.5 / 7.5) < 0.03


def test_a_plan_that_nothing_fits_gives_nothing() -> None:
    assert choose(bank(), Plan(number=3, topics=frozenset({"poetry"})), seed=1) == []
