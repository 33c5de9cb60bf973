#!/bin/sh
# Small maps by GDAL 3.6 (ogr2ogr) from zones.geojson: what other programs write, to read them back.
set -e
rm -f *.fgb *.gpkg *.kml *.kmz
ogr2ogr zones.fgb zones.geojson
ogr2ogr zones-gk13.fgb zones.geojson -t_srs EPSG:28413 -lco SPATIAL_INDEX=NO
ogr2ogr zones-gk13.gpkg zones.geojson -t_srs EPSG:28413
ogr2ogr -f LIBKML zones.kml zones.geojson
ogr2ogr -f LIBKML zones.kmz zones.geojson
ogr2ogr one.fgb one.geojson
