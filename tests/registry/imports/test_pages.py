"""The pages of an import: uploading, saying which column is which, watching, and deciding about the preview."""

import csv
import html
import re
from datetime import timedelta
from io import BytesIO, StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from registry.actions.declarations import declare
from registry.actions.imports import work_due
from registry.actions.imports.working import take_due, work_at
from registry.models import (
    Declaration,
    DeclarationKind,
    Import,
    ImportState,
    Job,
    KnownHeading,
    Letter,
    Role,
    Stage,
)
from registry.models.job import SILENCE
from registry.said import Said
from registry.spreadsheets import form_of, sheets
from tests import factories
from tests.registry.imports.conftest import table

HOME = "/workspace/birch/import/"
ROWS = table(["bookings", "Emberfold", "Quill", "£1,200", "2026-27"], ["nowhere", "Other", "", "", ""])


def words(response) -> str:
    return html.unescape(" ".join(re.sub("<[^>]+>", " ", response.content.decode()).split()))


def sends(client, content=ROWS, name="portfolio.csv"):
    content = content if isinstance(content, bytes) else content.encode()
    return client.post(HOME, {"file": SimpleUploadedFile(name, content)})


def imported_of(client, **sent) -> tuple[Import, str]:
    """What a file led to once a worker has seen it, and the address of its page."""
    address = sends(client, **sent)["Location"]
    work_due()
    return Import.objects.latest("pk"), address


def test_upload_page_offers_templates_and_says_the_rules(come, function):
    page = words(come().get(HOME))

    assert "What is not in the file stays as it is" in page
    assert "Nothing yet." in page
    assert "For example: £1,200.50" in page


def test_file_is_uploaded_checked_and_applied(come, function):
    client = come()
    imported, address = imported_of(client)
    preview = client.get(address)

    assert "1 new, 0 changed, 1 problem, 0 unchanged" in words(preview)
    assert "Row 3 function nowhere There is no function “nowhere”" in words(preview)
    assert Declaration.objects.count() == 0

    assert client.post(f"{HOME}{imported.pk}/apply/")["Location"] == address
    work_due()
    done = client.get(address)
    assert "1 row is published. 1 row with a problem is not." in words(done)
    assert "Take it back" in words(done)
    assert Declaration.objects.current().get().system == "Emberfold"
    undo = re.search(r'action="(/workspace/birch/acts/\d+/undo/)"', done.content.decode())[1]
    client.post(undo)
    assert not Declaration.objects.current().exists()
    assert "Take it back" not in words(client.get(address))


def test_pasted_table_is_read(come, function):
    client = come()
    client.post(HOME, {"text": "function\tsystem\nbookings\tEmberfold\n"})
    work_due()

    assert Import.objects.get().new == 1


@pytest.mark.parametrize(
    ("sent", "words_told"),
    [
        ({}, "Choose a file, or paste a table"),
        ({"file": SimpleUploadedFile("a.csv", b"x,y\n1,2"), "text": "a"}, "not both"),
        ({"file": SimpleUploadedFile("a.csv", b"")}, "The file is empty"),
        ({"file": SimpleUploadedFile("a.xlsx", b"function,system")}, "but it is a text"),
        ({"text": "x" * 1_000_001}, "too much to paste"),
    ],
)
def test_what_cannot_be_taken_is_told_on_the_form(come, world, sent, words_told):
    for one in sent.values():
        if hasattr(one, "seek"):
            one.seek(0)
    response = come().post(HOME, sent)

    assert response.status_code == 400
    assert words_told in words(response)
    assert not Import.objects.exists()


def test_too_large_request_is_refused_unread(come, world):
    response = come().post(HOME, b"x", content_type="multipart/form-data; boundary=b", CONTENT_LENGTH="30000000")

    assert response.status_code == 413
    assert "larger than 20 MB" in words(response)


def test_more_text_than_a_form_holds_is_refused_in_a_sentence(come, world):
    response = come().post(HOME, {"text": "x" * 3_000_000})

    assert response.status_code == 413
    assert "too much to paste" in words(response)


def test_unknown_heading_is_asked_and_remembered(come, function):
    client = come()
    file = "function,Thingamajig,Zzz\nbookings,Emberfold,1\n"
    imported, address = imported_of(client, content=file)
    assert imported.state == ImportState.ASKING
    assert "Say which column is which" in words(client.get(address))
    page = words(client.get(f"{HOME}{imported.pk}/columns/"))
    assert "Thingamajig For example: Emberfold" in page

    wrong = client.post(f"{HOME}{imported.pk}/columns/", {"column-0": "function", "column-1": "?", "column-2": ""})
    assert "Say what “Thingamajig” is" in words(wrong)
    twice = {"column-0": "function", "column-1": "function", "column-2": ""}
    assert "chosen twice" in words(client.post(f"{HOME}{imported.pk}/columns/", twice))
    client.post(f"{HOME}{imported.pk}/columns/", {"column-0": "function", "column-1": "system", "column-2": ""})
    work_due()

    imported.refresh_from_db()
    assert (imported.state, imported.new) == (ImportState.READY, 1)
    assert dict(KnownHeading.objects.values_list("heading", "column"))["thingamajig"] == "system"
    again, _address = imported_of(client, content=file.replace("Emberfold", "Other"))
    assert again.state == ImportState.READY


