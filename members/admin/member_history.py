from dataclasses import replace

from units.admin.history import ChangesInWords

DATES = {"born_on": "born", "joined_on": "joined"}
PRECISIONS = {"born_precision": "born_on", "joined_precision": "joined_on"}


class MemberChanges(ChangesInWords):
    """Dates as precise as they were known; fields in `hidden` are not told; taking a record is."""

    def __init__(self, model, historical_record, *, hidden):
        super().__init__(model, historical_record)
        self.hidden = hidden

    def context_for_delta_changes(self, delta):
        apart = {*self.hidden, *DATES, *PRECISIONS}
        plain = [change for change in delta.changes if change.field not in apart]
        dated = {PRECISIONS.get(change.field, change.field) for change in delta.changes}
        old, new = delta.old_record.instance, delta.new_record.instance
        lines = [
            {
                "field": self.label(name),
                "old": str(getattr(old, way) or ""),
                "new": str(getattr(new, way) or ""),
            }
            for name, way in DATES.items()
            if name in dated
        ]
        if old.user_id != new.user_id:
            claimed, free = "đã nhận hồ sơ", "chưa nhận hồ sơ"
            states = [claimed if version.user_id else free for version in (old, new)]
            lines.append({"field": "Tài khoản", "old": states[0], "new": states[1]})
        return super().context_for_delta_changes(replace(delta, changes=plain)) + lines
