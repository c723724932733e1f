"""The side menu of the web admin: only what the person may open, in the order of their work."""

from django.contrib import admin
from django.urls import reverse

from units.access import request_scope
from units.roles import Can

# Pages outside the web admin that belong to the same desk.
PAGES = [
    ("reports:workspace", "Việc cần làm", "checklist", Can.REPORT_FIGURES),
    ("reports:dashboard", "Bảng điều hành", "bar_chart", Can.SEE_DASHBOARD),
    ("members:reset-slips", "Cấp lại mật khẩu", "lock_reset", Can.RESET_ACCOUNTS),
    ("processing-register", "Sổ xử lý dữ liệu", "policy", Can.HANDLE_DATA),
]
GROUPS = [
    (
        "Đoàn viên",
        {
            "members.member": "group",
            "members.position": "military_tech",
            "members.affiliation": "home_pin",
            "members.rosterimport": "upload_file",
            "members.duplicatepair": "group_search",
            "members.membermerge": "merge",
            "members.claim": "badge",
            "members.skill": "construction",
        },
    ),
    (
        "Sự kiện, tập huấn",
        {
            "events.event": "event",
            "events.registration": "how_to_reg",
            "events.attendance": "fact_check",
            "events.scan": "qr_code_scanner",
            "events.trainingrecord": "school",
            "events.certificate": "workspace_premium",
        },
    ),
    (
        "Chương trình",
        {
            "programs.program": "flag",
            "programs.campaign": "campaign",
            "programs.target": "target",
            "programs.figure": "edit_note",
            "programs.indicator": "list_alt",
            "programs.squad": "volunteer_activism",
            "programs.squadactivity": "assignment",
            "programs.service": "category",
            "programs.club": "groups",
        },
    ),
    (
        "Đơn vị, tài khoản",
        {
            "units.unit": "account_tree",
            "units.restructuringplan": "schema",
            "units.cluster": "workspaces",
            "units.roleassignment": "key",
            "accounts.user": "person",
        },
    ),
    (
        "Bảo vệ dữ liệu",
        {
            "members.datarequest": "contact_support",
            "members.guardian": "family_restroom",
            "members.databreach": "gpp_maybe",
            "core.officeday": "event_busy",
        },
    ),
    ("Theo dõi", {"notifications.message": "mail", "core.auditentry": "history"}),
]
# Where the menu names the work, not its records.
TITLES = {
    "members.rosterimport": "Nhập danh sách",
    "members.affiliation": "Nơi cư trú, tạm thời",
    "members.position": "Cán bộ, chức vụ",
}


def menu(request) -> list[dict]:
    """The groups of the menu as unfold wants them; a group with nothing to open is left out."""
    desks = {model._meta.label_lower: desk for model, desk in admin.site._registry.items()}
    groups = [("", _pages(request))]
    for title, icons in GROUPS:
        groups.append((title, [_entry(request, desks.pop(name, None), icon) for name, icon in icons.items()]))
    groups.append(("Khác", [_entry(request, desk, "folder") for desk in desks.values()]))
    shown = [(title, [item for item in items if item]) for title, items in groups]
    return [{"title": title, "separator": bool(title), "items": items} for title, items in shown if items]


def _pages(request):
    items = [{"title": "Tổng quan", "icon": "grid_view", "link": reverse("admin:index")}]
    for name, title, icon, ability in PAGES:
        if request_scope(request, ability):
            items.append({"title": title, "icon": icon, "link": reverse(name)})
    return items


def _entry(request, desk, icon):
    if desk is None or not desk.has_module_permission(request) or not desk.has_view_permission(request):
        return None
    name = TITLES.get(desk.opts.label_lower, desk.opts.verbose_name_plural)
    link = reverse(f"admin:{desk.opts.app_label}_{desk.opts.model_name}_changelist")
    return {"title": f"{name[0].upper()}{name[1:]}", "icon": icon, "link": link}
