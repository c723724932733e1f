from datetime import date

import pytest
from django import forms
from django.template import Context, Template
from django.template.loader import render_to_string
from django.utils.html import strip_tags

from core.templatetags import ui


def draw(source, **context):
    return Template("{% load ui %}" + source).render(Context(context)).strip()


def words(html):
    return " ".join(strip_tags(html).split())


@pytest.mark.parametrize(
    ("value", "written"),
    [(0, "0"), (7, "7"), (1234567, "1.234.567"), (60000.0, "60.000"), (None, "–"), ("", "–")],
)
def test_number_groups_thousands_and_tells_zero_from_nothing(value, written):
    assert ui.number(value) == written


AGENTS = [
    ("Mozilla/5.0 (Linux; Android 13; SM-A135F) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Mobile "
     "Safari/537.36", "Chrome trên điện thoại Android"),
    ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) coc_coc_browser/123.0 "
     "Chrome/117.0 Safari/537.36", "Cốc Cốc trên máy tính Windows"),
    ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/119.0 Safari/537.36 Edg/119.0",
     "Edge trên máy tính Windows"),
    ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_1) AppleWebKit/605.1 Version/17.1 Mobile Safari/604.1",
     "Safari trên iPhone"),
    ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15) Gecko Firefox/120.0", "Firefox trên máy Mac"),
    ("curl/8.0", "Trình duyệt khác trên máy không rõ loại"),
    (None, "Trình duyệt khác trên máy không rõ loại"),
]  # fmt: skip


@pytest.mark.parametrize(("agent", "words"), AGENTS)
def test_what_somebody_signed_in_with_is_told_in_words(agent, words):
    assert ui.device(agent) == words


@pytest.mark.parametrize(("value", "written"), [(68.84, "68,8"), (1234.5, "1.234,5"), (None, "–")])
def test_decimal_has_a_comma(value, written):
    assert ui.decimal(value) == written


@pytest.mark.parametrize(
    ("percent", "length"), [(68.84, "68.8%"), (130, "100.0%"), (-2, "0.0%"), (None, "0.0%")]
)
def test_share_is_an_svg_length_within_the_bar(percent, length):
    assert ui.share(percent) == length


def test_hold_keeps_the_last_two_words_together():
    assert ui.hold("Bình dân học vụ số") == "Bình dân học vụ\u00a0số"
    assert ui.hold("Đoàn") == "Đoàn"


@pytest.mark.parametrize(
    ("name", "letters"), [("Nguyễn Thị Hường", "NH"), ("Ánh", "Á"), ("", ""), (None, "")]
)
def test_initials_are_family_and_given_name(name, letters):
    assert ui.initials(name) == letters


def test_icon_beside_a_word_is_silent():
    drawn = draw('{% icon "check" %}')

    assert drawn.startswith(
        '<svg class="icon" viewBox="0 0 16 16" focusable="false" aria-hidden="true"><path'
    )


def test_icon_alone_has_a_name_and_escapes_it():
    drawn = draw('{% icon "check" label=label %}', label='"Đạt" & xong')

    assert 'role="img" aria-label="&quot;Đạt&quot; &amp; xong"' in drawn


def test_an_icon_that_is_not_vendored_stops_the_page():
    with pytest.raises(FileNotFoundError):
        draw('{% icon "no-such-icon" %}')


def test_every_state_has_an_icon():
    drawn = {state: draw("{% icon state|state_icon %}", state=state) for state in ui.STATE_ICONS}

    assert all("<path" in svg for svg in drawn.values())


def test_panel_wraps_its_content_and_escapes_its_title():
    drawn = draw('{% panel title=title tone="amber" %}<p>Hết chỗ</p>{% endpanel %}', title="Chờ <b>")

    assert drawn == (
        '<div class="panel panel-amber"><h2 class="panel-title">Chờ &lt;b&gt;</h2><p>Hết chỗ</p></div>'
    )


def test_section_spans_the_page_under_its_title():
    drawn = draw('{% section title="Lớp" tone="ground" %}<p>Chưa có</p>{% endsection %}')

    assert drawn == (
        '<section class="section section-ground"><div class="container">'
        '<div class="section-head"><h2>Lớp</h2></div><p>Chưa có</p></div></section>'
    )


def test_a_wide_table_can_be_scrolled_by_keyboard():
    drawn = draw('{% wide label="Đơn vị" %}<table></table>{% endwide %}')

    assert drawn == (
        '<div class="table-wrap" role="region" aria-label="Đơn vị" tabindex="0"><table></table></div>'
    )


def test_date_block_shows_day_and_month():
    drawn = render_to_string("components/date_block.html", {"day": date(2026, 3, 7)})

    assert words(drawn) == "7 Tháng 3"
    assert 'datetime="2026-03-07"' in drawn


def test_target_line_says_value_target_state_and_gap():
    line = {
        "name": "Người học xong",
        "value": 6940,
        "target": 12000,
        "measure": "người",
        "percent": 57.83,
        "needed": 62.5,
        "state": "late",
        "word": "Chậm",
        "gap": "Thiếu 560 người",
    }

    drawn = render_to_string("components/target_line.html", line)

    assert words(drawn) == "Người học xong 6.940 / 12.000 người Chậm Thiếu 560 người"
    assert 'width="57.8%" height="10" rx="5" fill="url(#late-stripes)"' in drawn
    assert 'class="bar-notch" x="62.5%"' in drawn


def test_a_target_nobody_reported_on_shows_a_dash_and_no_fill():
    line = {"name": "Lớp", "value": None, "target": 5, "measure": "lớp", "percent": None, "state": "silent"}

    drawn = render_to_string("components/target_line.html", line | {"word": "Chưa báo cáo"})

    assert words(drawn) == "Lớp – / 5 lớp Chưa báo cáo"
    assert "bar-fill" not in drawn


class DelegateForm(forms.Form):
    phone = forms.CharField(label="Số điện thoại", help_text="10 số, bắt đầu bằng 0.")
    note = forms.CharField(label="Ghi chú", required=False)


def test_a_refused_form_links_each_error_to_its_field():
    form = DelegateForm({"phone": "", "note": ""})

    drawn = render_to_string("components/form_fields.html", {"form": form})

    assert '<a href="#id_phone">Số điện thoại: ' in drawn
    assert 'aria-invalid="true"' in drawn
    assert 'aria-describedby="id_phone_helptext id_phone_error"' in drawn
    assert 'id="id_phone_helptext"' in drawn
    assert 'id="id_phone_error"' in drawn


def test_a_field_that_may_stay_empty_says_so():
    drawn = render_to_string("components/form_fields.html", {"form": DelegateForm()})

    assert words(drawn) == "Số điện thoại 10 số, bắt đầu bằng 0. Ghi chú (không bắt buộc)"


def test_problems_renders_nothing_without_problems():
    assert render_to_string("components/problems.html", {"problems": []}).strip() == ""
    assert words(render_to_string("components/problems.html", {"problems": ["Đã hết hạn."]})) == "Đã hết hạn."


def test_pagination_offers_only_the_pages_that_exist():
    shown = {"summary": "Dòng 1 – 20", "back_url": "", "forward_url": "?after=20"}

    drawn = render_to_string("components/pagination.html", shown)

    assert words(drawn) == "Dòng 1 – 20 Trang sau"
