"""Small climate cubes, and what xarray, cftime, netCDF4 and pyproj read from them.

    pip install xarray==2026.9.0 netCDF4==1.7.5.1.post1 zarr==3.1.6 cftime==1.6.6.1 numcodecs==0.16.6 pyproj==3.7.2
    python make.py

Writes the cubes beside itself and expected.json: shape, outer corner, steps and every value (null for missing), by bands.
"""
import json, os, shutil, warnings, zipfile
import cftime, netCDF4, numcodecs, numpy as np, pyproj, xarray as xr, zarr

warnings.filterwarnings('ignore')
here = os.path.dirname(os.path.abspath(__file__))
os.chdir(here)
for name in os.listdir('.'):
    if name.endswith(('.nc', '.zip', '.zarr')):
        (shutil.rmtree if os.path.isdir(name) else os.remove)(name)

expected = {}
LAT = np.array([50.25, 49.75, 49.25, 48.75])
LON = np.array([66.25, 66.75, 67.25, 67.75, 68.25])


def field(steps, rows=4, columns=5):
    """Values that differ everywhere, so that no order of dimensions passes for another."""
    s, r, c = np.meshgrid(np.arange(steps), np.arange(rows), np.arange(columns), indexing='ij')
    return (100 * s + 10 * r + c).astype('f4')


def keep(name, variable, values, *, transform, dates=None, lon_lat=None, wanted=None, bands=None):
    """values: (bands, rows, columns), rows as they are stored; dates: first moment of each band and of the next."""
    values = np.ma.filled(np.ma.asarray(values, 'f8'), np.nan)
    expected[name if wanted is None else f'{name}#{wanted}'] = {
        'variable': variable,
        'shape': list(values.shape),
        'transform': transform,
        'dates': dates,
        'bands': bands,
        'lonLat': lon_lat,
        'values': [None if np.isnan(v) else float(v) for v in values.ravel()],
    }


PLACE = [66, 0.5, 0, 50.5, 0, -0.5]
BOTTOM_UP = [66, 0.5, 0, 48.5, 0, 0.5]


def iso(moment):
    return f'{moment.year:04}-{moment.month:02}-{moment.day:02}'


def months(start, count, calendar='standard'):
    """First days of months, and of the month after the last."""
    year, month = start
    days = []
    for i in range(count + 1):
        y, m = divmod(year * 12 + month - 1 + i, 12)
        days.append(cftime.datetime(y, m + 1, 1, calendar=calendar))
    return days


def classic(name, form, build):
    with netCDF4.Dataset(name, 'w', format=form) as ds:
        build(ds)


def axes(ds, lat=LAT, lon=LON, kind='f8'):
    ds.createDimension('lat', len(lat))
    ds.createDimension('lon', len(lon))
    y = ds.createVariable('lat', kind, ('lat',)); y[:] = lat; y.units = 'degrees_north'
    x = ds.createVariable('lon', kind, ('lon',)); x[:] = lon; x.units = 'degrees_east'


def times(ds, values, units, calendar=None, bounds=None, unlimited=False, kind='f8'):
    ds.createDimension('time', None if unlimited else len(values))
    t = ds.createVariable('time', kind, ('time',)); t.units = units
    if calendar: t.calendar = calendar
    t[:] = values
    if bounds is not None:
        ds.createDimension('bnds', 2)
        t.bounds = 'time_bnds'
        ds.createVariable('time_bnds', 'f8', ('time', 'bnds'))[:] = bounds


def decoded(name, variable, order=('time', 'lat', 'lon')):
    with xr.open_dataset(name, decode_times=False) as ds:
        return ds[variable].transpose(*order).values.reshape(-1, *[ds[variable].sizes[d] for d in order[-2:]])


# --- values: packing, missing, types, orders of dimensions ---------------------------------------------------------------

def packed(ds):
    axes(ds); times(ds, [15, 45, 74], 'days since 2001-01-01', unlimited=True)
    v = ds.createVariable('pr', 'i2', ('time', 'lat', 'lon'), fill_value=-32768)
    v.scale_factor, v.add_offset, v.missing_value, v.units = 0.1, 5.0, np.int16(-999), 'mm'
    v.set_auto_maskandscale(False)
    raw = field(3).astype('i2'); raw[0, 0, 0] = -32768; raw[1, 2, 3] = -999
    v[:] = raw

