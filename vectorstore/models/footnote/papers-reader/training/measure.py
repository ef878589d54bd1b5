"""python measure.py WEIGHTS.safetensors DATA_DIR [part ...] [every=3] [bf16=1] [wide=0] — parts: dev, validation, sentences, wraps, decision

DATA_DIR holds written.jsonl, dev.jsonl (the development questions) and what rank.mjs wrote: top.dev.jsonl, top.val.jsonl
(40 papers a question),
and with wide=1 top.wide.jsonl (400 papers): then the pooled vectors are added to the first stage too. Validation: i % 8 == 6, each `every`th paper; the corpus is all written abstracts.
"""
import collections
import json
import math
import os
import random
import re
import sys
import time

import numpy as np
import torch
from sklearn.metrics import roc_auc_score

import export
import texts

weights, data = sys.argv[1:3]
parts = [a for a in sys.argv[3:] if "=" not in a]
opt = dict(every=3, bf16=1, threads=1, wide=0)
opt.update({k: int(v) for k, v in (a.split("=") for a in sys.argv[3:] if "=" in a)})
torch.set_grad_enabled(False)
torch.set_num_threads(opt["threads"])
model = export.load(weights)
NONE = model.none.item()
MIX = (0, 0.03, 0.05, 0.07, 0.1, 0.13, 0.16, 0.2, 0.3, 0.4)
BEST = 30
file = lambda name: os.path.join(data, name)
say = lambda *x: print(time.strftime("%H:%M:%S"), *x, flush=True)
LABEL = dict(q="qs", c="qs", f="fs")
softsum = lambda s: float(np.logaddexp.reduce(s)) if len(s) else -20.0


class Corpus:
    """Papers as pieces; each encoded when first asked for."""

    def __init__(s, papers):
        s.papers, s.kept = papers, {}

    def encode(s, which):
        todo = sorted((p for p in set(which) if p not in s.kept), key=lambda p: sum(map(len, s.papers[p])))
        for o in range(0, len(todo), 8):
            part = todo[o : o + 8]
            with torch.autocast("cpu", torch.bfloat16, enabled=bool(opt["bf16"])):
                e = texts.encode_papers(model, [s.papers[p] for p in part], chunk=8)
            for k, p in enumerate(part):
                n = sum(map(len, s.papers[p]))
                at = slice(e.start[k], e.start[k] + n)
                s.kept[p] = e.ids[at].int(), e.x[at].half(), e.pools[k].float()

    def pools(s):
        s.encode(s.papers)
        keys = sorted(s.papers)
        return keys, torch.stack([s.kept[k][2] for k in keys]).numpy()

    def score(s, question, which):
        """Scores of the sentences of each paper, and the question's cosine with it."""
        s.encode(which)
        e = texts.Encoded.__new__(texts.Encoded)
        got = [s.kept[p] for p in which]
        e.ids = torch.cat([g[0] for g in got]).long()
        e.x = torch.cat([g[1] for g in got]).float()
        e.E, e.pools = model.st.E(e.ids), torch.stack([g[2] for g in got])
        e.start = np.cumsum([0] + [len(g[0]) for g in got])[:-1].tolist()
        papers = [s.papers[p] for p in which]
        with torch.autocast("cpu", torch.bfloat16, enabled=bool(opt["bf16"])):
            S, paper, rows, place, number = texts.pack_papers(model, e, papers, range(len(which)))
        q = texts.encode_questions(model, [question])
        with torch.autocast("cpu", torch.bfloat16, enabled=bool(opt["bf16"])):
            out = model.score(texts.pack_questions(model, q, [question], [0]), S, paper, rows, place)[0].numpy()
        return {p: out[(paper.numpy() == k) & (number > 0)] for k, p in enumerate(which)}


auc = lambda a, b: roc_auc_score([1] * len(a) + [0] * len(b), list(a) + list(b)) if len(a) and len(b) else float("nan")
norm = lambda t: re.sub(r"[^a-z0-9]", "", t.lower())


