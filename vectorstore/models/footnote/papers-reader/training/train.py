"""python train.py NAME END(HH:MM) WRITTEN.jsonl RANKED.jsonl RUNS_DIR START.safetensors [key=value ...]

Trains on the written questions of papers with i % 8 < 6. The rates fall linearly with time, to zero at END.
Resumes RUNS_DIR/NAME.pt where there is one; sleeps while RUNS_DIR/PAUSE exists.
"""
import json
import os
import random
import sys
import time

import numpy as np
import torch
import torch.nn.functional as F
from safetensors.torch import save_file

import texts
from augment import augment
from reader_model import Reader
from weights import load_weights

name, end, written, ranked, runs, start = sys.argv[1:7]
A = dict(lr=8e-4, elr=3e-4, tlr=4e-5, idflr=2e-3, group=8, groups=2, seed=1, threads=2, drop=0.15, ctr=0.3, share=1.0, steps=0, bf16=1, evals=1300, mute=0, snap=900, save=240, round=300, frozen_table=1, hide=0.06, lose=0.08, most=320, prior=10.0)
for a in sys.argv[7:]:
    k, v = a.split("=")
    A[k] = type(A[k])(float(v))
torch.set_num_threads(A["threads"])
torch.manual_seed(A["seed"])
rng, py = np.random.default_rng(A["seed"]), random.Random(A["seed"])
MASK = 4
LABEL = dict(q="qs", c="qs", f="fs")
EVEN = dict(q=0.12, c=0.12, f=0.04)  # share of the target spread over the right paper's other sentences
file = lambda end: os.path.join(runs, f"{name}.{end}")


def say(*x):
    line = time.strftime("%H:%M:%S ") + " ".join(map(str, x))
    print(line, flush=True)
    with open(file("log"), "a") as f:
        f.write(line + "\n")


R = {r["i"]: r for r in texts.read_lines(written)}
texts.PAPER_PIECES = A["most"]
P = {i: texts.paper_pieces(r["title"], r["sentences"]) for i, r in R.items()}
TOP = {}


def read_ranked():
    for line in open(ranked):
        try:
            r = json.loads(line)
        except ValueError:
            break  # the file is still being written
        if r["set"] == "written":
            TOP[r["i"], r["kind"]] = {t[0]: t[1] for t in r["top"]}


read_ranked()
keep = random.Random(5)
train = [i for i in sorted(R) if i % 8 < 6 and keep.random() < A["share"]]
in_train = set(train)
row_of = {i: k for k, i in enumerate(train)}

model = Reader()
model.load_state_dict(load_weights(start))
model.drop = A["drop"]
table = [model.st.E.weight]
model.st.E.weight.requires_grad = not A["frozen_table"]
if A["frozen_table"]:
    table = []
sparse = torch.optim.SparseAdam([{"params": p, "k": k, "lr": 0} for p, k in ((table, A["tlr"]), ([model.idf.weight], A["idflr"])) if p], betas=(0.9, 0.98))
named = [(n, p) for n, p in model.named_parameters() if n not in ("st.E.weight", "idf.weight")]
enc = [p for n, p in named if n.startswith("st.")]
first = [p for n, p in named if n.startswith("st.") and n.endswith((".0",)) or n in ("st.ln.0", "st.ln.1")]
ids = {id(p) for p in first}
enc = [p for p in enc if id(p) not in ids]
rest = [p for n, p in named if not n.startswith("st.")]
dense = torch.optim.AdamW(
    [{"params": rest, "k": A["lr"]}, {"params": enc, "k": A["elr"]}, {"params": first, "k": A["elr"] / 2}], lr=0, betas=(0.9, 0.98), weight_decay=0.01
)
bank = torch.zeros(len(train), 256)
known = torch.zeros(len(train), dtype=torch.bool)
step, begun, epoch, snapped = 0, time.time(), 0, [0]
if os.path.exists(file("pt")):
    z = torch.load(file("pt"), weights_only=False)
    model.load_state_dict(z["model"]), sparse.load_state_dict(z["sparse"]), dense.load_state_dict(z["dense"])
    bank, known, step, begun, epoch = z["bank"], z["known"], z["step"], z["begun"], z["epoch"]
    rng, py = np.random.default_rng(A["seed"] + step), random.Random(A["seed"] + step)


def save():
    torch.save(dict(model=model.state_dict(), sparse=sparse.state_dict(), dense=dense.state_dict(), bank=bank, known=known, step=step, begun=begun, epoch=epoch), file("tmp"))
    os.replace(file("tmp"), file("pt"))
    save_file({k: v.clone() for k, v in model.state_dict().items()}, file("safetensors"))
    if A["snap"] and (time.time() - begun) // A["snap"] != snapped[0]:
        snapped[0] = (time.time() - begun) // A["snap"]
        save_file({k: v.half() for k, v in model.state_dict().items() if k != "st.E.weight"}, file(f"{step}.safetensors"))


