"""Who has already taken part, told from a digest: the database alone cannot say whose it is."""

from django.utils.crypto import salted_hmac

FEW = 3  # with fewer people what comes out may tell what each one said


def mark_of(occasion_key, voter_key: str) -> str:
    """The mark of `voter_key` on one occasion, keyed by the secret of the server, which the database lacks.

    The same person has unrelated marks on two occasions.
    """
    return salted_hmac("plans.secrecy", f"{occasion_key}:{voter_key}", algorithm="sha256").hexdigest()


def member_key(user) -> str:
    """The voter key of somebody with an account."""
    return f"persona-{user.pk}"


def guest_key(person) -> str:
    """The voter key of a participant of a workshop, who has no account."""
    return f"invitado-{person.pk}"
