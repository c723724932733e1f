"""A merge is taken back: every row is what and whose it was before."""

from collections import defaultdict
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from core import audit
from core.crypto import decrypt_json
from core.rows import restored
from members.actions.journal import LOOSE, Step, marks_of, model_of
from members.actions.merging import MergeRefused
from members.actions.noting import note_changed, note_made
from members.models import Member, MemberMerge
from members.rules.merging import FACTS, LABELS
from members.signals import members_parting
from units.actions import take_turn

MEMBER = Member._meta.label_lower
MOST_NAMED = 10
FORGOTTEN = "Đã quá thời hạn lưu hồ sơ trước khi gộp, không tách lại được nữa."
CLOCK = ""
LABEL_OF = {column: LABELS[name] for name, columns in FACTS.items() for column in columns}
LABEL_OF |= {"user_id": "Tài khoản", "updated_at": CLOCK}


@transaction.atomic
def undo_merge(*, merge: MemberMerge, by: Any) -> Member:
    """Make one record two again, exactly as they were. Refused, with a list, when something changed since.

    What was added to the kept record after the merge stays with it. Returns the record that is back.
    """
    take_turn()
    kept_key = MemberMerge.objects.values_list("kept", flat=True).get(pk=merge.pk)
    kept = Member.objects.select_for_update(of=("self",)).select_related("unit").get(pk=kept_key)
    merge = MemberMerge.objects.locked().select_related("undone_by").get(pk=merge.pk)
    now = timezone.now()
    if not merge.sealed:
        raise MergeRefused([FORGOTTEN])
    sealed = decrypt_json(merge.sealed)
    if problems := parting_problems(merge, kept, sealed):
        raise MergeRefused(problems)

    for step in reversed(sealed["steps"]):
        _take_back(step)
    if kept.updated_at != merge.merged_at:  # something else was edited since: it was changed today
        Member.objects.filter(pk=kept.pk).update(updated_at=now)
    merge.undone_at, merge.undone_by = now, by
    merge.save(update_fields=["undone_at", "undone_by"])
    kept, back = (Member.objects.select_related("unit").get(pk=pk) for pk in (kept.pk, merge.other_id))
    reason = f"tách lại hồ sơ {merge.other_code}"
    note_changed([kept], by=by, reason=reason, at=now)
    note_made([back], by=by, reason=reason, at=now)
    audit.record("member.parted", by=by, target=kept, unit=kept.unit, detail={"count": len(merge.moved)})
    return back


def parting_problems(merge: MemberMerge, kept: Member, sealed: dict[str, Any]) -> list[str]:
    """Why the merge cannot be taken back: each thing that is not as the merge left it.

    Packages above hold their rows when they are asked, so that what is checked stays so until it is written.
    """
    if merge.undone_at is not None:
        when = f"{timezone.localtime(merge.undone_at):%H:%M %d/%m/%Y}"
        return [f"Lần gộp này đã được tách lại lúc {when}."]
    if kept.pk != sealed["kept"]:
        return ["Hồ sơ giữ lại sau đó đã được gộp vào hồ sơ khác. Hãy tách lần gộp đó trước."]
    steps = sealed["steps"]
    answers: list[tuple[Any, Any]] = members_parting.send(sender=MemberMerge, steps=steps)
    problems = [
        *_changed_facts(kept, steps),
        *_taken_number(merge, kept, steps),
        *_changed_rows(sealed),
        *_lost_ends(steps),
        *(problem for _, told in answers for problem in told),
    ]
    if len(problems) > MOST_NAMED:
        problems = [*problems[:MOST_NAMED], f"Và {len(problems) - MOST_NAMED} mục khác."]
    return problems


def _changed_facts(kept: Member, steps: list[Step]) -> list[str]:
    after: dict[str, Any] = {}
    for step in steps:
        if step["table"] == MEMBER and step["done"] == "change":
            after |= restored(Member, step["after"])
    labels = {LABEL_OF[name] for name, value in after.items() if getattr(kept, name) != value} - {CLOCK}
    if not labels:
        return []
    return [f"Hồ sơ {kept.full_name} đã được sửa sau khi gộp: {', '.join(sorted(labels))}."]


def _taken_number(merge: MemberMerge, kept: Member, steps: list[Step]) -> list[str]:
    number = _record(merge, steps)["citizen_id_hash"]
    others = Member.objects.exclude(pk=kept.pk).filter(citizen_id_hash=number)
    if number and others.exists():
        return ["Số căn cước của hồ sơ đã gộp nay đã có ở hồ sơ khác."]
    return []


def _record(merge: MemberMerge, steps: list[Step]) -> dict[str, Any]:
    """The record that went, column by column."""
    return next(step["before"] for step in steps if step["table"] == MEMBER and step["pk"] == merge.other_id)


def _changed_rows(sealed: dict[str, Any]) -> list[str]:
    now = marks_of(sealed["steps"])
    problems = []
    for table, pk, mark in sealed["marks"]:
        if now.get((table, pk)) != mark:
            model = model_of({"table": table})
            row = model._base_manager.filter(pk=pk).first()
            name = str(model._meta.verbose_name)
            name = name[:1].upper() + name[1:]
            problems.append(
                f"{name} “{row}” đã thay đổi sau khi gộp." if row else f"{name} số {pk} không còn trên cổng."
            )
    return problems


def _lost_ends(steps: list[Step]) -> list[str]:
    """What rows would point at again and is no longer there: an event's share of seats, a purged import."""
    wanted: dict[type[Model], set] = defaultdict(set)
    for step in steps:
        if step["done"] != "add" and step["table"] not in LOOSE:
            for field in model_of(step)._meta.concrete_fields:
                if field.related_model and step["before"].get(field.attname) is not None:
                    wanted[field.related_model].add(step["before"][field.attname])
    for step in steps:
        if step["done"] == "drop":
            wanted[model_of(step)].discard(step["pk"])
    lost = [
        model for model, keys in wanted.items() if model._base_manager.filter(pk__in=keys).count() < len(keys)
    ]
    names = sorted(str(model._meta.verbose_name) for model in lost)
    return [f"Không tách lại được vì không còn dữ liệu cũ trên cổng: {', '.join(names)}."] if names else []


def _take_back(step: Step) -> None:
    model = model_of(step)
    rows = model._base_manager.filter(pk=step["pk"])
    if step["done"] == "add":
        rows._raw_delete(rows.db)
    elif step["done"] == "change":
        if step["table"] not in LOOSE or not _is_taken(model, step):
            rows.update(**restored(model, step["before"]))
    else:
        _bring_back(model, step)


def _is_taken(model: type[Model], step: Step) -> bool:
    """Whether a scan has meanwhile written another row where this one stood."""
    keys = {name: value for name, value in step["before"].items() if name.endswith("_member_id")}
    return bool(keys) and model._base_manager.exclude(pk=step["pk"]).filter(**keys).exists()


def _bring_back(model: type[Model], step: Step) -> None:
    """Write the row again under its old key; clocks that set themselves are put back by hand."""
    values = restored(model, step["before"])
    model._base_manager.bulk_create([model(**values)], ignore_conflicts=step["table"] in LOOSE)
    clocks = {
        field.attname: values[field.attname]
        for field in model._meta.concrete_fields
        if getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False)
    }
    if clocks:
        model._base_manager.filter(pk=step["pk"]).update(**clocks)
