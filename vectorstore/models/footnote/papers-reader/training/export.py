"""Weights to ONNX: python export.py WEIGHTS.safetensors MODEL_DIR

Two graphs (opset 17, standard operators) with shared weights in `onnx/weights.bin`: `paper.onnx` reads a paper once,
`read.onnx` reads a question against such papers. The encoder's matrices are int8, the small ones stay floats.
"""
import hashlib
import sys
import tempfile
import warnings
from pathlib import Path

import numpy as np
import onnx
import onnxruntime as ort
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process

import texts
from reader_model import FIRST_WORD_ID, Reader
from weights import load_weights, split_table

warnings.filterwarnings("ignore")
PARTS = (256, 64, 64)  # of a piece: meaning, key, value; each with a scale of its own
QUANTISED = ([256, 768], [768, 256], [256, 256])
SHARED = 1024  # bytes from which a tensor goes into weights.bin


class Base(torch.nn.Module):
    def __init__(s, model):
        super().__init__()
        s.m = model
        words, scale = split_table(model.st.E.weight.data)
        s.register_buffer("words", words)
        s.register_buffer("word_scale", scale)

    def encode(s, ids, segments):
        s.m.embed = lambda i: s.words[i].float() * s.word_scale[i]
        return s.m.encode(ids, segments)


class Paper(Base):
    def forward(s, ids, segments, positions):
        E, x, pool = s.encode(ids, segments)
        at, kept = positions.clamp(min=0), (positions >= 0).float()
        S = s.m.pack_sentences(E[0][at], x[0][at], kept, pool)
        return torch.cat([S["n3"], S["k"], S["v"]], 2), S["pool"], S["topic"], pool


class Read(Base):
    def forward(s, question, ids, tokens, scales, sentence, topic, paper, own, sentences, place):
        E, x, pool = s.encode(question, torch.zeros_like(question))
        Q = s.m.pack_question(question, E, x, (question >= FIRST_WORD_ID).float(), pool)
        n3, k, v = (t.float() * scales[:, :, i : i + 1] for i, t in enumerate(tokens.split(PARTS, 2)))
        n0 = torch.nn.functional.normalize(s.words[ids].float(), dim=-1)
        S = dict(n0=n0, n3=n3, k=k, v=v, m=(ids > 0).float(), pool=sentence, topic=topic, paper_pool=paper)
        return s.m.score(Q, S, own, sentences, place)[0]


def load(weights):
    model = Reader()
    model.load_state_dict(load_weights(weights))
    return model.eval()


def paper_inputs(paper):
    """Of a paper as pieces, title first: it is read whole."""
    flat, spans, segments = [x for t in paper for x in t], [], []
    for k, t in enumerate(paper):
        spans.append(texts.kept(t, len(segments), texts.KEPT_SENTENCE_PIECES))
        segments += [1 if k == 0 else 2] * len(t)
    positions = np.full((len(spans), max(map(len, spans))), -1, np.int64)
    for k, x in enumerate(spans):
        positions[k, : len(x)] = x
    return dict(ids=np.array([flat]), segments=np.array([segments]), positions=positions)


def quantised(tokens):
    parts, scales, at = [], [], 0
    for width in PARTS:
        x = tokens[..., at : at + width]
        scales.append(np.maximum(np.abs(x).max(-1, keepdims=True) / 127, 1e-9).astype(np.float32))
        parts.append(np.clip(np.round(x / scales[-1]), -127, 127).astype(np.int8))
        at += width
    return np.concatenate(parts, -1), np.concatenate(scales, -1)


def read_inputs(question, papers, inputs, outputs):
    """What read.onnx takes: a question's pieces, papers as pieces, what paper.onnx took and gave for each."""
    own, _, place, rows = texts.layout(papers)
    width = max(i["positions"].shape[1] for i in inputs)
    ids = np.zeros((len(own), width), np.int64)
    tokens, scales = np.zeros((len(own), width, sum(PARTS)), np.int8), np.zeros((len(own), width, len(PARTS)), np.float32)
    at = 0
    for i, (t, _, _, _) in zip(inputs, outputs):
        n, w = i["positions"].shape
        ids[at : at + n, :w] = np.where(i["positions"] >= 0, i["ids"][0][i["positions"].clip(0)], 0)
        tokens[at : at + n, :w], scales[at : at + n, :w] = quantised(t)
        at += n
    sentence, topic, paper = (np.concatenate([o[k] for o in outputs]) for k in (1, 2, 3))
    return dict(
        question=np.array([question]), ids=ids, tokens=tokens, scales=scales, sentence=sentence, topic=topic, paper=paper,
        own=np.array(own), sentences=np.array(rows), place=np.array(place, np.float32),
    )


