from django.urls import include, path
from django.views.generic import RedirectView

from accounts import views

urlpatterns = [
    path("language/", views.switch_language, name="set_language"),
    # One address and no more: it is the person's name here.
    path("account/email/", RedirectView.as_view(pattern_name="settings"), name="account_email"),
    path("account/", include("allauth.account.urls")),
]
