"""Trend of greenness of two parts of Kilimanjaro, by pymannkendall, scipy and PROJ.

    pip install pymannkendall==1.4.3 scipy rasterio pyproj
    python make.py FOLDER_WITH_kili3g > kilimanjaro.json
"""
import json
import sys

import numpy as np
import pymannkendall as mk
import rasterio
from pyproj import Geod
from scipy import stats

with rasterio.open(f"{sys.argv[1]}/kili3g.v0.tif") as file:
    stack, t = file.read().astype(float), file.transform
yearly = stack[12:].reshape(-1, 24, *stack.shape[1:]).mean(axis=1)  # 1982-2013
years, height, width = yearly.shape

geod = Geod(ellps="WGS84")


def cell(row):  # parallels by 1,000 points: an edge of a geodesic polygon is a great ellipse
    lon = np.linspace(t.c, t.c + t.a, 1000)
    north, south = t.f + row * t.e, t.f + (row + 1) * t.e
    return abs(geod.polygon_area_perimeter(np.r_[lon, lon[::-1]], np.r_[np.full(1000, north), np.full(1000, south)])[0])


area = np.array([[cell(row)] * width for row in range(height)])
found = [[mk.original_test(yearly[:, r, c]) for c in range(width)] for r in range(height)]
free = [[mk.trend_free_pre_whitening_modification_test(yearly[:, r, c]) for c in range(width)] for r in range(height)]
p, s, slope, intercept = (np.array([[getattr(x, key) for x in row] for row in found]) for key in ("p", "s", "slope", "intercept"))
p_free, s_free = (np.array([[getattr(x, key) for x in row] for row in free]) for key in ("p", "s"))


def shares(inside, p, s, alpha):
    believed = np.zeros_like(inside)
    believed[inside] = stats.false_discovery_control(p[inside]) <= alpha
    total = area[inside].sum()
    return [float(area[believed & (s > 0)].sum() / total), float(area[believed & (s < 0)].sum() / total)]


def zone(columns):
    inside = np.zeros((height, width), dtype=bool)
    inside[:, columns[0] : columns[1]] = True
    order = np.argsort(slope[inside])
    below = np.cumsum(area[inside][order])
    # each pixel about its line in the middle of the years; pymannkendall counts from the first
    middle = intercept + slope * (years - 1) / 2
    means = ((yearly - middle)[:, inside] * area[inside]).sum(axis=1) / area[inside].sum()
    return {
        "columns": columns,
        "pixels": int(inside.sum()),
        "median": float(slope[inside][order][np.searchsorted(below, below[-1] / 2)]),
        "slope": float(mk.sens_slope(means).slope),
        "shares": {str(alpha): shares(inside, p, s, alpha) for alpha in (0.01, 0.05, 0.2)},
        "free": {str(alpha): shares(inside, p_free, s_free, alpha) for alpha in (0.01, 0.05, 0.2)},
    }


json.dump({"years": years, "zones": [zone([0, width]), zone([0, 5]), zone([5, width])]}, sys.stdout, indent=1)