for form, name in [('NETCDF3_CLASSIC', 'packed-classic.nc'), ('NETCDF3_64BIT_OFFSET', 'packed-offset64.nc'), ('NETCDF3_64BIT_DATA', 'packed-data64.nc'), ('NETCDF4', 'packed-hdf5.nc')]:
    classic(name, form, packed)
    keep(name, 'pr', decoded(name, 'pr'), transform=PLACE, dates=['2001-01-01', '2001-02-01', '2001-03-01', '2001-04-01'])


def records(ds):
    """Several record variables, one of odd length: their records are padded."""
    axes(ds, kind='f4'); times(ds, [0, 1, 2], 'days since 2001-02-27', unlimited=True, kind='i4')
    flag = ds.createVariable('flag', 'i1', ('time',)); flag[:] = [1, 2, 3]
    cover = ds.createVariable('cover', 'u1' if ds.data_model == 'NETCDF4' else 'i1', ('time', 'lat', 'lon'))
    cover._Unsigned = 'true'
    cover.set_auto_maskandscale(False)
    cover.set_auto_mask(False)
    cover[:] = (field(3) / 2 + 100).astype('u1').astype('i1')

classic('unsigned-records.nc', 'NETCDF3_CLASSIC', records)
keep('unsigned-records.nc', 'cover', decoded('unsigned-records.nc', 'cover'), transform=PLACE, dates=['2001-02-27', '2001-02-28', '2001-03-01', '2001-03-02'])


def single(ds):
    """A single record variable is not padded."""
    axes(ds, LAT[:3], LON[:3])
    ds.createDimension('time', None)
    cover = ds.createVariable('cover', 'i1', ('time', 'lat', 'lon'))
    cover[:] = field(4, 3, 3).astype('i4') // 4

classic('single-record.nc', 'NETCDF3_CLASSIC', single)
keep('single-record.nc', 'cover', decoded('single-record.nc', 'cover'), transform=PLACE, bands=['cover, time 1', 'cover, time 2', 'cover, time 3', 'cover, time 4'])


def orders(order, lat=LAT, lon=LON):
    def build(ds):
        axes(ds, lat, lon); times(ds, [0, 31], 'days since 2001-01-01')
        v = ds.createVariable('tas', 'f4', order)
        data = xr.DataArray(field(2), dims=('time', 'lat', 'lon')).transpose(*order).values
        v[:] = data
        v.units = 'degC'
    return build

for order in [('lat', 'lon', 'time'), ('time', 'lon', 'lat'), ('lon', 'time', 'lat')]:
    for form, kind in [('NETCDF3_CLASSIC', 'classic'), ('NETCDF4', 'hdf5')]:
        name = f"order-{'-'.join(order)}-{kind}.nc"
        classic(name, form, orders(order))
        keep(name, 'tas', decoded(name, 'tas'), transform=PLACE, dates=['2001-01-01', '2001-02-01', '2001-03-01'])

classic('ascending.nc', 'NETCDF3_CLASSIC', orders(('time', 'lat', 'lon'), LAT[::-1]))
keep('ascending.nc', 'tas', decoded('ascending.nc', 'tas'), transform=BOTTOM_UP, dates=['2001-01-01', '2001-02-01', '2001-03-01'])
classic('westward.nc', 'NETCDF4', orders(('time', 'lat', 'lon'), LAT, LON[::-1]))
keep('westward.nc', 'tas', decoded('westward.nc', 'tas')[:, :, ::-1], transform=PLACE, dates=['2001-01-01', '2001-02-01', '2001-03-01'])


def valid(ds):
    axes(ds)
    v = ds.createVariable('a', 'i2', ('lat', 'lon'), fill_value=-1); v.valid_range = np.array([2, 30], 'i2'); v.set_auto_maskandscale(False); v[:] = field(1)[0].astype('i2')
    w = ds.createVariable('b', 'f4', ('lat', 'lon')); w.valid_min = np.float32(3); w[:] = field(1)[0]
    u = ds.createVariable('never', 'f4', ('lat', 'lon')); u[0, :] = 7

