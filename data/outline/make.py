#!/usr/bin/env python3
"""Draws the outline of the land from the areas of the four-digit postcodes.

    make.py AREAS.geojson > netherlands.txt      needs shapely 2

The areas of CBS stop at the shore, so what none of them covers is sea, lake or abroad.
"""

import json
import sys

from shapely import unary_union
from shapely.geometry import Polygon, shape

CLOSED = 0.004  # degrees: gaps narrower than twice this are closed, such as rivers and slips between areas
SIMPLER = 0.004  # degrees: how far the drawn line may lie from the real one, about 400 m
LEAST_LAND = 0.0008  # square degrees, about 6 km2: smaller islands are left out
LEAST_WATER = 0.0025  # square degrees, about 19 km2: smaller lakes, and areas that are lacking, are land


def rings(land):
    for polygon in land.geoms:
        if polygon.area < LEAST_LAND:
            continue
        yield polygon.exterior
        for hole in polygon.interiors:
            if Polygon(hole).area >= LEAST_WATER:
                yield hole


def main(path):
    with open(path, encoding="utf-8") as file:
        areas = [shape(feature["geometry"]).buffer(0) for feature in json.load(file)["features"]]
    land = unary_union(areas).buffer(CLOSED).buffer(-CLOSED).simplify(SIMPLER)
    drawn = ("\n".join(f"{lat:.3f} {lon:.3f}" for lon, lat in list(ring.coords)[:-1]) for ring in rings(land))
    print("\n\n".join(drawn))


main(*sys.argv[1:])