def groups():
    """Papers that are mistaken for each other: each with those that the product, or the model's own vectors, rank high
    for its questions; each paper about as often as any other."""
    free, out = set(train), []
    for i in rng.permutation(train):
        i = int(i)
        if i not in free:
            continue
        free.discard(i)
        near = {}
        for kind in "qcf":
            for rank, j in enumerate(TOP.get((i, kind), {})):
                if j != i and j in in_train:
                    near[j] = max(near.get(j, 0), 1 / (3 + rank) * (1.5 if kind == "q" else 1))
        if known[row_of[i]]:
            like = bank @ bank[row_of[i]]
            for rank, k in enumerate(like.topk(min(25, len(train))).indices.tolist()):
                if train[k] != i:
                    near[train[k]] = near.get(train[k], 0) + 0.7 / (3 + rank)
        weight = {j: w * (2 if j in free else 1) * (0.3 + py.random()) for j, w in near.items()}
        chosen = sorted(weight, key=lambda j: -weight[j])[: A["group"] - 1]
        while len(chosen) < A["group"] - 1:
            j = int(rng.choice(train))
            if j != i and j not in chosen:
                chosen.append(j)
        free -= set(chosen)
        out.append([i] + chosen)
    return [out[k] for k in rng.permutation(len(out))][: A["round"]]


def list_loss(scores, paper, number, asked, prior):
    """scores: questions x rows; asked: (paper, kind, label); prior: questions x papers, what the first stage adds.
    Listwise over all sentences and none; papers by the sum of their sentences, with the prior; none with the paper out."""
    nQ, N = scores.shape
    paper, number = paper.numpy(), number
    title = torch.from_numpy(number == 0)
    Z = torch.cat([scores.masked_fill(title[None], -1e4), model.none.expand(nQ, 1)], 1)
    T, own = torch.zeros(nQ, N + 1), torch.zeros(nQ, N + 1, dtype=torch.bool)
    for r, (b, kind, label) in enumerate(asked):
        o = np.where((paper == b) & (number > 0))[0]
        own[r, o] = True
        j = o[number[o] == label]
        if len(j) == 0:
            T[r, o] = 1 / len(o)
        else:
            T[r, o] = EVEN[kind] / len(o)
            T[r, j] += 1 - EVEN[kind]
    logp = Z.log_softmax(1)
    sentence = -(T * logp).sum(1)
    right = -logp.masked_fill(~own, -1e4).logsumexp(1)
    B = prior.shape[1]
    member = torch.zeros(B, N)
    member[paper[number > 0], np.where(number > 0)[0]] = 1
    each = (Z[:, None, :N] + (member[None] - 1) * 1e4).logsumexp(2) + prior
    mixed = F.cross_entropy(each, torch.tensor([b for b, _, _ in asked]), reduction="none")
    out = Z.masked_fill(own, -1e4)
    none = -(out[:, N] - out.logsumexp(1))
    return sentence, right, mixed, none


def prior_of(i, kind, members):
    top = TOP.get((i, kind))
    if not top:
        return [0.0] * len(members)
    floor = min(top.values()) - 0.03
    return [A["prior"] * top.get(j, floor) for j in members]


def hidden(pieces):
    """Some pieces masked: encoded as nothing, and not compared."""
    return [MASK if py.random() < A["hide"] else x for x in pieces]


def thinned(pieces):
    return [x for x in pieces if py.random() >= A["lose"]] or pieces


