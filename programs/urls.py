"""Addresses of programs. The pages of programs themselves live in `reports`, for they show numbers."""

from django.urls import path

from programs.views import activities, clubs, figures, squads

app_name = "programs"
urlpatterns = [
    path("cau-lac-bo/<slug:slug>/", clubs.club_detail, name="club-detail"),
    path("doi-hinh/<int:pk>/", squads.squad_detail, name="squad-detail"),
    path("doi-hinh/<int:squad_pk>/ghi-hoat-dong/", activities.activity_create, name="activity-create"),
    path("hoat-dong/<int:pk>/sua/", activities.activity_edit, name="activity-edit"),
    path("hoat-dong/<int:pk>/rut-lai/", activities.activity_withdraw, name="activity-withdraw"),
    path("so-lieu/<str:code>/", figures.figure_create, name="figure-create"),
]