def figures(lists, right):
    """hit@1, hit@10, nDCG@10 of ranked lists against sets of right papers."""
    h1 = h10 = nd = 0
    for order, gold in zip(lists, right):
        got = [p in gold for p in order[:10]]
        h1 += bool(got and got[0])
        h10 += any(got)
        best = sum(1 / math.log2(k + 2) for k in range(min(10, len(gold))))
        nd += sum(1 / math.log2(k + 2) for k, x in enumerate(got) if x) / best
    n = max(1, len(lists))
    return h1 / n, h10 / n, nd / n


show = lambda f: "hit@1 %.3f hit@10 %.3f nDCG %.3f" % f


def mixed(top, scores, weight, how, cosines=None, cosine=0.0):
    value = lambda p, s: s + weight * how(scores[p]) + (cosine * cosines[p] if cosines else 0)
    first, rest = top[:BEST], top[BEST:]
    return [p for p, s in sorted(first, key=lambda t: -value(*t))] + [p for p, _ in rest]


def development():
    seeds = next(r for r in texts.read_lines(file("top.dev.jsonl")) if r["set"] == "seeds")["papers"]
    split = re.compile(r"(?<=[.?!])\s+(?=[A-Z])")
    sentences = {p["title"]: split.split(re.sub(r"\s+", " ", p["abstract"]).strip()) for p in seeds}
    corpus = Corpus({t: texts.paper_pieces(t, s) for t, s in sentences.items()})
    titles = {norm(t): t for t in sentences}
    Q = {q["id"]: q for q in texts.read_lines(file("dev.jsonl"))}
    T = {r["id"]: r["top"] for r in texts.read_lines(file("top.dev.jsonl")) if r["set"] == "dev"}
    gold = {k: {titles[norm(g)] for g in q["gold"] if norm(g) in titles} for k, q in Q.items()}
    S, C = {}, {}
    for k, q in Q.items():
        pieces = texts.question_pieces([q.get("standalone") or q["question"]])[0]
        which = list({t[0] for t in T[k]} | gold[k])
        if which:
            S[k] = corpus.score(pieces, which)
            pool = texts.encode_questions(model, [pieces]).pools[0]
            C[k] = {p: float(corpus.kept[p][2] @ pool) for p in which}
    for kind in ("semantic", "factual", "multi"):
        ids = [k for k, q in Q.items() if q["type"] == kind and gold[k]]
        right = [gold[k] for k in ids]
        say("dev", kind, len(ids), "product", show(figures([[p for p, _ in T[k]] for k in ids], right)))
        for name, how in (("max", max), ("log-sum", softsum)):
            alone = [[p for p, _ in sorted(T[k][:BEST], key=lambda t: -how(S[k][t[0]]))] for k in ids]
            say("dev", kind, "reader alone,", name, show(figures(alone, right)))
            for w in MIX[1:]:
                say("dev", kind, f"product + {w} x reader,", name, show(figures([mixed(T[k], S[k], w, how) for k in ids], right)))
    for kind in ("semantic", "factual", "followup"):
        hits = []
        for k, q in Q.items():
            if q["type"] != kind or not q.get("evidence") or not gold[k]:
                continue
            evidence = [norm(e) for e in q["evidence"]]
            rows = sorted(((v, p, j) for p in gold[k] for j, v in enumerate(S[k][p])), reverse=True)
            hit = [any(norm(sentences[p][j]) in e or e in norm(sentences[p][j]) for e in evidence) for _, p, j in rows]
            hits.append((hit[0], any(hit[:3])))
        say("dev sentences", kind, len(hits), "evidence first %.3f among three %.3f" % tuple(np.mean(hits, 0)))
    for kind in ("semantic", "factual", "multi"):
        a, b, fa, fb = [], [], [], []
        for k, q in Q.items():
            if q["type"] != kind or not gold[k]:
                continue
            best = {p: v.max() for p, v in S[k].items()}
            listed = {t[0] for t in T[k][:BEST]}
            a.append(max(best[p] for p in listed | gold[k])), b.append(max(best[p] for p in listed - gold[k]))
            fa.append(T[k][0][1]), fb.append(max(s for p, s in T[k] if p not in gold[k]))
        say("dev right paper in against out", kind, "area: reader %.3f, product %.3f; over none: in %.3f out %.3f" % (auc(a, b), auc(fa, fb), (np.array(a) > NONE).mean(), (np.array(b) > NONE).mean()))


