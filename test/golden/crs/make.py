"""Golden coordinates for src/formats/crs.ts: PROJ through pyproj as referee.

Run: python3 -m venv venv && venv/bin/pip install pyproj==3.7.2 && venv/bin/python make.py
Each case: a coordinate system as EPSG code, PROJ string or text in WKT, positions in it, and the same on WGS 84 [deg].
Pulkovo 1942 is shifted by EPSG:5044 (GOST R 51794-2008, 3 m; what PROJ itself picks in Kazakhstan), Pulkovo 1995 by EPSG:5043.
"""
import json, math, pyproj
from pyproj import CRS, Transformer

SHIFT = {"Pulkovo 1942": "+ellps=krass +towgs84=23.57,-140.95,-79.8,0,0.35,0.79,-0.22", "Pulkovo 1995": "+ellps=krass +towgs84=24.47,-130.89,-81.56,0,0,0.13,-0.22"}

def to_wgs84(crs, x, y):
    """Inverse projection by PROJ, then the Helmert shift stated above, as PROJ carries it out."""
    geodetic = crs.geodetic_crs
    lon, lat = Transformer.from_crs(crs, geodetic, always_xy=True).transform(x, y) if crs.is_projected else (x, y)
    for name, shift in SHIFT.items():
        if geodetic.name.replace("_", " ").startswith(("GCS " + name, name)):
            p = {k.split("=")[0]: k.split("=")[1] for k in shift.split() if "=" in k}
            t = p["+towgs84"].split(",")
            pipe = (f"+proj=pipeline +step +proj=unitconvert +xy_in=deg +xy_out=rad +step +proj=push +v_3 +step +proj=cart +ellps=krass "
                    f"+step +proj=helmert +x={t[0]} +y={t[1]} +z={t[2]} +rx={t[3]} +ry={t[4]} +rz={t[5]} +s={t[6]} +convention=position_vector "
                    f"+step +inv +proj=cart +ellps=WGS84 +step +proj=pop +v_3 +step +proj=unitconvert +xy_in=rad +xy_out=deg")
            return Transformer.from_pipeline(pipe).transform(lon, lat)
    return lon, lat

POINTS = {"kz": [(69.17, 50.45), (76.9, 43.25), (52.1, 47.1), (86.5, 49.1)], "europe": [(9.5, 48.4), (24.0, 60.2)], "arctic": [(170.0, 72.0), (-175.0, 68.0)],
          "world": [(69.17, 50.45), (-120.5, 37.2), (25.0, -33.0)], "america": [(-100.0, 40.5), (-84.0, 52.0)], "antarctic": [(10.0, -75.0), (-120.0, -68.0)], "south": [(30.5, -25.1), (35.0, -5.0)]}
CASES = [(f"EPSG:284{z:02d}", "kz") for z in range(7, 17)] + [("EPSG:2501", "kz"), ("EPSG:2503", "kz"), ("EPSG:2545", "kz"), ("EPSG:2596", "kz"), ("EPSG:28473", "kz"),
         ("EPSG:20013", "kz"), ("EPSG:2472", "kz"), ("EPSG:4284", "kz"), ("EPSG:4200", "kz"), ("EPSG:4326", "world"), ("EPSG:4258", "europe"),
         ("EPSG:32642", "kz"), ("EPSG:32643", "kz"), ("EPSG:32736", "south"), ("EPSG:25832", "europe"), ("EPSG:3857", "world"), ("EPSG:3035", "europe"),
         ("EPSG:3034", "europe"), ("EPSG:3995", "arctic"), ("EPSG:3571", "arctic"), ("EPSG:6931", "arctic"), ("EPSG:6933", "world"), ("EPSG:3395", "world"),
         ("ESRI:102025", "kz"), ("ESRI:102012", "kz"), ("ESRI:102027", "arctic"), ("ESRI:54009", "world"), ("ESRI:54034", "world"), ("EPSG:3413", "arctic"), ("EPSG:3031", "south"), ("EPSG:3388", "kz"), ("EPSG:2154", "europe"), ("EPSG:5070", "america"), ("EPSG:32661", "arctic"), ("EPSG:32761", "antarctic"), ("EPSG:3976", "antarctic"), ("ESRI:54008", "world"),
         ("ESRI:54030", "world"), ("ESRI:102016", "arctic"), ("ESRI:102017", "arctic"), ("ESRI:102018", "arctic"), ("ESRI:102021", "antarctic"), ("EPSG:4087", "world"), ("EPSG:3978", "america"), ("EPSG:2180", "europe"), ("ESRI:102023", "kz"), ("ESRI:102024", "kz"), ("EPSG:7829", "kz"), ("EPSG:2940", "kz"), ("EPSG:3575", "arctic"), ("EPSG:4269", "america"), ("EPSG:3347", "america"), ("ESRI:54032", "world"), ("ESRI:54002", "world"), ("ESRI:54003", "world")]

def main():
    out = []
    for code, area in CASES:
        crs = CRS.from_user_input(code)
        forward = Transformer.from_crs(crs.geodetic_crs, crs, always_xy=True)
        points = []
        for lon, lat in POINTS[area]:
            x, y = forward.transform(lon, lat) if crs.is_projected else (lon, lat)
            if not (math.isfinite(x) and math.isfinite(y)):
                continue
            points.append([round(x, 6), round(y, 6), *(round(v, 11) for v in to_wgs84(crs, round(x, 6), round(y, 6)))])
        wkt = {}
        for version in ("WKT1_ESRI", "WKT1_GDAL", "WKT2_2019"):
            try:
                wkt[version] = crs.to_wkt(version)
            except Exception:
                pass
        out.append({"code": code, "name": crs.name, "wkt": wkt, "points": points})
    json.dump({"proj": pyproj.proj_version_str, "pyproj": pyproj.__version__, "cases": out}, open("crs.json", "w"), ensure_ascii=False, indent=1)

main()
