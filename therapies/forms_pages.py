"""A therapy's page as a form. Its long fields are short Markdown; none has tags."""

from datetime import date
from typing import Any

from crispy_forms.layout import Layout
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from therapies.catalogue_entries import PageText
from therapies.catalogue_files import limit
from therapies.content import PageContent
from therapies.forms_facts import source_choices
from therapies.forms_words import LinesField, SeenForm, SentenceField, refuse
from therapies.languages import languages
from therapies.models import Source, TherapyPage
from therapies.plain_text import LONGEST_MARKDOWN, fault_of_markdown, fault_of_plain_text

HOW = "An empty line begins a paragraph. Lines that begin with “- ” are a list."


class MarkdownField(forms.CharField):
    def __init__(self, label: str, *, rows: int = 6, **kwargs: Any) -> None:
        super().__init__(
            label=label,
            help_text=HOW,
            max_length=LONGEST_MARKDOWN,
            widget=forms.Textarea(attrs={"rows": rows}),
            validators=[refuse(fault_of_markdown)],
            **kwargs,
        )
        self.widget.attrs.pop("maxlength", None)

    def to_python(self, value: Any) -> Any:
        return (super().to_python(value) or "").replace("\r\n", "\n")


class PageForm(SeenForm):
    title = SentenceField("Title", most=limit(TherapyPage, "title"))
    summary = SentenceField("In short", most=limit(TherapyPage, "summary"))
    what_it_is = MarkdownField("What it is")
    may_help = MarkdownField("What it may help")
    ask_first = LinesField("Ask first, or do not use", rows=8)
    what_to_expect = MarkdownField("What to expect", rows=8)
    who_does_it = forms.CharField(
        label="Who does it",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        validators=[refuse(fault_of_plain_text)],
    )
    known = MarkdownField("What is known")
    not_known = MarkdownField("What is not known")
    learn_more = SentenceField("Learn more", most=limit(TherapyPage, "learn_more"))
    reviewed_on = forms.DateField(
        label="The facts were last reviewed on",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "Write the day like 2026-11-01."},
    )
    sources = forms.ModelMultipleChoiceField(
        label="Sources",
        queryset=Source.objects.all(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Name at least one source."},
    )

    def __init__(self, *args: Any, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in PageText.__dataclass_fields__:
            self.fields[name].widget.attrs |= {"lang": language, "dir": languages()[language].direction}
        self.fields["sources"].choices = source_choices(self.initial.get("sources", ()))  # type: ignore[attr-defined]
        self.helper.layout = Layout(*(name for name in self.fields if name != "seen"), "seen")

    def clean_reviewed_on(self) -> date:
        day: date = self.cleaned_data["reviewed_on"]
        if day > timezone.localdate():
            raise ValidationError("This day is still to come.")
        return day

    @property
    def content(self) -> PageContent:
        words = {name: self.cleaned_data[name] for name in PageText.__dataclass_fields__}
        sources = tuple(sorted(source.pk for source in self.cleaned_data["sources"]))
        return PageContent(PageText(**words), sources, self.cleaned_data["reviewed_on"])


def initial_of_page(content: PageContent) -> dict[str, Any]:
    """The page by the names of the form's fields."""
    words = {name: getattr(content.text, name) for name in PageText.__dataclass_fields__}
    return {**words, "sources": content.sources, "reviewed_on": content.reviewed_on}
