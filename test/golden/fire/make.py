"""Expected survival of intervals between fires, printed as fire.json.

    pip install numpy statsmodels==0.15.0
    python3 make.py > fire.json
"""
import json

import numpy as np
from statsmodels.duration.survfunc import SurvfuncRight

rng = np.random.default_rng(20261123)
YEARS = 23
cases = []
for shape, mean in [(1.0, 6), (2.5, 8), (1.0, 40)]:
    time = np.minimum(np.ceil(rng.weibull(shape, 400) * mean), YEARS)
    end = rng.integers(0, YEARS + 1, 400)
    status = (time <= end) & (time > 0)
    time = np.where(status, time, end)
    area = np.round(rng.uniform(0.1, 5, 400), 2)
    keep = time > 0  # those of length 0 say nothing, and statsmodels refuses none of them
    found = SurvfuncRight(time[keep], status[keep].astype(float), freq_weights=area[keep])
    survival = [float(found.surv_prob[found.surv_times <= t][-1]) if (found.surv_times <= t).any() else 1.0 for t in range(YEARS + 1)]
    total = lambda mask: [float(area[mask & (time == t)].sum()) for t in range(YEARS + 1)]
    cases.append({"complete": total(status), "censored": total(~status), "survival": survival})
print(json.dumps({"years": YEARS, "cases": cases}, separators=(",", ":")))