def export(name, module, inputs, outputs, dynamic, work):
    raw, pre, out = (str(work / f"{name}.{s}.onnx") for s in ("raw", "pre", "out"))
    torch.onnx.export(
        module, tuple(torch.from_numpy(v) for v in inputs.values()), raw, input_names=list(inputs), output_names=outputs,
        dynamic_axes=dynamic, opset_version=17, dynamo=False, do_constant_folding=True,
    )
    quant_pre_process(raw, pre, skip_symbolic_shape=True)
    graph = onnx.load(pre).graph
    shape = {i.name: list(i.dims) for i in graph.initializer}
    large = lambda n: len(n.input) > 1 and shape.get(n.input[1]) in QUANTISED
    left = [n.name for n in graph.node if n.op_type in ("MatMul", "Gemm") and not large(n)]
    quantize_dynamic(
        pre, out, op_types_to_quantize=["MatMul", "Gemm"], weight_type=QuantType.QInt8, per_channel=True, reduce_range=True,
        nodes_to_exclude=left + [f"{name}_MatMul" for name in left],
    )
    model = onnx.load(out)
    model.ir_version = 8
    standard = [o for o in model.opset_import if o.domain in ("", "ai.onnx")]
    del model.opset_import[:]
    model.opset_import.extend(standard)
    assert {n.domain for n in model.graph.node} <= {"", "ai.onnx"}, "only standard operators"
    return model


def share(models, folder):
    """Moves large tensors of all graphs into one file, each distinct one once; the piece table first."""
    at, data = {}, bytearray()
    tensors = [t for m in models.values() for t in m.graph.initializer]
    for t in sorted(tensors, key=lambda t: -np.prod(t.dims)):
        value = onnx.numpy_helper.to_array(t)
        raw = value.tobytes()
        if len(raw) < SHARED:
            continue
        key = hashlib.sha256(raw).digest()
        if key not in at:
            data.extend(b"\0" * (-len(data) % 64))
            at[key] = len(data)
            data.extend(raw)
        name, kind, dims = t.name, t.data_type, list(t.dims)
        t.Clear()
        t.name, t.data_type, t.data_location = name, kind, onnx.TensorProto.EXTERNAL
        t.dims.extend(dims)
        for entry, where in (("location", "weights.bin"), ("offset", at[key]), ("length", len(raw))):
            e = t.external_data.add()
            e.key, e.value = entry, str(where)
    for name, model in models.items():
        onnx.save(model, str(folder / f"{name}.onnx"))
    (folder / "weights.bin").write_bytes(bytes(data))


def main(weights, target):
    torch.set_grad_enabled(False)
    torch.set_num_threads(1)
    model, folder = load(weights), Path(target) / "onnx"
    paper, read = Paper(model).eval(), Read(model).eval()
    papers = [
        texts.paper_pieces("A study of frogs", ["We listen to ponds at night.", "Frogs call more often after rain."]),
        texts.paper_pieces("Learning to forget", ["Networks forget.", "We replay old examples while new ones are learnt.", "It helps by 3.2 points."]),
    ]
    question = texts.question_pieces(["When are frogs loud?"])[0]
    inputs = [paper_inputs(p) for p in papers]
    torched = lambda x: {k: torch.from_numpy(v) for k, v in x.items()}
    asked = read_inputs(question, papers, inputs, [[o.numpy() for o in paper(**torched(i))] for i in inputs])
    rows = {0: "rows", 1: "most"}
    with tempfile.TemporaryDirectory() as work:
        models = dict(
            paper=export("paper", paper, inputs[0], ["tokens", "sentence", "topic", "paper"], dict(
                ids={1: "length"}, segments={1: "length"}, positions=rows, tokens=rows, sentence={0: "rows"}, topic={0: "rows"}), Path(work)),
            read=export("read", read, asked, ["score"], dict(
                question={1: "length"}, ids=rows, tokens=rows, scales=rows, sentence={0: "rows"}, topic={0: "rows"}, paper={0: "windows"},
                own={0: "rows"}, sentences={0: "windows", 1: "widest"}, place={0: "rows"}, score={0: "rows"}), Path(work)),
        )
    folder.mkdir(parents=True, exist_ok=True)
    share(models, folder)
    graphs = [ort.InferenceSession(str(folder / f"{name}.onnx")) for name in ("paper", "read")]
    exported = read_inputs(question, papers, inputs, [graphs[0].run(None, i) for i in inputs])
    expected = read(**torched(asked)).numpy()
    print("largest difference to PyTorch", np.abs(graphs[1].run(None, exported)[0] - expected).max(), "none", model.none.item())
    for f in sorted(folder.iterdir()):
        print(f.name, f"{f.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main(*sys.argv[1:3])