classic('valid-range.nc', 'NETCDF4_CLASSIC', valid)
with netCDF4.Dataset('valid-range.nc') as ds:
    for v in ['a', 'b', 'never']:
        keep('valid-range.nc', v, ds[v][:][None], transform=PLACE, wanted=v, bands=[v])


def types(ds):
    axes(ds)
    for kind in ['i1', 'u1', 'i2', 'u2', 'i4', 'u4', 'i8', 'u8', 'f4', 'f8', '>i2', '>f4', '>f8']:
        name = kind.replace('>', 'big_')
        v = ds.createVariable(name, kind.replace('>', ''), ('lat', 'lon'), endian='big' if '>' in kind else 'native')
        v[:] = (field(1)[0] * (1 if 'u' in kind else -1))

classic('types.nc', 'NETCDF4', types)
for kind in ['i1', 'u1', 'i2', 'u2', 'i4', 'u4', 'i8', 'u8', 'f4', 'f8', 'big_i2', 'big_f4', 'big_f8']:
    with netCDF4.Dataset('types.nc') as ds:
        keep('types.nc', kind, ds[kind][:][None], transform=PLACE, wanted=kind, bands=[kind])


def stored(ds):
    """Pieces that do not fit the grid, checksums, groups, levels."""
    axes(ds); times(ds, [0, 24], 'hours since 2001-01-01 00:00:00')
    ds.createDimension('level', 2)
    level = ds.createVariable('level', 'i4', ('level',)); level[:] = [850, 500]; level.units = 'hPa'
    group = ds.createGroup('forecast')
    v = group.createVariable('t', 'f4', ('time', 'level', 'lat', 'lon'), zlib=True, shuffle=True, fletcher32=True, chunksizes=(1, 2, 3, 2))
    v[:] = field(4).reshape(2, 2, 4, 5)
    v.units = 'K'
    v.history_of_words = 'жауын'
    contiguous = ds.createVariable('plain', 'f4', ('lat', 'lon'), contiguous=True)
    contiguous[:] = field(1)[0]
    sparse = ds.createVariable('sparse', 'i2', ('time', 'lat', 'lon'), chunksizes=(1, 2, 2), fill_value=-5)
    sparse[1, 0, 0] = 9

classic('stored.nc', 'NETCDF4', stored)
with netCDF4.Dataset('stored.nc') as ds:
    keep('stored.nc', 'forecast/t', ds['forecast/t'][:].reshape(4, 4, 5), transform=PLACE, wanted='forecast/t',
         bands=['t, level 850hPa', 't, level 500hPa', 't, level 850hPa', 't, level 500hPa'], dates=[['2001-01-01', '2001-01-02'], ['2001-01-01', '2001-01-02'], ['2001-01-02', '2001-01-03'], ['2001-01-02', '2001-01-03']])
    keep('stored.nc', 'plain', ds['plain'][:][None], transform=PLACE, wanted='plain')
    keep('stored.nc', 'sparse', ds['sparse'][:], transform=PLACE, wanted='sparse', dates=['2001-01-01', '2001-01-02', '2001-01-03'])

# --- where: spacing, turns of longitude, bounds, systems -----------------------------------------------------------------

def placed(name, lat, lon, transform, *, kind='f8', extra=lambda ds: None, form='NETCDF3_CLASSIC', lon_lat=None, names=('lat', 'lon'), units=('degrees_north', 'degrees_east'), mapping=None):
    def build(ds):
        for n, values, unit in zip(names, (lat, lon), units):
            ds.createDimension(n, len(values))
            v = ds.createVariable(n, kind, (n,)); v[:] = values; v.units = unit
            if n in ('x', 'y'): v.standard_name = f'projection_{n}_coordinate'
        v = ds.createVariable('z', 'f4', names); v[:] = field(1, len(lat), len(lon))[0]
        if mapping is not None:
            m = ds.createVariable('crs', 'i4', ()); m.setncatts(mapping); v.grid_mapping = 'crs'
        extra(ds)
    classic(name, form, build)
    keep(name, 'z', field(1, len(lat), len(lon)), transform=transform, lon_lat=lon_lat)

