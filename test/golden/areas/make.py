"""Areas and perimeters of small geodesic polygons on WGS 84, to 25 digits, for areas.json,
and areas of boxes between parallels and meridians.

Independent of the code under test and of GeographicLib: integrates the equations of the geodesic
    p' = cos a / M,  l' = sin a / (N cos p),  a' = sin a tan p / N,  A' = (z(p) - z(p0)) l'
by extrapolated midpoint steps (Gragg-Bulirsch-Stoer, 40 digits) and shoots for azimuth and length of each edge.
Input positions are the exact binary values of the doubles. Run: python3 make.py > areas.json  (mpmath 1.3.0)
`python3 make.py bound` prints what the formula for short edges leaves out of the longest ones (SHORT_EDGE).
"""
import json
import sys
from mpmath import mp, mpf, sin, cos, tan, sqrt, atanh, atan2, pi, nstr

mp.dps = 40
A = mpf(6378137)
F = 1 / mpf('298.257223563')
E2 = F * (2 - F)
E = sqrt(E2)
DEG = pi / 180


def M(p): return A * (1 - E2) / (1 - E2 * sin(p) ** 2) ** mpf(1.5)
def N(p): return A / sqrt(1 - E2 * sin(p) ** 2)
def z(p): return A * A * (1 - E2) / 2 * (sin(p) / (1 - E2 * sin(p) ** 2) + atanh(E * sin(p)) / E)


def extrapolate(rhs, start, levels=9):
    """The solution at t = 1, from the modified midpoint rule with 2, 4, 6, ... steps."""
    rows = []
    for k in range(1, levels + 1):
        n = 2 * k
        h = mpf(1) / n
        old, new = start, [u + h * d for u, d in zip(start, rhs(start))]
        for _ in range(n - 1):
            old, new = new, [u + 2 * h * d for u, d in zip(old, rhs(new))]
        row = [[(u + v + h * d) / 2 for u, v, d in zip(old, new, rhs(new))]]
        for j in range(1, k):
            ratio = (mpf(k) / (k - j)) ** 2 - 1
            row.append([u + (u - v) / ratio for u, v in zip(row[j - 1], rows[-1][j - 1])])
        rows.append(row)
    error = max(abs(u - v) for u, v in zip(rows[-1][-1], rows[-1][-2]))
    if error > mpf(10) ** -18:  # of the area [m2]; angles are far better
        raise ArithmeticError(error)
    return rows[-1][-1]


def edge(p1, p2, dl, z0):
    """Length and area between the edge and the parallel z0."""
    if p1 == p2 and dl == 0:
        return mpf(0), mpf(0)
    pm = (p1 + p2) / 2
    x, y = N(pm) * cos(pm) * dl, M(pm) * (p2 - p1)
    scale = sqrt(x * x + y * y)

    def run(a0, s):
        def rhs(u):
            p, l, a, q = u
            sp, cp, sa, ca = sin(p), cos(p), sin(a), cos(a)
            w2 = 1 - E2 * sp * sp
            n = A / sqrt(w2)
            lp = sa / (n * cp)
            return [s * ca * w2 / (n * (1 - E2)), s * lp, s * lp * sp, s * (z(p) - z0) * lp]
        return extrapolate(rhs, [p1, mpf(0), a0, mpf(0)])

    a0, s = atan2(x, y) - dl * sin(pm) / 2, scale
    for _ in range(12):
        p, l, a, q = run(a0, s)
        ex, ey = (dl - l) * N(p2) * cos(p2), (p2 - p) * M(p2)
        along, right = ex * sin(a) + ey * cos(a), ex * cos(a) - ey * sin(a)
        if abs(ex) + abs(ey) < mpf(10) ** -24:
            return s, q
        s += along
        a0 += right / s
    raise ArithmeticError((ex, ey))


def measure(ring):
    z0 = z(mpf(ring[0][1]) * DEG)
    area = length = mpf(0)
    for (l1, p1), (l2, p2) in zip(ring, ring[1:] + ring[:1]):
        dl = mpf(l2) - mpf(l1)
        dl -= 360 * int(mp.nint(dl / 360))
        s, q = edge(mpf(p1) * DEG, mpf(p2) * DEG, dl * DEG, z0)
        length += s
        area += q
    return abs(area), length