def train_step(chosen):
    members = [i for g in chosen for i in g]
    papers = [[hidden(t) for t in P[i]] for i in members]
    cast = torch.autocast("cpu", torch.bfloat16, enabled=bool(A["bf16"]))
    asked, text, prior = [], [], []
    for g in chosen:
        here = []
        for b, i in enumerate(g):
            for kind in "qcf":
                if R[i].get(kind) and (kind != "f" or py.random() < 0.6):
                    here.append((b, kind, R[i][LABEL[kind]]))
                    text.append(augment(R[i][kind], py))
                    prior.append(prior_of(i, kind, g))
        asked.append(here)
    questions = [thinned(q) for q in texts.pieces(text, 60)]
    with cast:
        fp, fq = texts.encode_papers(model, papers), texts.encode_questions(model, questions)
    pools, asked_pools = fp.pools.float(), fq.pools.float()
    fp.E, fq.E = fp.E.detach(), fq.E.detach()
    parts, at = [], 0
    for k, here in enumerate(asked):
        with cast:
            S, paper, rows, place, number = texts.pack_papers(model, fp, papers, range(k * A["group"], (k + 1) * A["group"]))
            Q = texts.pack_questions(model, fq, questions, range(at, at + len(here)))
            scores = model.score(Q, S, paper, rows, place)
        parts.append(list_loss(scores, paper, number, here, torch.tensor(prior[at : at + len(here)])))
        at += len(here)
    sentence, right, mixed, none = (torch.cat(x).mean() for x in zip(*parts))
    # The pooled vectors: the right paper against those of this step and, as they were when last read, all others.
    target = torch.tensor([row_of[g[b]] for g, here in zip(chosen, asked) for b, _, _ in here])
    local = torch.tensor([row_of[i] for i in members])
    everyone = bank.clone()
    everyone = everyone.index_copy(0, local, pools)
    seen = known.clone()
    seen[local] = True
    near = (asked_pools @ everyone.t() / 0.05).masked_fill(~seen[None], -1e4)
    contrast = F.cross_entropy(near, target)
    loss = sentence + 0.7 * mixed + 0.3 * none + A["ctr"] * contrast
    loss.backward()
    bank[local], known[local] = pools.detach(), True
    return [x.item() for x in (sentence, right, mixed, none, contrast)]


@torch.no_grad()
def glance():
    """80 validation questions, each against the best seven of the first stage."""
    model.eval()
    file_ = ranked.replace("train", "val")
    top = {r["i"]: [t[0] for t in r["top"]] for r in texts.read_lines(file_) if r["kind"] == "q"}
    own, hit, sent = 0, 0, 0
    chosen = sorted(top)[::13][:80]
    for i in chosen:
        g = [i] + [j for j in top[i] if j != i][:7]
        papers = [P[j] for j in g]
        q = texts.question_pieces([R[i]["q"]])
        S, paper, rows, place, number = texts.pack_papers(model, texts.encode_papers(model, papers), papers, range(8))
        s = model.score(texts.pack_questions(model, texts.encode_questions(model, q), q, [0]), S, paper, rows, place)[0].numpy()
        s[number == 0] = -99
        each = [np.log(np.exp(s[paper.numpy() == b]).sum()) for b in range(8)]
        own += int(np.argmax(each) == 0)
        mine = np.where(paper.numpy() == 0)[0]
        sent += int(number[mine[np.argmax(s[mine])]] == R[i]["qs"])
    model.train()
    return f"validation: right of 8 {own / len(chosen):.3f}, its sentence {sent / len(chosen):.3f}"


hours, minutes = map(int, end.split(":"))
now = time.localtime()
finish = time.mktime((now.tm_year, now.tm_mon, now.tm_mday, hours, minutes, 0, 0, 0, -1))
say(A, "papers", len(train), "ranked", len(TOP), "weights", sum(p.numel() for p in model.parameters()), "step", step)
if not A["mute"]:
    say(glance())
model.train()
saved = logged = looked = time.time()
cpu, sums, last = time.process_time(), [], step
done = False
while not done:
    read_ranked()
    waiting = groups()
    say("round", epoch, "groups", len(waiting), "ranked", len(TOP), "known", int(known.sum()))
    for o in range(0, len(waiting) - A["groups"] + 1, A["groups"]):
        while os.path.exists(os.path.join(runs, "PAUSE")):
            time.sleep(1)
        passed = step / A["steps"] if A["steps"] else (time.time() - begun) / (finish - begun)
        if passed >= 1:
            done = True
            break
        rate = min(1, (step + 1) / 40) * (1 - passed)
        for g in dense.param_groups + sparse.param_groups:
            g["lr"] = g["k"] * rate
        sums.append(train_step(waiting[o : o + A["groups"]]))
        torch.nn.utils.clip_grad_norm_(enc + first + rest, 2.0)
        dense.step(), sparse.step()
        dense.zero_grad(set_to_none=True), sparse.zero_grad(set_to_none=True)
        step += 1
        t = time.time()
        if t - logged > 60:
            a = np.mean(sums, 0)
            say(f"step {step} sentence {a[0]:.3f} right {a[1]:.3f} mixed {a[2]:.3f} none {a[3]:.3f} contrast {a[4]:.3f} rate {rate:.2f} s/step {(t - logged) / (step - last):.2f} cpu {(time.process_time() - cpu) / (step - last):.2f}")
            sums, last, logged, cpu = [], step, t, time.process_time()
        if t - saved > A["save"]:
            save()
            saved = time.time()
        if t - looked > A["evals"]:
            say(glance())
            looked = time.time()
    else:
        epoch += 1
save()
say("end, step", step, glance())