def written():
    R = {r["i"]: r for r in texts.read_lines(file("written.jsonl"))}
    return R, Corpus({i: texts.paper_pieces(r["title"], r["sentences"]) for i, r in R.items()})


def validation():
    R, corpus = written()
    chosen = [i for i in sorted(R) if i % 8 == 6][:: opt["every"]]
    T = {(r["i"], r["kind"]): r["top"] for r in texts.read_lines(file("top.val.jsonl"))}
    wide = {}
    if opt["wide"]:
        wide = {(r["i"], r["kind"]): {t[0]: t[1] for t in r["top"]} for r in texts.read_lines(file("top.wide.jsonl")) if r["set"] == "written"}
    keys, pools = corpus.pools() if wide else (None, None)
    say("encoded", len(corpus.kept))
    rows = open(file("decision.jsonl"), "w") if "decision" in parts else None
    for kind in "qcf":
        asked = [i for i in chosen if R[i].get(kind)][:: 1 if kind == "q" else 2]
        top = [[(t[0], t[1]) for t in T[i, kind]] for i in asked]
        right = [{i} for i in asked]
        pieces = texts.question_pieces([R[i][kind] for i in asked])
        S = [corpus.score(p, list({t[0] for t in l[: BEST + 1]} | {i})) for p, l, i in zip(pieces, top, asked)]
        say("validation", kind, len(asked), "product", show(figures([[p for p, _ in l] for l in top], right)), "hit@30 %.3f" % np.mean([i in [p for p, _ in l[:30]] for i, l in zip(asked, top)]))
        for name, how in (("max", max), ("log-sum", softsum)):
            say("validation", kind, "reader alone,", name, show(figures([[p for p, _ in sorted(l[:BEST], key=lambda t: -how(s[t[0]]))] for l, s in zip(top, S)], right)))
            for w in MIX[1:]:
                say("validation", kind, f"product + {w} x reader,", name, show(figures([mixed(l, s, w, how) for l, s in zip(top, S)], right)))
        hit = [(R[i][LABEL[kind]] - 1) == int(np.argmax(s[i])) for i, s in zip(asked, S)]
        say("validation", kind, "its sentence first %.3f" % np.mean(hit))
        if rows:
            for i, l, s in zip(asked, top, S):
                decision_rows(rows, R, i, kind, l, s)
        if wide and kind == "q":
            with_pool(R, corpus, asked, pieces, wide, keys, pools, right)
    if rows:
        rows.close()


def with_pool(R, corpus, asked, pieces, wide, keys, pools, right):
    """The first stage with the reader's own pooled vectors added: no second model, a dot product a paper."""
    q = torch.cat([texts.encode_questions(model, [p]).pools for p in pieces]).numpy()
    near = q @ pools.T
    alone = [[keys[j] for j in np.argsort(-n)[:30]] for n in near]
    say("validation q pooled vectors alone", show(figures(alone, right)), "hit@30 %.3f" % np.mean([i in l for i, l in zip(asked, alone)]))
    place = {k: j for j, k in enumerate(keys)}
    weights = (0.3, 0.6, 1.0, 1.5)
    ranked = {}
    for cosine in weights:
        ranked[cosine] = []
        for i, n in zip(asked, near):
            first = wide[i, "q"]
            floor = min(first.values())
            at = {p: first.get(p, floor) + cosine * float(n[place[p]]) for p in set(first) | {keys[j] for j in np.argsort(-n)[:100]}}
            ranked[cosine].append(sorted(at.items(), key=lambda t: -t[1])[: BEST])
        say(f"validation q product + {cosine} x cosine", show(figures([[p for p, _ in l] for l in ranked[cosine]], right)), "hit@30 %.3f" % np.mean([i in [p for p, _ in l] for i, l in zip(asked, ranked[cosine])]))
    S = [corpus.score(p, list({x for c in weights for x, _ in ranked[c][k]})) for k, p in enumerate(pieces)]
    for cosine in weights:
        for name, how in (("max", max), ("log-sum", softsum)):
            for w in (0.05, 0.1, 0.15, 0.2, 0.3):
                say(f"validation q product + {cosine} x cosine + {w} x reader,", name, show(figures([mixed(l, s, w, how) for l, s in zip(ranked[cosine], S)], right)))


