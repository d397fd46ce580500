"""Which backups stay."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from clinic_site.keeping.retention import Rule, to_remove

NOW = datetime(2026, 11, 21, 2, tzinfo=UTC)
moments = st.lists(st.integers(0, 5_000_000).map(lambda minutes: NOW - timedelta(minutes=minutes)), max_size=60)
rules = st.builds(Rule, days=st.integers(0, 20), weeks=st.integers(0, 10), months=st.integers(0, 15))


def kept(made: list[datetime], rule: Rule) -> set[datetime]:
    return set(made) - to_remove(made, rule)


@given(moments.filter(len), rules)
def test_the_newest_is_never_removed(made: list[datetime], rule: Rule) -> None:
    assert max(made) in kept(made, rule)


@given(moments, rules)
def test_no_more_stay_than_the_rule_says(made: list[datetime], rule: Rule) -> None:
    assert len(kept(made, rule)) <= max(1, rule.days + rule.weeks + rule.months)


@given(moments, rules)
def test_the_last_days_that_have_one_keep_one(made: list[datetime], rule: Rule) -> None:
    days = sorted({at.date() for at in made}, reverse=True)[: rule.days]
    assert set(days) <= {at.date() for at in kept(made, rule)}


@given(moments, rules)
def test_the_last_months_that_have_one_keep_one(made: list[datetime], rule: Rule) -> None:
    months = sorted({(at.year, at.month) for at in made}, reverse=True)[: rule.months]
    assert set(months) <= {(at.year, at.month) for at in kept(made, rule)}


@given(moments, rules)
def test_a_second_look_removes_nothing_more(made: list[datetime], rule: Rule) -> None:
    assert to_remove(kept(made, rule), rule) == set()


def test_after_three_years_of_nights_a_year_of_months_is_left() -> None:
    rule, there = Rule(days=14, weeks=8, months=12), set[datetime]()
    for night in range(3 * 365):
        there.add(NOW + timedelta(days=night))
        there -= to_remove(there, rule)
    assert (len(there), (max(there) - min(there)).days) == (30, 323)
