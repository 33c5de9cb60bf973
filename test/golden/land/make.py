"""Accuracies and areas of worked examples, and change in a contingency table, computed with fractions.

Writes area-adjustment.json and change.json. Python 3, standard library only; no program of ours takes part.
"""
import json
import random
from decimal import Decimal, getcontext
from fractions import Fraction as F
from pathlib import Path

getcontext().prec = 40
HERE = Path(__file__).parent


def root(x):
    return (Decimal(x.numerator) / Decimal(x.denominator)).sqrt()


def number(x):
    return float(x if isinstance(x, Decimal) else Decimal(x.numerator) / Decimal(x.denominator))


def olofsson(sample, mapped):
    """Olofsson et al. 2014, eqs. 1-11, as printed."""
    q, total = len(mapped), sum(mapped)
    n = [sum(row) for row in sample]
    weight = [F(a, total) for a in mapped]
    p = [[weight[i] * F(sample[i][j], n[i]) for j in range(q)] for i in range(q)]  # eq. 4
    overall = sum(p[i][i] for i in range(q))  # eq. 1
    users = [F(sample[i][i], n[i]) for i in range(q)]  # eq. 2
    column = [sum(p[i][j] for i in range(q)) for j in range(q)]  # eq. 9
    producers = [p[j][j] / column[j] for j in range(q)]  # eq. 3
    v_overall = sum(weight[i] ** 2 * users[i] * (1 - users[i]) / (n[i] - 1) for i in range(q))  # eq. 5
    v_users = [users[i] * (1 - users[i]) / (n[i] - 1) for i in range(q)]  # eq. 6
    v_producers = []
    for j in range(q):  # eq. 7
        nj = sum(F(mapped[i], n[i]) * sample[i][j] for i in range(q))
        own = F(mapped[j]) ** 2 * (1 - producers[j]) ** 2 * users[j] * (1 - users[j]) / (n[j] - 1)
        others = sum(
            F(mapped[i]) ** 2 * F(sample[i][j], n[i]) * (1 - F(sample[i][j], n[i])) / (n[i] - 1)
            for i in range(q)
            if i != j
        )
        v_producers.append((own + producers[j] ** 2 * others) / nj**2)
    se = [root(sum((weight[i] * p[i][j] - p[i][j] ** 2) / (n[i] - 1) for i in range(q))) for j in range(q)]  # eq. 10
    return {
        "overall": number(overall),
        "overallError": number(root(v_overall)),
        "users": [number(x) for x in users],
        "usersError": [number(root(x)) for x in v_users],
        "producers": [number(x) for x in producers],
        "producersError": [number(root(x)) for x in v_producers],
        "area": [number(x * total) for x in column],
        "areaError": [number(x * total) for x in se],
    }


# As printed in Olofsson et al. 2014, section 5.2; pixels of 30 m, areas in hectares, half-widths of intervals at 1.96.
# The half-widths of the producer's accuracies are not among them: see README.md.
PRINTED = {
    "overall": [0.95, 0.02],
    "users": [[0.88, 0.07], [0.73, 0.10], [0.93, 0.04], [0.96, 0.02]],
    "producers": [[0.75, None], [0.85, None], [0.93, None], [0.96, None]],
    "area": [[21158, 6158], [11686, 3756], [285770, 15510], [581386, 16282]],
}
CASES = [
    {
        "name": "Olofsson et al. 2014, table 8",
        "sample": [[66, 0, 5, 4], [0, 55, 8, 12], [1, 0, 153, 11], [2, 1, 9, 313]],
        "mapped": [18000, 13500, 288000, 580500],  # ha: 200 000, 150 000, 3 200 000 and 6 450 000 pixels
        "printed": PRINTED,
    },
    {
        "name": "Olofsson et al. 2013, example 1",
        "sample": [[97, 0, 3], [3, 279, 18], [2, 1, 97]],
        "mapped": [22353, 1122543, 610228],
    },
    {
        "name": "Olofsson et al. 2013, example 2",
        "sample": [[127, 66, 54], [2, 322, 17], [0, 15, 540]],
        "mapped": [7, 295, 698],
    },
]
for case in CASES:
    case.update(olofsson(case["sample"], case["mapped"]))
    if "printed" in case:
        for kind in ("users", "producers", "area"):
            digits = 0 if kind == "area" else 2
            for i, (value, half) in enumerate(case["printed"][kind]):
                found = [round(case[kind][i], digits), round(1.96 * case[kind + "Error"][i], digits)]
                assert found[0] == value and half in (found[1], None), (kind, i, found, value, half)
        assert [round(case["overall"], 2), round(1.96 * case["overallError"], 2)] == case["printed"]["overall"]
(HERE / "area-adjustment.json").write_text(json.dumps(CASES, indent=1) + "\n")


def change(m):
    """Pontius et al. 2004; Pontius & Millones 2011; Pontius & Santacruz 2014: written from their definitions."""
    k = len(m)
    row = [sum(m[i]) for i in range(k)]
    col = [sum(m[i][j] for i in range(k)) for j in range(k)]
    total = sum(row)
    out = {"matrix": m, "classes": []}
    for j in range(k):
        gain, loss = col[j] - m[j][j], row[j] - m[j][j]
        exchange = 2 * sum(min(m[i][j], m[j][i]) for i in range(k) if i != j)
        quantity = abs(col[j] - row[j])
        out["classes"].append(
            {
                "gain": gain, "loss": loss, "net": col[j] - row[j], "swap": 2 * min(gain, loss), "quantity": quantity,
                "exchange": exchange, "shift": gain + loss - quantity - exchange,
            }
        )  # fmt: skip
    difference = total - sum(m[i][i] for i in range(k))
    quantity = F(sum(c["quantity"] for c in out["classes"]), 2)
    exchange = F(sum(c["exchange"] for c in out["classes"]), 2)
    out["overall"] = {
        "change": difference, "quantity": number(quantity), "allocation": number(difference - quantity),
        "exchange": number(exchange), "shift": number(difference - quantity - exchange),
    }  # fmt: skip
    out["byGain"] = [
        [m[i][j] if i == j else number(F((col[j] - m[j][j]) * row[i], sum(row[x] for x in range(k) if x != j))) for j in range(k)]
        for i in range(k)
    ]
    out["byLoss"] = [
        [m[i][j] if i == j else number(F((row[i] - m[i][i]) * col[j], sum(col[x] for x in range(k) if x != i))) for j in range(k)]
        for i in range(k)
    ]
    return out


random.seed(153)
matrices = [
    [[50, 0], [10, 40]],
    [[30, 5, 0], [5, 30, 0], [0, 0, 30]],  # exchange only
    [[20, 10, 0], [0, 20, 10], [10, 0, 20]],  # shift only
    [[random.randrange(1, 400) + (5000 if i == j else 0) for j in range(7)] for i in range(7)],
]
(HERE / "change.json").write_text(json.dumps([change(m) for m in matrices], indent=1) + "\n")
