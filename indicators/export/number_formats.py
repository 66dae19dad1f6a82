"""Number formats of spreadsheets and charts that write a number as the atlas does: ``"US$"#,##0,"K"`` for US$475K.

A label that is a number with a format follows the number when somebody edits it; a label that is a text does not.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from babel import Locale
from babel.numbers import get_decimal_symbol, get_group_symbol

from indicators import language

GENERAL = "#,##0"
YEAR = "0"
_SHORT = {"": 0, "K": 1, "M": 2, "B": 3, "T": 4}  # how English shortens thousands
_MOST_SECTIONS = 3  # a format can tell three sizes of numbers apart
_LIMITS = {1: 999.5, 2: 999_500, 3: 999_500_000, 4: 999_500_000_000}  # from where a number is written in the next larger unit


def quoted(text: str) -> str:
    """Return a text as a format writes it out."""
    return '"' + text.replace('"', "”") + '"' if text else ""


def plain(decimals: int = 0, prefix: str = "", suffix: str = "") -> str:
    """Return the format of a number with the reader's separators."""
    return quoted(prefix) + GENERAL + ("." + "0" * decimals if decimals else "") + quoted(suffix)


def money(prefix: str) -> str:
    """Return the format of amounts of money in short: US$0, US$475K, US$1.2M."""
    start = quoted(prefix)
    return f'[>=999500]{start}0.0,,"M";[>=9500]{start}0,"K";{start}#,##0'


def in_millions(code: str) -> str:
    """Return a format of thousands that writes whole millions as such."""
    return "[>=999500]" + code.replace("#,##0,", "#,##0,,").replace('"K', '"M') + ";" + code


def of_text(value: float, text: str) -> str:
    """Return the format that writes a value as a text, "" where none does: where the text says more than the number."""
    locale = Locale.parse(language.current())
    group, point = get_group_symbol(locale), get_decimal_symbol(locale)
    found = re.fullmatch(rf"(\D*?)(\d[\d{re.escape(group)}]*(?:{re.escape(point)}\d+)?)([KMBT]?)(\D*)", text.strip())
    if not found:
        return ""
    prefix, digits, short, suffix = found.groups()
    prefix, is_minus = (prefix.rstrip("-−"), True) if prefix.endswith(("-", "−")) else (prefix, False)
    whole, _point, fraction = digits.partition(point)
    number = float(f"{whole.replace(group, '')}.{fraction or 0}") * (-1 if is_minus else 1)
    shown = value / 1000 ** _SHORT[short]
    if abs(abs(shown) - abs(number)) > 0.5001 * 10 ** -len(fraction) or (is_minus and value >= 0):
        return ""
    code = quoted(prefix) + (GENERAL if group in whole or abs(number) < 1000 else YEAR)
    code += ("." + "0" * len(fraction) if fraction else "") + "," * _SHORT[short] + quoted(short + suffix)
    return f"{code};{code}" if value < 0 and not is_minus else code


def usual(codes: Sequence[str]) -> str:
    """Return the format that most of some numbers have, "" where none has one."""
    counts = Counter(code for code in codes if code)
    return counts.most_common(1)[0][0] if counts else ""


def of_axis(values: Sequence[float], texts: Sequence[str]) -> str:
    """Return one format that writes all ticks of an axis as their texts, "" where there is none.

    Ticks in different units (US$500K, US$1M) are told apart by their size.
    """
    by_unit: dict[int, list[tuple[float, str]]] = {}
    for value, text in zip(values, texts, strict=True):
        code = of_text(value, text)
        if not code:
            return ""
        by_unit.setdefault(re.sub(r'"[^"]*"', "", code).count(",") - (1 if "#,##0" in code else 0), []).append((value, code))
    codes = {unit: max((code for _value, code in pairs), key=len) for unit, pairs in by_unit.items()}
    if len(codes) > _MOST_SECTIONS:
        return ""
    largest_first = sorted(codes, reverse=True)
    if len(largest_first) == 1:
        return codes[largest_first[0]]
    parts = [f"[>={_limit(unit, by_unit[unit])}]{codes[unit]}" for unit in largest_first[:-1]]
    return ";".join([*parts, codes[largest_first[-1]]])


def _limit(unit: int, pairs: Sequence[tuple[float, str]]) -> float:
    """Return from which number on an axis changes its unit: where the atlas does, or below the least tick of that unit."""
    least = min(value for value, _code in pairs)
    return min(_LIMITS[unit], least) if least > 0 else _LIMITS[unit]
