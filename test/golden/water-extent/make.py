"""Expected thresholds and extents, printed as water-extent.json.

    pip install numpy scikit-image==0.26.0
    python3 make.py > water-extent.json
"""
import itertools
import json

import numpy as np
from skimage.filters import threshold_otsu

rng = np.random.default_rng(20261123)


def separability(counts, centres, threshold):
    """Share of the variance between the two sides, from the definition."""
    values = np.repeat(centres, counts)
    above = values > threshold
    means = np.where(above, values[above].mean(), values[~above].mean())
    return float(((means - values.mean()) ** 2).mean() / values.var())


def case(name, values, bins, low, high):
    counts, edges = np.histogram(values, bins=bins, range=(low, high))
    centres = (edges[1:] + edges[:-1]) / 2
    found = float(threshold_otsu(hist=(counts, centres)))  # centre of the last bin below the threshold
    return {"name": name, "low": low, "high": high, "counts": counts.tolist(), "bin": int(np.argmin(abs(centres - found))), "separability": separability(counts, centres, found)}


lake = np.concatenate([rng.normal(0.45, 0.1, 1500), rng.normal(-0.4, 0.15, 4500)])
otsu = [
    case("a lake in dry land", lake, 200, -1, 1),
    case("a pond: one cell of fifty", np.concatenate([rng.normal(0.4, 0.08, 120), rng.normal(-0.3, 0.12, 5880)]), 200, -1, 1),
    case("no water at all", rng.normal(-0.3, 0.1, 5000), 200, -1, 1),
    case("spread evenly", rng.uniform(-1, 1, 8000), 100, -1, 1),
    case("two values and a gap", np.repeat([-0.505, 0.505], [300, 700]), 200, -1, 1),
    case("integers", rng.poisson(30, 3000) + 100 * rng.integers(0, 2, 3000), 256, -0.5, 255.5),
]

# Bounds from their meaning: every way in which the unseen dates may have been is tried. 0 dry, 1 wet, 2 unseen.
STEPS = 5
cells = rng.choice([0, 1, 2], size=(40, STEPS), p=[0.3, 0.4, 0.3])
cells[:6] = [[2] * 5, [1] * 5, [0] * 5, [1, 1, 2, 1, 1], [0, 0, 2, 0, 0], [1, 0, 2, 2, 2]]
areas = np.round(rng.uniform(1, 9, 40), 1)


def kind(states):
    wet = sum(states)
    return "permanent" if wet == len(states) else "dry" if wet == 0 else "seasonal"


def bounds(wanted):
    low = high = 0.0
    for row, area in zip(cells, areas):
        hidden = [i for i in range(STEPS) if row[i] == 2]
        kinds = []
        for fill in itertools.product([0, 1], repeat=len(hidden)):
            full = row.copy()
            full[hidden] = fill
            kinds.append(kind(full) in wanted)
        low += area * all(kinds)
        high += area * any(kinds)
    seen = [(kind([s for s in row if s < 2]), area) for row, area in zip(cells, areas) if (row < 2).any()]
    held = sum(area for own, area in seen if own in wanted)
    value = held * areas.sum() / sum(area for _, area in seen)
    return {"value": value, "low": low, "high": high}


by_date = []
for date in range(STEPS):
    wet, dry = areas[cells[:, date] == 1].sum(), areas[cells[:, date] == 0].sum()
    by_date.append({"value": wet / (wet + dry) * areas.sum(), "low": wet, "high": areas.sum() - dry})

# Change after the metadata of 6.6.1, from pairs of classes (0 unknown, 1 dry, 2 seasonal, 3 permanent)
before, after = rng.integers(1, 4, 500), rng.integers(1, 4, 500)
size = np.round(rng.uniform(1, 9, 500), 1)


def sdg(own, other):
    at = lambda b, a: size[(before == b) & (after == a)].sum()
    return float(((at(1, own) - at(own, 1)) + (at(other, own) - at(own, other))) / (at(own, own) + at(own, 1) + at(own, other)) * 100)


print(json.dumps({
    "otsu": otsu,
    "year": {"cells": cells.tolist(), "areas": areas.tolist(), "permanent": bounds(["permanent"]), "seasonal": bounds(["seasonal"]),
             "ever": bounds(["permanent", "seasonal"]), "dates": by_date},
    "transitions": {"before": before.tolist(), "after": after.tolist(), "areas": size.tolist(), "permanent": sdg(3, 2), "seasonal": sdg(2, 3)},
}, separators=(",", ":")))