RINGS = {
    'plot of 1 m at Korgalzhyn': [[69.2, 50.4], [69.200014, 50.4], [69.200014, 50.400009], [69.2, 50.400009]],
    'plot of 10 m, slanted': [[69.2, 50.4], [69.20014, 50.40002], [69.20012, 50.40011], [69.19999, 50.40009]],
    'field of 1 ha across the antimeridian': [[179.9993, -16.8], [-179.9999, -16.8], [-179.9999, -16.7991], [179.9993, -16.7991]],
    'square of 1 km at the equator': [[34.0, -0.004], [34.009, -0.004], [34.009, 0.005], [34.0, 0.005]],
    'triangle of 1 km at 80 degrees': [[15.0, 79.995], [15.045, 79.998], [15.01, 80.003]],
    'quadrangle with the longest short edges at 50 degrees': [[69.0, 50.0], [69.05, 50.01], [69.04, 50.04], [68.995, 50.03]],
    'octagon, southern': [[70.0, -49.3], [70.03, -49.32], [70.07, -49.32], [70.1, -49.3], [70.1, -49.275], [70.07, -49.25], [70.03, -49.25], [70.0, -49.275]],
    'sliver of 3 km by 2 m': [[69.0, 50.0], [69.04, 50.01], [69.04, 50.01002], [69.0, 50.00002]],
}

BOXES = [
    [-180, -90, 180, 90], [0, 0, 1, 1], [69.2, 50.4, 69.2000001, 50.4000001], [-10, -0.5, 30, 60], [170, 89.9, 179.5, 90],
]


def box(w, s, e, n):
    """Snyder 1987, eq. 3-12, as printed."""
    def q(p): return (1 - E2) * (sin(p) / (1 - E2 * sin(p) ** 2) - mp.log((1 - E * sin(p)) / (1 + E * sin(p))) / (2 * E))
    return (mpf(e) - mpf(w)) * DEG * A * A / 2 * (q(mpf(n) * DEG) - q(mpf(s) * DEG))


def bound():
    """Largest error of the formula in area [m2] and length [1], by latitude, over azimuths 15 degrees apart."""
    for lat in [0, 10, 20, 30, 45, 60, 75, 85, 89]:
        p1, areas, lengths = mpf(lat) * DEG, [], []
        for azimuth in range(0, 181, 15):
            reach = mpf('0.999e-3') * N(p1) * cos(p1)
            p2 = p1 + reach * cos(azimuth * DEG) / M(p1)
            dl = reach * sin(azimuth * DEG) / (N((p1 + p2) / 2) * cos((p1 + p2) / 2))
            z0 = z(p1)
            s, q = edge(p1, p2, dl, z0)
            sm = (sin(p1) + sin(p2)) / 2
            n = A / sqrt(1 - E2 * sm * sm)
            m = (1 - E2) * n ** 3 / A ** 2
            r1, r2 = N(p1) * cos(p1), N(p2) * cos(p2)
            x, y = (r1 + r2) / 2 * dl, m * (p2 - p1)
            areas.append(abs(dl * ((z(p2) - z0) / 2 + sm * (x * x + 3 * y * y) / 12) - q))
            along2 = (r2 - r1) ** 2 + ((1 - E2) * (N(p2) * sin(p2) - N(p1) * sin(p1))) ** 2
            across2 = 4 * r1 * r2 * sin(dl / 2) ** 2
            c = sqrt(along2 + across2)
            lengths.append(abs((c + (along2 / m + across2 / n) ** 2 / (24 * c)) / s - 1))
        print(lat, nstr(max(areas), 3), nstr(max(lengths), 3))


if sys.argv[1:] == ['bound']:
    sys.exit(bound())
print(json.dumps({'rings': [
    {'name': name, 'ring': ring, 'area': nstr(a, 25), 'perimeter': nstr(l, 25)}
    for name, ring in RINGS.items() for a, l in [measure(ring)]
], 'boxes': [{'box': b, 'area': nstr(box(*b), 25)} for b in BOXES]}, indent=1))
