"""Trends as other programs find them: see README.md. Run: python3 make.py > trend.json
`python3 make.py gimms FOLDER > gimms.json` does the same for pixels of the rasters in FOLDER.
`python3 make.py defects` prints where pymannkendall answers what it should not.
"""
import itertools
import json
import math
import sys

import numpy as np
import pymannkendall as mk
from scipy import stats

# What the line leaves of the two values whose slope is the median is equal, but for rounding, which decides their ranks in
# pymannkendall: see `defects`. Here it does not.
rankdata = mk.pymannkendall.rankdata
mk.pymannkendall.rankdata = lambda x: rankdata(np.round(x, 10))

rng = np.random.default_rng(20261123)


def plain(value):
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, np.ndarray)):
        return [plain(item) for item in value]
    value = float(value)
    return None if math.isnan(value) else value


def result(found):
    return {key: float(getattr(found, key)) for key in ('p', 'z', 'Tau', 's', 'var_s', 'slope', 'intercept')}


def ar(n, r, trend, digits):
    e = rng.normal(size=n)
    x = np.zeros(n)
    x[0] = e[0]
    for i in range(1, n):
        x[i] = r * x[i - 1] + math.sqrt(1 - r * r) * e[i]
    return np.round(x + trend * np.arange(n), digits)


def with_gaps(x, share):
    x = x.copy()
    x[rng.random(len(x)) < share] = np.nan
    return x


def one_series():
    cases = []
    for n, r, trend, digits, gaps in [
        (4, 0, 0.5, 3, 0), (5, 0, 0, 3, 0), (9, 0, 0.3, 3, 0), (12, 0, 0.1, 1, 0), (16, 0.4, 0.05, 3, 0), (23, 0, 0, 3, 0),
        (23, 0.3, 0.05, 3, 0), (23, 0.6, 0, 1, 0), (23, 0, 0.02, 0, 0), (24, -0.4, 0.03, 2, 0), (40, 0.5, 0.02, 3, 0),
        (60, 0.7, 0, 3, 0), (120, 0.3, 0.01, 1, 0), (23, 0, 0.05, 2, 0.2), (30, 0.3, 0.02, 0, 0.3), (12, 0, 0.3, 3, 0.3),
    ]:
        x = with_gaps(ar(n, r, trend, digits), gaps)
        tests = {'original': result(mk.original_test(x))}
        if not np.isnan(x).any() and n > 5:
            tests |= {
                'hamedRao': result(mk.hamed_rao_modification_test(x)),
                'hamedRao3': result(mk.hamed_rao_modification_test(x, lag=3)),
                'yueWang': result(mk.yue_wang_modification_test(x, lag=1)),
                'yueWang4': result(mk.yue_wang_modification_test(x, lag=4)),
                'vonStorch': result(mk.pre_whitening_modification_test(x)),
                'trendFree': result(mk.trend_free_pre_whitening_modification_test(x)),
            }
        cases.append({'values': plain(x), 'tests': plain(tests)})
    return cases


def seasonal():
    cases = []
    for n, period, digits, gaps in [(48, 12, 2, 0), (120, 12, 1, 0), (40, 4, 1, 0), (92, 23, 3, 0), (60, 12, 2, 0.15), (36, 4, 0, 0.2)]:
        x = ar(n, 0.5, 0.01, 3) + 3 * np.sin(2 * np.pi * np.arange(n) / period)
        x = with_gaps(np.round(x, digits), gaps)
        case = {'values': plain(x), 'period': period, 'independent': plain(result(mk.seasonal_test(x, period=period)))}
        if not gaps:
            case['correlated'] = plain(result(mk.correlated_seasonal_test(x, period=period)))
        cases.append(case)
    return cases


def regional():
    common = rng.normal(size=25)
    x = np.round(np.column_stack([common + rng.normal(size=25) + 0.03 * np.arange(25) for _ in range(4)]), 1)
    return {'series': plain(x.T), 'independent': plain(result(mk.regional_test(x))), 'correlated': plain(result(mk.correlated_multivariate_test(x)))}


