"""How somebody works a page: with a mouse or a finger, or with the keyboard alone."""

from playwright.sync_api import Locator

MOST_TABS = 150


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
