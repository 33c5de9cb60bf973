"""Limits of differences and ratios that rest on nothing of Saryarka: see README.md. Run: python3 make.py > change.json
`python3 make.py coverage` prints how often the limits hold the truth, over seeded samples (slow).
"""
import json
import math
import random
import sys
from decimal import Decimal, getcontext

getcontext().prec = 60
D = Decimal
Z95 = 1.959963984540054


def wilson(x, n):
    """Wilson 1927, score limits of a proportion."""
    p, z2 = x / n, Z95 * Z95
    middle = (p + z2 / (2 * n)) / (1 + z2 / n)
    half = Z95 * math.sqrt(p * (1 - p) / n + z2 / (4 * n * n)) / (1 + z2 / n)
    return p, min(p, max(0.0, middle - half)), max(p, min(1.0, middle + half))


# Newcombe 1998, Statistics in Medicine 17, 873-890, Table II, method 10, as printed.
NEWCOMBE = [
    (56, 70, 48, 80, '0.0524', '0.3339'),
    (9, 10, 3, 10, '0.1705', '0.8090'),
    (6, 7, 2, 7, '0.0582', '0.8062'),
    (5, 56, 0, 29, '-0.0381', '0.1926'),
    (0, 10, 0, 20, '-0.1611', '0.2775'),
    (0, 10, 0, 10, '-0.2775', '0.2775'),
    (10, 10, 0, 20, '0.6791', '1.0000'),
    (10, 10, 0, 10, '0.6075', '1.0000'),
]


def lower_of_combination(a, b, r):
    """Lower limit of a - r b, r of either sign, by variances recovered at the limits that count."""
    far = b[2] - b[0] if r >= 0 else b[0] - b[1]
    return a[0] - r * b[0] - ((a[0] - a[1]) ** 2 + (r * far) ** 2).sqrt()


def upper_of_combination(a, b, r):
    far = b[0] - b[1] if r >= 0 else b[2] - b[0]
    return a[0] - r * b[0] + ((a[2] - a[0]) ** 2 + (r * far) ** 2).sqrt()


def root(f, low, high):
    """Where f, falling, reaches zero between low and high: bisection to 45 digits."""
    if not (f(low) >= 0 >= f(high)):
        raise ArithmeticError((f(low), f(high)))
    for _ in range(400):
        middle = (low + high) / 2
        low, high = (middle, high) if f(middle) >= 0 else (low, middle)
    return (low + high) / 2


def grow(f, start):
    """A place beyond `start` where f is no longer above zero."""
    step = D(1)
    while f(start + step) > 0:
        step *= 2
    return start + step


def fall(f, start):
    step = D(1)
    while f(start - step) < 0:
        step *= 2
    return start - step


def ratio_limits(a, b):
    """Ratios at which the limits of a - r b reach zero, found by search."""
    lower = lambda r: lower_of_combination(a, b, r)
    upper = lambda r: upper_of_combination(a, b, r)
    value = a[0] / b[0]
    low, high = root(lower, fall(lower, value), value), root(upper, value, grow(upper, value))
    return (low if abs(low) > D('1e-40') else D(0)), high


PAIRS = [  # now, before: value, low, high
    ([180, 155, 210], [120, 100, 145]),
    ([3.2, 0.7, 9.4], [4.1, 1.1, 10.5]),        # Poisson-like counts, far from symmetric; the upper limit is past twice the value
    ([0.5, 0.0, 2.5], [2.0, 0.25, 4.0]),        # lower limit zero, upper exactly twice the baseline
    ([0.5, -0.5, 1.5], [2.0, 1.0, 3.0]),        # lower limit below zero
    ([0.0, 0.0, 3.7], [5.0, 1.6, 11.7]),        # nothing found now
    ([1603171, 1603000, 1603350], [1543807, 1543600, 1544000]),
    ([1e-7, 0.9e-7, 1.2e-7], [1e-9, 0.8e-9, 1.3e-9]),
    ([12.3, 11.0, 13.9], [12.3, 11.0, 13.9]),
]

FIELLER = [  # normal estimates: value and half width at 95 %
    ([10.0, 2.0], [5.0, 1.0]), ([0.42, 0.05], [0.61, 0.11]), ([7.5, 1.25], [2.5, 2.25]), ([250.0, 40.0], [1000.0, 300.0]),
]


def fieller(x, hx, y, hy):
    """Fieller 1954, independent numerator and denominator, as printed: roots of (y² - hy²) r² - 2 x y r + x² - hx² = 0."""
    x, hx, y, hy = map(D, (x, hx, y, hy))
    a, b, c = y * y - hy * hy, x * y, x * x - hx * hx
    d = (b * b - a * c).sqrt()
    return (b - d) / a, (b + d) / a


def text(x):
    return f'{+x:.25E}'


def main():
    proportions = []
    for x1, n1, x2, n2, low, high in NEWCOMBE:
        proportions.append({'now': wilson(x1, n1), 'before': wilson(x2, n2), 'low': low, 'high': high})
    searched = []
    for a, b in PAIRS:
        ea, eb = [D(v) for v in a], [D(v) for v in b]
        low, high = ratio_limits(ea, eb)
        one = D(1)
        searched.append({
            'now': a, 'before': b, 'ratio': [text(low), text(high)],
            'difference': [text(lower_of_combination(ea, eb, one)), text(upper_of_combination(ea, eb, one))],
            'log': None if low <= 0 else [text(low.ln()), text(high.ln())],
        })
    normal = []
    for (x, hx), (y, hy) in FIELLER:
        low, high = fieller(x, hx, y, hy)
        normal.append({'now': [x, x - hx, x + hx], 'before': [y, y - hy, y + hy], 'ratio': [text(low), text(high)]})
    print(json.dumps({'proportions': proportions, 'searched': searched, 'normal': normal}, indent=1))


def poisson(rng, mean):
    limit, k, product = math.exp(-mean), 0, rng.random()
    while product > limit:
        k, product = k + 1, product * rng.random()
    return k


def wilson_hilferty(k, sign):
    """Limits of a Poisson mean by the cube-root approximation to the exact ones (Rothman & Boice 1979)."""
    m = k + 1 if sign > 0 else k
    return 0.0 if m == 0 else m * (1 - 1 / (9 * m) + sign * Z95 / (3 * math.sqrt(m))) ** 3


def coverage(samples=100_000):
    """Counts per unit of effort, before and now: how often the limits hold the true difference and ratio."""
    for now_mean, before_mean in [(12, 8), (30, 30), (60, 20), (15, 45)]:
        rng = random.Random(20240630)
        held = {'difference': 0, 'ratio': 0}
        counted = 0
        for _ in range(samples):
            a, b = poisson(rng, now_mean), poisson(rng, before_mean)
            al, au, bl, bu = wilson_hilferty(a, -1), wilson_hilferty(a, 1), wilson_hilferty(b, -1), wilson_hilferty(b, 1)
            d = now_mean - before_mean
            held['difference'] += a - b - math.hypot(a - al, bu - b) <= d <= a - b + math.hypot(au - a, b - bl)
            if b == 0 or bl <= 0:
                continue
            counted += 1
            r = now_mean / before_mean  # the ratio lies within its limits where zero lies within those of a - r b
            held['ratio'] += a - r * b - math.hypot(a - al, r * (bu - b)) <= 0 <= a - r * b + math.hypot(au - a, r * (b - bl))
        print(now_mean, before_mean, f"difference {held['difference'] / samples:.4f}", f"ratio {held['ratio'] / counted:.4f}")


if sys.argv[1:] == ['coverage']:
    coverage()
else:
    main()