def exact():
    """Without ties by scipy; with ties by writing down every order of the values."""
    without = []
    for n in (3, 4, 7, 10, 15, 23, 30):
        for _ in range(3):
            x = np.argsort(np.argsort(rng.permutation(n) + np.arange(n) * rng.choice([0.01, 0.21, 0.61])))
            found = stats.kendalltau(np.arange(n), x, method='exact')
            without.append({'values': plain(x), 'p': float(found.pvalue)})
    within = []
    for groups in [(2, 1), (2, 2), (3, 1, 1), (2, 2, 1), (4, 2), (3, 2, 1, 1), (2, 2, 2, 1), (5, 3)]:
        values = [i for i, size in enumerate(groups) for _ in range(size)]
        counts = {}
        for order in itertools.permutations(values):
            s = sum((b > a) - (b < a) for a, b in itertools.combinations(order, 2))
            counts[abs(s)] = counts.get(abs(s), 0) + 1
        total = sum(counts.values())
        for s in counts:
            within.append({'groups': groups, 's': s, 'p': sum(c for t, c in counts.items() if t >= s) / total})
    return {'without': without, 'within': within}


def normal():
    z = [0, 0.1, 0.66, 0.663, 1.96, 3.3, 5.6, 5.7, 8, 12, 25, 37]
    p = [1e-300, 1e-20, 1e-6, 0.01, 0.0749, 0.0751, 0.3, 0.5, 0.6, 0.9249, 0.9251, 0.975, 0.999999]
    return {'twoSided': [[v, float(2 * stats.norm.sf(v))] for v in z], 'quantile': [[v, float(stats.norm.ppf(v))] for v in p]}


def discovery():
    cases = []
    for n, share in [(20, 0.3), (200, 0.1), (200, 0), (15, 1)]:
        p = rng.random(n)
        p[: int(n * share)] *= 1e-4
        p = np.round(rng.permutation(p), 4) + 0.0
        cases.append({'p': plain(p), 'bh': plain(stats.false_discovery_control(p, method='bh')), 'by': plain(stats.false_discovery_control(p, method='by'))})
    return cases


def contextual():
    """Neeti & Eastman 2011, eqs. 7 and 10-13, written down cell by cell; S by pymannkendall, correlations by numpy."""
    years, height, width = 15, 5, 6
    common = rng.normal(size=years)
    x = np.empty((years, height, width))
    for r in range(height):
        for c in range(width):
            x[:, r, c] = np.round(common + rng.normal(size=years) + 0.02 * c * np.arange(years), 1)
    x[:, 1, 1] = np.nan
    x[3, 2, 4] = np.nan
    x[:, 4, 0] = 0.5
    single = {}
    for r in range(height):
        for c in range(width):
            if not np.isnan(x[:, r, c]).all():
                single[r, c] = mk.original_test(x[:, r, c])
    rows = []
    for (r, c) in single:
        cells = [(i, j) for i in range(r - 1, r + 2) for j in range(c - 1, c + 2) if (i, j) in single]
        m = len(cells)
        s = sum(single[cell].s for cell in cells) / m
        variance = 0.0
        for a in cells:
            for b in cells:
                u, v = x[:, a[0], a[1]], x[:, b[0], b[1]]
                both = ~np.isnan(u) & ~np.isnan(v)
                varies = np.ptp(u[both]) > 0 and np.ptp(v[both]) > 0
                rho = 1.0 if a == b else np.corrcoef(u[both], v[both])[0, 1] if varies else 0.0
                variance += rho * math.sqrt(single[a].var_s * single[b].var_s)
        variance /= m * m
        rows.append({'cell': r * width + c, 'n': m, 's': s, 'variance': variance, 'p': float(2 * stats.norm.sf(abs(s / math.sqrt(variance))))})
    return {'years': years, 'width': width, 'height': height, 'values': plain(x.reshape(-1)), 'expected': rows}


