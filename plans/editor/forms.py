from django import forms

from alianzas.fields import LONG, TooLong


class TextForm(forms.Form):
    """A text of the Plan, and what it said when it was read."""

    text = forms.CharField(required=False, validators=[TooLong(LONG)], strip=False)
    was = forms.CharField(required=False, strip=False)