def test_editor_s_preview_waits_for_an_owner(come, function, world):
    editor = come(Role.EDITOR, second_factor=False)
    imported, address = imported_of(editor)
    assert "An owner of your body sees this preview" in words(editor.get(address))
    assert editor.post(f"{HOME}{imported.pk}/apply/").status_code == 403

    owner = come()
    assert "1 import waits to be applied by an owner" in words(owner.get("/workspace/birch/"))
    owner.post(f"{HOME}{imported.pk}/apply/")
    work_due()
    assert Declaration.objects.current().count() == 1


def test_reader_sees_the_preview_and_changes_nothing(come, function):
    _imported, address = imported_of(come())
    reader = come(Role.READER, second_factor=False)

    page = reader.get(address)
    assert page.status_code == 200
    assert "Import the good" not in words(page)
    assert reader.get(HOME).status_code == 403


def test_others_learn_nothing_of_an_import(come, function, client):
    imported, address = imported_of(come())
    foreign = come(organisation=factories.organisation(slug="oak"))

    assert foreign.get(address).status_code == 404
    assert foreign.get(f"{HOME}{imported.pk}/columns/").status_code == 404
    assert foreign.post(f"/workspace/oak/import/{imported.pk}/drop/").status_code == 404
    client.logout()
    assert client.get(address).status_code == 302


def test_changed_rows_show_before_and_after(come, function, world):
    said = Said(kind=DeclarationKind.DUPLICATE, system="Emberfold", supplier="Old & Sons")
    declare(organisation=world.body, function=function, statements=[said], by=world.owner)
    client = come()
    _imported, address = imported_of(client)

    page = words(client.get(f"{address}?show=changed"))
    assert "Supplier Old & Sons Quill" in page
    assert "Cost a year not stated £1,200" in page


def test_hostile_cells_are_text(come, function):
    client = come()
    hostile = "<script>alert(1)</script>"
    _imported, address = imported_of(client, content=table([hostile, hostile, "", "", ""]), name=f"{hostile}.csv")

    assert b"<script>alert" not in client.get(address).content


def test_preview_of_many_rows_costs_few_queries(come, function, django_assert_max_num_queries):
    rows = [["bookings" if number % 2 else "x", f"System {number}", "", "", ""] for number in range(200)]
    client = come()
    _imported, address = imported_of(client, content=table(*rows))

    for show in ("problem", "new"):
        with django_assert_max_num_queries(6):
            page = client.get(f"{address}?show={show}&page=1")
        assert page.status_code == 200


# Watching


@pytest.fixture
def running(come, function) -> tuple:
    client = come()
    address = sends(client)["Location"]
    imported = take_due()
    Job.objects.filter(pk=imported.job_id).update(stage="Reading", done=12_400, total=58_000)
    return client, address, imported


def test_page_that_waits_says_how_far_it_is(running):
    client, address, _imported = running
    page = client.get(address)

    assert "12,400 of 58,000 rows" in words(page)
    assert "we will e-mail you" in words(page)
    assert "Cancel" in words(page)
    assert b'<noscript><meta http-equiv="refresh" content="5"></noscript>' in page.content
    assert b'<li aria-current="step"><strong>Reading</strong>' in page.content


def test_htmx_is_told_of_what_is_new_alone(running):
    client, address, imported = running
    asked = html.unescape(re.search(r'hx-get="([^"]+)"', client.get(address).content.decode())[1])
    htmx = {"HX-Request": "true"}

    assert client.get(asked, headers=htmx).status_code == 204
    Job.objects.filter(pk=imported.job_id).update(done=12_401)
    ticked = client.get(asked, headers=htmx).content.decode()
    assert "12,401 of 58,000 rows" in ticked
    assert 'role="status"' not in ticked
    Job.objects.filter(pk=imported.job_id).update(stage="Checking")
    assert 'role="status"' in client.get(asked, headers=htmx).content.decode()
    Job.objects.filter(pk=imported.job_id).update(state="asking")
    assert client.get(asked, headers=htmx)["HX-Refresh"] == "true"


def test_time_left_follows_from_the_pace(running):
    client, address, imported = running
    began = timezone.now() - timedelta(minutes=2)
    Job.objects.filter(pk=imported.job_id).update(stage_began_at=began, heartbeat_at=timezone.now(), done=14_500)

    assert "This stage takes about 6 minutes more" in words(client.get(address))


def test_dead_worker_is_no_eternal_progress(running, time_machine):
    client, address, _imported = running
    time_machine.move_to(timezone.now() + SILENCE + timedelta(seconds=1))

    page = client.get(address)
    assert "Your portfolio could not be imported" in words(page)
    assert "Your file is kept" in words(page)
    assert "Try again" in words(page)
    assert b"http-equiv" not in page.content