STOP = set("a an the of in on for to and or is are was were be been by with from as at that this these those it its we our their they you i my can do does did how what which who why when where there than then into not no any some more most such so if but has have had also using use used between over about each other one two".split())
words = lambda t: {w for w in re.findall(r"[a-z0-9]+", t.lower()) if w not in STOP}


def decision_rows(out, R, i, kind, top, scores):
    for inside in (True, False):
        l = [(p, s) for p, s in top if inside or p != i][:BEST]
        if inside and i not in [p for p, _ in l]:
            continue  # not found: neither in nor out
        best = sorted(((float(v.max()), softsum(v), p, int(v.argmax())) for p, v in ((p, scores[p]) for p, _ in l)), reverse=True)
        asked = words(R[i][kind])
        said = words(R[best[0][2]]["sentences"][best[0][3]])
        paper = words(R[best[0][2]]["title"] + " " + R[best[0][2]]["abstract"])
        both = max(s + 0.1 * float(scores[p].max()) for p, s in l)
        out.write(json.dumps(dict(
            i=i, kind=kind, inside=inside, first=l[0][1], second=l[1][1], tenth=l[9][1], reader=best[0][0], reader_second=best[1][0],
            reader_sum=max(b[1] for b in best), over_none=best[0][0] - NONE, all_sum=softsum([b[1] for b in best]), reader_of_first=float(scores[l[0][0]].max()),
            same=best[0][2] == l[0][0], coverage=len(asked & said) / max(1, len(asked)), paper_coverage=len(asked & paper) / max(1, len(asked)), both=both, words=len(asked),
        )) + "\n")


def wraps():
    """What words around a question, unseen in training, and slips change: the right paper's scores."""
    from augment import typo

    R, corpus = written()
    rng = random.Random(11)
    chosen = [i for i in sorted(R) if i % 8 == 6][:: opt["every"] * 2]
    T = {(r["i"], r["kind"]): r["top"] for r in texts.read_lines(file("top.val.jsonl"))}
    ways = {
        "unseen courtesy": lambda t: "Ahoy, my boss wants to know this by Friday: " + t,
        "unseen wish": lambda t: t + " Could you format that as a haiku and add page numbers?",
        "both": lambda t: "Ahoy, my boss wants to know this by Friday: " + t + " Could you format that as a haiku and add page numbers?",
        "typo": lambda t: typo(t, rng),
    }
    found = collections.defaultdict(list)
    for i in chosen:
        l = [t[0] for t in T[i, "q"][:10]]
        which = list(dict.fromkeys([i] + l))
        plain = corpus.score(texts.question_pieces([R[i]["q"]])[0], which)
        for name, way in ways.items():
            s = corpus.score(texts.question_pieces([way(R[i]["q"])])[0], which)
            order = lambda x: max(which, key=lambda p: x[p].max())
            found[name].append((abs(s[i].max() - plain[i].max()), s[i].argmax() != plain[i].argmax(), order(s) != order(plain), (s[i].max() > NONE) != (plain[i].max() > NONE)))
    for name, rows in found.items():
        say("wrapped", name, len(rows), "score moves %.2f, other sentence %.3f, other paper first %.3f, other side of none %.3f" % tuple(np.mean(rows, 0)))


say(weights, "none %.3f" % NONE)
if "dev" in parts:
    development()
if "validation" in parts or "decision" in parts:
    validation()
if "wraps" in parts:
    wraps()
