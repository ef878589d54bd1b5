"""python decision.py DECISION.jsonl: areas under the curve, right paper in the corpus against the same question with it taken out.

Wording cannot help here: both sides have the same questions. The combination is judged on questions it was not fitted on.
"""
import sys

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold, cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from texts import read_lines

rows = read_lines(sys.argv[1])
single = [k for k in rows[0] if k not in ("i", "kind", "inside")]
sets = {
    "first stage": ["first", "second", "tenth", "coverage", "paper_coverage", "words"],
    "reader": ["reader", "reader_second", "reader_sum", "all_sum"],
    "all": single,
}
for kind in ("q", "c", "f", "qcf"):
    part = [r for r in rows if r["kind"] in kind]
    # Only questions whose paper is found: others are harder, and would stand on one side alone.
    found = {(r["i"], r["kind"]) for r in part if r["inside"]}
    part = [r for r in part if (r["i"], r["kind"]) in found]
    if not part:
        continue
    y = np.array([r["inside"] for r in part])
    groups = [r["i"] for r in part]
    print(kind, "in", y.sum(), "out", (~y).sum())
    areas = {k: roc_auc_score(y, [float(r[k]) for r in part]) for k in single}
    print("  ", ", ".join(f"{k} {v:.3f}" for k, v in sorted(areas.items(), key=lambda t: -t[1])))
    for name, keys in sets.items():
        X = np.array([[float(r[k]) for k in keys] for r in part])
        p = cross_val_predict(make_pipeline(StandardScaler(), LogisticRegression(C=0.3)), X, y, groups=groups, cv=GroupKFold(5), method="predict_proba")[:, 1]
        print(f"   {name} together {roc_auc_score(y, p):.3f}")
