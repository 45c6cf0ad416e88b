"""Text of HTML, whatever state it is in: every character that a person or a form could hold is kept."""

from __future__ import annotations

import html
import re

# Each pattern scans a class that excludes its own ends, so that matching stays linear on any input.
_BLOCK = re.compile(
    r"</?(?:p|div|br|tr|li|ul|ol|dl|dt|dd|table|tbody|thead|h[1-6]|hr|section|article|header|footer|form|option|select"
    r"|title|head|body|html|blockquote|pre|label|input|textarea|button|address|script|center|fieldset|legend|meta|link)"
    r"(?=[\s/>])[^<>]*>",
    re.IGNORECASE,
)
_CELL = re.compile(r"</?(?:td|th)(?=[\s/>])[^<>]*>", re.IGNORECASE)
_OTHER = re.compile(r"<[A-Za-z/!?][^<>]*>")
_ATTRIBUTE = re.compile(
    r"[\s\"'](?:href|alt|title|value|content|placeholder|label|summary|aria-label|action)\s{0,8}=\s{0,8}"
    r"(?:\"([^\"<>]{1,2000})\"|'([^'<>]{1,2000})'|([^\s\"'<>]{1,2000}))",
    re.IGNORECASE,
)
_BLANKS = re.compile(r"[ \xa0\t\r\f]*\n[ \xa0\r\f\n]*")


def strip_markup(text: str) -> str:
    """Text first, then the values of the attributes that hold some, one a line."""
    text = _without(text, "style").replace("\r\n", "\n")
    attributes = "\n".join("".join(values) for values in _ATTRIBUTE.findall(text))
    text = text.replace("<!--", " ").replace("-->", " ").replace("<![CDATA[", " ").replace("]]>", " ")
    text = _OTHER.sub("", _CELL.sub("\t", _BLOCK.sub("\n", text)))
    return html.unescape(_BLANKS.sub("\n", text).strip() + ("\n" + attributes if attributes else ""))


def _without(text: str, tag: str) -> str:
    """Drops elements whose content is never text; one that is not closed is kept."""
    lowered, parts, at = text.lower(), [], 0
    if len(lowered) != len(text):
        return text
    while (start := lowered.find("<" + tag, at)) >= 0:
        end = lowered.find("</" + tag, start)
        if end < 0:
            break
        parts.append(text[at:start])
        at = end
    return "".join([*parts, text[at:]])


def decode_text(data: bytes, declared: str = "") -> str:
    """By the declared charset when it works, else strict UTF-8, else the Western code page."""
    for encoding in (declared, "utf-8-sig"):
        try:
            return data.decode(encoding) if encoding else data.decode("utf-8-sig")
        except (UnicodeError, LookupError, ValueError):
            continue
    return data.decode("cp1252", "replace")
