"""Land cover of Zion National Park by exactextract: coverage of every cell, areas of cells by PROJ, pairs of two dates.

    pip install exactextract==0.3.0 rasterio==1.4.3 geopandas==1.0.1 pyproj
    python make.py FOLDER_WITH_spDataLarge > zion.json
"""
import json
import sys

import geopandas as gpd
import numpy as np
import rasterio
from exactextract import exact_extract
from exactextract.raster import NumPyRasterSource
from pyproj import CRS, Geod, Transformer

folder = sys.argv[1]
first = rasterio.open(f"{folder}/nlcd.tif")
last = rasterio.open(f"{folder}/nlcd2011.tif")
park = gpd.read_file(f"{folder}/zion.gpkg").to_crs(first.crs)
a, b = first.read(1), last.read(1)

# coverage of each cell, cell by cell
wkt = first.crs.to_wkt()
left, bottom, right, top = first.bounds
source = NumPyRasterSource(a.astype("int32"), xmin=left, ymin=bottom, xmax=right, ymax=top, name="nlcd", srs_wkt=wkt)
[found] = exact_extract(source, park, ["cell_id", "coverage"], output="pandas").to_dict("records")
cells, coverage = np.asarray(found["cell_id"]), np.asarray(found["coverage"], dtype="float64")
rows, columns = np.divmod(cells, first.width)

# area of a cell on the ellipsoid: geodesic polygon through its corners
geod, back = Geod(ellps="WGS84"), Transformer.from_crs(CRS.from_wkt(wkt), 4326, always_xy=True)
t = first.transform


def area(row, column):
    corners = [(column, row), (column, row + 1), (column + 1, row + 1), (column + 1, row)]
    lon, lat = back.transform(*zip(*[(t.c + x * t.a, t.f + y * t.e) for x, y in corners]))
    return abs(geod.polygon_area_perimeter(lon, lat)[0])


# areas change smoothly: every 16th row and column, between them bilinear
step = 16
rr, cc = np.arange(rows.min(), rows.max() + step, step), np.arange(columns.min(), columns.max() + step, step)
lattice = np.array([[area(r, c) for c in cc] for r in rr])
fr, fc = (rows - rr[0]) / step, (columns - cc[0]) / step
i, j = np.minimum(fr.astype(int), len(rr) - 2), np.minimum(fc.astype(int), len(cc) - 2)
u, v = fr - i, fc - j
areas = (
    lattice[i, j] * (1 - u) * (1 - v) + lattice[i + 1, j] * u * (1 - v) + lattice[i, j + 1] * (1 - u) * v + lattice[i + 1, j + 1] * u * v
)

codes, to = a[rows, columns], b[rows, columns]


def table(keys):
    return {
        key: [float(coverage[keys == key].sum()), float((coverage * areas)[keys == key].sum())] for key in sorted(set(keys.tolist()))
    }


pairs = np.char.add(np.char.add(codes.astype(str), ">"), to.astype(str))
json.dump(
    {
        "nodata": [first.nodata, last.nodata],
        "first": table(codes),
        "last": table(to),
        "pairs": {key: value for key, value in table(pairs).items() if key.split(">")[0] != key.split(">")[1]},
    },
    sys.stdout,
    indent=1,
)
