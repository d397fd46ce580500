"""The form to tick items of the PEMAT-P. Nothing is chosen beforehand; what is left open stays as it was."""

from typing import Any

from crispy_forms.bootstrap import InlineRadios
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms

from therapies.pemat import Answer, Item
from therapies.ticking import ItemState

YES_NO = [(Answer.YES.value, "Yes"), (Answer.NO.value, "No")]
MAY_NOT_APPLY = [*YES_NO, (Answer.NOT_APPLICABLE.value, "Does not apply")]


class PematForm(forms.Form):
    """A question for each of the `states`, which are those that the program leaves to a person."""

    def __init__(self, states: tuple[ItemState, ...], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items = {_name(state.item): state.item for state in states}
        for state in states:
            self.fields[_name(state.item)] = _question(state)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(
            *(InlineRadios(name, wrapper_class="question") for name in self.items),
            Submit("keep", "Keep my ticks", css_class="button button--primary"),
        )

    @property
    def answers(self) -> dict[int, Answer]:
        """What was ticked, by the item's number."""
        given = {item.number: self.cleaned_data[name] for name, item in self.items.items()}
        return {number: Answer(answer) for number, answer in given.items() if answer}


def _name(item: Item) -> str:
    return f"item_{item.number}"


def _question(state: ItemState) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=f"{state.item.number}. {state.item.text}",
        choices=MAY_NOT_APPLY if state.item.may_not_apply else YES_NO,
        widget=forms.RadioSelect,
        required=False,
        help_text="Ticked already. A new tick replaces it." if state.tick else "",
    )
