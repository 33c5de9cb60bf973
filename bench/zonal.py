"""For bench/zonal.ts: makes rasters, and does with exactextract what `saryarka stats` does.

    python zonal.py peer RASTER ZONES OPS STRATEGY OUT    figures, CPU seconds and memory as JSON
    python zonal.py land-cover SIDE OUT                   nine classes, uint8
    python zonal.py large SIDE OUT                        float32, each row of tiles with a value of its own
"""
import json
import resource
import sys


def peer(raster, zones, ops, strategy, out):
    from exactextract import exact_extract

    features = json.load(open(zones))['features']
    for feature in features:
        feature['id'] = feature['properties']['zone_id'] = feature['properties']['id']
    rows = exact_extract(raster, features, ops.split(','), strategy=strategy, include_cols=['zone_id'])
    plain = [{key: value.tolist() if hasattr(value, 'tolist') else value for key, value in row['properties'].items()} for row in rows]
    use = resource.getrusage(resource.RUSAGE_SELF)
    json.dump({'rows': plain, 'cpu': use.ru_utime + use.ru_stime, 'memory': use.ru_maxrss / 1024}, open(out, 'w'))


def write(side, out, strip, **profile):
    import rasterio
    from rasterio.transform import from_origin
    from rasterio.windows import Window

    shape = dict(driver='GTiff', width=side, height=side, count=1, crs='EPSG:4326', transform=from_origin(75, 47.5, 0.00025, 0.00025))
    tiles = dict(tiled=True, blockxsize=512, blockysize=512, compress='DEFLATE', NUM_THREADS='ALL_CPUS', BIGTIFF='IF_SAFER')
    with rasterio.open(out, 'w', **shape, **tiles, **profile) as raster:
        for row in range(0, side, 512):
            height = min(512, side - row)
            raster.write(strip(row, height), 1, window=Window(0, row, side, height))


def land_cover(side, out):
    import numpy as np

    rng = np.random.default_rng(5)
    octaves = ((5, 1.0), (23, 0.6), (101, 0.4), (499, 0.2))
    grids = [(rng.standard_normal((k + 2, k + 2)).astype('f4'), k, weight) for k, weight in octaves]
    xs = (np.arange(side) + 0.5) / side
    codes = np.array([10, 20, 30, 40, 50, 60, 80, 90, 100], 'u1')
    cuts = np.linspace(-1.8, 1.8, 8)

    def smooth(grid, k, ys):
        y, x = ys * k, xs * k
        iy, ix = y.astype(int), x.astype(int)
        ty, tx = (y - iy).astype('f4')[:, None], (x - ix).astype('f4')[None, :]
        rows = grid[iy] * (1 - ty) + grid[iy + 1] * ty
        return rows[:, ix] * (1 - tx) + rows[:, ix + 1] * tx

    def strip(row, height):
        ys = (np.arange(row, row + height) + 0.5) / side
        noise = rng.normal(0, 0.03, (height, side)).astype('f4')
        values = codes[np.digitize(sum(weight * smooth(grid, k, ys) for grid, k, weight in grids) + noise, cuts)]
        values[smooth(grids[1][0], 23, ys) > 2.4] = 0
        return values

    write(side, out, strip, dtype='uint8', nodata=0, zlevel=6)


def large(side, out):
    import numpy as np

    write(side, out, lambda row, height: np.full((height, side), row / side, 'f4'), dtype='float32', nodata=-9999, zlevel=1)


if __name__ == '__main__':
    what, *rest = sys.argv[1:]
    if what == 'peer':
        peer(*rest)
    else:
        {'land-cover': land_cover, 'large': large}[what](int(rest[0]), rest[1])
