"""What every journey through the matrix does."""


def name(page, address, actors):
    """Give a new map its actors."""
    page.goto(f"{address}fases/1/")
    page.get_by_label("Agrega actores").fill("\n".join(actors))
    with page.expect_navigation():
        page.get_by_role("button", name="Agregar actores").click()


def cell(page, actor, column):
    return page.locator(f'tr:has([data-column="name"] :text-is("{actor}")) [data-column="{column}"]')


def saved(page):
    page.locator(".grid-state", has_text="Guardado").wait_for()
