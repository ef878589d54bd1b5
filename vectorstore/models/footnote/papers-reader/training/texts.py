"""Texts to pieces, and papers and questions to what the model reads."""
import json
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer

from reader_model import FIRST_WORD_ID, QUESTION, SENTENCE, TITLE

QUESTION_PIECES, KEPT_QUESTION_PIECES = 72, 40
TITLE_PIECES, SENTENCE_PIECES, KEPT_SENTENCE_PIECES, PAPER_PIECES = 72, 96, 48, 320

tokenizer = Tokenizer.from_file(str(Path(__file__).parent.parent / "tokenizer.json"))
tokenizer.no_truncation()
tokenizer.no_padding()


def pieces(texts, most):
    return [e.ids[:most] or [1] for e in tokenizer.encode_batch(list(texts), add_special_tokens=False)]


def question_pieces(texts):
    return pieces(texts, QUESTION_PIECES)


def paper_pieces(title, sentences):
    """The pieces of the title, then of each sentence, as far as PAPER_PIECES go: the last may be cut, the rest left out."""
    out, used = [], 0
    for k, t in enumerate(pieces([title], TITLE_PIECES) + (pieces(sentences, SENTENCE_PIECES) if sentences else [])):
        t = t[: PAPER_PIECES - used]
        if not t:
            break
        out.append(t)
        used += len(t)
    return out


def read_lines(file):
    with open(file, encoding="utf8") as f:
        return [json.loads(line) for line in f]


def padded(rows):
    a = np.zeros((len(rows), max(map(len, rows))), np.int64)
    for k, row in enumerate(rows):
        a[k, : len(row)] = row
    return torch.from_numpy(a)


class Encoded:
    """Sequences encoded in chunks of like length: flat tables of pieces, and where each sequence starts in them."""

    def __init__(s, model, sequences, segments, chunk):
        order = sorted(range(len(sequences)), key=lambda i: len(sequences[i]))
        s.start, pools, ids, E, x, n = [0] * len(sequences), [None] * len(sequences), [], [], [], 0
        for c in range(0, len(order), chunk):
            part = order[c : c + chunk]
            b = padded([sequences[i] for i in part])
            e, y, pool = model.encode(b, padded([segments[i] for i in part]))
            for r, i in enumerate(part):
                s.start[i], pools[i] = n + r * b.shape[1], pool[r]
            ids.append(b.reshape(-1)), E.append(e.reshape(-1, e.shape[-1])), x.append(y.reshape(-1, y.shape[-1]))
            n += b.numel()
        s.ids, s.E, s.x, s.pools = torch.cat(ids), torch.cat(E), torch.cat(x), torch.stack(pools)

    def gather(s, spans):
        at = padded(spans)
        mask = torch.zeros(at.shape)
        for k, span in enumerate(spans):
            mask[k, : len(span)] = 1
        return s.ids[at], s.E[at], s.x[at], mask


def kept(t, start, most):
    return [start + j for j, x in enumerate(t) if x >= FIRST_WORD_ID][:most] or [start]


def encode_questions(model, questions, chunk=32):
    return Encoded(model, questions, [[QUESTION] * len(t) for t in questions], chunk)


def encode_papers(model, papers, chunk=4):
    flat = [[x for t in p for x in t] for p in papers]
    return Encoded(model, flat, [[TITLE] * len(p[0]) + [SENTENCE] * (len(f) - len(p[0])) for p, f in zip(papers, flat)], chunk)


def pack_questions(model, encoded, questions, which):
    ids, E, x, mask = encoded.gather([kept(questions[r], encoded.start[r], KEPT_QUESTION_PIECES) for r in which])
    return model.pack_question(ids, E, x, mask, encoded.pools[list(which)])


def layout(papers):
    """For papers given as pieces: paper, row within paper, place and pieces of each row (title, then sentences)."""
    paper, number, place, rows = [], [], [], []
    for b, p in enumerate(papers):
        n = len(p) - 1
        rows.append(list(range(len(paper), len(paper) + len(p))))
        for k, t in enumerate(p):
            paper.append(b), number.append(k), place.append([k / (n + 1), float(k == 1), float(k == n), len(t) / 40])
    width = max(map(len, rows))
    return paper, number, place, [r + [r[0]] * (width - len(r)) for r in rows]


def pack_papers(model, encoded, papers, which):
    chosen = [papers[i] for i in which]
    paper, number, place, rows = layout(chosen)
    spans = []
    for i, p in zip(which, chosen):
        o = encoded.start[i]
        for t in p:
            spans.append(kept(t, o, KEPT_SENTENCE_PIECES))
            o += len(t)
    _, E, x, mask = encoded.gather(spans)
    S = model.pack_sentences(E, x, mask, encoded.pools[list(which)])
    return S, torch.tensor(paper), torch.tensor(rows), torch.tensor(place), np.array(number)
