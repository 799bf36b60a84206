"""Liquid's own tags and filters: what they do in a line, with an example and what it gives."""

from collections.abc import Mapping

from cms.liquid.reference.docstrings import Told

STANDARD_FILTERS: Mapping[str, Told] = {
    "abs": Told("Leaves out the sign of a number.", "{{ -3 | abs }}", "3"),
    "append": Told("Writes a text behind another.", "{{ 'a' | append: 'b' }}", "ab"),
    "at_least": Told("Takes the greater number.", "{{ 2 | at_least: 5 }}", "5"),
    "at_most": Told("Takes the smaller number.", "{{ 9 | at_most: 5 }}", "5"),
    "base64_decode": Told("Reads Base64.", "{{ 'aGk=' | base64_decode }}", "hi"),
    "base64_encode": Told("Writes Base64.", "{{ 'hi' | base64_encode }}", "aGk="),
    "base64_url_safe_decode": Told(
        "Reads the Base64 of addresses.", "{{ 'aGk=' | base64_url_safe_decode }}", "hi"
    ),
    "base64_url_safe_encode": Told(
        "Writes the Base64 of addresses.", "{{ 'hi' | base64_url_safe_encode }}", "aGk="
    ),
    "capitalize": Told("Begins with a capital.", "{{ 'key' | capitalize }}", "Key"),
    "ceil": Told("Rounds up.", "{{ 1.2 | ceil }}", "2"),
    "compact": Told(
        "Leaves out what is nothing.",
        "{% assign a = 'x,y' | split: ',' %}{{ a | compact | size }}",
        "2",
    ),
    "concat": Told(
        "Puts a list behind another.",
        "{% assign a = 'x,y' | split: ',' %}{{ a | concat: a | size }}",
        "4",
    ),
    "date": Told("Writes a time.", "{{ '2026-03-01' | date: '%d %B %Y' }}", "01 March 2026"),
    "default": Told(
        "Takes something else for nothing, false or empty.", "{{ '' | default: 'none' }}", "none"
    ),
    "divided_by": Told("Divides; whole numbers give a whole one.", "{{ 7 | divided_by: 2 }}", "3"),
    "downcase": Told("Writes small letters.", "{{ 'KEY' | downcase }}", "key"),
    "escape": Told("Escapes HTML; pages do that anyhow.", "{{ '<b>' | escape }}", "&lt;b&gt;"),
    "escape_once": Told(
        "Escapes what is not escaped yet.", "{{ '&lt;b>' | escape_once }}", "&lt;b&gt;"
    ),
    "escapejs": Told("Escapes for JavaScript.", "{{ 'a' | escapejs }}", "a"),
    "find": Told(
        "Takes the first item with an attribute.",
        "{% assign found = provider.services | find: 'system_name', 'api' %}{{ found.name }}",
    ),
    "find_index": Told(
        "Counts the items before that.",
        "{{ provider.services | find_index: 'system_name', 'api' }}",
        "0",
    ),
    "first": Told("Takes the first item.", "{{ 'a,b' | split: ',' | first }}", "a"),
    "floor": Told("Rounds down.", "{{ 1.8 | floor }}", "1"),
    "has": Told(
        "Tells whether an item has an attribute.",
        "{{ provider.services | has: 'system_name', 'api' }}",
        "true",
    ),
    "join": Told("Writes the items of a list.", "{{ 'a,b' | split: ',' | join: ' - ' }}", "a - b"),
    "last": Told("Takes the last item.", "{{ 'a,b' | split: ',' | last }}", "b"),
    "lstrip": Told("Leaves out blanks at the beginning.", "{{ '  a' | lstrip }}", "a"),
    "map": Told("Takes one attribute of each item.", "{{ provider.services | map: 'name' }}"),
    "minus": Told("Subtracts.", "{{ 5 | minus: 2 }}", "3"),
    "modulo": Told("Takes what is left of a division.", "{{ 7 | modulo: 3 }}", "1"),
    "newline_to_br": Told(
        "Writes line ends as HTML.", "{% assign a = 'x' %}{{ a | newline_to_br }}", "x"
    ),
    "plus": Told("Adds.", "{{ 1 | plus: 2 }}", "3"),
    "prepend": Told("Writes a text before another.", "{{ 'b' | prepend: 'a' }}", "ab"),
    "reject": Told(
        "Leaves out the items with an attribute.",
        "{{ provider.services | reject: 'system_name', 'api' | size }}",
        "0",
    ),
    "remove": Told("Leaves out a part wherever it is.", "{{ 'abab' | remove: 'b' }}", "aa"),
    "remove_first": Told(
        "Leaves out a part where it is first.", "{{ 'abab' | remove_first: 'b' }}", "aab"
    ),
    "remove_last": Told(
        "Leaves out a part where it is last.", "{{ 'abab' | remove_last: 'b' }}", "aba"
    ),
    "replace": Told("Writes something else for a part.", "{{ 'a-b' | replace: '-', '+' }}", "a+b"),
    "replace_first": Told(
        "The same where it is first.", "{{ 'a-b-c' | replace_first: '-', '+' }}", "a+b-c"
    ),
    "replace_last": Told(
        "The same where it is last.", "{{ 'a-b-c' | replace_last: '-', '+' }}", "a-b+c"
    ),
    "reverse": Told(
        "Turns a list around.", "{{ 'a,b' | split: ',' | reverse | join: ',' }}", "b,a"
    ),
    "round": Told("Rounds, to so many places.", "{{ 2.345 | round: 2 }}", "2.35"),
    "rstrip": Told("Leaves out blanks at the end.", "{{ 'a  ' | rstrip }}", "a"),
    "safe": Told(
        "Takes a text for HTML that is not to be escaped.", "{{ '<b>x</b>' | safe }}", "<b>x</b>"
    ),
    "size": Told("Counts items or characters.", "{{ 'key' | size }}", "3"),
    "slice": Told("Cuts a part out.", "{{ 'gateway' | slice: 0, 4 }}", "gate"),
    "sort": Told("Sorts.", "{{ 'b,a' | split: ',' | sort | join: ',' }}", "a,b"),
    "sort_natural": Told(
        "Sorts whatever the case.",
        "{{ 'b,A' | split: ',' | sort_natural | join: ',' }}",
        "A,b",
    ),
    "split": Told("Makes a list of a text.", "{{ 'a b' | split: ' ' | size }}", "2"),
    "squish": Told("Makes one blank of many.", "{{ ' a   b ' | squish }}", "a b"),
    "strip": Told("Leaves out blanks at both ends.", "{{ ' a ' | strip }}", "a"),
    "strip_html": Told("Leaves out tags.", "{{ '<b>x</b>' | strip_html }}", "x"),
    "strip_newlines": Told("Leaves out line ends.", "{{ 'ab' | strip_newlines }}", "ab"),
    "sum": Told("Adds the items up.", "{{ '1,2' | split: ',' | sum }}", "3"),
    "times": Told("Multiplies.", "{{ 3 | times: 4 }}", "12"),
    "truncate": Told("Cuts a long text.", "{{ 'developer' | truncate: 6 }}", "dev..."),
    "truncatewords": Told(
        "Cuts after so many words.", "{{ 'a b c' | truncatewords: 2 }}", "a b..."
    ),
    "uniq": Told("Takes each item once.", "{{ 'a,b,a' | split: ',' | uniq | join: ',' }}", "a,b"),
    "upcase": Told("Writes capitals.", "{{ 'key' | upcase }}", "KEY"),
    "url_decode": Told("Reads a part of an address.", "{{ 'a+b' | url_decode }}", "a b"),
    "url_encode": Told("Writes a part of an address.", "{{ 'a&b' | url_encode }}", "a%26b"),
    "where": Told(
        "Takes the items with an attribute.",
        "{{ provider.services | where: 'system_name', 'api' | size }}",
        "1",
    ),
}

