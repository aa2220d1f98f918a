"""Included at calendario/: no account is needed, only the secret."""

from django.urls import path

from . import feed_views

urlpatterns = [path("<str:token>.ics", feed_views.feed, name="calendario")]
