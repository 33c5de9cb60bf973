"""Zonal statistics of a small made-up raster, and of slope.tif, by exactextract 0.3.0, for zonal.json.

Count, sum, mean, variance, extremes, classes and weighted statistics are exactextract's own. Quantiles follow from the cells
and coverage fractions that it gives, by definition 2 of Hyndman & Fan 1996 with weights in the place of counts
(doi 10.1080/00031305.1996.10473566); exactextract's own quantiles interpolate differently.

    pip install exactextract==0.3.0 numpy rasterio pyogrio geopandas
    python3 make.py > zonal.json
    python3 make.py ../../../../shared/golden/raster/rasterstats > slope.json
"""
import json
import math
import sys

import numpy as np
from exactextract import exact_extract
from exactextract.raster import NumPyRasterSource

WIDTH, HEIGHT, X0, Y0, D = 24, 18, 68.5, 51.0, 0.05
PROBABILITIES = [0, 0.05, 0.25, 0.5, 0.75, 0.95, 1]


def noise(seed):
    """Numbers 0 to 1 from a linear congruential generator (Numerical Recipes), so that the raster is the same everywhere."""
    while True:
        seed = (1664525 * seed + 1013904223) % 2**32
        yield seed / 2**32


def layers():
    r = noise(1)
    smooth = np.array([[0.4 + 0.2 * math.sin(x / 3) * math.cos(y / 4) + 0.1 * next(r) for x in range(WIDTH)] for y in range(HEIGHT)])
    missing = np.array([[next(r) < 0.1 for _ in range(WIDTH)] for _ in range(HEIGHT)])
    blocks = np.array([[int((x // 5 + 2 * (y // 4)) % 4 + 1) * 10 for x in range(WIDTH)] for y in range(HEIGHT)])
    weights = np.array([[round(1000 * next(r) * (next(r) < 0.8)) for _ in range(WIDTH)] for _ in range(HEIGHT)])
    return {
        'float32': (np.where(missing, -9999, smooth).astype('f4'), -9999),
        'float64': (np.where(missing, np.nan, smooth + 1e6), None),
        'int16': (np.where(missing, -32768, np.round(smooth * 1e4)).astype('i2'), -32768),
        'uint16': (np.round(smooth * 1e4).astype('u2'), None),
        'int32': (np.where(missing, -1, np.round(smooth * 1e8)).astype('i4'), -1),
        'uint8': (np.where(missing, 255, blocks).astype('u1'), 255),
        'int8': (np.where(missing, -128, blocks - 25).astype('i1'), -128),
    }, weights.astype('f8')


def star(cx, cy, r, n, seed):
    g = noise(seed)
    ring = [[cx + r * (0.5 + 0.5 * next(g)) * math.cos(2 * math.pi * i / n), cy + r * (0.5 + 0.5 * next(g)) * math.sin(2 * math.pi * i / n)] for i in range(n)]
    return ring + ring[:1]


def box(x, y, w, h):
    return [[x, y], [x + w, y], [x + w, y + h], [x, y + h], [x, y]]


ZONES = {
    'star with a hole': [[star(69.1, 50.55, 0.45, 17, 5), star(69.1, 50.55, 0.12, 9, 6)[::-1]]],
    'two parts': [[star(68.75, 50.85, 0.13, 12, 7)], [star(69.45, 50.3, 0.16, 12, 8)]],
    'on the lines of the grid': [[[[68.6, 50.5], [69.0, 50.5], [69.0, 50.8], [68.6, 50.8], [68.6, 50.5]]]],
    'within one cell': [[star(69.022, 50.422, 0.015, 7, 9)]],
    'partly off the raster': [[star(69.65, 50.15, 0.3, 15, 10)]],
    'sliver': [[[[68.55, 50.2], [69.6, 50.9], [69.6, 50.902], [68.55, 50.2]]]],
    'all': [[box(68, 50, 3, 2)]],
}


def feature(name, polygons):
    return {'type': 'Feature', 'properties': {'name': name}, 'geometry': {'type': 'MultiPolygon', 'coordinates': polygons}}


def quantiles(values, weights):
    order = np.argsort(values, kind='stable')
    v, w = values[order].astype('f8'), weights[order].astype('f8')
    total, out = w.sum(), []
    cum = np.cumsum(w)
    for p in PROBABILITIES:
        i = int(np.searchsorted(cum, p * total - 1e-12 * total))
        i = min(i, len(v) - 1)
        tie = p > 0 and abs(cum[i] - p * total) <= 1e-12 * total and i + 1 < len(v)
        out.append(float((v[i] + v[i + 1]) / 2 if tie else v[i]))
    return out


OPS = ['count', 'sum', 'mean', 'variance', 'stdev', 'min', 'max', 'values', 'coverage']
WEIGHTED = ['weighted_sum', 'weighted_mean', 'weighted_variance']


def plain(value):
    return value.tolist() if hasattr(value, 'tolist') else value


def expected(source, weights, zones, classes):
    out = {}
    for f in zones:
        ops = OPS + (['unique', 'frac'] if classes else []) + (WEIGHTED if weights else [])
        found = exact_extract(source, [f], ops, weights=weights)[0]['properties']
        row = {k: plain(found[k]) for k in ops if k not in ('values', 'coverage', 'unique', 'frac')}
        row['quantiles'] = quantiles(found['values'], found['coverage'])
        if classes:
            row['classes'] = sorted(([float(v), float(s)] for v, s in zip(found['unique'], found['frac'])))
        out[f['properties']['name']] = row
    return out


def made_up():
    stack, weights = layers()
    edges = dict(xmin=X0, ymin=Y0 - HEIGHT * D, xmax=X0 + WIDTH * D, ymax=Y0)
    zones = [feature(name, polygons) for name, polygons in ZONES.items()]
    ones = NumPyRasterSource(np.ones((HEIGHT, WIDTH)), **edges)
    weigh = NumPyRasterSource(weights, **edges)
    json.dump({
        'grid': {'width': WIDTH, 'height': HEIGHT, 'x0': X0, 'y0': Y0, 'dx': D, 'dy': -D},
        'probabilities': PROBABILITIES,
        'zones': ZONES,
        'cells': {f['properties']['name']: exact_extract(ones, [f], ['count'])[0]['properties']['count'] for f in zones},
        'weights': weights.ravel().tolist(),
        'layers': {
            name: {
                'nodata': nodata,
                'values': [None if math.isnan(v) else v for v in values.ravel().astype('f8').tolist()],
                'expected': expected(NumPyRasterSource(values, **edges, nodata=nodata), weigh, zones, name in ('uint8', 'int8')),
            } for name, (values, nodata) in stack.items()
        },
    }, sys.stdout, separators=(',', ':'))


def slope(folder):
    import geopandas
    import rasterio
    zones = geopandas.read_file(f'{folder}/polygons.shp')
    features = [{'type': 'Feature', 'properties': {'name': str(i)}, 'geometry': g.__geo_interface__} for i, g in enumerate(zones.geometry)]
    with rasterio.open(f'{folder}/slope.tif') as d:
        b = d.bounds
        source = NumPyRasterSource(d.read(1), b.left, b.bottom, b.right, b.top, nodata=d.nodata)
    json.dump({'zones': expected(source, None, features, False), 'probabilities': PROBABILITIES}, sys.stdout, indent=1)


if len(sys.argv) > 1:
    slope(sys.argv[1])
else:
    made_up()