def gimms(folder):
    import rasterio

    out = []
    for name, first in [('kili3g.v0.tif', 1981.5), ('bale3g.v1.tif', 1981.5)]:
        with rasterio.open(f'{folder}/{name}') as file:
            stack = file.read().astype(float)
        start = 12  # the half-months of 1981 are left out: its second half only
        years = (stack.shape[0] - start) // 24
        yearly = stack[start : start + 24 * years].reshape(years, 24, *stack.shape[1:]).mean(axis=1)
        height, width = yearly.shape[1:]
        for pixel in range(0, height * width, 7):
            r, c = divmod(pixel, width)
            series = stack[start : start + 24 * years, r, c]
            out.append({'file': name, 'years': years, 'pixel': pixel,
                        'original': plain(result(mk.original_test(yearly[:, r, c]))),
                        'trendFree': plain(result(mk.trend_free_pre_whitening_modification_test(yearly[:, r, c]))),
                        'hamedRao': plain(result(mk.hamed_rao_modification_test(yearly[:, r, c]))),
                        'seasonal': plain(result(mk.seasonal_test(series, period=24)))})
    return out


def defects():
    steep = np.arange(120.0)
    print('p of a perfect trend of 120 values is', mk.original_test(steep).p, 'for', 2 * stats.norm.sf(mk.original_test(steep).z))
    x = 0.5 * np.arange(30) + ar(30, 0, 0, 6)
    gaps = x.copy()
    gaps[8:22] = np.nan
    left, n = gaps[~np.isnan(gaps)], 16
    rest = left - np.arange(1, n + 1) * mk.sens_slope(gaps).slope
    print('Hamed-Rao with a gap of 14 years closes the gap, but not in the slope that it takes off: what is left rises from', np.round(rest[7], 1),
          'to', np.round(rest[8], 1), 'across the gap; variance', round(mk.hamed_rao_modification_test(gaps).var_s, 1), 'for', mk.original_test(gaps).var_s)
    mk.pymannkendall.rankdata = rankdata
    for _ in range(100):
        x = ar(23, 0.5, 0.05, 1)
        found = [mk.hamed_rao_modification_test(x * unit) for unit in (1.0, 0.1, 0.3048)]
        if np.ptp([one.p for one in found]) > 0.02:
            break
    print('Hamed-Rao of the same 23 values in three units:', x.tolist(), 'variance', [round(float(one.var_s), 1) for one in found],
          'p', [round(float(one.p), 4) for one in found])
    y = [1, 2, 3, 4, 5, 6]
    print('six values, p', round(mk.original_test(y).p, 5), 'by the normal distribution, exactly', round(2 / 720, 5))
    print('all values equal: z', mk.original_test([3.0] * 8).z, 'p', mk.original_test([3.0] * 8).p, '; with Hamed-Rao',
          mk.hamed_rao_modification_test([3.0] * 8).p)
    alternating = np.array([0, 1] * 8) + 0.001 * np.arange(16)
    found = mk.yue_wang_modification_test(alternating, lag=1)
    print('Yue-Wang with a memory of -0.94: variance', found.var_s, 'z', found.z, 'p', found.p)
    two = np.column_stack([ar(12, 0, 0.3, 2), ar(12, 0, 0.3, 2)])
    found = mk.regional_test(two, alpha=1e-9)
    print('regional_test at alpha 1e-9:', found.trend, 'with p', round(found.p, 5))


if __name__ == '__main__':
    if sys.argv[1:] == ['defects']:
        defects()
    elif sys.argv[1:2] == ['gimms']:
        json.dump(gimms(sys.argv[2]), sys.stdout)
    else:
        json.dump({'series': one_series(), 'seasonal': seasonal(), 'regional': regional(), 'exact': exact(), 'normal': normal(),
                   'discovery': discovery(), 'contextual': contextual()}, sys.stdout)