def test_cancelled_while_it_is_read_saves_nothing(running):
    client, _address, imported = running
    client.post(f"{HOME}{imported.pk}/drop/")

    work_at(imported)
    imported.refresh_from_db()
    assert (imported.state, imported.lines.count()) == (ImportState.DROPPED, 0)


def test_failed_import_says_what_was_saved(come, function):
    client = come()
    _imported, address = imported_of(client, content="function,system\n")

    page = words(client.get(address))
    assert "The table is empty" in page
    assert "Nothing of this file. What you said before stands as it was." in page
    assert "Reference:" in page


def test_whoever_left_is_written_to_once(come, function, time_machine):
    client = come()
    address = sends(client)["Location"]
    client.get(address)
    time_machine.move_to(timezone.now() + timedelta(minutes=1))
    work_due()
    work_due()

    letter = Letter.objects.get()
    assert "1 new, 0 changed, 1 problem" in letter.text
    assert address in letter.text


def test_whoever_watches_is_not_written_to(come, function):
    client = come()
    address = sends(client)["Location"]
    client.get(address)
    work_due()

    assert not Letter.objects.exists()


# Files


def read(response, form) -> list[list[str]]:
    file = BytesIO(response.content)
    return [row for _number, row in next(sheets(file, form_of(file, f"x.{form}"))).rows()]


@pytest.mark.parametrize("form", ["csv", "xlsx", "ods"])
def test_filled_template_sent_back_changes_nothing(come, world, function, shared, form):
    said = [
        Said(kind=DeclarationKind.ADOPTION, component="sorrelpost", stage=Stage.RETIRED, coverage=0.4),
        Said(kind=DeclarationKind.DUPLICATE, system="Emberfold", reason="Two\nlines", why="better", transactions=1.5),
    ]
    declare(organisation=world.body, function=function, statements=said, by=world.owner)
    not_ours = factories.function(slug="parks")
    plain = [Said(kind=DeclarationKind.NOT_RESPONSIBLE)]
    declare(organisation=world.body, function=not_ours, statements=plain, by=world.owner)
    client = come()
    file = client.get(f"{HOME}template.{form}?filled")

    imported, _address = imported_of(client, content=file.content, name=f"x.{form}")
    assert (imported.state, imported.unchanged, imported.rows) == (ImportState.APPLIED, 3, 3)


@pytest.mark.parametrize("form", ["csv", "xlsx", "ods"])
def test_blank_template_has_the_functions_and_sent_back_says_nothing(come, world, function, form):
    said = [Said(kind=DeclarationKind.DUPLICATE, system="Emberfold")]
    declare(organisation=world.body, function=function, statements=said, by=world.owner)
    client = come()
    file = client.get(f"{HOME}template.{form}")

    assert read(file, form)[1][:3] in (["bookings", "Bookings"], ["bookings", "Bookings", ""])
    imported, address = imported_of(client, content=file.content, name=f"x.{form}")
    assert (imported.state, imported.rows) == (ImportState.APPLIED, 0)
    assert "No row says more" in words(client.get(address))


def test_portfolio_s_own_file_can_be_sent_back(come, world, function):
    said = Said(kind=DeclarationKind.DUPLICATE, system="Emberfold", supplier="Quill", contact="Us")
    declare(organisation=world.body, function=function, statements=[said], by=world.owner)
    client = come()
    file = b"".join(client.get("/workspace/birch/portfolio.csv").streaming_content)

    imported, _address = imported_of(client, content=file)
    assert (imported.state, imported.unchanged) == (ImportState.APPLIED, 1)


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_rows_to_mend_are_mended_and_sent_again(come, function, form):
    client = come()
    content = "Function;Our own heading;System;Supplier\nnowhere;'=x;Emberfold;'-Quill\nbookings;;Good;\n"
    imported, _address = imported_of(client, content=content)
    client.post(
        f"{HOME}{imported.pk}/columns/",
        {"column-0": "function", "column-1": "", "column-2": "system", "column-3": "supplier"},
    )
    work_due()
    file = client.get(f"{HOME}{imported.pk}/to-mend.{form}")

    heading, row = read(file, form)
    assert heading == ["Function", "Our own heading", "System", "Supplier", "What to do"]
    assert row[:4] == ["nowhere", "'=x", "Emberfold", "'-Quill"]
    assert row[4].startswith("There is no function “nowhere”")
    text = StringIO()
    csv.writer(text).writerows([heading, ["bookings", *row[1:3], "Quill", row[4]]])
    mended, _address = imported_of(client, content=text.getvalue())
    assert (mended.state, mended.new, mended.problems) == (ImportState.READY, 1, 0)


def test_unknown_kinds_of_files_are_not_there(come, function):
    client = come()
    imported, _address = imported_of(client)

    assert client.get(f"{HOME}template.pdf").status_code == 404
    assert client.get(f"{HOME}{imported.pk}/to-mend.ods").status_code == 404
