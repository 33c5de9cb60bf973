"""Small GeoTIFFs of every kind that the reader knows, and what GDAL reads in them.

    python make.py                    # the files here, and expected.json
    python make.py ../../../../shared/golden/raster shared.json   # what GDAL reads in a folder of other TIFFs

Needs rasterio, numpy, tifffile. Digests are of the raw values, row-major, little-endian, all bands of a file, one after the other; NaN as
numpy writes it. Of files with many bands only the first four and the last are described.
"""
import hashlib
import json
import pathlib
import sys

import numpy as np
import rasterio
from rasterio.control import GroundControlPoint
from rasterio.crs import CRS
from rasterio.enums import ColorInterp, MaskFlags
from rasterio.transform import Affine, from_origin
from pyproj import Transformer

here = pathlib.Path(__file__).parent
rng = np.random.default_rng(20240611)
W, H = 21, 18


def field(dtype, count=1, w=W, h=H):
    """Smooth ground with noise, so that predictors have something to do; full range at some pixels."""
    y, x = np.mgrid[0:h, 0:w]
    bands = []
    for k in range(count):
        v = np.sin(x / 7 + k) * np.cos(y / 5) * 40 + 60 + rng.normal(0, 1, (h, w))
        if np.issubdtype(dtype, np.floating):
            v = (np.round(v) / 8 - 7).astype(dtype)
            v[0, 0] = np.finfo(dtype).max if dtype != np.float16 else 65504
            v[0, 1] = np.finfo(dtype).tiny
            v[1, 3] = np.nan
        else:
            info = np.iinfo(dtype)
            v = np.round(v * (info.max / 300)).clip(info.min, info.max).astype(dtype)
            v[0, 0], v[0, 1] = info.max, info.min
        bands.append(v)
    return np.stack(bands)


def write(name, data, transform=None, crs='EPSG:32642', mask=None, after=None, **options):
    """One file by GDAL, without its .aux.xml."""
    path = here / f'{name}.tif'
    path.unlink(missing_ok=True)
    count, h, w = data.shape
    profile = dict(driver='GTiff', width=w, height=h, count=count, dtype=data.dtype, crs=crs,
                   transform=transform or from_origin(500000, 5600000, 30, 30))
    profile.update(options)
    with rasterio.Env(GDAL_TIFF_INTERNAL_MASK=True, GDAL_PAM_ENABLED='NO'), rasterio.open(path, 'w', **profile) as out:
        out.write(data)
        if mask is not None:
            out.write_mask(mask)
        if after is not None:
            after(out)
    return path


TILED = dict(tiled=True, blockxsize=16, blockysize=16)
STRIPS = dict(blockysize=5)


