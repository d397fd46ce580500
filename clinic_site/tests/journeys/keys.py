"""What somebody does who has a keyboard and no mouse: Tab to a thing by its name, then press it or type."""

from dataclasses import dataclass

from playwright.sync_api import Page

MOST_STOPS = 400
# The names that the focused thing goes by: its label, its words or a row's first ones, and the question that a choice
# answers.
NAMES = """() => {
  const each = document.activeElement;
  const question = each.type === "radio" && each.closest("fieldset")?.querySelector("legend")?.textContent;
  const row = each.querySelector(".results__name")?.textContent;
  return [each.getAttribute("aria-label"), each.labels?.[0]?.textContent, each.textContent, row, each.value, question]
    .map(words => (words || "").replace("*", "").replace(/\\s+/g, " ").trim());
}"""


@dataclass(frozen=True)
class Keys:
    page: Page

    def go_to(self, name: str, *, back: bool = False) -> None:
        """Press Tab (Shift+Tab to go back) until the thing of this name has the focus."""
        for _ in range(MOST_STOPS):
            self.page.keyboard.press("Shift+Tab" if back else "Tab")
            if self.has(name):
                return
        raise AssertionError(f"{name} was not reached by the keyboard")

    def has(self, name: str) -> bool:
        """Whether the focus is on the thing of this name."""
        return name in self.page.evaluate(NAMES)

    def press(self, name: str, key: str = "Enter") -> None:
        self.go_to(name)
        self.page.keyboard.press(key)

    def type(self, name: str, text: str) -> None:
        """Type into the field of this name."""
        self.go_to(name)
        self.page.keyboard.type(text)
