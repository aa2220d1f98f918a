from django.urls import register_converter

from . import curriculum


class SessionKeyConverter:
    """The key of a session in an address: "1" to "6", or "M" for Annex 3. Anything else is 404."""

    regex = "[1-6M]"

    def to_python(self, value):
        return curriculum.session(value).key

    def to_url(self, value):
        return value


register_converter(SessionKeyConverter, "session")
