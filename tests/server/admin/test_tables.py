"""Cells know the names of their columns."""

from server.admin.tables import labelled

TABLE = (
    '<p>x</p><table><thead><tr><th scope="col">Name</th><th scope="col" class="end">"Calls"'
    ' <span>a day</span></th></tr></thead><tbody><tr><th scope="row">A</th><td class="end">1</td>'
    "<td>more</td></tr><tr><td>2</td><th>B</th></tr></tbody></table><p>y</p>"
)


def test_each_cell_is_told_its_column() -> None:
    html = labelled(TABLE)

    assert '<tr><th scope="row">A</th>' in html
    assert '<td data-label="&quot;Calls&quot; a day" class="end">1</td>' in html
    assert '<td data-label="">more</td>' in html
    assert '<td data-label="Name">2</td><th data-label="&quot;Calls&quot; a day">B</th>' in html
    assert html.startswith("<p>x</p><table><thead><tr><th scope")


def test_a_page_without_tables_stays_as_it_is() -> None:
    assert labelled("<td>1</td>") == "<td>1</td>"