def make():
    types = ['uint8', 'int8', 'uint16', 'int16', 'uint32', 'int32', 'float32', 'float64']
    for dtype in types:
        t = np.dtype(dtype)
        p = 3 if t.kind == 'f' else 2
        write(f'{dtype}-none-strips', field(t), **STRIPS)
        write(f'{dtype}-deflate-p{p}-tiles', field(t), compress='DEFLATE', predictor=p, **TILED)
        write(f'{dtype}-lzw-p{p}-strips-big-endian', field(t), compress='LZW', predictor=p, ENDIANNESS='BIG', **STRIPS)
        write(f'{dtype}-zstd-p{p}-pixel', field(t, 3), compress='ZSTD', predictor=p, interleave='pixel', **TILED)
        write(f'{dtype}-deflate-p{p}-band-big-endian', field(t, 2), compress='DEFLATE', predictor=p, interleave='band', ENDIANNESS='BIG', **TILED)
        write(f'{dtype}-packbits-big-endian', field(t), compress='PACKBITS', ENDIANNESS='BIG', **TILED)
    write('float32-lzw-p2', field(np.dtype('float32')), compress='LZW', predictor=2, **TILED)
    write('float64-deflate-p2', field(np.dtype('float64')), compress='DEFLATE', predictor=2, **TILED)
    write('float32-deflate-p3-pixel-big-endian', field(np.dtype('float32'), 3), compress='DEFLATE', predictor=3, interleave='pixel', ENDIANNESS='BIG', **STRIPS)
    # a row that four bytes at a time fit into, and is wide enough that sums of bytes overflow two bytes
    wide = field(np.dtype('float32'), w=2048, h=2)
    write('float32-deflate-p3-wide', wide, compress='DEFLATE', predictor=3, zlevel=9, blockysize=2)
    write('uint8-lzw-long', np.repeat(np.arange(8, dtype='uint8'), 16384).reshape(1, 256, 512), compress='LZW', blockysize=256)
    write('uint8-lzw-noise', rng.integers(0, 256, (1, 48, 128), dtype='uint8'), compress='LZW', blockysize=48)
    for bits in (1, 2, 4, 5):
        write(f'nbits-{bits}', (field(np.dtype('uint8')) >> (8 - bits)).astype('uint8'), NBITS=bits, compress='DEFLATE', **STRIPS)
    write('nbits-12-pixel', (field(np.dtype('uint16'), 2) >> 4), NBITS=12, interleave='pixel', compress='LZW', **TILED)
    write('float16-deflate', field(np.dtype('float32')).clip(-60000, 60000), NBITS=16, compress='DEFLATE', predictor=3, **TILED)
    write('float16-none-big-endian', field(np.dtype('float32')).clip(-60000, 60000), NBITS=16, ENDIANNESS='BIG', **STRIPS)
    write('bigtiff', field(np.dtype('int16')), BIGTIFF='YES', compress='DEFLATE', **TILED)
    write('bigtiff-big-endian', field(np.dtype('int16')), BIGTIFF='YES', ENDIANNESS='BIG', compress='DEFLATE', **TILED)

    holes = field(np.dtype('int16'), w=48, h=48)
    holes[:, :16, :16] = -9999
    holes[:, 32:, 16:] = -9999
    write('sparse', holes, nodata=-9999, SPARSE_OK='TRUE', compress='DEFLATE', **TILED)
    bare = np.where(holes == -9999, 0, holes)
    write('sparse-without-nodata', bare, SPARSE_OK='TRUE', compress='DEFLATE', **TILED)

    stand = (np.mgrid[0:H, 0:W].sum(axis=0) % 5 != 0)
    write('mask', field(np.dtype('uint8')), mask=stand, compress='DEFLATE', **TILED)
    write('mask-strips-of-int16', field(np.dtype('int16'), 2), mask=stand, compress='LZW', interleave='pixel', **STRIPS)

    def alpha(out):
        out.colorinterp = [ColorInterp.red, ColorInterp.green, ColorInterp.blue, ColorInterp.alpha]
    rgba = field(np.dtype('uint8'), 4)
    rgba[3] = stand * 255
    write('alpha', rgba, photometric='RGB', ALPHA='YES', compress='DEFLATE', interleave='pixel', after=alpha, **TILED)

    def describe(out):
        out.descriptions = ('NDVI 2016-01-01', 'NDVI 2016_017')
        out.scales, out.offsets, out.units = (0.0001, 0.0001), (0.5, 0.0), ('1', '1')
        out.update_tags(2, TIME='2016-01-17')
    write('described', field(np.dtype('int16'), 2), nodata=-3000, after=describe, compress='DEFLATE', **TILED)
    for name, dtype, nodata in (('nan', 'float32', float('nan')), ('lowest', 'float32', float(np.finfo('float32').min)), ('inexact', 'float32', 0.1)):
        write(f'nodata-{name}', field(np.dtype(dtype)), nodata=nodata, **STRIPS)

    def overviews(out):
        out.build_overviews([2, 4])
    write('overviews', field(np.dtype('int16'), w=48, h=40), after=overviews, compress='DEFLATE', **TILED)
    write('cog', field(np.dtype('float32'), w=150, h=140), driver='COG', BLOCKSIZE=128, compress='DEFLATE', predictor='YES')
    write('jpeg-grey', field(np.dtype('uint8')), compress='JPEG', **TILED)
    write('jpeg-colour', field(np.dtype('uint8'), 3, 16, 16), compress='JPEG', photometric='YCBCR', interleave='pixel', **TILED)
    write('jpeg-rgb', field(np.dtype('uint8'), 3, 40, 32), compress='JPEG', photometric='RGB', interleave='pixel', **STRIPS | dict(blockysize=16))
    point = write('pixel-is-point', field(np.dtype('int16')), crs='EPSG:4326', transform=from_origin(75, 47.5, 0.25, 0.25))
    with rasterio.Env(GDAL_PAM_ENABLED='NO'), rasterio.open(point, 'r+') as out:
        out.update_tags(AREA_OR_POINT='Point')

    modis = CRS.from_proj4('+proj=sinu +lon_0=0 +x_0=0 +y_0=0 +R=6371007.181 +units=m +no_defs')
    write('crs-modis', field(np.dtype('uint8')), crs=modis, transform=from_origin(5559752.6, 5559752.6, 463.3127165, 463.3127165))
    for name, proj in (
        ('albers', '+proj=aea +lat_0=30 +lon_0=95 +lat_1=15 +lat_2=65 +x_0=0 +y_0=0 +datum=WGS84 +units=m'),
        ('lambert', '+proj=lcc +lat_0=48 +lon_0=67 +lat_1=42 +lat_2=54 +x_0=1000000 +y_0=500000 +datum=WGS84 +units=m'),
        ('laea', '+proj=laea +lat_0=45 +lon_0=67 +x_0=0 +y_0=0 +datum=WGS84 +units=m'),
        ('tmerc-krass', '+proj=tmerc +lat_0=0 +lon_0=69 +k=1 +x_0=12500000 +y_0=0 +ellps=krass +towgs84=23.57,-140.95,-79.8,0,0.35,0.79,-0.22 +units=m'),
        ('polar', '+proj=stere +lat_0=90 +lat_ts=70 +lon_0=-45 +x_0=0 +y_0=0 +datum=WGS84 +units=m'),
        ('cea', '+proj=cea +lat_ts=30 +lon_0=0 +x_0=0 +y_0=0 +datum=WGS84 +units=m'),
        ('merc', '+proj=merc +lon_0=0 +lat_ts=45 +x_0=0 +y_0=0 +datum=WGS84 +units=m'),
        ('feet', '+proj=tmerc +lat_0=0 +lon_0=69 +k=0.9996 +x_0=500000 +y_0=0 +datum=WGS84 +units=us-ft'),
    ):
        here_xy = Transformer.from_crs('EPSG:4326', proj, always_xy=True).transform(69.2, 50.3)
        write(f'crs-{name}', field(np.dtype('uint8')), crs=CRS.from_proj4(proj), transform=from_origin(*here_xy, 500, 500))
    for code, x, y in ((4326, 69, 50), (28412, 12500000, 5600000), (3857, 7.6e6, 6.5e6), (26912, 3e5, 4.1e6), (5070, -1.3e6, 1.7e6), (6933, 6.6e6, 5.6e6)):
        step = 0.01 if code == 4326 else 500
        write(f'crs-epsg-{code}', field(np.dtype('uint8')), crs=f'EPSG:{code}', transform=from_origin(x, y, step, step))

    # what is refused, with its reason
    write('refused-int64', field(np.dtype('int32')).astype('int64'))
    write('refused-complex', field(np.dtype('float32')).astype('complex64'))
    write('refused-rotated', field(np.dtype('uint8')), transform=Affine(30, 4, 500000, 4, -30, 5600000))
    for compress in ('LERC', 'WEBP', 'LZMA'):
        try:
            write(f'refused-{compress.lower()}', field(np.dtype('uint8'), 3), compress=compress, interleave='pixel', **TILED)
        except Exception as error:  # this GDAL was built without it
            print('not written:', compress, error)
    with rasterio.Env(GDAL_PAM_ENABLED='NO'), rasterio.open(here / 'refused-unplaced.tif', 'w', driver='GTiff', width=W, height=H, count=1, dtype='uint8') as out:
        out.write(field(np.dtype('uint8')))
    path = here / 'refused-control-points.tif'
    with rasterio.Env(GDAL_PAM_ENABLED='NO'), rasterio.open(path, 'w', driver='GTiff', width=W, height=H, count=1, dtype='uint8') as out:
        out.write(field(np.dtype('uint8')))
        corners = [GroundControlPoint(r, c, 69 + c / 100, 50 - r / 100) for r, c in ((0, 0), (0, W), (H, 0), (H, W))]
        out.gcps = (corners, CRS.from_epsg(4326))


