"""`{% csrf_token %}` as Django has it, and beside it the key by which `alianzas.once` knows a form that came before."""

import secrets

from django import template
from django.template.defaulttags import CsrfTokenNode
from django.utils.html import format_html

from alianzas.once import KEY

register = template.Library()


class FormTokens(CsrfTokenNode):
    def render(self, context):
        token = super().render(context)
        user = getattr(context.get("request"), "user", None)
        if not token or user is None or not user.is_authenticated:
            return token
        return token + format_html('<input type="hidden" name="{}" value="{}">', KEY, secrets.token_hex(32))


@register.tag
def csrf_token(parser, token):
    return FormTokens()
