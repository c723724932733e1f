from django.contrib import admin, messages
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.views.decorators.http import require_POST
from unfold.decorators import action, display
from unfold.paginator import InfinitePaginator

from core import audit
from core.errors import DomainError
from core.ringing import ring
from members import actions
from members.access import sight_of
from members.admin.duplicate_filters import PairStateFilter, PairUnitFilter
from members.forms.merging import FIRST, SECOND, MergeForm
from members.models import DuplicatePair
from members.queries.attached import attached_to, shared_lines
from members.queries.duplicates import beyond_count, last_scan, running_scan, shared_words
from members.rules.merging import SENSITIVE, fact_pairs, merge_problems
from members.rules.persons import Likeness
from members.tasks import resume_duplicate_scans
from units.admin import ScopedAdmin
from units.roles import Can

State = DuplicatePair.State
TICKETED = "Đăng ký sự kiện"
BANDS = {Likeness.SAME: "gần như chắc chắn", Likeness.MAYBE: "có thể"}


@admin.register(DuplicatePair)
class DuplicatePairAdmin(ScopedAdmin):
    """Pairs of records that may be one person; only those that lie wholly in the person's branches."""

    scope_ability = Can.EDIT_MEMBERS
    person_paths = ("first_member__", "second_member__")
    is_read_only = True
    paginator = InfinitePaginator
    list_display = ["shown_weight", "first", "second", "why", "found_at"]
    list_display_links = ["shown_weight", "first", "second"]
    list_filter = [PairStateFilter, ("first_member__unit", PairUnitFilter)]
    list_filter_submit = True
    list_select_related = ["first_member__unit", "second_member__unit"]
    list_before_template = "members/admin/_duplicate_scan.html"
    ordering = ["-weight", "pk"]
    sortable_by = ["shown_weight", "found_at"]
    actions_list = ["scan"]

    def unit_of(self, obj):
        return (obj.first_member or obj.second_member).unit

    def get_urls(self):
        steps = {"merge": self.merge, "different": self.different, "reopen": self.reopen}
        own = [
            path(
                f"<int:object_id>/{name}/",
                self.admin_site.admin_view(require_POST(view)),
                name=f"members_duplicatepair_{name}",
            )
            for name, view in steps.items()
        ]
        return own + super().get_urls()

    # --- the list ----------------------------------------------------------------------------------

    def changelist_view(self, request, extra_context=None):
        scan = last_scan()
        context = {
            "last_scan": scan,
            "running_scan": running_scan(),
            "shared": shared_words(scan) if scan else [],
            "beyond": beyond_count(self.read_scope(request)),
        }
        return super().changelist_view(request, {**context, **(extra_context or {})})

    @display(description="Mức giống", ordering="weight")
    def shown_weight(self, pair):
        return f"{pair.weight}/100"

    @display(description="Hồ sơ thứ nhất")
    def first(self, pair):
        return self._record(pair.first_member)

    @display(description="Hồ sơ thứ hai")
    def second(self, pair):
        return self._record(pair.second_member)

    def _record(self, member):
        return render_to_string("members/admin/_duplicate_record.html", {"member": member})

    @display(description="Lý do")
    def why(self, pair):
        return "; ".join(pair.reasons)

    @action(description="Quét lại toàn bộ", icon="search")
    def scan(self, request):
        return self.run(
            request,
            self._ask_scan,
            done="Đã nhận yêu cầu quét. Trang này sẽ có các cặp mới khi quét xong.",
        )

    def _ask_scan(self, by):
        actions.ask_duplicate_scan(by=by)
        ring(resume_duplicate_scans)

    # --- one pair ----------------------------------------------------------------------------------

    def change_view(self, request, object_id, form_url="", extra_context=None):
        pair = self._pair(request, object_id)
        if pair.state == State.MERGED:
            return self._merged_page(request, pair)
        self._note_seen(request, pair)
        return self._page(request, pair, self._form(request, pair))

    def merge(self, request, object_id):
        pair = self._pair(request, object_id)
        if None in (pair.first_member, pair.second_member):
            messages.error(request, self._decided(pair))
            return redirect(self._address(pair))
        self._note_seen(request, pair)
        form = self._form(request, pair, request.POST)
        if form.is_valid():
            try:
                merge = actions.merge_members(
                    keep=form.keep,
                    other=form.other,
                    chosen_fields=form.chosen_fields,
                    as_seen=form.as_seen,
                    by=request.user,
                )
            except DomainError as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(
                    request,
                    f"Đã gộp hồ sơ {merge.other_code} vào {merge.kept}. Có thể tách lại nếu nhầm.",
                )
                return redirect(reverse("admin:members_membermerge_change", args=[merge.pk]))
        return self._page(request, pair, form)

    def different(self, request, object_id):
        done = "Đã ghi nhận là hai người khác nhau. Cặp này không được hỏi lại nữa."
        return self._decide(request, object_id, actions.say_different, done)

    def reopen(self, request, object_id):
        return self._decide(request, object_id, actions.reopen_pair, "Cặp này chờ xem lại.")

    def _decide(self, request, object_id, act, done):
        pair = self._pair(request, object_id)
        try:
            act(pair=pair, by=request.user)
        except DomainError as refusal:
            messages.error(request, str(refusal))
            return redirect(self._address(pair))
        messages.success(request, done)
        return redirect(reverse("admin:members_duplicatepair_changelist"))

    # --- what they share ---------------------------------------------------------------------------

    def _pair(self, request, object_id):
        pair = self.get(request, object_id)
        rows = DuplicatePair.objects.select_related(
            "first_member__unit", "second_member__unit", "first_member__user", "second_member__user",
            "decided_by",
        )  # fmt: skip
        return rows.get(pk=pair.pk)

    def _address(self, pair):
        return reverse("admin:members_duplicatepair_change", args=[pair.pk])

    def _decided(self, pair):
        return str(actions.PairDecided(pair))

    def _hidden(self, request, pair):
        """Sensitive facts, but for those that the person may see of both."""
        sight = sight_of(request)
        seen = sight.shown_in(pair.first_member.unit) & sight.shown_in(pair.second_member.unit)
        return {fact for fact, column in SENSITIVE.items() if column not in seen}

    def _note_seen(self, request, pair):
        hidden = self._hidden(request, pair)
        seen = [column for fact, column in SENSITIVE.items() if fact not in hidden]
        for member in (pair.first_member, pair.second_member):
            if columns := [column for column in seen if getattr(member, column)]:
                note = {"by": request.user, "target": member, "unit": member.unit}
                audit.record("sensitive.seen", **note, detail={"columns": columns})

    def _form(self, request, pair, data=None):
        first, second = pair.first_member, pair.second_member
        keep = SECOND if second.user_id and not first.user_id else FIRST
        return MergeForm(
            data,
            first=first,
            second=second,
            facts=fact_pairs(first, second),
            hidden=self._hidden(request, pair),
            keep=keep,
        )

    def _page(self, request, pair, form):
        both = [pair.first_member, pair.second_member]
        attached = attached_to([member.pk for member in both])
        shared = shared_lines(attached)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": "Có phải một người?",
            "pair": pair,
            "band": BANDS.get(pair.likeness, ""),
            "form": form,
            "lines": list(form.lines()),
            "problems": merge_problems(*both),
            "records": [
                {"side": side, "member": member, "attached": attached[member.pk]}
                for side, member in zip((FIRST, SECOND), both, strict=True)
            ],
            "shared": shared,
            "shares_tickets": TICKETED in shared,
        }
        return TemplateResponse(request, "members/admin/duplicate_pair_page.html", context)

    def _merged_page(self, request, pair):
        kept = pair.first_member or pair.second_member
        merge = kept.merges.in_force().order_by("-merged_at", "-pk").first()
        if merge is None:
            return redirect(reverse("admin:members_duplicatepair_changelist"))
        return redirect(reverse("admin:members_membermerge_change", args=[merge.pk]))
