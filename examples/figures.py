"""Computes every published figure of a sample again from its tables, with numpy and pandas (with pyarrow for Parquet).

    python examples/figures.py FOLDER [csv|parquet]

prints counts, means and percentiles of all, certain and uncertain particles, as they stand in `statistics` of summary.json;
where a filter is in force, of those that pass it, and under `filter` what it leaves out.
"""

import json
import sys

import numpy as np
import pandas as pd


def by_number(sizes, w, p):
    """Percentile by number: linear interpolation at rank (n - 1) p, a particle of weight w taking w ranks."""
    ranks = np.arange(w.sum())
    return np.interp((w.sum() - 1) * p, ranks, sizes[np.searchsorted(w.cumsum(), ranks, side="right")])


def by_weight(d, w, p):
    """Percentile by area or volume: the smallest diameter up to which the particles hold the fraction p of the whole."""
    return np.quantile(d, p, weights=w, method="inverted_cdf")


def percentiles(of, *what):
    return {f"d{round(100 * p)}": of(*what, p) for p in (0.1, 0.5, 0.9)}


def span(d):
    return (d["d90"] - d["d10"]) / d["d50"]


def distribution(x, w):
    """Mean, spread and percentiles by number of sizes x, ascending."""
    n, mean, found = len(x), (w * x).sum() / w.sum(), percentiles(by_number, x, w)
    spread = np.sqrt((w * (x - mean) ** 2).sum() / w.sum() * n / (n - 1)) if n > 1 else 0
    bounds = {"smallest": x[0], "largest": x[-1]}
    return {"mean": mean, "standardDeviation": spread, **found, "span": span(found), **bounds}


DIAMETERS = ("diameterEquivalentUm", "diameterFeretMaxUm", "diameterFeretMinUm")


def published_diameter(particles):
    """Name of the diameter that `diameterUm` is: the first that is the same in every row."""
    return next(name for name in DIAMETERS if (particles[name] == particles.diameterUm).all())


def group(particles, diameter):
    """Figures of rows of the table `particles`: of areas and x_A by number, and of the published diameter all of them."""
    if particles.empty:
        return {"count": 0}
    by_area = particles.sort_values("areaUm2", kind="stable")
    areas, equivalent, w = (by_area[name].to_numpy() for name in ("areaUm2", "diameterEquivalentUm", "weight"))
    shown = {"areaUm2": distribution(areas, w), "diameterEquivalentUm": distribution(equivalent, w)}
    by_size = particles.sort_values(["diameterUm", "areaUm2"], kind="stable")
    d, w, a = (by_size[name].to_numpy() for name in ("diameterUm", "weight", "areaUm2"))
    if diameter != "diameterEquivalentUm":
        a = np.pi * d**2 / 4  # of the circle of that diameter
    volume, log = percentiles(by_weight, d, w * a * d), (w * np.log(d)).sum() / w.sum()
    deviation = np.sqrt(max(0, (w * np.log(d) ** 2).sum() / w.sum() - log**2))
    return {
        "count": len(particles),
        **shown,
        diameter: distribution(d, w),
        "diameterMeansUm": {
            "quadratic": np.sqrt(4 * (w * a).sum() / w.sum() / np.pi),
            "sauter": (w * a * d).sum() / (w * a).sum(),
            "deBrouckere": (w * a * d * d).sum() / (w * a * d).sum(),
        },
        "diameterByAreaUm": percentiles(by_weight, d, w * a),
        "diameterByVolumeUm": {**volume, "span": span(volume)},
        "logNormal": {"geometricMeanUm": np.exp(log), "geometricStandardDeviation": np.exp(deviation)},
    }


SHAPES = ("circularity", "aspectRatio", "solidity", "diameterFeretMinUm", "diameterFeretMaxUm")


def shape(particles):
    """Shapes of the particles that one tile shows whole."""
    whole = particles[particles.weightOfShape.notna()]
    found = {"count": len(whole)}
    for name in SHAPES if len(whole) else ():
        x, w = whole.sort_values(name)[[name, "weightOfShape"]].to_numpy().T
        found[name] = {"mean": (w * x).sum() / w.sum(), **percentiles(by_number, x, w)}
    return found


def without_filter(particles, diameter):
    """What the figures would be of all particles, those that do not pass the filter too."""
    found = group(particles, diameter)
    sizes = {name: found[diameter][name] for name in ("mean", "d10", "d50", "d90")}
    by_volume = {name: found["diameterByVolumeUm"][name] for name in ("d10", "d50", "d90")}
    counts = {"count": len(particles), "uncertainCount": int((~particles.certain).sum())}
    return {**counts, "areaMeanUm2": found["areaUm2"]["mean"], "diameterUm": sizes, "diameterByVolumeUm": by_volume}


def figures(table):
    diameter, particles = published_diameter(table), table[table.passesFilter]
    certain, uncertain = particles[particles.certain], particles[~particles.certain]
    groups = {"all": group(particles, diameter), "certain": group(certain, diameter)}
    groups["uncertain"] = group(uncertain, diameter)
    found = {**groups, "shape": {"all": shape(particles), "certain": shape(certain)}}
    left_out = len(table) - len(particles)
    if left_out > 0:
        found["filter"] = {"particlesLeftOut": left_out, "unfiltered": without_filter(table, diameter)}
    return found


def published(value):
    """Figures are published with nine significant digits."""
    if isinstance(value, dict):
        return {name: published(part) for name, part in value.items()}
    return value if isinstance(value, int) else float(f"{value:.9g}")


if __name__ == "__main__":
    folder, form = sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else "csv"
    path = f"{folder}/particles.{form}"
    table = pd.read_parquet(path) if form == "parquet" else pd.read_csv(path)
    print(json.dumps(published(figures(table)), indent=2))