third = 1 / 12
placed('float32-spacing.nc', 60 - third * (np.arange(6) + 0.5), 170 + third * (np.arange(7) + 0.5), [170, third, 0, 60, 0, -third], kind='f4')
placed('turn-360.nc', np.array([45, -45.]), np.array([45, 135, 225, 315.]), [0, 90, 0, 90, 0, -90])
placed('turn-inside.nc', np.array([45, -45.]), np.array([45, 135, -135, -45.]), [0, 90, 0, 90, 0, -90])


def bounds(ds):
    ds.createDimension('nv', 2)
    ds['lat'].bounds, ds['lon'].bounds = 'lat_bnds', 'lon_bnds'
    ds.createVariable('lat_bnds', 'f8', ('lat', 'nv'))[:] = [[90, 75], [75, 45], [45, 15], [15, -15], [-15, -45], [-45, -75], [-75, -90]]
    ds.createVariable('lon_bnds', 'f8', ('lon', 'nv'))[:] = [[0, 90], [90, 180], [180, 270], [270, 360]]

# centres at the poles, whose cells are cut there; longitudes that name the western edge of their cells
placed('bounds.nc', np.linspace(90, -90, 7), np.array([0, 90, 180, 270.]), [0, 90, 0, 105, 0, -30], extra=bounds)

X = np.arange(5) * 25000.0 - 1_000_000
Y = 500_000 - np.arange(4) * 25000.0
CORNER = (X[0] - 12500, Y[0] + 12500)
SPHERE = {'earth_radius': 6371007.181}
SYSTEMS = {
    'lambert': {'grid_mapping_name': 'lambert_conformal_conic', 'standard_parallel': np.array([30., 62.]), 'longitude_of_central_meridian': 70., 'latitude_of_projection_origin': 45., 'false_easting': 100., 'false_northing': 50., 'semi_major_axis': 6378137., 'inverse_flattening': 298.257223563},
    'lambert-one': {'grid_mapping_name': 'lambert_conformal_conic', 'standard_parallel': 47., 'longitude_of_central_meridian': 70., 'latitude_of_projection_origin': 47., **SPHERE},
    'albers': {'grid_mapping_name': 'albers_conical_equal_area', 'standard_parallel': np.array([40., 55.]), 'longitude_of_central_meridian': 68., 'latitude_of_projection_origin': 48., 'semi_major_axis': 6378137., 'inverse_flattening': 298.257223563},
    'polar': {'grid_mapping_name': 'polar_stereographic', 'straight_vertical_longitude_from_pole': -45., 'latitude_of_projection_origin': 90., 'standard_parallel': 70., 'semi_major_axis': 6378137., 'inverse_flattening': 298.257223563},
    'sinusoidal': {'grid_mapping_name': 'sinusoidal', 'longitude_of_projection_origin': 60., **SPHERE},
    'azimuthal': {'grid_mapping_name': 'lambert_azimuthal_equal_area', 'longitude_of_projection_origin': 70., 'latitude_of_projection_origin': 50., 'semi_major_axis': 6378137., 'inverse_flattening': 298.257222101, 'horizontal_datum_name': 'ETRS89'},
    'mercator': {'grid_mapping_name': 'transverse_mercator', 'scale_factor_at_central_meridian': 0.9996, 'longitude_of_central_meridian': 69., 'latitude_of_projection_origin': 0., 'false_easting': 500000., 'semi_major_axis': 6378137., 'inverse_flattening': 298.257223563},
}
for name, mapping in SYSTEMS.items():
    crs = pyproj.CRS.from_cf({k: (v.tolist() if isinstance(v, np.ndarray) else v) for k, v in mapping.items()})
    # as PROJ does it with a sphere: latitudes stay what they are
    there = pyproj.Transformer.from_crs(crs, crs.geodetic_crs, always_xy=True).transform(*CORNER)
    placed(f'crs-{name}.nc', Y, X, [X[0] - 12500, 25000, 0, Y[0] + 12500, 0, -25000], names=('y', 'x'), units=('m', 'm'), mapping=mapping, lon_lat=list(there))

there = pyproj.Transformer.from_crs(32642, 4326, always_xy=True).transform(*(np.array(CORNER) + [1_400_000, 5_000_000]))
for name, key, version in [('crs-wkt.nc', 'crs_wkt', 'WKT2_2019'), ('crs-spatial-ref.nc', 'spatial_ref', 'WKT1_GDAL')]:
    placed(name, Y + 5_000_000, X + 1_400_000, [X[0] + 1_387_500, 25000, 0, Y[0] + 5_012_500, 0, -25000], names=('y', 'x'), units=('m', 'm'), lon_lat=list(there), form='NETCDF4', mapping={key: pyproj.CRS(32642).to_wkt(version)})
