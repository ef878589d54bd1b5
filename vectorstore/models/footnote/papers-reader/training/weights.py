"""Weights as files. The model keeps `layers.safetensors` (all but the piece table, halves) beside these scripts; the table
heads `../onnx/weights.bin`. python weights.py pack RUN.safetensors LAYERS.safetensors | mean A.safetensors B.safetensors SHARE_OF_B OUT.safetensors
"""
import sys
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file, save_file

TABLE = "st.E.weight"


def split_table(weights):
    """The piece table as int8 rows and their scales, as the graphs hold it; padding is zero."""
    e = weights.clone()
    e[0] = 0
    scale = e.abs().amax(1, keepdim=True).clamp(min=1e-9) / 127
    return (e / scale).round().clamp(-127, 127).to(torch.int8), scale


def load_weights(file):
    w = {k: v.float() for k, v in load_file(file).items()}
    if TABLE not in w:
        shared = Path(__file__).parent.parent / "onnx" / "weights.bin"
        words = np.fromfile(shared, np.int8, count=len(w["word_scale"]) * 256).reshape(-1, 256)
        w[TABLE] = torch.from_numpy(words).float() * w.pop("word_scale")
    return w


def main(what, *files):
    if what == "pack":
        w = load_weights(files[0])
        out = {k: v.half().contiguous() for k, v in w.items() if k != TABLE}
        # Floats: a half's rounding would move the table's scales at each packing.
        save_file({**out, "word_scale": split_table(w[TABLE])[1]}, files[1])
    elif what == "mean":
        a, b, share = load_weights(files[0]), load_weights(files[1]), float(files[2])
        save_file({k: ((1 - share) * v + share * b[k]).contiguous() for k, v in a.items()}, files[3])


if __name__ == "__main__":
    main(*sys.argv[1:])
