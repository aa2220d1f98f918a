"""How people get in: by invitation only."""

from allauth.account.adapter import DefaultAccountAdapter


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs up by themselves; who accompanies an organisation invites its people."""

    def is_open_for_signup(self, request):
        return False
