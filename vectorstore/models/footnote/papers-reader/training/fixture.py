"""What check.mjs compares: python fixture.py WEIGHTS.safetensors WRITTEN.jsonl OUT.json (questions, papers, PyTorch's scores)."""
import json
import sys

import torch

import export
import texts

torch.set_grad_enabled(False)
model = export.load(sys.argv[1])
rows = [r for r in texts.read_lines(sys.argv[2]) if r["i"] % 8 == 6]
whole = lambda r: sum(map(len, texts.paper_pieces(r["title"], r["sentences"]))) < 280  # the product reads longer ones in windows
rows = [r for r in rows if whole(r)][:30]
papers = [texts.paper_pieces(r["title"], r["sentences"]) for r in rows]
asked = [r["q"] for r in rows[:8]]
questions = texts.question_pieces(asked)
S, paper, places, place, number = texts.pack_papers(model, texts.encode_papers(model, papers), papers, range(len(papers)))
Q = texts.pack_questions(model, texts.encode_questions(model, questions), questions, range(len(questions)))
scores = model.score(Q, S, paper, places, place)
of = lambda row, k: [float(x) for x, b, n in zip(row, paper, number) if b == k and n > 0]
found = [dict(title=r["title"], abstract=r["abstract"], scores=[of(row, k) for row in scores]) for k, r in enumerate(rows)]
json.dump(dict(questions=asked, papers=found), open(sys.argv[3], "w"))
