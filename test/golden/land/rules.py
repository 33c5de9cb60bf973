"""Series of years through the published rules of SDG 15.3.1, written step by step as the sources have them, with fractions.

Writes rules.json. Python 3, standard library only; no program of ours takes part. Sources: Trends.Earth te_algorithms 35b2b7d
(gee/productivity.py, gee/stats.py, gee/soc.py) and SEPAL sdg_15.3.1 6131daa (component/scripts/productivity.py), both MIT: their
order of steps, not their code.
"""
import json
import math
import random
from fractions import Fraction as F
from pathlib import Path

HERE = Path(__file__).parent
NODATA = -32768


def inversions(n):
    counts = [1]
    for m in range(2, n + 1):
        counts = [sum(counts[max(0, k - m + 1) : k + 1]) for k in range(m * (m - 1) // 2 + 1)]
    return counts


def critical(n, alpha):
    """The least S with P(S > it) <= alpha."""
    largest, total, below, k = n * (n - 1) // 2, math.factorial(n), 0, 0
    for count in inversions(n):
        below += count
        if F(below, total) > alpha:
            break
        k += 1
    return largest - 2 * k


def kendall(n):
    """Lists of Trends.Earth: at 99 % from n = 7 on that of n + 1."""
    return critical(n, F(1, 10)), critical(n, F(1, 20)), critical(n + 1 if n >= 7 else n, F(1, 100))


def s_of(x):
    return sum((b > a) - (b < a) for i, a in enumerate(x) for b in x[i + 1 :])


def slope_of(t, x):
    mt, mx = F(sum(t), len(t)), F(sum(x), len(x))
    return sum((a - mt) * (b - mx) for a, b in zip(t, x)) / sum((a - mt) ** 2 for a in t)


def trajectory(t, x):
    k90, k95, k99 = kendall(len(x))
    slope, s = slope_of(t, x), s_of(x)
    out = NODATA
    for level, k in ((1, k90), (2, k95), (3, k99)):
        if slope > 0 and abs(s) >= k:
            out = level
    for level, k in ((1, k90), (2, k95), (3, k99)):
        if slope < 0 and abs(s) >= k:
            out = -level
    if abs(s) <= k90:
        out = 0
    if abs(slope) <= 10:
        out = 0
    return out, s, float(slope)


def z_of(x):
    n, s = len(x), s_of(x)
    ties = sum(t * (t - 1) * (2 * t + 5) for t in (x.count(v) for v in set(x)))
    variance = F(n * (n - 1) * (2 * n + 5) - ties, 18)
    return 0.0 if s == 0 else (s - (1 if s > 0 else -1)) / math.sqrt(variance)


def five(z):
    return 1 if z < -1.96 else 2 if z < -1.28 else 3 if z <= 1.28 else 4 if z <= 1.96 else 5


def state(baseline, recent):
    low, high = min(baseline), max(baseline)
    sample = sorted([F(v) for v in baseline] + [low - F(high - low, 20), high + F(high - low, 20)])

    def percentile(p):
        at = F(p, 100) * (len(sample) - 1)
        i = int(at)
        return sample[i] + (at - i) * (sample[i + 1] - sample[i])

    def decile(mean):
        return 1 + sum(mean > percentile(p) for p in range(10, 100, 10))

    a, b = F(sum(baseline), len(baseline)), F(sum(recent), len(recent))
    change = decile(b) - decile(a)
    return 0 if abs(a - b) <= 100 else change


def state_z(baseline, recent):
    mu, mean = F(sum(baseline), len(baseline)), F(sum(recent), len(recent))
    sigma = math.sqrt(sum((v - mu) ** 2 for v in baseline) / len(baseline))
    return float(mean - mu) / (sigma / math.sqrt(3))


FACTOR = {}
for i, row in enumerate(
    [
        [1, 1, "f", 1, "0.1", "0.1", 1],
        [1, 1, "f", 1, "0.1", "0.1", 1],
        ["1/f", "1/f", 1, "1/0.71", "0.1", "0.1", 1],
        [1, 1, "0.71", 1, "0.1", "0.1", 1],
        [2, 2, 2, 2, 1, 1, 1],
        [2, 2, 2, 2, 1, 1, 1],
        [1, 1, 1, 1, 1, 1, 1],
    ]
):
    for j, cell in enumerate(row):
        FACTOR[i + 1, j + 1] = cell


def factor(a, b, f):
    cell = FACTOR[a, b]
    if cell == "f":
        return f
    if cell == "1/f":
        return 1 / f
    if cell == "1/0.71":
        return 1 / F("0.71")
    return F(cell)


def soil(stock, cover, f):
    """Stocks of all years: the loop of gee/soc.py."""
    stocks = [F(stock)]
    for k in range(len(cover) - 1):
        a, b = cover[k], cover[k + 1]
        if k == 0:
            timer = 2 if a == b else 1
            step = (stocks[0] - stocks[0] * factor(a, b, f)) / 20
        else:
            timer = timer + 1 if a == b else 1
            if a != b:
                step = (stocks[k] - stocks[k] * factor(a, b, f)) / 20
            if timer > 20:
                step = 0
        stocks.append(stocks[k] - step)
    return [float(s) for s in stocks]


random.seed(1531)
series = []
for n in [4, 5, 7, 10, 13, 15, 16, 16, 16, 20, 23]:
    for _ in range(6):
        drift, noise = random.choice([-300, -120, -40, -9, 0, 9, 40, 120, 300]), random.choice([0, 40, 200, 600])
        x = [4000 + drift * k + random.randint(-noise, noise) for k in range(n)]
        if random.random() < 0.3:
            x = [round(v, -2) for v in x]  # ties
        t = list(range(2001, 2001 + n))
        found, s, slope = trajectory(t, x)
        z = z_of(x)
        row = {"years": t, "values": x, "class": found, "s": s, "slope": slope, "z": z, "zClass": five(z)}
        if n >= 10:
            row["state"] = state(x[:-3], x[-3:])
            if min(x[:-3]) != max(x[:-3]):
                row["stateZ"] = state_z(x[:-3], x[-3:])
        series.append(row)
covers = []
for _ in range(40):
    cover = [random.randint(1, 7)]
    while len(cover) < 26:
        cover.append(cover[-1] if random.random() < 0.9 else random.randint(1, 7))
    f = random.choice(["0.8", "0.69", "0.58", "0.48", "0.64"])
    stock = random.randint(5, 200)
    covers.append({"stock": stock, "cover": cover, "f": float(f), "stocks": soil(stock, cover, F(f))})
published = {
    "kendall": {str(n): kendall(n) for n in (4, 6, 7, 13, 15, 16, 20, 30)},
    "cellAreas": [[0, 1, 1, 12308463893.800426], [45, 46, 1, 8686494956.672136], [89, 90, 1, 108866681.63776042]],
}
(HERE / "rules.json").write_text(json.dumps({"published": published, "series": series, "soil": covers}) + "\n")
