"""How people get in: by invitation only."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.forms import LoginForm as BaseLoginForm


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs up by themselves; who accompanies an organisation invites its people."""

    def is_open_for_signup(self, request):
        return False


class LoginForm(BaseLoginForm):
    """The library's form; the page itself offers the way to a forgotten password."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = ""
        self.fields["remember"].label = "Mantener mi sesión abierta en este equipo"
