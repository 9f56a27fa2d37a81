"""App configuration of `renda.elections`."""

from django.apps import AppConfig


class ElectionsConfig(AppConfig):
    """Elections to county and township congresses (换届选举)."""

    name = "renda.elections"
    label = "elections"
    verbose_name = "换届选举"

    def ready(self) -> None:
        from renda.elections import entrances, figures, ledger
        from renda.elections.candidates import access as candidates
        from renda.elections.decisions import uses
        from renda.elections.departures import registers as departures
        from renda.elections.lists import access
        from renda.elections.lists import registers as lists
        from renda.elections.outcome import access as outcome
        from renda.elections.plan import registers as plan
        from renda.elections.schedule import duties
        from renda.elections.voting import access as voting

        uses.declare()
        ledger.declare()
        plan.declare()
        entrances.declare()
        duties.declare()
        access.declare()
        lists.declare()
        voting.declare()
        candidates.declare()
        outcome.declare()
        departures.declare()
        figures.declare()
        _declare_roll()


def _declare_roll() -> None:
    from renda.elections.roll import registers
    from renda.jobs.recovery import at_start

    registers.declare()
    at_start(_recover_roll)
    at_start(_forget_old)


def _recover_roll() -> None:
    from renda.elections.lists.publishing_work import recover as recover_lists
    from renda.elections.roll.recovery import recover

    recover()
    recover_lists()


def _forget_old() -> None:
    from renda.elections.expiry import forget_old

    forget_old()