STANDARD_TAGS: Mapping[str, Told] = {
    "assign": Told("Keeps a value.", "{% assign name = 'John' %}{{ name }}", "John"),
    "break": Told(
        "Leaves a loop.",
        "{% for i in (1..9) %}{{ i }}{% if i == 3 %}{% break %}{% endif %}{% endfor %}",
        "123",
    ),
    "capture": Told(
        "Keeps what its block writes.",
        "{% capture hi %}Hi {{ 'you' }}{% endcapture %}{{ hi }}",
        "Hi you",
    ),
    "case": Told(
        "Takes the block of the value that is given.",
        "{% case 'a' %}{% when 'a', 'b' %}one{% else %}other{% endcase %}",
        "one",
    ),
    "comment": Told("Leaves its block out.", "a{% comment %}why{% endcomment %}b", "ab"),
    "continue": Told(
        "Goes on with the next turn of a loop.",
        "{% for i in (1..4) %}{% if i == 2 %}{% continue %}{% endif %}{{ i }}{% endfor %}",
        "134",
    ),
    "cycle": Told(
        "Takes one value after the other, turn by turn.",
        "{% for i in (1..3) %}{% cycle 'odd', 'even' %} {% endfor %}",
        "odd even odd",
    ),
    "decrement": Told("Counts down from 0.", "{% decrement left %}", "-1"),
    "doc": Told(
        "Says what a partial is for; nothing is written.", "a{% doc %}Of a key.{% enddoc %}b", "ab"
    ),
    "echo": Told("Writes a value.", "{% echo 'key' | upcase %}", "KEY"),
    "for": Told(
        "Takes each item of a list; `limit`, `offset` and `reversed` choose, `forloop` counts.",
        "{% for i in (1..3) limit: 2 %}{{ forloop.index }}/{{ forloop.length }} "
        "{% else %}none{% endfor %}",
        "1/2 2/2",
    ),
    "if": Told(
        "Takes its block if something holds.",
        "{% if 2 > 1 and provider %}yes{% elsif provider %}no{% else %}never{% endif %}",
        "yes",
    ),
    "ifchanged": Told(
        "Writes its block when it is another than before.",
        "{% assign list = '1,1,2' | split: ',' %}{% for i in list %}{% ifchanged %}{{ i }}"
        "{% endifchanged %}{% endfor %}",
        "12",
    ),
    "include": Told(
        "Writes a partial; it sees what the page sees.",
        "{% include 'submenu', current: 'docs' %}",
    ),
    "increment": Told("Counts up from 0.", "{% increment seen %}", "0"),
    "liquid": Told("Takes several tags, one a line.", "{% liquid\nassign a = 1\necho a\n%}", "1"),
    "raw": Told(
        "Leaves Liquid in its block alone.", "{% raw %}{{ name }}{% endraw %}", "{{ name }}"
    ),
    "render": Told(
        "Writes a partial that sees only what it is given.",
        "{% render 'submenu', current: 'docs' %}",
    ),
    "tablerow": Told(
        "Writes the rows of a table.", "{% tablerow i in (1..2) cols: 2 %}{{ i }}{% endtablerow %}"
    ),
    "unless": Told(
        "Takes its block if something does not hold.",
        "{% unless false %}yes{% endunless %}",
        "yes",
    ),
}
