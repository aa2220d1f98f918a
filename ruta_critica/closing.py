"""The closing assistant of an ally: a worksheet that no session asks, about one ally. No queries."""

from functools import cache
from pathlib import Path

from alianzas.content import Activity, Prompt
from alianzas.content_loader import Loader

KEY = "cierre"
CONTENT = Path(__file__).parent / "content" / "cierre.toml"


@cache
def activity() -> Activity:
    """What is asked when an alliance may be coming to its end."""
    loader = Loader()
    prompts = loader.entries(CONTENT, Prompt, "prompts")
    loader.finish()
    return Activity(key=KEY, title="Cierre de la alianza", minutes=0, prompts=prompts)


@cache
def prompts() -> dict[str, Prompt]:
    """The questions by their key."""
    return {prompt.key: prompt for prompt in activity().prompts}
