"""A picture to upload: what is wrong with the file stands at the file, and the words that were typed stay."""

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from practice.file_limit import MEGABYTE, MOST_BYTES
from therapies.forms_words import SentenceField
from therapies.languages import ENGLISH, languages
from therapies.reencoding import Reencoded, UploadError, reencode

ALT = "alt_"
MOST = f"at most {MOST_BYTES // MEGABYTE} MB"


class UploadForm(forms.Form):
    """After `is_valid()`, `made` is the picture as it is going to be stored."""

    made: Reencoded
    title = SentenceField("Title", most=80, help_text="For staff, to find it again.")
    agreed = forms.BooleanField(
        label="The clinic may show and print this picture, and everybody in it agreed to that in writing.",
        help_text="What is stored stays in the library's record. Upload no picture of a patient without that leave.",
        error_messages={"required": "Without this the picture cannot be used."},
    )
    # The last one: what stands before it arrives even where the file is cut off.
    file = forms.FileField(
        label="The file",
        help_text=f"A PNG, JPEG or WebP that stands still, {MOST}. It is written anew: where and when a photo was"
        " taken is not kept.",
        error_messages={
            "required": f"Choose a picture of {MOST}.",
            "empty": "This file is empty.",
        },
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, language in languages().items():
            self.fields[ALT + code] = SentenceField(
                f"What it shows, in {language.name_in_english}",
                required=code == ENGLISH,
                help_text="One sentence for people who cannot see it." if code == ENGLISH else "",
                widget=forms.TextInput(attrs={"lang": code}),
            )
        self.order_fields(["title", *(ALT + code for code in languages()), "agreed", "file"])
        self.helper = FormHelper()
        self.helper.form_tag = False

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if file.size and file.size > MOST_BYTES:
            raise ValidationError(f"This file has {file.size / MEGABYTE:.1f} MB. It may have {MOST}.")
        try:
            self.made = reencode(file.read())
        except UploadError as error:
            raise ValidationError(str(error)) from error
        return file

    @property
    def words(self) -> dict[str, list[str]]:
        """The sentence by language; only the languages in which there is one."""
        said = {code: self.cleaned_data[ALT + code] for code in languages()}
        return {code: [sentence] for code, sentence in said.items() if sentence}
