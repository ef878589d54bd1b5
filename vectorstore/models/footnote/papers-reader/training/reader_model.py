"""The reader: a small encoder for question and paper, and a token-level part that scores every sentence of the paper.

Question, and title with abstract, are each encoded once (piece table, then layers with relative positions). Then each
piece of the question attends to the pieces of each sentence, is compared with what it finds there, and the comparisons
are summed up, weighted by how much the piece matters (attend, compare, aggregate).
"""
import torch
import torch.nn as nn
import torch.nn.functional as F

QUESTION, TITLE, SENTENCE = 0, 1, 2
# Pieces below this id are padding, unknown and special: encoded, but left out when question and sentence are compared.
FIRST_WORD_ID = 5


class Encoder(nn.Module):
    def __init__(s, V=40000, d=256, L=3, H=8, ff=768, R=16):
        super().__init__()
        s.d, s.L, s.H, s.R = d, L, H, R
        s.E = nn.Embedding(V, d, sparse=True)
        param = lambda *shape: nn.ParameterList([nn.Parameter(torch.zeros(*shape)) for _ in range(L)])
        s.qkv, s.o, s.f1, s.f2 = param(3 * d, d), param(d, d), param(ff, d), param(d, ff)
        s.b1, s.rel = param(ff), param(2 * R + 1, H)
        s.ln = nn.ParameterList([nn.Parameter(torch.ones(d)) for _ in range(2 * L)])
        s.head = nn.Parameter(torch.eye(d))

    def layer(s, i, x, relative, mask):
        B, L, d = x.shape[0], x.shape[1], s.d
        q, k, v = F.linear(F.layer_norm(x, (d,), s.ln[2 * i]), s.qkv[i]).view(B, L, 3, s.H, d // s.H).permute(2, 0, 3, 1, 4)
        a = torch.matmul(q * (d // s.H) ** -0.5, k.transpose(-1, -2)) + s.rel[i][relative].permute(2, 0, 1) + mask
        c = torch.matmul(a.softmax(-1), v).transpose(1, 2).reshape(B, L, d)
        x = x + F.linear(c, s.o[i])
        return x + F.linear(F.gelu(F.linear(F.layer_norm(x, (d,), s.ln[2 * i + 1]), s.f1[i], s.b1[i])), s.f2[i])

    def relative(s, L):
        r = torch.arange(L)
        return (r[None] - r[:, None]).clamp(-s.R, s.R) + s.R


class Reader(nn.Module):
    def __init__(s, D=64, H=2):
        super().__init__()
        s.st = Encoder()
        d = s.st.d
        s.D, s.H = D, H
        s.seg = nn.Parameter(torch.zeros(3, d))
        s.idf = nn.Embedding(s.st.E.num_embeddings, 1, sparse=True)
        s.A = nn.Parameter(torch.eye(d))
        s.lnq, s.lns = nn.LayerNorm(d), nn.LayerNorm(d)
        s.aq, s.ak = nn.Linear(d, D, bias=False), nn.Linear(d, D, bias=False)
        s.ab = nn.Parameter(torch.zeros(2, H))
        s.v, s.u = nn.Linear(d, D), nn.Linear(d, D)
        s.wu = nn.Linear(D, D)
        s.wa, s.wm, s.wd = (nn.Linear(D, D, bias=False) for _ in range(3))
        s.wf = nn.Linear(5, D, bias=False)
        s.wt = nn.Linear(d, 1)
        s.pq, s.ps = nn.Linear(d, D), nn.Linear(d, D)
        s.f1, s.f2, s.f0 = nn.Linear(5 * D + 11, D), nn.Linear(D, 1), nn.Linear(11, 1)
        s.none = nn.Parameter(torch.zeros(1))
        s.drop = 0.0

    def embed(s, ids):
        return s.st.E(ids)

    def encode(s, ids, segments):
        """ids, segments: B x L (0 padded). Piece vectors, last layer, pooled vector of unit length."""
        mask = (ids > 0).float()
        E = s.embed(ids) * mask[..., None]
        x = F.dropout(E, s.drop) if s.training and s.drop else E
        relative, am = s.st.relative(ids.shape[1]), (mask[:, None, None, :] - 1) * 1e9
        for i in range(s.st.L):
            if i == 1:
                x = x + s.seg[segments]
            x = s.st.layer(i, x, relative, am)
        pool = F.linear((x * mask[..., None]).sum(1) / mask.sum(1, keepdim=True), s.st.head)
        return E, x, F.normalize(pool, dim=1)

    def pack_question(s, ids, E, x, mask, pool):
        z = s.lnq(x)
        return dict(
            n0=F.normalize(E, dim=-1), n3=F.normalize(x @ s.A, dim=-1), k=s.aq(z), u=s.u(z), m=mask, pool=pool,
            z=(z * mask[..., None]).sum(1) / mask.sum(1, keepdim=True),
            w=((s.idf(ids) + s.wt(z)).squeeze(-1) + (mask - 1) * 1e9).softmax(1),
        )

    def pack_sentences(s, E, x, mask, paper_pool):
        z = s.lns(x)
        mean = lambda t: (t * mask[..., None]).sum(1) / mask.sum(1, keepdim=True)
        return dict(
            n0=F.normalize(E, dim=-1), n3=F.normalize(x @ s.A, dim=-1), k=s.ak(z), v=s.v(z), m=mask,
            pool=F.normalize(F.linear(mean(x), s.st.head), dim=1), topic=s.ps(mean(z)), paper_pool=paper_pool,
        )

    def score(s, Q, S, paper, rows, place):
        """paper: N, the paper of each sentence; rows: B x S, the sentences of each paper (column 0 its title, padded by
        repetition); place: N x 4. Returns questions x N."""
        nQ, nq, _ = Q["n0"].shape
        N, T, _ = S["n0"].shape
        D, H, Dh = s.D, s.H, s.D // s.H
        neg = (S["m"] - 1) * 1e4
        flat = lambda t: t.reshape(-1, t.shape[-1])
        S0 = torch.matmul(flat(Q["n0"]), flat(S["n0"]).t()).view(nQ * nq, N, T)
        S3 = torch.matmul(flat(Q["n3"]), flat(S["n3"]).t()).view(nQ * nq, N, T)
        m0, m3 = (S0 + neg).amax(2), (S3 + neg).amax(2)
        M0, M3 = m0[:, rows].amax(2)[:, paper], m3[:, rows].amax(2)[:, paper]
        title = m0[:, rows[:, 0]][:, paper]
        u, kq = Q["u"].reshape(nQ * nq, 1, D), Q["k"].reshape(nQ * nq, H, Dh)
        ks, v = S["k"].reshape(N * T, H, Dh), S["v"].reshape(N, T, H, Dh)
        found = []
        for h in range(H):
            logits = torch.matmul(kq[:, h], ks[:, h].t()).view(nQ * nq, N, T) * Dh**-0.5
            logits = logits + s.ab[0, h] * S0 + s.ab[1, h] * S3 + neg
            found.append(torch.matmul(logits.softmax(2).transpose(0, 1), v[:, :, h]))
        a = torch.cat(found, 2).transpose(0, 1)
        features = torch.stack([m0, m3, M0, M3, title], 2)
        r = F.gelu(s.wu(u) + s.wa(a) + s.wm(u * a) + s.wd((u - a).abs()) + s.wf(features))
        w = Q["w"].view(nQ, 1, nq)
        p1 = torch.matmul(w, r.reshape(nQ, nq, N * D)).view(nQ, N, D)
        pf = torch.matmul(w, features.reshape(nQ, nq, N * 5)).view(nQ, N, 5)
        p2 = (r.view(nQ, nq, N, D) + ((Q["m"] - 1) * 1e4).view(nQ, nq, 1, 1)).amax(1)
        cosine = torch.matmul(Q["pool"], S["pool"].t())[..., None]
        paper_cosine = torch.matmul(Q["pool"], S["paper_pool"].t())[:, paper][..., None]
        zq = s.pq(Q["z"])[:, None].expand(nQ, N, D)
        zs = S["topic"][None].expand(nQ, N, D)
        g = torch.cat([pf, cosine, paper_cosine, place[None].expand(nQ, N, 4)], 2)
        x = torch.cat([p1, p2, g, zq, zs, zq * zs], 2)
        if s.training and s.drop:
            x = F.dropout(x, s.drop)
        with torch.autocast("cpu", enabled=False):  # training may run the rest in bfloat16
            x, g = x.float(), g.float()
            return (s.f2(F.gelu(s.f1(x))) + s.f0(g)).squeeze(2)
