from django.contrib.admin import SimpleListFilter
from django.utils import timezone


class StageFilter(SimpleListFilter):
    """The stages that staff look for, by the clock."""

    title = "tình trạng"
    parameter_name = "stage"

    def lookups(self, request, model_admin):
        return [
            ("draft", "Nháp"),
            ("open", "Đang mở đăng ký"),
            ("coming", "Sắp tới, không mở đăng ký"),
            ("past", "Đã qua"),
            ("cancelled", "Đã hủy"),
        ]

    def queryset(self, request, queryset):
        now = timezone.now()
        chosen = {
            "draft": lambda: queryset.filter(published_at=None, cancelled_at=None),
            "open": lambda: queryset.open_at(now),
            "coming": lambda: queryset.coming_at(now),
            "past": lambda: queryset.past_at(now),
            "cancelled": lambda: queryset.exclude(cancelled_at=None),
        }.get(self.value())
        return chosen() if chosen else queryset
