"""How somebody works a page: with a mouse or a finger, or with the keyboard alone."""

from playwright.sync_api import Locator

from tests.waiting import until

MOST_TABS = 150


def box_of(locator: Locator) -> dict:
    """Where it stands, in pixels of the window, once that is the same at two looks.

    A page that refreshes itself replaces and moves things at any time; an element that has just been replaced has no
    box, which is no reason to fail.
    """
    page, last = locator.page, None

    def stands_still():
        nonlocal last
        before, last = last, locator.bounding_box()
        if last and last == before:
            return last
        page.wait_for_function("() => new Promise(shown => requestAnimationFrame(() => shown(true)))")
        return None

    return until(stands_still)


def hold(locator: Locator, x: float, y: float, holder: Locator | None = None):
    """Press the mouse on it, at that place of it; again when the page has replaced it meanwhile.

    `holder` is what the page marks as dragged (it, if none is given).
    """
    page, taken = locator.page, holder or locator

    def is_held():
        box = box_of(locator)
        page.mouse.move(box["x"] + x, box["y"] + y)
        page.mouse.down()
        if taken.evaluate("one => one.classList.contains('is-dragged')"):
            return True
        page.mouse.up()
        return False

    until(is_held)


def carry(held: Locator, target: Locator, x: float, down: float):
    """Move what the mouse holds to that place of the target (pixels from its left, share of its height) and keep it
    there, wherever the target goes meanwhile."""
    page = held.page

    def is_there():
        box = box_of(target)
        page.mouse.move(box["x"] + x, box["y"] + down * box["height"], steps=6)
        return target.bounding_box() == box

    until(is_there)


class Mouse:
    """Points at what it needs."""

    def press(self, locator: Locator):
        locator.click()

    def tick(self, locator: Locator):
        locator.check()

    def choose(self, locator: Locator, label: str):
        locator.select_option(label=label)

    def write(self, locator: Locator, text: str):
        locator.fill(text)

    def slide(self, locator: Locator, value: int):
        locator.fill(str(value))


class Keyboard:
    """Goes from one control to the next with the tabulator and has no other way to reach anything."""

    def press(self, locator: Locator):
        self._reach(locator)
        locator.page.keyboard.press("Enter")

    def tick(self, locator: Locator):
        kind = locator.get_attribute("type")
        self._reach(locator)
        if not locator.is_checked():
            locator.page.keyboard.press("Space")
        assert locator.is_checked(), f"a {kind} that Space does not mark"

    def choose(self, locator: Locator, label: str):
        self._reach(locator)
        options = locator.locator("option").all_text_contents()
        at = locator.evaluate("one => one.selectedIndex")
        step = options.index(label) - at
        for _ in range(abs(step)):
            locator.page.keyboard.press("ArrowDown" if step > 0 else "ArrowUp")

    def write(self, locator: Locator, text: str):
        self._reach(locator)
        locator.page.keyboard.press("ControlOrMeta+a")
        locator.page.keyboard.type(text)

    def slide(self, locator: Locator, value: int):
        self._reach(locator)
        page, step = locator.page, int(locator.get_attribute("step"))
        page.keyboard.press("Home")
        for _ in range(value // step):
            page.keyboard.press("ArrowRight")
        assert locator.input_value() == str(value)

    def _reach(self, locator: Locator):
        """Tab until it has the focus; a radio of a group is reached by arrows from the one that has."""
        locator.wait_for()
        keyboard = locator.page.keyboard
        for _ in range(MOST_TABS):
            if locator.evaluate("one => one === document.activeElement"):
                return
            is_near = locator.evaluate(
                "one => one.type === 'radio' && document.activeElement.type === 'radio'"
                " && document.activeElement.name === one.name && document.activeElement.form === one.form"
            )
            keyboard.press("ArrowDown" if is_near else "Tab")
        raise AssertionError(f"{locator} cannot be reached with the keyboard")
