"""Expected drought indices and evapotranspiration, printed as drought.json by programs that are not ours.

    pip install numpy scipy climate-indices==3.1.0 pyet==1.5.0 lmoments3==1.0.8 pandas
    python3 make.py > drought.json
"""
import json
import logging
import math

import numpy as np
import pandas as pd
import scipy.stats as st
import scipy.special as sp
import lmoments3 as lm
import pyet
from lmoments3 import distr

logging.disable(logging.CRITICAL)
import climate_indices
from climate_indices import compute, indices, eto

rng = np.random.default_rng(20261123)
YEARS, START = 40, 1981
MONTHS = YEARS * 12


def rounded(values, digits=12):
    return [None if not np.isfinite(v) else float(f"{v:.{digits}g}") for v in np.ravel(values)]


# A steppe: little rain, dry months in summer, winters below zero in every year, summers far above.
shape = np.tile([2.1, 2.0, 1.8, 1.6, 1.4, 1.2, 0.9, 0.7, 0.8, 1.3, 1.9, 2.2], YEARS)
scale = np.tile([9, 8, 9, 13, 20, 28, 35, 25, 16, 14, 11, 9], YEARS)
rain = np.round(rng.gamma(shape, scale), 1)
dry = rng.random(MONTHS) < np.tile([0, 0, 0, 0.02, 0.05, 0.1, 0.2, 0.35, 0.3, 0.05, 0, 0], YEARS)
rain[dry] = 0
normal = np.tile([-15, -14, -8, 6, 14, 20, 22, 20, 13, 5, -5, -12], YEARS)
warmth = np.round(normal + np.clip(rng.normal(0, 1.8, MONTHS), -4.5, 4.5), 2)
latitude = 50.4

monthly = compute.Periodicity.monthly


def spi(scale, first, last):
    return indices.spi(rain, scale, indices.Distribution.gamma, START, first, last, monthly)


pet = eto.eto_thornthwaite(warmth, latitude, START)


def running(values, scale):
    return np.array([np.nan if i < scale - 1 else values[i - scale + 1 : i + 1].sum() for i in range(len(values))])


def by_month(values, scale, fit):
    """Each calendar month by itself, through `fit(sample) -> cdf`."""
    sums = running(values, scale)
    out = np.full(len(sums), np.nan)
    for month in range(12):
        own = np.arange(month, len(sums), 12)
        own = own[np.isfinite(sums[own])]
        out[own] = st.norm.ppf(fit(sums[own])(sums[own]))
    return out


def gamma_by_lmoments(sample):
    wet = sample[sample > 0]
    q = 1 - len(wet) / len(sample)
    frozen = distr.gam(**distr.gam.lmom_fit(wet))
    return lambda x: q + (1 - q) * np.where(x > 0, frozen.cdf(x), 0)


def stagge(sample):
    """The rule of Stagge et al. 2015 on the gamma distribution of Thom."""
    wet = sample[sample > 0]
    zeros, n = len(sample) - len(wet), len(sample)
    a = math.log(wet.mean()) - np.log(wet).mean()
    alpha = (1 + math.sqrt(1 + 4 * a / 3)) / (4 * a)
    p0 = zeros / (n + 1)
    return lambda x: np.where(x == 0, (zeros + 1) / (2 * (n + 1)), p0 + (1 - p0) * st.gamma.cdf(x, alpha, scale=wet.mean() / alpha))


def logistic(sample):
    frozen = distr.glo(**distr.glo.lmom_fit(sample))
    return frozen.cdf


days = []
for _ in range(80):
    lat = float(np.round(rng.uniform(-60, 60), 2))
    day = int(rng.integers(1, 366))
    low = float(np.round(rng.uniform(-15, 24), 1))
    high = low + float(np.round(rng.uniform(2, 18), 1))
    index = pd.DatetimeIndex([pd.Timestamp(2001, 1, 1) + pd.Timedelta(days=day - 1)])
    series = lambda v: pd.Series([v], index=index)
    radians = math.radians(lat)
    ra = pyet.extraterrestrial_r(index, radians)
    ra = float(np.ravel(ra)[0])
    height = float(np.round(rng.uniform(0, 3000)))
    rs = float(np.round(ra * rng.uniform(0.25, 0.72), 2))
    wind = float(np.round(rng.uniform(0.3, 6), 1))
    e0 = lambda t: 0.6108 * math.exp(17.27 * t / (t + 237.3))
    ea = float(np.round(e0(low) * rng.uniform(0.5, 1), 3))
    fao = pyet.pm_fao56(series((low + high) / 2), series(wind), rs=series(rs), elevation=height, lat=radians, tmax=series(high), tmin=series(low), ea=series(ea), clip_zero=True)
    n = float(np.ravel(pyet.daylight_hours(index, radians))[0])
    days.append({"latitude": lat, "day": day, "min": low, "max": round(high, 1), "elevation": height, "rs": rs, "wind": wind, "ea": ea,
                 "radiation": ra, "daylight": n, "penmanMonteith": float(fao.iloc[0])})

# Hargreaves by climate_indices, which takes whole years of 366 days: one year of made-up days
year = {"min": np.round(8 - 18 * np.cos(np.arange(366) / 58.25) + rng.normal(0, 3, 366), 1)}
year["max"] = np.round(year["min"] + rng.uniform(3, 17, 366), 1)
year["hargreaves"] = eto.eto_hargreaves(year["min"], year["max"], (year["min"] + year["max"]) / 2, latitude)

gammas = []
for a in [0.05, 0.3, 0.9, 1, 2.5, 10, 75, 400, 3000]:
    for factor in [0.001, 0.1, 0.5, 0.9, 1, 1.1, 1.7, 4]:
        x = a * factor
        gammas.append([a, x, float(sp.gammainc(a, x)), float(sp.gammaincc(a, x)), float(sp.gammaln(a))])

sample = np.sort(np.round(rng.gumbel(20, 9, 33), 2))
print(json.dumps({
    "versions": {"climate_indices": climate_indices.__version__, "pyet": pyet.__version__, "lmoments3": "1.0.8", "scipy": __import__("scipy").__version__},
    "start": START, "latitude": latitude, "rain": rain.tolist(), "warmth": warmth.tolist(),
    "thom": [{"scale": s, "from": f, "to": t, "values": rounded(spi(s, f, t))} for s, f, t in [(1, 1981, 2020), (3, 1981, 2020), (12, 1991, 2020)]],
    "stagge": rounded(by_month(rain, 1, stagge)),
    "lmoments": [{"scale": s, "values": rounded(by_month(rain, s, gamma_by_lmoments))} for s in (1, 6)],
    "pet": rounded(pet),
    "spei": [{"scale": s, "values": rounded(by_month(rain - pet, s, logistic))} for s in (1, 3, 12)],
    "days": days, "year": {key: rounded(values) for key, values in year.items()},
    "gamma": gammas,
    "sample": sample.tolist(), "moments": [float(m) for m in lm.lmom_ratios(sample.tolist(), nmom=3)],
}, separators=(",", ":")))