def digest(array):
    little = np.ascontiguousarray(array).astype(array.dtype.newbyteorder('<'))
    if little.dtype.kind == 'f':
        little = np.where(np.isnan(little), np.array(np.nan, little.dtype), little).astype(little.dtype)
    return hashlib.sha256(little.tobytes()).hexdigest()


def number(value):
    return None if value is None or np.isnan(value) else float(value)


def expected(path):
    with rasterio.Env(GDAL_PAM_ENABLED='NO'), rasterio.open(path) as d:
        t = d.transform
        known = {'width': d.width, 'height': d.height, 'transform': [t.c, t.a, 0, t.f, 0, t.e]}
        corner = None
        if d.crs is not None and not path.name.startswith('refused'):
            to = Transformer.from_crs(d.crs, 'EPSG:4326', always_xy=True)
            corner = list(to.transform(t.c + t.a * 3, t.f + t.e * 2))
        known['lonLatOf3And2'] = corner
        known['epsg'] = d.crs.to_epsg() if d.crs is not None else None
        known['count'] = d.count
        if path.name == 'jpeg-colour.tif':  # builds of libjpeg-turbo round its colours differently
            known['values'] = d.read().ravel().tolist()
        else:
            known['digest'] = digest(d.read())
        known['bands'] = []
        for i in sorted({*range(1, min(d.count, 4) + 1), d.count}):
            band = d.read(i)
            flags = d.mask_flag_enums[i - 1]
            masked = MaskFlags.per_dataset in flags and d.colorinterp[i - 1] != ColorInterp.alpha
            known['bands'].append({
                'band': i, 'type': str(band.dtype), 'nodata': number(d.nodatavals[i - 1]),
                'scale': d.scales[i - 1], 'offset': d.offsets[i - 1], 'description': d.descriptions[i - 1],
                'valid': digest((d.dataset_mask() != 0).astype('uint8')) if masked else None,
            })
        known['overviews'] = []
        for level in range(len(d.overviews(1))):
            with rasterio.open(path, overview_level=level) as o:
                known['overviews'].append({'width': o.width, 'height': o.height, 'digest': digest(o.read(1))})
        return known


if __name__ == '__main__':
    folder = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else here
    if folder == here:
        make()
    out = {}
    for path in sorted(folder.rglob('*.tif')):
        if not path.name.startswith('refused'):
            out[path.relative_to(folder).as_posix()] = expected(path)
    target = here / (sys.argv[2] if len(sys.argv) > 2 else 'expected.json')
    lines = ',\n'.join(f'  {json.dumps(name)}: {json.dumps(about)}' for name, about in out.items())
    target.write_text(f'{{"gdal": "{rasterio.__gdal_version__}", "files": {{\n{lines}\n}}}}\n')