placed('crs-kilometres.nc', Y / 1000, X / 1000, [X[0] - 12500, 25000, 0, Y[0] + 12500, 0, -25000], names=('y', 'x'), units=('km', 'km'), mapping=SYSTEMS['albers'], lon_lat=expected['crs-albers.nc']['lonLat'])


def by_transform(ds):
    ds.createDimension('y', 4); ds.createDimension('x', 5)
    v = ds.createVariable('Band1', 'f4', ('y', 'x')); v[:] = field(1)[0]; v.grid_mapping = 'crs'
    m = ds.createVariable('crs', 'S1', ()); m.spatial_ref = pyproj.CRS(32642).to_wkt('WKT1_GDAL'); m.GeoTransform = '387500 25000 0 5512500 0 -25000 '

classic('crs-transform.nc', 'NETCDF4', by_transform)
keep('crs-transform.nc', 'Band1', field(1), transform=[387500, 25000, 0, 5512500, 0, -25000], lon_lat=list(there))

# --- when: calendars, bounds, climatologies ------------------------------------------------------------------------------

for calendar in ['standard', 'proleptic_gregorian', 'noleap', 'all_leap', '360_day', 'julian']:
    edges = months((1999, 12), 4, calendar)
    units = 'hours since 1850-01-01 00:00:00'
    numbers = cftime.date2num(edges, units, calendar)
    def build(ds):
        axes(ds); times(ds, (numbers[:-1] + numbers[1:]) / 2, units, calendar, np.stack([numbers[:-1], numbers[1:]], 1))
        ds.createVariable('pr', 'f4', ('time', 'lat', 'lon'))[:] = field(4)
    classic(f'calendar-{calendar}.nc', 'NETCDF3_CLASSIC', build)
    shown = edges
    if calendar == 'julian':  # real days, shown in the common calendar
        shown = [d.change_calendar('proleptic_gregorian') for d in edges] if hasattr(edges[0], 'change_calendar') else edges
    keep(f'calendar-{calendar}.nc', 'pr', field(4), transform=PLACE, dates=[iso(d) for d in shown])


def climatology(ds):
    axes(ds); times(ds, [14, 45], 'days since 1961-01-01', unlimited=True)
    ds['time'].climatology = 'bounds_of_years'
    ds.createDimension('nv', 2)
    ds.createVariable('bounds_of_years', 'f8', ('time', 'nv'))[:] = [[0, cftime.date2num(cftime.datetime(1990, 2, 1), 'days since 1961-01-01')], [31, cftime.date2num(cftime.datetime(1990, 3, 1), 'days since 1961-01-01')]]
    v = ds.createVariable('pr', 'f4', ('time', 'lat', 'lon')); v[:] = field(2); v.cell_methods = 'time: sum within years time: mean over years'

classic('climatology.nc', 'NETCDF3_CLASSIC', climatology)
keep('climatology.nc', 'pr', field(2), transform=PLACE, dates=[['1961-01-01', '1990-02-01'], ['1961-02-01', '1990-03-01']])

# --- Zarr ----------------------------------------------------------------------------------------------------------------

base = xr.Dataset({'pr': (('time', 'lat', 'lon'), np.where(field(3) == 112, np.nan, field(3)), {'units': 'mm'})},
                  coords={'time': ('time', [0, 31, 59], {'units': 'days since 2001-01-01', 'calendar': 'standard'}), 'lat': ('lat', LAT, {'units': 'degrees_north'}), 'lon': ('lon', LON, {'units': 'degrees_east'})})
DATES = ['2001-01-01', '2001-02-01', '2001-03-01', '2001-04-01']


def zipped(name, folder):
    with zipfile.ZipFile(name, 'w', zipfile.ZIP_STORED) as z:
        for at, _, files in sorted(os.walk(folder)):
            for f in sorted(files):
                path = os.path.join(at, f)
                z.writestr(zipfile.ZipInfo(os.path.relpath(path, folder).replace(os.sep, '/')), open(path, 'rb').read())
    shutil.rmtree(folder)


