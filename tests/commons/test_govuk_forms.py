"""Django's forms in the design system's markup."""

import re
from datetime import date

import pytest
from django import forms
from django.contrib import admin
from django.template.loader import render_to_string

from commons.forms import DatePartsField


class Everything(forms.Form):
    name = forms.CharField(label="What is <it> called?", max_length=100, help_text="As people say it")
    address = forms.EmailField(required=False, widget=forms.EmailInput(attrs={"autocomplete": "email"}))
    secret = forms.CharField(widget=forms.PasswordInput, required=False)
    users = forms.IntegerField(required=False)
    price = forms.DecimalField(required=False, widget=forms.NumberInput(attrs={"class": "govuk-input--width-5"}))
    about = forms.CharField(widget=forms.Textarea, required=False)
    reason = forms.CharField(widget=forms.Textarea, max_length=200, required=False)
    kind = forms.ChoiceField(choices=[("", "Choose"), ("service", "Service"), ("dataset", "Data & sets")])
    stage = forms.ChoiceField(choices=[("live", "Live"), ("pilot", "Pilot")], widget=forms.RadioSelect)
    groups = forms.MultipleChoiceField(
        choices=[("a", "A"), ("b", "B")], widget=forms.CheckboxSelectMultiple, required=False
    )
    agree = forms.BooleanField(label="I may publish this")
    since = DatePartsField(label="The date it began")
    file = forms.FileField(required=False)
    token = forms.CharField(widget=forms.HiddenInput, required=False)


def drawn(field: str, data: dict | None = None, **initial) -> str:
    html = str(Everything(data, initial=initial)[field].as_field_group())
    return re.sub(r"\s+", " ", html)


def test_text_field_has_label_and_hint_and_names_them():
    html = drawn("name", name="Pay")
    assert re.search(r'<label class="govuk-label" for="id_name"> ?What is &lt;it&gt; called\? ?</label>', html)
    assert re.search(r'<div id="id_name-hint" class="govuk-hint"> ?As people say it ?</div>', html)
    assert re.search(r'<input class="govuk-input" id="id_name" name="name" type="text" .*value="Pay"', html)
    assert 'aria-describedby="id_name-hint"' in html


def test_field_shows_its_error_and_joins_it_to_the_control():
    html = drawn("name", {"name": ""})
    assert "govuk-form-group--error" in html
    assert "govuk-input--error" in html
    assert 'aria-describedby="id_name-hint id_name-error"' in html
    assert "“What is &lt;it&gt; called?” needs an answer" in html


def test_field_leaves_checking_to_our_own_messages():
    assert " required" not in drawn("name")


def test_field_passes_attributes_of_its_widget_on():
    html = drawn("address")
    assert 'autocomplete="email"' in html
    assert 'type="email"' in html


def test_number_fields_are_text_with_a_number_keyboard():
    assert 'type="text"' in drawn("users")
    assert 'inputmode="numeric"' in drawn("users")
    assert 'inputmode="decimal"' in drawn("price")
    assert "govuk-input--width-5" in drawn("price")


def test_password_is_never_written_back():
    html = drawn("secret", {"secret": "hunter2"})
    assert "govuk-password-input" in html
    assert "hunter2" not in html


def test_textarea_counts_characters_where_there_is_a_limit():
    assert "govuk-character-count" not in drawn("about")
    html = drawn("reason", {"reason": "</textarea><script>"})
    assert 'data-maxlength="200"' in html
    assert "<script>" not in html


def test_select_marks_the_chosen_option():
    html = drawn("kind", {"kind": "dataset"})
    assert 'class="govuk-select"' in html
    assert re.search(r'<option value="dataset" selected> ?Data &amp; sets ?</option>', html)


def test_radios_stand_in_a_fieldset_and_keep_the_answer():
    html = drawn("stage", {"stage": "pilot"})
    assert "govuk-fieldset__legend" in html
    assert html.count('type="radio"') == 2
    assert re.search(r'id="id_stage-2" name="stage" type="radio" value="pilot" checked', html)


