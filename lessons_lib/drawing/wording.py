"""How numbers are written, and what they count."""

import math

_SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def superscript(exponent: int) -> str:
    """Return a whole number as a superscript.

    >>> superscript(-12)
    '⁻¹²'
    """
    return str(exponent).translate(_SUPERSCRIPTS)


def number(value: float, digits: int = 3) -> str:
    """Return a number of at least 0 with so many significant digits, as a power of ten when it is tiny or huge.

    >>> number(0.0009765625), number(2.5e-8), number(0.0), number(1.0), number(math.inf)
    ('0.000977', '2.50 × 10⁻⁸', '0', '1.00', '∞')
    """
    if value == 0:
        return "0"
    if math.isinf(value):
        return "∞"
    return number_from_log10(math.log10(value), digits)


def number_from_log10(log10: float, digits: int = 3) -> str:
    """Like `number`, for a value too small or too large for floating point, given by its logarithm to base ten.

    >>> number_from_log10(-3010.299957), number_from_log10(-math.inf)
    ('5.01 × 10⁻³⁰¹¹', '0')
    """
    if log10 == -math.inf:
        return "0"
    exponent = math.floor(log10)
    mantissa = f"{10 ** (log10 - exponent):.{digits - 1}f}"
    if mantissa.startswith("10"):
        exponent, mantissa = exponent + 1, f"{1:.{digits - 1}f}"
    if -5 < exponent < digits:
        return f"{float(mantissa) * 10.0**exponent:.{digits - 1 - exponent}f}"
    return f"{mantissa} × 10{superscript(exponent)}"


def fixed(value: float, digits: int) -> str:
    """Return a number of any sign with so many digits after the point.

    >>> fixed(-0.5, 2), fixed(3.0, 1), fixed(-0.001, 1), fixed(math.inf, 1)
    ('−0.50', '3.0', '0.0', '∞')
    """
    if math.isinf(value):
        return "∞" if value > 0 else "−∞"
    text = f"{value:.{digits}f}"
    return text.replace("-", "−" if float(text) else "")


def percent(fraction: float) -> str:
    """Return a fraction of 1 as a percentage.

    >>> percent(0.8136), percent(0.0004), percent(1.0), percent(0.0)
    ('81.4 %', '0.0400 %', '100 %', '0 %')
    """
    return f"{number(100 * fraction)} %"


def below_one(p: float, rest: float) -> str:
    """Return a probability that is not 1; where it would round to that, as 1 minus the rest.

    >>> below_one(0.911, 0.089), below_one(0.9999983, 1.7e-6), below_one(1.0, 0.0)
    ('0.911', '1 − 1.70 × 10⁻⁶', '1, rounded')
    """
    if (text := number(p)) != "1.00":
        return text
    return f"1 − {number(rest)}" if rest else "1, rounded"


def counted(n: int, one: str, many: str = "") -> str:
    """Return how many there are of something; its plural adds an s, unless it is given.

    >>> counted(1, "toss", "tosses"), counted(1200, "head")
    ('1 toss', '1,200 heads')
    """
    return f"{n:,} {one if n == 1 else many or one + 's'}"


def nats_and_bits(nats: float, digits: int = 4) -> str:
    """Return an amount of at least 0 in both units, the nats with so many significant digits.

    >>> nats_and_bits(1.0), nats_and_bits(math.inf)
    ('1.000 nats (1.44 bits)', '∞')
    """
    return "∞" if math.isinf(nats) else f"{number(nats, digits)} nats ({number(nats / math.log(2))} bits)"


def named_digit(digit: int) -> str:
    """Return a digit with its article.

    >>> named_digit(8), named_digit(3)
    ('an 8', 'a 3')
    """
    return f"{'an' if digit == 8 else 'a'} {digit}"
