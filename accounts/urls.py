from django.urls import include, path

from accounts import views

urlpatterns = [
    path("settings/", views.edit_settings, name="settings"),
    path("language/", views.switch_language, name="set_language"),
    path("account/", include("allauth.account.urls")),
]