def test_checkboxes_keep_the_answers():
    html = drawn("groups", {"groups": ["b"]})
    assert re.search(r'name="groups" type="checkbox" value="b" checked', html)
    assert not re.search(r'value="a" checked', html)


def test_single_checkbox_has_no_question_above_it():
    html = drawn("agree", {"agree": "on"})
    assert "govuk-fieldset__legend" not in html
    assert re.search(r'name="agree" type="checkbox" value="on" checked', html)
    assert "I may publish this" in html


def test_file_field_asks_for_a_file():
    [control] = re.findall(r'<input class="govuk-file-upload"[^>]*>', drawn("file"))
    assert 'id="id_file"' in control
    assert 'name="file"' in control
    assert 'type="file"' in control


def test_date_field_asks_in_three_boxes():
    html = drawn("since", since=date(2026, 3, 5))
    assert re.findall(r'name="since-(\w+)"[^>]* value="(\d+)"', html) == [
        ("day", "5"),
        ("month", "3"),
        ("year", "2026"),
    ]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (("31", "", ""), "The date it began must include a month and a year"),
        (("31", "2", "2026"), "The date it began must be a real date"),
        (("x", "2", "2026"), "The date it began must be a real date"),
        (("", "", ""), "This field is required."),
    ],
)
def test_date_field_says_what_is_wrong(typed, sentence):
    form = Everything(dict(zip(("since-day", "since-month", "since-year"), typed, strict=True)))
    assert form.errors["since"] == [sentence]
    assert form["since"].as_field_group().count("govuk-input--error") == 3


def test_date_field_reads_a_date():
    form = Everything({"since-day": "5", "since-month": "3", "since-year": "2026"})
    assert "since" not in form.errors
    assert form.cleaned_data["since"] == date(2026, 3, 5)


def test_date_field_keeps_what_was_typed():
    html = drawn("since", {"since-day": "31", "since-month": "<2", "since-year": "2026"})
    assert 'value="&lt;2"' in html


def test_error_summary_leads_to_each_control():
    html = render_to_string("govuk/error_summary.html", {"form": Everything({})})
    assert "There is a problem" in html
    assert re.findall(r'href="(#[^"]+)"', html) == ["#id_name", "#id_kind", "#id_stage", "#id_agree", "#id_since-day"]
    drawn_form = str(Everything({}))
    for target in re.findall(r'href="#([^"]+)"', html):
        assert f'id="{target}"' in drawn_form


def test_error_summary_says_which_field_each_error_means():
    html = render_to_string("govuk/error_summary.html", {"form": Everything({})})
    assert "“Kind” needs an answer" in html
    assert "“I may publish this” must be ticked" in html
    assert "This field" not in html


def test_field_keeps_the_forms_own_message():
    class Own(forms.Form):
        name = forms.CharField(error_messages={"required": "Enter the name of the component"})

    assert "Enter the name of the component" in Own({})["name"].as_field_group()


def test_error_summary_shows_errors_of_the_form_itself():
    form = Everything({})
    form.add_error(None, "Somebody else changed <this>.")
    assert "Somebody else changed &lt;this&gt;." in render_to_string("govuk/error_summary.html", {"form": form})


def test_error_summary_is_absent_before_anything_was_sent():
    assert render_to_string("govuk/error_summary.html", {"form": Everything()}).strip() == ""


def test_form_draws_every_field_once_and_hidden_ones_last():
    html = str(Everything())
    assert html.count("govuk-form-group") >= 13
    assert re.findall(r'<input type="hidden" name="token" id="id_token">', html)


def test_field_as_heading_is_the_pages_h1():
    html = render_to_string("govuk/forms/field.html", {"field": Everything()["name"], "heading": True})
    assert re.search(r'<h1 class="govuk-label-wrapper">', html)


def test_widgets_of_the_admin_keep_djangos_own_markup():
    assert (
        str(admin.widgets.AdminTextInputWidget().render("x", "y"))
        == '<input type="text" name="x" value="y" class="vTextField">'
    )
