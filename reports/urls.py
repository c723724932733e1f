"""Addresses of reports."""

from django.urls import path

from reports.views import dashboard, over_time, programs, sources, workspace

app_name = "reports"
urlpatterns = [
    path("chuong-trinh/", programs.program_list, name="program-list"),
    path("chuong-trinh/<slug:slug>/", programs.program_detail, name="program-detail"),
    path("ban-lam-viec/", workspace.workspace, name="workspace"),
    path("bang-dieu-hanh/", dashboard.dashboard, name="dashboard"),
    path("bang-dieu-hanh/trinh-chieu/", dashboard.projector, name="projector"),
    path("bang-dieu-hanh/theo-thoi-gian/", over_time.over_time, name="over-time"),
    path("bang-dieu-hanh/nguon/<str:name>/", sources.source_list, name="source-list"),
]