def zarred(name, version, encoding, consolidated=True, ds=base, zip=True, values=None):
    folder = 'tmp.zarr' if zip else name
    ds.to_zarr(folder, zarr_format=version, encoding=encoding, consolidated=consolidated, mode='w')
    opened = xr.open_zarr(folder, decode_times=False, consolidated=consolidated)
    keep(name, 'pr', opened['pr'].values if values is None else values, transform=PLACE, dates=DATES)
    opened.close()
    if zip: zipped(name, folder)


C = {'chunks': (2, 3, 2)}
for codec, own in [('zlib', numcodecs.Zlib(5)), ('gzip', numcodecs.GZip(5)), ('zstd', numcodecs.Zstd(3)), ('lz4', numcodecs.LZ4()), ('blosc', numcodecs.Blosc('lz4', 5, numcodecs.Blosc.SHUFFLE))]:
    zarred(f'v2-{codec}.zarr.zip', 2, {'pr': {**C, 'compressors': (own,)}}, consolidated=codec != 'gzip')
zarred('v2-plain.zarr.zip', 2, {'pr': {**C, 'compressors': None, 'dtype': '>f4'}})
zarred('v2-packed.zarr.zip', 2, {'pr': {**C, 'dtype': 'i2', 'scale_factor': 0.5, 'add_offset': 1.0, '_FillValue': -99, 'compressors': (numcodecs.Zlib(5),)}})
zarred('v2-folder.zarr', 2, {'pr': {'chunks': (3, 4, 5), 'compressors': (numcodecs.Zlib(5),)}}, zip=False)
B = zarr.codecs
zarred('v3-zstd.zarr.zip', 3, {'pr': {**C, 'compressors': (B.ZstdCodec(level=3),)}})
zarred('v3-gzip.zarr.zip', 3, {'pr': {**C, 'compressors': (B.GzipCodec(level=5),)}}, consolidated=False)
zarred('v3-blosc.zarr.zip', 3, {'pr': {**C, 'compressors': (B.BloscCodec(cname='zstd', clevel=5),)}})
zarred('v3-sharded.zarr.zip', 3, {'pr': {'chunks': (1, 2, 2), 'shards': (2, 4, 4), 'compressors': (B.ZstdCodec(level=3),)}})
zarred('v3-folder.zarr', 3, {'pr': {'chunks': (3, 4, 5), 'compressors': (B.ZstdCodec(level=3),)}}, zip=False)
zarred('v3-int.zarr.zip', 3, {'pr': {**C, 'dtype': 'int64', '_FillValue': -1, 'compressors': (B.ZstdCodec(level=3),)}}, values=np.where(np.isnan(base['pr'].values), np.nan, base['pr'].values))

# half of the pieces are not there: they are full of the fill value, which is no missing one in version 3
group = zarr.open_group('tmp.zarr', mode='w', zarr_format=3)
for n, v in [('lat', LAT), ('lon', LON)]:
    a = group.create_array(n, shape=v.shape, chunks=v.shape, dtype='f8', dimension_names=(n,), compressors=None); a[:] = v
    a.attrs['units'] = 'degrees_north' if n == 'lat' else 'degrees_east'
a = group.create_array('cover', shape=(4, 5), chunks=(2, 5), dtype='u1', fill_value=3, dimension_names=('lat', 'lon'), compressors=None)
a[0:2, :] = 1
zipped('v3-absent.zarr.zip', 'tmp.zarr')
keep('v3-absent.zarr.zip', 'cover', np.concatenate([np.full((1, 2, 5), 1.), np.full((1, 2, 5), 3.)], 1), transform=PLACE)

group = zarr.open_group('tmp.zarr', mode='w', zarr_format=2)
for n, v in [('lat', LAT), ('lon', LON)]:
    a = group.create_array(n, shape=v.shape, chunks=v.shape, dtype='f8', compressors=None); a[:] = v
    a.attrs.update({'units': 'degrees_north' if n == 'lat' else 'degrees_east', '_ARRAY_DIMENSIONS': [n]})
