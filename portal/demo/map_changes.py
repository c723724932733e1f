"""What the province knows of its units beside their names, and a plan for changing two of them."""

from datetime import date

from portal.demo.world import World
from units.actions import add_changes, draft_plan
from units.models import Cluster, ClusterUnit, PlannedUnit, RestructuringChange, Unit, UnitArea, YouthCount

CLUSTERS = ["Cụm thi đua số 1", "Cụm thi đua số 2", "Cụm thi đua số 3", "Cụm thi đua số 4"]
YOUTH_OF_PROVINCE = 400_000


def add_map_changes(world: World) -> None:
    """Areas, young people and clusters of the communes, and a draft that joins two branches."""
    _add_facts(world)
    _add_clusters(world)
    _draft_plan(world)


def _add_facts(world: World) -> None:
    rural = [commune for commune in world.communes if commune.kind == Unit.Kind.COMMUNE]
    UnitArea.objects.bulk_create(UnitArea(unit=commune, kind=UnitArea.Kind.RURAL) for commune in rural)
    each = YOUTH_OF_PROVINCE // len(world.communes)
    YouthCount.objects.bulk_create(
        YouthCount(
            unit=commune,
            year=world.year,
            youth_count=each + world.rng.randint(-each // 3, each // 3),
            source="Số liệu mẫu",
        )
        for commune in world.communes
    )


def _add_clusters(world: World) -> None:
    clusters = Cluster.objects.bulk_create(
        Cluster(unit=world.province, year=world.year, name=name) for name in CLUSTERS
    )
    places = [(clusters[place % len(clusters)], commune) for place, commune in enumerate(world.communes)]
    heads = {commune.pk for commune in world.communes[: len(clusters)]}
    ClusterUnit.objects.bulk_create(
        ClusterUnit(
            cluster=cluster,
            unit=commune,
            role=ClusterUnit.Role.HEAD if commune.pk in heads else ClusterUnit.Role.MEMBER,
        )
        for cluster, commune in places
    )


def _draft_plan(world: World) -> None:
    home = Unit.objects.get(pk=world.home.pk)
    branches = list(Unit.objects.get_children(home).filter(kind=Unit.Kind.BRANCH).order_by("path")[:2])
    plan = draft_plan(
        unit=world.province,
        title=f"Sáp nhập chi đoàn tại {home.place[0].lower()}{home.place[1:]}",
        decision_no="27-QĐ/TĐTN",
        effective_on=date(world.year + 1, 1, 1),
        by=world.admin,
    )
    joined = PlannedUnit(
        parent=home, kind=Unit.Kind.BRANCH, name=f"{branches[0].name} mới", code=f"{home.code}-91"
    )
    add_changes(
        plan=plan, kind=RestructuringChange.Kind.MERGE, sources=branches, opens=[joined], by=world.admin
    )
