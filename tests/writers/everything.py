"""Two posts for the formats of books: one has every construct, the other attacks."""

from __future__ import annotations

import io

from PIL import Image

EVERYTHING = """\
{.center}
A paragraph with *emphasis*, **strength**, ~~what was struck~~, H~2~O, x^2^, [SMALL]{.smallcaps},
[marked]{.mark}, [under]{.underline}, `code()`, $a^2 + b^2$ and a [link](https://example.org/?a=1&b=2).

## A heading with a note^[In a *heading*.] and “marks”

Mill wrote "of his own" [@mill1859, 12]. An inline note^[It holds a [link](https://example.org),
`code`, $x_1$ and a note^[inside it].] and another.[^long]

[^long]: The first paragraph.

    - a list
    - of two

    > and a quotation

    ![A red box](box.png)

> A block quotation of two paragraphs.
>
> The second. [@doe2001, 3]

::: epigraph
A motto.

— Somebody
:::

::: verse
The first line
  the second

A second stanza
:::

::: {.details summary="More & more"}
Hidden words.
:::

### Lists

1. one
2. two
   - deep
     1. deeper

         code in a list

- [ ] to do
- [x] done

4) four
5) five

Term
:   Its meaning.

    Its second paragraph.

Other *term*
:   Another meaning.

### Tables

Table: Numbers and *words*.

| Left | Right | Centre |
|:-----|------:|:------:|
| a    | 1     | x      |
| b    |       | `y`    |

| |
|-|
| cell |

### Code and formulas

``` python
if a < b and c > "d": pass
```

$$\\int_0^1 x \\, dx < \\frac{1}{2}$$

$$\\nope{$$

### Images

![A red box](box.png "A caption & more")

![](box.png){width=30%}

[![A red box that leads on](box.png)](https://example.org)

![Elsewhere](https://example.org/far.png)

![Missing](missing.png)

### Languages

[Ein deutscher Satz.]{lang=de} [جملة عربية]{lang=ar dir=rtl} 漢字 право ελληνικά 👩‍👩‍👧

::: {lang=he dir=rtl}
פסקה בעברית עם *הדגשה*.
:::

### Raw

Press <kbd>Ctrl</kbd> and <b>bold <i>italic</b></i> words<br>on two lines <a href="https://example.org">there</a>.

<div class="box"><p>Raw <em>paragraph</em>.</p><table><tr><td>raw cell</td></tr></table></div>

`<i>whole</i>`{=html} and `\\tex`{=latex}

***

See [the heading](#lists), [nowhere](#nowhere), [twice]{#twice} and [again]{#twice}.
"""

HOSTILE = """\
<script>alert(1)</script>

<style>@import "https://evil.example/x.css"; p { background: url(https://evil.example/x) }</style>

<iframe src="https://evil.example/"></iframe><object data="https://evil.example/"></object>

<form action="https://evil.example/"><input name="q"><button>Go</button></form>

<svg onload="alert(1)"><script>alert(1)</script><a href="javascript:alert(1)">x</a></svg>

<img src="https://evil.example/x.png" onerror="alert(1)"> <img src=x onerror=alert(1)>

Inline <span onclick="alert(1)" style="background:url(https://evil.example/)">span</span> and
<a href="javascript:alert(1)">script link</a>, <b onmouseover=alert(1)>bold</b>.

[Markdown](javascript:alert(1)) [case](JaVaScRiPt:alert(1))
[data](data:text/html,<script>1</script>)
[vb](vbscript:x) [file](file:///etc/passwd) [path](../../etc/passwd)

![Image](javascript:alert(1)) ![Data](data:image/svg+xml;base64,PHN2Zy8+) ![Far](https://evil.example/i.png)
![Passwd](/etc/passwd) ![Up](../../../../etc/passwd) ![Drawn](evil.svg)

[attributes]{onclick="alert(1)" style="position:fixed" onload=x src="https://evil.example/"
custom-style="Evil" role=button aria-hidden=true epub:type=evil}
[tracked]{.insertion author=evil date=2020-01-01T00:00:00Z}
[gone]{.deletion author=evil} [said]{.comment-start id=1 author=evil}x[]{.comment-end id=1}

::: {onclick="alert(1)" style="background:url(https://evil.example/)" custom-style="Evil"}
A div.
:::

`<w:p><w:r><w:t>openxml</w:t></w:r></w:p>`{=openxml} `<script>1</script>`{=html5} `x`{=epub3}

```{=openxml}
<w:p><w:r><w:fldSimple w:instr="DDEAUTO c:\\\\x"/></w:r></w:p>
```

[twice]{lang=de lang=fr dir=ltr dir=rtl} ![twice](box.png){width=1in width=2in height=1 height=2}
$\\href{javascript:alert(1)}{x}$

{{ 7 * 7 }} {% raw %} &lt;b&gt; ]]> <!-- comment --> <?php echo 1 ?> <![CDATA[x]]>
\x0b\x00 {onclick="alert(1)"}
"""

ACTIVE_SVG = b"""<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>"""
DRAWING = (
    b'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20">'
    b'<rect width="40" height="20" fill="red"/></svg>'
)


def picture(form: str = "PNG", size: tuple[int, int] = (40, 20)) -> bytes:
    """Return a red box."""
    data = io.BytesIO()
    Image.new("RGB", size, "red").save(data, form)
    return data.getvalue()