for kind in ['f2', 'i8', 'bool']:
    a = group.create_array(kind, shape=(4, 5), chunks=(4, 3), dtype=kind, order='F', compressors=None, fill_value=0)
    a[:] = (field(1)[0] % 2 == 0) if kind == 'bool' else field(1)[0]
    a.attrs.update({'_ARRAY_DIMENSIONS': ['lat', 'lon'], 'missing_value': 12 if kind == 'i8' else 500})
zipped('v2-types.zarr.zip', 'tmp.zarr')
for kind in ['f2', 'i8', 'bool']:
    v = (field(1) % 2 == 0).astype('f8') if kind == 'bool' else field(1).astype('f8')
    if kind != 'bool': v[v == 0] = np.nan  # the fill value of version 2 is a missing one, too
    if kind == 'i8': v[v == 12] = np.nan
    keep('v2-types.zarr.zip', kind, v, transform=PLACE, wanted=kind)

# --- what is refused -----------------------------------------------------------------------------------------------------

def curved(ds):
    ds.createDimension('y', 4); ds.createDimension('x', 5)
    for n, u, v in [('lon', 'degrees_east', LON[None] + 0.1 * np.arange(4)[:, None]), ('lat', 'degrees_north', LAT[:, None] + 0.1 * np.arange(5)[None])]:
        c = ds.createVariable(n, 'f8', ('y', 'x')); c[:] = v; c.units = u
    v = ds.createVariable('tas', 'f4', ('y', 'x')); v[:] = field(1)[0]; v.coordinates = 'lon lat'

def rotated(ds):
    for n, v, s in [('rlat', LAT, 'grid_latitude'), ('rlon', LON, 'grid_longitude')]:
        ds.createDimension(n, len(v)); c = ds.createVariable(n, 'f8', (n,)); c[:] = v; c.standard_name, c.units = s, 'degrees'
    v = ds.createVariable('tas', 'f4', ('rlat', 'rlon')); v[:] = field(1)[0]; v.grid_mapping = 'pole'
    m = ds.createVariable('pole', 'i4', ()); m.grid_mapping_name, m.grid_north_pole_latitude, m.grid_north_pole_longitude = 'rotated_latitude_longitude', 39.25, -162.

classic('refused-curved.nc', 'NETCDF3_CLASSIC', curved)
classic('refused-rotated.nc', 'NETCDF3_CLASSIC', rotated)

def uneven(ds):
    axes(ds, np.array([50, 49, 47.5, 45])); ds.createVariable('tas', 'f4', ('lat', 'lon'))[:] = field(1)[0]

classic('refused-uneven.nc', 'NETCDF3_CLASSIC', uneven)

def geostationary(ds):
    for n, v in [('y', Y / 1e7), ('x', X / 1e7)]:
        ds.createDimension(n, len(v)); c = ds.createVariable(n, 'f8', (n,)); c[:] = v; c.standard_name, c.units = f'projection_{n}_coordinate', 'rad'
    v = ds.createVariable('tas', 'f4', ('y', 'x')); v[:] = field(1)[0]; v.grid_mapping = 'goes'
    m = ds.createVariable('goes', 'i4', ()); m.grid_mapping_name, m.perspective_point_height, m.longitude_of_projection_origin = 'geostationary', 35786023., 0.

classic('refused-geostationary.nc', 'NETCDF3_CLASSIC', geostationary)

def points(ds):
    ds.createDimension('station', 3); ds.createVariable('pr', 'f4', ('station',))[:] = 1

classic('refused-points.nc', 'NETCDF3_CLASSIC', points)

json.dump({'files': expected}, open('expected.json', 'w'), indent=None, separators=(',', ':'))
print(sum(os.path.getsize(os.path.join(at, f)) for at, _, files in os.walk('.') for f in files), len(expected))

# --- means of a cube of others, kept beside the project -------------------------------------------------------------------
others = os.path.join(os.environ.get('SARYARKA_GOLDEN', os.path.join(here, *['..'] * 4, 'shared', 'golden')), 'raster', 'stars', 'bcsd_obs_1999.nc')
if os.path.exists(others):
    with xr.open_dataset(others) as ds:
        json.dump({v: {'mean': ds[v].astype('f8').mean(('latitude', 'longitude')).values.tolist(), 'count': ds[v].notnull().sum(('latitude', 'longitude')).values.tolist()} for v in ['pr', 'tas']}, open('bcsd.json', 'w'))
